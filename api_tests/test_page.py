"""The editor's page: the real service, a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from api_tests.page_kit import (
    NOTICE,
    assert_accessible,
    go_to_beginning,
    paper,
    paste,
    press,
    wait_until_checked,
)
from api_tests.service import get, running

CLEAN = "各县（区）人民政府，市直各部门：\n请于2024年4月12日前报送整改情况，联系电话：5512346。"
ID_NUMBER = "11010519491231002X"
MASKED = "11*************02X"
PARTLY_MASKED = "110105********002X"


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


def listed(page: Page, rule: str) -> Locator:
    return page.locator(f".finding[data-rule={rule}]")


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="当前问题")


def choose(page: Page, rule: str) -> Locator:
    """Choose a finding in the list; give its card."""
    listed(page, rule).first.get_by_role("button").click()
    expect(card(page)).to_have_attribute("data-rule", rule)
    return card(page)


def marked(page: Page, severity: str) -> list[str]:
    """Tell which words of the paper are marked."""
    return page.locator(f".mark-{severity}").all_inner_texts()


def count(page: Page, severity: str) -> Locator:
    return page.locator(f"#counts [data-filter={severity}] b")


def test_the_faults_of_a_pasted_notice_are_marked_in_their_places(page: Page) -> None:
    paste(page, NOTICE)

    assert ID_NUMBER in marked(page, "error")
    assert {"[2024]3号", "XX"} <= set(marked(page, "warning"))
    assert PARTLY_MASKED in marked(page, "info")


def test_a_chosen_finding_gives_its_reason_and_its_source(page: Page) -> None:
    paste(page, NOTICE)
    shown = choose(page, "FM001")

    expect(shown.locator(".message")).to_contain_text("六角括号")
    expect(shown.locator(".source")).to_contain_text("依据：《党政机关公文格式")


def test_a_marked_place_opens_its_card_when_it_is_clicked(page: Page) -> None:
    paste(page, NOTICE)
    paper(page).get_by_text("[2024]3号").click()

    expect(card(page)).to_have_attribute("data-rule", "FM001")


def test_neither_list_nor_card_repeats_a_leaked_number(page: Page) -> None:
    paste(page, NOTICE)
    shown = choose(page, "PI001")

    expect(shown).to_contain_text(MASKED)
    expect(shown).not_to_contain_text(ID_NUMBER)
    expect(page.locator("#findings")).not_to_contain_text(ID_NUMBER)


def test_a_notice_with_errors_must_not_be_published(page: Page) -> None:
    paste(page, NOTICE)

    expect(page.locator("#verdict")).to_have_text("不能发布：须先改正")


def test_an_accepted_replacement_mends_the_paper_and_settles_the_finding(page: Page) -> None:
    paste(page, NOTICE)
    press(choose(page, "FM001"), "采纳“〔2024〕3号”")
    wait_until_checked(page)

    expect(paper(page)).to_contain_text("某政发〔2024〕3号")
    expect(listed(page, "FM001")).to_have_count(0)


def test_an_accepted_replacement_can_be_undone_and_done_again(page: Page) -> None:
    paste(page, NOTICE)
    press(choose(page, "FM001"), "采纳")
    press(page, "撤销")
    wait_until_checked(page)

    expect(paper(page)).to_contain_text("某政发[2024]3号")
    expect(listed(page, "FM001")).to_have_count(1)

    press(page, "重做")

    expect(paper(page)).to_contain_text("某政发〔2024〕3号")


def test_all_certain_findings_of_a_kind_are_accepted_and_undone_in_one_step(page: Page) -> None:
    paste(page, NOTICE)
    press(page.locator(".group[data-severity=error][data-category=typo]"), "全部采纳（3）")

    for right in ("截至目前", "部分单位", "部署整改"):
        expect(paper(page)).to_contain_text(right)
    press(page, "撤销")
    for wrong in ("截止目前", "部份单位", "布署整改"):
        expect(paper(page)).to_contain_text(wrong)


def test_what_needs_a_person_cannot_be_accepted_in_one_go(page: Page) -> None:
    paste(page, f"甲的身份证号{ID_NUMBER}，乙的身份证号{ID_NUMBER}。")

    expect(listed(page, "PI001")).to_have_count(2)
    expect(page.get_by_role("button", name="全部采纳")).to_have_count(0)


def test_an_ignored_finding_is_hidden_and_no_longer_counted(page: Page) -> None:
    paste(page, NOTICE)
    counted = int(count(page, "warning").inner_text())
    choose(page, "FM010").get_by_role("button", name="忽略", exact=True).click()

    expect(listed(page, "FM010")).to_have_count(0)
    expect(count(page, "warning")).to_have_text(str(counted - 1))
    assert "XX" not in marked(page, "warning")


def test_ignoring_here_leaves_the_twin_and_ignoring_everywhere_does_not(page: Page) -> None:
    paste(page, "截止目前，一县已完成。\n截止目前，二县已完成。\n截止目前，三县已完成。")
    rule = str(page.locator(".finding").first.get_attribute("data-rule"))
    choose(page, rule).get_by_role("button", name="忽略", exact=True).click()
    expect(listed(page, rule)).to_have_count(2)
    press(card(page), "全文忽略")

    expect(listed(page, rule)).to_have_count(0)
    expect(page.locator("#ignored")).to_contain_text("已忽略 3 处（其中须改 3 处）")


def test_ignoring_can_be_undone(page: Page) -> None:
    paste(page, NOTICE)
    choose(page, "FM010").get_by_role("button", name="忽略", exact=True).click()
    press(page, "撤销")

    expect(listed(page, "FM010")).to_have_count(1)


def test_an_ignored_finding_stays_ignored_when_its_neighbour_is_mended(page: Page) -> None:
    paste(page, f"某政发[2024]3号，身份证号{ID_NUMBER}。")
    choose(page, "FM001").get_by_role("button", name="忽略", exact=True).click()
    press(choose(page, "PI001"), "采纳")
    wait_until_checked(page)

    expect(page.locator("#verdict")).to_have_text("其余未发现问题")


def test_ignored_findings_can_be_restored(page: Page) -> None:
    paste(page, NOTICE)
    choose(page, "FM010").get_by_role("button", name="忽略", exact=True).click()
    press(page, "恢复")

    expect(listed(page, "FM010")).to_have_count(1)


def test_a_false_alarm_is_counted_by_the_service_and_hidden(page: Page, address: str) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    paste(page, NOTICE)
    shown = choose(page, "FM010")
    shown.get_by_text("误报", exact=True).click()
    press(shown, "是引述原文")

    expect(page.get_by_text("已记为误报，谢谢。")).to_be_visible()
    expect(listed(page, "FM010")).to_have_count(0)
    assert f'{address}/v1/false-alarms {{"rule":"FM010","reason":"quotation"}}' in sent
    metric = 'shenjiao_false_alarms_total{reason="quotation",rule="FM010"} 1.0'
    assert metric in get(f"{address}/metrics")


def test_the_address_of_a_rule_can_be_copied_and_leads_to_its_card(page: Page, address: str) -> None:
    paste(page, NOTICE)
    press(choose(page, "FM001"), "复制规则地址")
    expect(page.get_by_text("已复制规则地址。")).to_be_visible()
    copied_address = str(page.evaluate("() => navigator.clipboard.readText()"))

    assert copied_address == f"{address}/v1/rules/FM001"
    assert "六角括号" in get(copied_address)


def test_filters_show_one_severity_or_category_and_say_what_they_hide(page: Page) -> None:
    paste(page, NOTICE)
    total = page.locator(".finding").count()
    page.locator("#kinds [data-filter=typo]").click()

    expect(page.locator(".finding")).to_have_count(3)
    expect(page.locator("#filtered")).to_contain_text(f"已按筛选隐藏 {total - 3} 处")
    press(page, "全部显示")
    expect(page.locator(".finding")).to_have_count(total)


def test_the_mended_text_is_copied(page: Page) -> None:
    paste(page, NOTICE)
    press(choose(page, "FM001"), "采纳")

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
    press(choose(page, "FM001"), "采纳")

    assert places == ["[2024]3号"]
    assert copied(page) == "😀👨‍👩‍👧𠮷某政发〔2024〕3号😀"


def test_an_edit_within_a_finding_takes_its_mark_away_at_once(page: Page) -> None:
    paste(page, "截止目前，一县已完成。")
    page.route("**/v1/proofread", lambda route: route.abort())
    go_to_beginning(page)
    paper(page).press("ArrowRight")
    # The browser tells of a moved caret later than of the key.
    page.wait_for_function("() => getSelection().anchorOffset === 1")
    paper(page).press_sequentially("于")

    expect(paper(page)).to_have_text("截于止目前，一县已完成。")
    expect(page.locator(".mark")).to_have_count(0)


def test_of_a_long_draft_only_the_changed_paragraph_is_sent_first(page: Page) -> None:
    paste(page, "\n".join([CLEAN] * 30))
    sent: list[dict[str, object]] = []
    page.on("request", lambda request: sent.append(json.loads(request.post_data or "")))
    paper(page).press("Control+End")
    paper(page).press_sequentially("截止目前")
    expect(page.locator(".mark-error")).to_have_text("截止目前")
    wait_until_checked(page)

    first, last = sent[0], sent[-1]
    assert first["text"] == CLEAN.splitlines()[-1] + "截止目前"
    assert "format" not in str(first["categories"])
    assert len(str(last["text"])) > 30 * len(CLEAN)


def test_an_answer_about_an_older_text_is_dropped(page: Page) -> None:
    held: list[Route] = []
    paste(page, "各单位：")
    # Not the method itself: a built-in cannot carry the mark that Playwright puts on handlers.
    page.route("**/v1/proofread", lambda route: held.append(route))  # noqa: PLW0108
    paper(page).press("Control+End")
    paper(page).press_sequentially("截止目前")
    page.wait_for_timeout(600)
    go_to_beginning(page)
    paper(page).press_sequentially("致")
    for route in held:
        route.continue_()
    page.unroute("**/v1/proofread")
    wait_until_checked(page)

    assert marked(page, "error") == ["截止目前"]


def test_an_answer_that_comes_during_a_composition_does_not_disturb_it(
    page: Page, context: BrowserContext
) -> None:
    held: list[Route] = []
    paste(page, "各单位：截止")
    # Not the method itself: a built-in cannot carry the mark that Playwright puts on handlers.
    page.route("**/v1/proofread", lambda route: held.append(route))  # noqa: PLW0108
    paper(page).press("Control+End")
    paper(page).press_sequentially("目前")
    page.wait_for_timeout(600)
    keyboard = context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "wan'c", "selectionStart": 5, "selectionEnd": 5})
    for route in held:
        route.continue_()
    page.unroute("**/v1/proofread")
    page.wait_for_timeout(2_000)
    keyboard.send("Input.imeSetComposition", {"text": "wan'cheng", "selectionStart": 9, "selectionEnd": 9})
    keyboard.send("Input.insertText", {"text": "完成"})
    wait_until_checked(page)

    expect(paper(page)).to_have_text("各单位：截止目前完成")
    assert marked(page, "error") == ["截止目前"]


def test_findings_can_be_worked_through_with_the_keyboard_alone(page: Page) -> None:
    paste(page, "截止目前，部份单位正在认真布署。")
    go_to_beginning(page)
    paper(page).press("Alt+ArrowDown")
    paper(page).press("Alt+Enter")
    paper(page).press("Alt+x")
    paper(page).press("F8")
    paper(page).press("Alt+1")
    wait_until_checked(page)

    expect(paper(page)).to_have_text("截至目前，部份单位正在认真部署。")
    expect(page.locator("#verdict")).to_have_text("其余未发现问题")


def test_escape_leads_to_the_card_and_back_to_the_paper(page: Page) -> None:
    paste(page, "截止目前，一县已完成。")
    go_to_beginning(page)
    paper(page).press("Escape")

    expect(card(page).get_by_role("button", name="采纳“截至目前”")).to_be_focused()
    page.keyboard.press("Escape")
    expect(paper(page)).to_be_focused()


def test_on_a_phone_a_chosen_finding_is_in_sight_beside_the_paper(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    paste(page, NOTICE)
    shown = choose(page, "PI011")

    expect(shown).to_be_in_viewport(ratio=1)
    expect(page.locator(".mark-active")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_at_every_stage(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    assert_accessible(page)
    paste(page, NOTICE)
    assert_accessible(page)
    choose(page, "FM001").get_by_text("误报", exact=True).click()
    assert_accessible(page)


def test_the_page_speaks_english_if_asked_and_remembers(page: Page) -> None:
    paste(page, NOTICE)
    press(page, "English")
    expect(page.locator("#verdict")).to_have_text("Correct before publishing")
    page.reload()

    expect(page.get_by_role("button", name="Copy all")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text of the draft")).to_be_visible()


def test_a_draft_is_gone_after_a_reload_unless_the_editor_wished_to_keep_it(page: Page) -> None:
    paste(page, NOTICE)
    assert "青榆市" not in str(page.evaluate("() => JSON.stringify(localStorage)"))
    page.reload()
    expect(paper(page)).to_have_text("")

    paste(page, NOTICE)
    page.get_by_label("在本机保留草稿").check()
    page.wait_for_function("() => localStorage.getItem('shenjiao.draft')")
    page.reload()
    wait_until_checked(page)
    expect(paper(page)).to_contain_text("青榆市政务公开")

    page.get_by_label("在本机保留草稿").uncheck()
    assert "青榆市" not in str(page.evaluate("() => JSON.stringify(localStorage)"))


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
    press(choose(page, "FM001"), "采纳")
    choose(page, "FM010").get_by_role("button", name="忽略", exact=True).click()
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
    page.get_by_role("button", name="检查", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("连不上服务，未能检查。")
    assert copied(page) == NOTICE
