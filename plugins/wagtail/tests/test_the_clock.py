"""Pages that go live by themselves, at an hour set before."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from shenjiao_wagtail.gate import NotPublishableError
from tests.desk import CLEAN, WRONG, Desk, is_live
from tests.site.models import NewsPage

HOUR = timedelta(hours=1)


def due(page: NewsPage) -> None:
    """Turn the clock: the hour has come."""
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - HOUR
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


def scheduled(desk: Desk, body: str) -> NewsPage:
    """Schedule a page, past every look."""
    page = desk.draft(body=body)
    page.go_live_at = timezone.now() + HOUR
    PublishPageRevisionAction(page.save_revision()).execute(skip_permission_checks=True)
    return page


def is_scheduled(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).scheduled_revision)


def test_a_clean_page_goes_live_at_its_hour(desk: Desk) -> None:
    later = timezone.localtime(timezone.now() + HOUR).strftime("%Y-%m-%d %H:%M")
    page, _ = desk.create(CLEAN, go_live_at=later)
    assert not is_live(page)
    assert is_scheduled(page)

    due(page)
    call_command("publish_scheduled")

    assert is_live(page)


def test_a_page_with_an_error_cannot_be_scheduled(desk: Desk) -> None:
    later = timezone.localtime(timezone.now() + HOUR).strftime("%Y-%m-%d %H:%M")

    page, told = desk.create(WRONG, go_live_at=later)

    assert "机器校对未通过" in told
    assert not is_scheduled(page)


def test_a_program_cannot_schedule_a_page_with_an_error(desk: Desk) -> None:
    page = desk.draft(body=WRONG)
    page.go_live_at = timezone.now() + HOUR

    with pytest.raises(NotPublishableError):
        page.save_revision().publish()

    assert not is_scheduled(page)


def test_what_was_scheduled_with_an_error_does_not_go_live_and_holds_nobody_up(desk: Desk) -> None:
    bad, good = scheduled(desk, WRONG), scheduled(desk, CLEAN)
    due(bad)
    due(good)

    call_command("publish_scheduled")

    assert not is_live(bad)
    assert is_live(good)


def test_a_refusal_at_the_hour_keeps_the_schedule_and_is_told_once_in_the_history(desk: Desk) -> None:
    page = scheduled(desk, WRONG)
    due(page)

    call_command("publish_scheduled")
    call_command("publish_scheduled")

    assert is_scheduled(page)
    assert desk.history(page).count("建议：截至目前") == 1


def test_an_edit_after_scheduling_is_looked_at_at_the_hour(desk: Desk) -> None:
    page = scheduled(desk, CLEAN)
    due(page)
    revision = page.revisions.latest("pk")
    revision.content["body"] = f"<p>{WRONG}</p>"
    revision.save()

    call_command("publish_scheduled")

    assert not is_live(page)


def test_a_page_due_while_the_service_is_down_goes_live_when_it_is_back(desk: Desk, settings: Any) -> None:
    page = scheduled(desk, CLEAN)
    due(page)
    there = settings.SHENJIAO
    settings.SHENJIAO = {**there, "URL": "http://127.0.0.1:9"}
    call_command("publish_scheduled")
    assert not is_live(page)

    settings.SHENJIAO = there
    call_command("publish_scheduled")

    assert is_live(page)
