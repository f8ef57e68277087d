"""Tells editors at their screens why a page did not go live."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages

from shenjiao_wagtail.gate import Outcome, remember_shown
from shenjiao_wagtail.history import note

MOST_LINES = 20
"""More are left to the history of the page."""


def tell(request: HttpRequest, page: Any, outcome: Outcome, *, revision: Any = None) -> None:
    """Show what the gate said, and note that it was shown."""
    show = messages.warning if outcome.asks_a_person else messages.error
    show(request, format_html("《{}》：{}。{}", page.title, outcome.saying, _list(outcome.lines)))
    remember_shown(outcome)
    note(page, outcome, user=request.user, revision=revision)


def _list(lines: Iterable[str]) -> str:
    shown = list(lines)
    if len(shown) > MOST_LINES:
        shown[MOST_LINES:] = [f"另有 {len(shown) - MOST_LINES} 处，见本页面的历史记录"]
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((line,) for line in shown)))
