"""Refusals that come from behind the admin's views, as answers that an editor or a program can use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve
from wagtail.models import Page

from shenjiao_wagtail.gate import NotPublishableError
from shenjiao_wagtail.telling import tell


class ExplainRefusals:
    """Named at the end of MIDDLEWARE.

    The last approval of a workflow publishes without asking hooks; so do the API and views of the site's own.
    What the view had written is rolled back, with the approval; the reasons are not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave all else to others."""
        if not isinstance(error, NotPublishableError):
            return None
        if not _is_for_the_admin(request):
            outcome = error.outcome
            body = {"detail": outcome.saying, "state": outcome.state, "findings": outcome.lines}
            return JsonResponse(body, status=422, json_dumps_params={"ensure_ascii": False})
        if not Page.objects.filter(pk=error.page.pk).exists():
            return None
        tell(request, error.page, error.outcome)
        return redirect("wagtailadmin_pages:edit", error.page.pk)


def _is_for_the_admin(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).namespace.startswith("wagtailadmin") and request.accepts(
            "text/html"
        )
    except NoReverseMatch:
        return False
