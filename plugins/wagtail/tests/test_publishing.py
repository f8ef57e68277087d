"""Every way in which a page can go live."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from shenjiao_wagtail.gate import NotPublishableError
from shenjiao_wagtail.models import ProofreadingRecord
from tests.desk import CLEAN, DOUBTFUL, WRONG, Desk, body_of, is_live, notice, seen_by_a_visitor
from tests.site.models import NewsPage


def test_a_clean_page_goes_live_when_it_is_created_and_published(desk: Desk) -> None:
    page, _ = desk.create(CLEAN)

    assert CLEAN in (seen_by_a_visitor(page) or "")


def test_a_page_with_an_error_stays_a_draft_when_it_is_created_and_published(desk: Desk) -> None:
    page, told = desk.create(WRONG)

    assert not is_live(page)
    assert seen_by_a_visitor(page) is None
    assert WRONG in page.get_latest_revision_as_object().body
    assert "机器校对未通过" in told


def test_the_editor_is_told_place_reason_and_remedy(desk: Desk) -> None:
    _, told = desk.create(f"{CLEAN}</p><p>{WRONG}")

    assert "【须改】" in told
    assert "正文第2段：" in told
    assert "“截止目前”" in told
    assert "说统计到某时为止，用“截至”" in told
    assert "建议：截至目前" in told
    assert "现代汉语词典" in told


def test_an_edit_with_an_error_leaves_what_visitors_see_as_it_was(desk: Desk) -> None:
    page = desk.published()

    told = desk.edit(page, WRONG)

    assert "机器校对未通过" in told
    assert CLEAN in (seen_by_a_visitor(page) or "")
    page.refresh_from_db()
    assert WRONG in page.get_latest_revision_as_object().body


def test_a_mended_edit_goes_live(desk: Desk) -> None:
    page, _ = desk.create(WRONG)

    told = desk.edit(page, WRONG.replace("截止", "截至"))

    assert "未通过" not in told
    assert "截至目前" in (seen_by_a_visitor(page) or "")


def test_a_title_is_checked_too(desk: Desk) -> None:
    page, told = desk.create(CLEAN, title="截止目前的防汛工作情况")

    assert not is_live(page)
    assert "标题：" in told


def test_what_has_the_draft_in_it_cannot_run_in_the_browser(desk: Desk) -> None:
    _, told = desk.create(WRONG, title="<script>alert(1)</script>通知")

    assert "&lt;script&gt;" in told
    assert "<script>" not in told


def test_bulk_publishing_publishes_all_or_none_and_names_every_one_refused(desk: Desk) -> None:
    good = desk.draft(title="甲通知")
    bad = [desk.draft(title=title, body=WRONG) for title in ("乙通知", "丙通知")]

    told = desk.publish_many(good, *bad)

    assert not any(is_live(page) for page in (good, *bad))
    assert "乙通知" in told
    assert "丙通知" in told
    assert "甲通知" not in told


def test_bulk_publishing_of_clean_pages_works(desk: Desk) -> None:
    pages = [desk.draft(title=title) for title in ("甲通知", "乙通知")]

    desk.publish_many(*pages)

    assert all(is_live(page) for page in pages)


def test_bulk_publishing_with_descendants_looks_at_them_too(desk: Desk) -> None:
    parent = desk.published(title="甲栏目")
    child = notice(title="乙通知", body=WRONG, live=False)
    parent.add_child(instance=child)
    child.save_revision()

    told = desk.publish_many(parent, descendants=True)

    assert not is_live(child)
    assert "乙通知" in told


def test_a_program_cannot_publish_a_revision_with_an_error(desk: Desk) -> None:
    page = desk.draft(body=WRONG)

    with pytest.raises(NotPublishableError, match="机器校对未通过"):
        page.get_latest_revision().publish()

    assert not is_live(page)


def test_an_action_that_goes_past_publish_is_held_by_the_row(desk: Desk) -> None:
    page = desk.draft(body=WRONG)

    with pytest.raises(NotPublishableError):
        PublishPageRevisionAction(page.get_latest_revision()).execute(skip_permission_checks=True)

    assert not is_live(page)


def test_a_row_cannot_be_saved_as_live_with_an_error(desk: Desk) -> None:
    page = desk.draft(body=WRONG)
    page.live = True

    with pytest.raises(NotPublishableError):
        page.save()

    assert not is_live(page)


def test_a_clean_text_in_memory_does_not_let_the_row_below_it_go_live(desk: Desk) -> None:
    page = desk.draft(body=WRONG)
    page.live, page.body = True, body_of(CLEAN)

    with pytest.raises(NotPublishableError):
        page.save(update_fields=["live"])

    assert not is_live(page)


def test_a_live_row_cannot_be_rewritten_with_an_error(desk: Desk) -> None:
    page = desk.published()
    page.body = body_of(WRONG)

    with pytest.raises(NotPublishableError):
        page.save()

    assert CLEAN in (seen_by_a_visitor(page) or "")


def test_a_live_row_whose_text_stays_is_saved_without_the_service(desk: Desk, dead: None) -> None:
    page = desk.draft()
    NewsPage.objects.filter(pk=page.pk).update(live=True)
    page.refresh_from_db()
    page.show_in_menus = True

    page.save()

    assert NewsPage.objects.get(pk=page.pk).show_in_menus


def test_a_program_that_creates_a_live_page_with_an_error_gets_a_draft(desk: Desk) -> None:
    page = desk.home.add_child(instance=notice(body=WRONG))

    assert not is_live(page)
    assert seen_by_a_visitor(page) is None
    assert "机器校对未通过" in desk.history(page)


def test_a_program_that_creates_a_clean_live_page_gets_one(desk: Desk) -> None:
    page = desk.home.add_child(instance=notice())

    assert CLEAN in (seen_by_a_visitor(page) or "")


def test_an_alias_follows_its_source(desk: Desk) -> None:
    page = desk.published()
    alias = page.create_alias(update_slug="alias")

    desk.edit(page, CLEAN.replace("防汛", "防火"))

    assert "防火" in (seen_by_a_visitor(alias) or "")


def test_an_alias_never_shows_what_its_source_may_not(desk: Desk) -> None:
    page = desk.published()
    alias = page.create_alias(update_slug="alias")

    desk.edit(page, WRONG)

    assert CLEAN in (seen_by_a_visitor(alias) or "")


def test_a_copy_of_a_page_that_was_never_checked_is_a_draft(desk: Desk) -> None:
    page = desk.draft(body=WRONG)
    NewsPage.objects.filter(pk=page.pk).update(live=True)
    page.refresh_from_db()

    copied = page.copy(update_attrs={"slug": "copy"}, user=desk.user)

    assert not is_live(copied)


def test_a_copy_of_a_checked_page_is_live_at_once(desk: Desk) -> None:
    copied = desk.published().copy(update_attrs={"slug": "copy"}, user=desk.user)

    assert CLEAN in (seen_by_a_visitor(copied) or "")


def test_an_old_revision_with_an_error_does_not_come_back(desk: Desk) -> None:
    page = desk.draft(body=WRONG)
    old = page.get_latest_revision()
    desk.edit(page, CLEAN)

    told = desk.edit(page, WRONG, revision=str(old.pk))

    assert "机器校对未通过" in told
    assert CLEAN in (seen_by_a_visitor(page) or "")


def test_a_view_of_the_site_that_publishes_answers_with_the_reasons(desk: Desk) -> None:
    page = desk.draft(body=WRONG)

    answer = Client().get(f"/publish/{page.pk}/")

    assert answer.status_code == 422
    assert "截至目前" in answer.json()["findings"][0]
    assert not is_live(page)


def test_the_text_that_was_checked_is_the_text_that_a_token_is_kept_for(desk: Desk) -> None:
    page = desk.published()
    record = ProofreadingRecord.objects.get(document_id__endswith=f":{page.pk}")

    page.body = body_of(CLEAN, DOUBTFUL)
    page.save_revision()
    with pytest.raises(NotPublishableError):
        page.get_latest_revision().publish()

    newer = ProofreadingRecord.objects.exclude(pk=record.pk).get(document_id__endswith=f":{page.pk}")
    assert newer.digest != record.digest
    assert newer.token != record.token


def test_the_screens_of_the_editor_still_open(desk: Desk) -> None:
    page = desk.published()

    assert "机器校对通过" in desk.history(page)
    assert desk.client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200
