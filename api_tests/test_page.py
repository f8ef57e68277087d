"""The editor's page: the real service, a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from api_tests.page_kit import NOTICE, assert_accessible, paper, paste, press, wait_until_checked
from api_tests.service import running

CLEAN = "各县（区）人民政府，市直各部门：\n请于2024年4月12日前报送整改情况，联系电话：5512346。"
ID_NUMBER = "11010519491231002X"
MASKED = "11*************02X"
PARTLY_MASKED = "110105********002X"
MARKS = "name => [...CSS.highlights.get('finding-' + name)].map(String)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("service") / "log"
    with log.open("wb") as written, running(written) as (address, _):
        yield address


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def copied(page: Page) -> str:
    press(page, "复制全文")
    expect(page.get_by_text("已复制全文。")).to_be_visible()
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def cards(page: Page, rule: str) -> Locator:
    return page.locator(f".finding[data-rule={rule}]")


def marked(page: Page, severity: str) -> list[str]:
    """Tell which words of the paper are marked."""
    return list(page.evaluate(MARKS, severity))


def count(page: Page, severity: str) -> Locator:
    return page.locator(f"#counts [data-severity={severity}] b")


def test_the_faults_of_a_pasted_notice_are_marked_in_their_places(page: Page) -> None:
    paste(page, NOTICE)

    assert ID_NUMBER in marked(page, "error")
    assert {"[2024]3号", "XX"} <= set(marked(page, "warning"))
    assert PARTLY_MASKED in marked(page, "info")


def test_a_listed_finding_gives_its_reason_and_its_source(page: Page) -> None:
    paste(page, NOTICE)

    expect(cards(page, "FM001").locator(".message")).to_contain_text("六角括号")
    expect(cards(page, "FM001").locator(".source")).to_contain_text("依据：《党政机关公文格式")


def test_the_list_does_not_repeat_a_leaked_number(page: Page) -> None:
    paste(page, NOTICE)

    expect(cards(page, "PI001")).to_contain_text(MASKED)
    expect(page.locator("#findings")).not_to_contain_text(ID_NUMBER)


def test_a_notice_with_errors_must_not_be_published(page: Page) -> None:
    paste(page, NOTICE)

    expect(page.locator("#verdict")).to_have_text("不能发布：须先改正")


def test_an_accepted_replacement_mends_the_paper_and_settles_the_finding(page: Page) -> None:
    paste(page, NOTICE)
    press(cards(page, "FM001"), "采纳“〔2024〕3号”")
    wait_until_checked(page)

    expect(paper(page)).to_contain_text("某政发〔2024〕3号")
    expect(cards(page, "FM001")).to_have_count(0)


def test_an_accepted_replacement_can_be_undone(page: Page) -> None:
    paste(page, NOTICE)
    press(cards(page, "FM001"), "采纳")
    press(page, "撤销")
    wait_until_checked(page)

    expect(paper(page)).to_contain_text("某政发[2024]3号")
    expect(cards(page, "FM001")).to_have_count(1)


def test_an_ignored_finding_is_hidden_and_no_longer_counted(page: Page) -> None:
    paste(page, NOTICE)
    counted = int(count(page, "warning").inner_text())
    press(cards(page, "FM010"), "忽略")

    expect(cards(page, "FM010")).to_have_count(0)
    expect(count(page, "warning")).to_have_text(str(counted - 1))
    assert "XX" not in marked(page, "warning")


def test_an_ignored_finding_stays_ignored_when_its_neighbour_is_mended(page: Page) -> None:
    paste(page, f"某政发[2024]3号，身份证号{ID_NUMBER}。")
    press(cards(page, "FM001"), "忽略")
    press(cards(page, "PI001"), "采纳")
    wait_until_checked(page)

    expect(page.locator("#verdict")).to_have_text("其余未发现问题")


def test_ignored_findings_can_be_restored(page: Page) -> None:
    paste(page, NOTICE)
    press(cards(page, "FM010"), "忽略")
    press(page, "恢复")

    expect(cards(page, "FM010")).to_have_count(1)


def test_the_mended_text_is_copied(page: Page) -> None:
    paste(page, NOTICE)
    press(cards(page, "FM001"), "采纳")

    assert copied(page) == NOTICE.replace("[2024]3号", "〔2024〕3号")


def test_a_clean_text_passes(page: Page) -> None:
    paste(page, CLEAN)

    expect(page.locator("#verdict")).to_have_text("未发现问题")
    expect(page.locator(".finding")).to_have_count(0)


def test_masking_covers_leaks_and_leaves_hints_to_the_editor(page: Page) -> None:
    paste(page, NOTICE)
    press(page, "遮盖隐私")

    assert copied(page) == NOTICE.replace(ID_NUMBER, MASKED).replace("13800138000", "138****8000")


def test_masking_is_undone_in_one_step(page: Page) -> None:
    paste(page, NOTICE)
    press(page, "遮盖隐私")
    press(page, "撤销")

    assert copied(page) == NOTICE


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n\n"])
def test_a_finding_behind_line_breaks_is_marked_in_its_place(page: Page, line_break: str) -> None:
    paste(page, line_break.join(["通知", "一、要求", f"身份证号{ID_NUMBER}。", ""]))

    assert marked(page, "error") == [ID_NUMBER]


def test_a_finding_behind_typed_line_breaks_is_marked_in_its_place(page: Page) -> None:
    for line in ("通知", "", f"身份证号{ID_NUMBER}。"):
        paper(page).press_sequentially(line)
        paper(page).press("Enter")
    wait_until_checked(page)

    assert marked(page, "error") == [ID_NUMBER]


def test_a_finding_behind_emoji_is_marked_and_mended_in_its_place(page: Page) -> None:
    paste(page, "😀👨‍👩‍👧𠮷某政发[2024]3号😀")
    places = marked(page, "warning")
    press(cards(page, "FM001"), "采纳")

    assert places == ["[2024]3号"]
    assert copied(page) == "😀👨‍👩‍👧𠮷某政发〔2024〕3号😀"


def test_on_a_phone_a_chosen_finding_is_in_sight_beside_the_paper(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    paste(page, NOTICE)
    cards(page, "PI011").locator(".message").click()

    expect(cards(page, "PI011")).to_be_in_viewport(ratio=1)
    expect(paper(page)).to_be_in_viewport(ratio=0.5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_before_and_after_a_check(
    page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    assert_accessible(page)
    paste(page, NOTICE)
    assert_accessible(page)


def test_the_page_asks_nothing_of_any_other_host(page: Page, context: BrowserContext, address: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.reload()
    paste(page, NOTICE)

    assert f"{address}/v1/proofread" in asked
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


def test_a_round_of_work_leaves_no_error_in_the_console(page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.reload()
    paste(page, NOTICE)
    press(cards(page, "FM001"), "采纳")
    press(cards(page, "FM010"), "忽略")
    press(page, "遮盖隐私")
    wait_until_checked(page)
    press(page, "清空")

    expect(page.locator("#verdict")).to_have_text("尚未检查")
    assert faults == []


def test_a_service_that_is_gone_is_reported_and_costs_no_draft(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = context.new_page()
    with (tmp_path / "log").open("wb") as log, running(log) as (address, service):
        page.goto(address)
        paste(page, NOTICE)
        service.kill()
        service.wait()
    press(page, "检查")

    expect(page.get_by_role("alert")).to_contain_text("连不上服务，未能检查。")
    assert copied(page) == NOTICE
