"""Where Wagtail's admin lets the gate look before it publishes, so that an editor gets his draft back with the reasons."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction

from shenjiao_wagtail.gate import decide
from shenjiao_wagtail.history import ACTION, GateFormatter, note
from shenjiao_wagtail.telling import tell


@hooks.register("register_log_actions")
def name_action(actions: Any) -> None:
    """Have the history know what the gate writes into it."""
    actions.register_action(ACTION)(GateFormatter)


@hooks.register("before_publish_page")
def look_before_publishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Look at the revision just saved; when refused, it stays as the draft that it is."""
    revision = page.get_latest_revision()
    draft = revision.as_object()
    outcome = decide(draft, person=request.user)
    if outcome.may_go_live:
        note(draft, outcome, user=request.user, revision=revision)
        return None
    tell(request, draft, outcome, revision=revision)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def look_before_publishing_many(
    request: HttpRequest, _: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publish all of them or none, and name every one that is refused."""
    if not isinstance(action, PublishBulkAction):
        return None
    refused = False
    for page in _to_be_published(
        objects, descendants=action.cleaned_form.cleaned_data["include_descendants"]
    ):
        draft = page.get_latest_revision_as_object()
        outcome = decide(draft, person=request.user)
        if not outcome.may_go_live:
            tell(request, draft, outcome)
            refused = True
    return redirect(action.next_url) if refused else None


def _to_be_published(pages: Iterable[Any], *, descendants: bool) -> Iterator[Any]:
    for page in pages:
        yield page.specific
        if descendants:
            yield from page.get_descendants().not_live().specific()
