"""What the site may choose: warnings, and what happens while the service is down."""

import json
import logging
import urllib.request
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from shenjiao_wagtail.checks import set_up
from shenjiao_wagtail.configuration import configuration
from shenjiao_wagtail.gate import NotPublishableError
from shenjiao_wagtail.models import ProofreadingRecord
from tests.conftest import Service
from tests.desk import CLEAN, DOUBTFUL, WRONG, Desk, is_live

PERSONAL = "低保对象赵小明，身份证号码11010119900307803X。"


def record_of(page: Any) -> ProofreadingRecord:
    return ProofreadingRecord.objects.get(document_id__endswith=f":{page.pk}")


def sign(service: Service, record: ProofreadingRecord, what: str, body: dict[str, str]) -> None:
    """Sign something at the service, as its readers do."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {service.key_of_readers}"}
    address = f"{service.address}/v1/reviews/{record.review_id}/{what}"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    urllib.request.urlopen(request).close()


def test_warnings_are_shown_first_and_pass_when_the_person_publishes_again(desk: Desk) -> None:
    page, told = desk.create(DOUBTFUL)
    assert "【须核实】正文：“2024年2月30日”" in told
    assert not is_live(page)

    desk.edit(page, DOUBTFUL)

    assert is_live(page)
    assert record_of(page).taken_by == desk.user


@pytest.mark.parametrize(("lines_then", "live"), [(None, True), ({"x": "没有见过的"}, False)])
def test_what_a_person_verified_stays_verified_when_the_token_has_run_out(
    desk: Desk, lines_then: dict[str, str] | None, *, live: bool
) -> None:
    page, _ = desk.create(DOUBTFUL)
    record = record_of(page)
    record.token, record.shown, record.taken_by = "run out", True, desk.user
    record.lines = lines_then or record.lines
    record.save()

    with suppress(NotPublishableError):
        page.get_latest_revision().publish()

    assert is_live(page) is live


def test_a_finding_that_two_persons_have_waived_at_the_service_stands_in_the_way_no_more(
    desk: Desk, service: Service
) -> None:
    body = f"{WRONG}</p><p>{PERSONAL}"
    page, _ = desk.create(body)
    record = record_of(page)
    by_two = {"action": "waived", "reason": "引用来文原文。", "actor": "钱一", "second_actor": "孙二"}
    of_the_number, of_the_words = sorted(record.lines, key=lambda name: "截止目前" in record.lines[name])

    sign(service, record, "decisions", {"finding": of_the_words, **by_two})
    told = desk.edit(page, body)
    assert "身份证" in told
    assert "截止目前" not in told
    sign(service, record, "decisions", {"finding": of_the_number, **by_two})
    desk.edit(page, body)

    assert is_live(page)


def test_a_program_is_no_person(desk: Desk) -> None:
    page, _ = desk.create(DOUBTFUL)

    page.copy(update_attrs={"slug": "copy"}, keep_live=True)

    assert not is_live(page)
    assert record_of(page).taken_by is None


def test_warnings_on_hold_wait_for_the_last_reader_at_the_service(
    desk: Desk, settings: Any, service: Service
) -> None:
    settings.SHENJIAO = {**settings.SHENJIAO, "REVIEW": "hold"}
    page, told = desk.create(DOUBTFUL)
    desk.edit(page, DOUBTFUL)
    assert "记录终审通过" in told
    assert not is_live(page)

    for stage, actor in (("初审", "钱一"), ("复审", "孙二"), ("终审", "李三")):
        sign(service, record_of(page), "stages", {"stage": stage, "verdict": "pass", "actor": actor})
    desk.edit(page, DOUBTFUL)

    assert is_live(page)


@pytest.mark.usefixtures("dead")
def test_nothing_goes_live_while_the_service_is_down(desk: Desk) -> None:
    page, told = desk.create(CLEAN)

    assert not is_live(page)
    assert "审校服务没有应答，未发布" in told
    assert CLEAN in page.get_latest_revision_as_object().body


def test_a_site_may_let_pages_pass_while_the_service_is_down(desk: Desk, dead: None, settings: Any) -> None:
    settings.SHENJIAO = {**settings.SHENJIAO, "WHEN_DOWN": "pass"}

    page, _ = desk.create(WRONG)

    assert is_live(page)
    assert "未经校对即予放行" in desk.history(page)


def test_a_service_that_answers_no_is_not_down(desk: Desk, settings: Any) -> None:
    settings.SHENJIAO = {
        **settings.SHENJIAO,
        "WHEN_DOWN": "pass",
        "URL": settings.SHENJIAO["URL"] + "/nowhere",
    }

    page, told = desk.create(CLEAN)

    assert not is_live(page)
    assert "地址有误" in told


@pytest.mark.parametrize("key", ["", "sj_nobody_has_this"])
def test_a_site_whose_key_is_not_taken_publishes_nothing(desk: Desk, settings: Any, key: str) -> None:
    settings.SHENJIAO = {**settings.SHENJIAO, "WHEN_DOWN": "pass", "KEY": key}

    page, told = desk.create(CLEAN)

    assert not is_live(page)
    assert "密钥缺失、有误或已撤销" in told


@pytest.mark.usefixtures("dead")
def test_no_word_of_a_draft_reaches_the_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    desk.create("联系人赵小明，电话13800138000。")

    assert "赵小明" not in caplog.text
    assert "13800138000" not in caplog.text


def test_personal_data_are_shown_masked(desk: Desk) -> None:
    _, told = desk.create(PERSONAL)

    assert "身份证" in told
    assert "19900307803X" not in told


@pytest.mark.parametrize(
    "wrong", [{"ADRESS": "x"}, {"REVIEW": "maybe"}, {"WHEN_DOWN": "open"}, {"URL": "file:///etc/passwd"}]
)
def test_a_setting_that_cannot_be_meant_is_refused(settings: Any, wrong: dict[str, str]) -> None:
    settings.SHENJIAO = wrong

    with pytest.raises(ImproperlyConfigured):
        configuration()

    assert "shenjiao.E001" in [found.id for found in set_up()]


def test_the_key_is_not_shown(settings: Any) -> None:
    settings.SHENJIAO = {"KEY": "sj_secret"}

    assert "sj_secret" not in repr(configuration())


def test_a_page_type_without_the_gate_is_named(settings: Any) -> None:
    named = [found.obj.__name__ for found in set_up() if found.id == "shenjiao.W002"]

    assert named == ["OpenPage"]


def test_a_site_without_the_middleware_is_told(settings: Any) -> None:
    settings.MIDDLEWARE = settings.MIDDLEWARE[:-1]

    assert "shenjiao.W001" in [found.id for found in set_up()]
