"""The page of the site lexicon: the real service, a real browser."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Locator, Page, expect

from api_tests.page_kit import assert_accessible, paste, press, serving
from api_tests.service import get, post, running
from app.main import create_app
from app.settings import Settings
from app.site_lexicon import SiteLexicon
from app.store.database import Database

ROUTE = "/v1/site-lexicon"
AUTHOR, OTHER, UNIT = "赵小明", "钱小红", "某市政府办公室"
MARKUP = "<img src=x onerror=document.title=1>"
HEADINGS = "类型,词语,改为,理由,单位"
TAKES_EFFECT = 2_000
"""Milliseconds until a change is live, as the notice says."""


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[str, FastAPI]]:
    """A service of this module; loading the lexicons takes too long to do it for every test."""
    app = create_app(Settings())
    with serving(app) as address:
        # Answered only when the lexicons are loaded.
        get(f"{address}/readyz")
        yield address, app


@pytest.fixture
def address(service: tuple[str, FastAPI], tmp_path: Path) -> Iterator[str]:
    """The service with an empty site lexicon. Unlike a service in full it does not look for changes by itself."""
    address, app = service
    database = Database(f"sqlite:///{tmp_path / 'site.db'}")
    app.state.site_lexicon = SiteLexicon(app.state.site_lexicon.engine, database)
    yield address
    database.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/lexicon")
    return page


def entry(text: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "forbid", "text": text, "reason": "试用的理由。", "unit": UNIT} | fields


def keep(address: str, text: str, author: str = AUTHOR, **fields: Any) -> None:
    """Add an entry behind the page's back."""
    body = json.dumps({"entry": entry(text, **fields), "author": author}).encode()
    assert post(f"{address}{ROUTE}/entries", body)[0] == 201


def change(address: str, entry_id: str, seen: int, text: str, author: str = OTHER, **fields: Any) -> None:
    """Change an entry behind the page's back."""
    body = json.dumps({"entry": entry(text, **fields), "author": author}).encode()
    headers = {"content-type": "application/json", "if-match": f'"{seen}"'}
    request = urllib.request.Request(f"{address}{ROUTE}/entries/{entry_id}", body, headers, method="PUT")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def import_many(address: str, count: int) -> None:
    rows = [f"改用,旧称第{number}号样例,新称第{number}号样例,更名,{UNIT}" for number in range(count)]
    table = "\n".join([HEADINGS, *rows]).encode()
    url = f"{address}{ROUTE}/import?author={urllib.request.quote(AUTHOR)}"  # type: ignore[attr-defined]
    with urllib.request.urlopen(urllib.request.Request(url, table, {"content-type": "text/csv"})) as answer:
        assert answer.status == 200


def listed(address: str, **query: str) -> list[dict[str, Any]]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    page: dict[str, Any] = json.loads(get(f"{address}{ROUTE}/entries?{asked}"))
    return list(page["entries"])


def row(page: Page, entry_id: str) -> Locator:
    return page.locator(f"[data-entry={entry_id}]")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def write_entry(page: Page, kind: str, **fields: str) -> None:
    """Fill in the open dialog."""
    dialog(page).get_by_role("radio", name=kind).check()
    labels = {
        "text": "写法",
        "code": "规则编号",
        "uses": "改为",
        "reason": "理由",
        "unit": "提出单位",
        "author": "改动人",
    }
    for name, value in fields.items():
        dialog(page).get_by_role("textbox", name=labels[name]).fill(value)


def open_entry(page: Page, text: str) -> None:
    page.get_by_role("button", name=f"{text}，查看或改动").click()
    expect(dialog(page)).to_be_visible()


def notice(page: Page) -> Locator:
    return page.locator("#notice-text")


def view(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="本站词库").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=2)).to_be_focused()


def choose_file(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("文件（CSV 或 xlsx）").set_input_files(
        {"name": name, "mimeType": "", "buffer": content}
    )


def import_here(page: Page) -> None:
    page.locator("#import-author").fill(AUTHOR)
    page.get_by_role("button", name="导入", exact=True).click()


def test_an_added_entry_is_live_on_the_editors_page(context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    url = f"sqlite:///{tmp_path / 'site.db'}"
    with (tmp_path / "log").open("wb") as log, running(log, SHENJIAO_DATABASE_URL=url) as (address, _):
        page.goto(f"{address}/lexicon")
        press(page, "新增条目")
        write_entry(
            page,
            "改用",
            text="市政数局",
            uses="市政务服务数据管理局",
            reason="简称尚未公布。",
            unit=UNIT,
            author=AUTHOR,
        )
        dialog(page).get_by_role("button", name="保存", exact=True).click()
        expect(notice(page)).to_contain_text("已新增 S00001")
        expect(row(page, "S00001")).to_contain_text("市政务服务数据管理局")
        expect(page.get_by_role("button", name="市政数局，查看或改动")).to_be_focused()
        page.wait_for_timeout(TAKES_EFFECT)
        page.get_by_role("link", name="检查文稿").click()
        paste(page, "由市政数局负责。")
        page.locator(".finding[data-rule=S00001] button").click()
        card = page.get_by_role("region", name="当前问题")
        expect(card).to_contain_text("简称尚未公布。")
        with context.expect_page() as beside:
            card.get_by_role("link", name="S00001").click()

        expect(dialog(beside.value).get_by_role("heading", name="改动 S00001")).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "fields", "kept"),
    [
        ("禁用", {"text": "红头样稿"}, {"kind": "forbid", "category": "sensitive", "level": "error"}),
        ("允许", {"text": "红头样稿"}, {"kind": "allow", "category": None, "level": None}),
        ("调整", {"code": "TY0001"}, {"kind": "switch", "category": None, "level": "off"}),
    ],
)
def test_each_kind_is_added_with_what_belongs_to_it(
    page: Page, address: str, kind: str, fields: dict[str, str], kept: dict[str, Any]
) -> None:
    press(page, "新增条目")
    write_entry(page, kind, **fields, reason="试用的理由。", unit=UNIT, author=AUTHOR)
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(notice(page)).to_contain_text("已新增")

    (one,) = listed(address)
    assert {name: one["entry"][name] for name in kept} == kept


def test_an_adjusted_rule_is_named_beside_its_code(page: Page) -> None:
    press(page, "新增条目")
    write_entry(page, "调整", code="TY0001", reason="试用的理由。")

    expect(page.locator("#entry-rule")).to_contain_text("截止")


def test_what_is_refused_is_marked_in_its_field_and_stays_filled_in(page: Page) -> None:
    press(page, "新增条目")
    write_entry(
        page, "禁用", text="词", reason="联系人身份证号11010519491231002X。", unit=UNIT, author=AUTHOR
    )
    dialog(page).get_by_role("button", name="保存", exact=True).click()

    expect(dialog(page).get_by_label("禁用的写法")).to_be_focused()
    expect(dialog(page).get_by_label("禁用的写法")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#entry-text-fault")).to_contain_text("太短")
    expect(dialog(page).get_by_role("textbox", name="理由")).to_have_value(
        "联系人身份证号11010519491231002X。"
    )


def test_words_that_are_taken_lead_to_the_entry_that_has_them(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    press(page, "新增条目")
    write_entry(page, "禁用", text="红头样稿", reason="试用的理由。", unit=UNIT, author=AUTHOR)
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#entry-error")).to_contain_text("已有同样的词语")
    page.once("dialog", lambda asked: asked.accept())
    press(dialog(page), "打开 S00001")

    expect(dialog(page).get_by_role("heading", name="改动 S00001")).to_be_visible()


@pytest.mark.parametrize("words", ["白头", "更名的理由", OTHER, "某市档案馆"])
def test_entries_are_found_by_what_is_written_in_them(page: Page, address: str, words: str) -> None:
    keep(address, "红头样稿")
    keep(address, "白头样稿", OTHER, reason="更名的理由", unit="某市档案馆")
    page.get_by_role("searchbox", name="查找").fill(words)

    expect(page.locator("#found")).to_have_text("找到 1 条")
    expect(row(page, "S00002")).to_be_visible()
    expect(row(page, "S00001")).to_have_count(0)


def test_entries_are_found_by_kind_and_by_state(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    keep(address, "白头样稿", kind="allow")
    keep(address, "蓝头样稿", expires_on="2026-01-31")
    page.get_by_label("类型").select_option("允许")
    expect(page.locator("#entries")).to_contain_text("白头样稿")
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_label("类型").select_option("全部")
    page.get_by_label("状态").select_option("已到期")
    expect(page.locator(".entry")).to_have_count(1)
    expect(row(page, "S00003")).to_contain_text("已到期")


def test_a_long_list_is_shown_by_pages(page: Page, address: str) -> None:
    import_many(address, 120)
    page.reload()
    expect(page.locator("#found")).to_have_text("共 120 条")
    expect(page.locator(".entry")).to_have_count(50)
    press(page, "下一页")
    press(page, "下一页")

    expect(page.locator("#range")).to_have_text("第 101—120 条")
    expect(page.locator(".entry")).to_have_count(20)
    expect(page.get_by_role("button", name="下一页")).to_be_disabled()


def test_an_entry_is_changed_and_the_history_shows_what_differs(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    open_entry(page, "红头样稿")
    write_entry(page, "禁用", reason="更清楚的理由。", author=OTHER)
    dialog(page).get_by_label("改动缘由").fill("按例会意见")
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(row(page, "S00001")).to_contain_text("更清楚的理由。")
    row(page, "S00001").get_by_role("link", name="变更").click()
    press(page, "查看第 2 号变更")

    shown = page.locator("[data-number='2']")
    expect(shown).to_contain_text(OTHER)
    expect(shown).to_contain_text("缘由：按例会意见")
    expect(shown.locator("del")).to_have_text("试用的理由。")
    expect(shown.locator("ins")).to_have_text("更清楚的理由。")


def test_whoever_was_overtaken_sees_the_others_change_and_decides(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    open_entry(page, "红头样稿")
    change(address, "S00001", 1, "红头样稿", reason="别人写的理由。")
    write_entry(page, "禁用", reason="我写的理由。", author=AUTHOR)
    dialog(page).get_by_role("button", name="保存", exact=True).click()

    conflict = page.locator("#conflict")
    expect(conflict).to_be_focused()
    expect(conflict).to_contain_text(f"{OTHER}改过这一条")
    expect(conflict.locator("del")).to_have_text("别人写的理由。")
    expect(conflict.locator("ins")).to_have_text("我写的理由。")
    assert listed(address)[0]["entry"]["reason"] == "别人写的理由。"
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(conflict).to_be_focused()
    expect(conflict.get_by_role("button", name="仍按我填写的保存")).to_be_in_viewport(ratio=1)
    assert listed(address)[0]["entry"]["reason"] == "别人写的理由。"
    press(conflict, "仍按我填写的保存")
    expect(row(page, "S00001")).to_contain_text("我写的理由。")


def test_whoever_was_overtaken_can_take_what_the_other_wrote(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    open_entry(page, "红头样稿")
    change(address, "S00001", 1, "红头样稿", reason="别人写的理由。")
    write_entry(page, "禁用", reason="我写的理由。", author=AUTHOR)
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    press(page.locator("#conflict"), "载入现在的")

    expect(dialog(page).get_by_role("textbox", name="理由")).to_have_value("别人写的理由。")
    expect(page.locator("#conflict")).to_be_hidden()


def test_a_retired_entry_keeps_the_reason_and_comes_back(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    press(page, "停止使用 S00001")
    dialog(page).get_by_label("改动人").fill(AUTHOR)
    dialog(page).get_by_label("改动缘由").fill("文件已修订")
    dialog(page).get_by_role("button", name="停止使用").click()
    expect(notice(page)).to_contain_text("已停止使用 S00001")
    expect(row(page, "S00001")).to_have_count(0)
    assert json.loads(get(f"{address}{ROUTE}/history"))[0]["note"] == "文件已修订"
    page.get_by_label("状态").select_option("已停止使用")
    expect(row(page, "S00001")).to_contain_text("已停止使用")
    page.get_by_role("button", name="红头样稿，查看或恢复").click()
    dialog(page).get_by_role("button", name="保存", exact=True).click()

    expect(notice(page)).to_contain_text("已恢复 S00001")
    assert [one["id"] for one in listed(address)] == ["S00001"]


def test_what_was_overtaken_is_not_retired(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    expect(row(page, "S00001")).to_be_visible()
    change(address, "S00001", 1, "红头样稿", reason="别人写的理由。")
    press(page, "停止使用 S00001")
    dialog(page).get_by_label("改动人").fill(AUTHOR)
    dialog(page).get_by_role("button", name="停止使用").click()

    expect(page.locator("#deed-error")).to_contain_text(f"没有停止使用：{OTHER}刚改过这一条（第 2 号变更）")
    assert [one["id"] for one in listed(address)] == ["S00001"]


def test_a_change_is_undone_where_it_was_made_and_in_the_history(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    open_entry(page, "红头样稿")
    write_entry(page, "禁用", reason="更清楚的理由。", author=AUTHOR)
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(notice(page)).to_contain_text("已改动 S00001")
    page.locator("#undo").click()
    expect(row(page, "S00001")).to_contain_text("试用的理由。")
    view(page, "变更记录")
    press(page, "撤销第 3 号变更")
    press(dialog(page), "撤销这次变更")

    expect(notice(page)).to_contain_text("已撤销第 3 号变更")
    expect(page.locator("[data-number='4']")).to_contain_text("撤销第 3 号")
    assert listed(address)[0]["entry"]["reason"] == "更清楚的理由。"


def test_a_change_that_was_changed_again_is_not_undone_and_it_is_said_why(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    change(address, "S00001", 1, "红头样稿", reason="别人写的理由。")
    view(page, "变更记录")
    press(page, "撤销第 1 号变更")
    dialog(page).get_by_label("改动人").fill(AUTHOR)
    press(dialog(page), "撤销这次变更")

    expect(page.locator("#deed-error")).to_contain_text("S00001 又改过，不能撤销")


def test_two_versions_are_compared(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    change(address, "S00001", 1, "红头样稿", reason="别人写的理由。")
    keep(address, "白头样稿")
    view(page, "变更记录")
    expect(page.get_by_label("到第")).to_have_value("3")
    page.get_by_label("从第").fill("1")
    press(page, "比较")

    expect(page.locator("#compared")).to_have_text("不同的有 2 条。")
    expect(page.locator("#differences")).to_contain_text("别人写的理由。")
    expect(page.locator("#differences")).to_contain_text("S00002 新增 白头样稿")


def test_a_trial_shows_what_would_be_reported_and_what_would_fall_silent(page: Page, address: str) -> None:
    keep(address, "红头样稿")
    page.reload()
    open_entry(page, "红头样稿")
    write_entry(page, "禁用", text="蓝头样稿")
    page.get_by_text("先用文稿试查").click()
    dialog(page).get_by_label("试查的文稿").fill("😀印发红头样稿。\n---\n😀印发蓝头样稿，见附件。")
    dialog(page).get_by_role("button", name="试查", exact=True).click()

    expect(dialog(page).get_by_text("新增 1 处，消失 1 处。")).to_be_visible()
    expect(page.locator(".appearing mark")).to_have_text("蓝头样稿")
    expect(page.locator(".appearing .place")).to_have_text("😀印发蓝头样稿，见附件。")
    expect(page.locator(".disappearing mark")).to_have_text("红头样稿")
    assert listed(address)[0]["entry"]["text"] == "红头样稿"


def test_a_table_is_imported_and_taken_back_in_one_step(page: Page, address: str) -> None:
    view(page, "导入导出")
    choose_file(
        page,
        "词表.csv",
        f"{HEADINGS}\n禁用,红头样稿,,理由,{UNIT}\n改用,旧称样例,新称样例,理由,{UNIT}\n".encode(),
    )
    import_here(page)
    expect(page.locator("#import-status")).to_contain_text("共 2 条")
    assert len(listed(address)) == 2
    page.locator("#undo").click()

    expect(notice(page)).to_contain_text("已撤销第 1 号变更")
    assert listed(address) == []


def test_the_faults_of_a_file_are_listed_by_sheet_row_and_column(page: Page, address: str) -> None:
    view(page, "导入导出")
    choose_file(
        page,
        "词表.csv",
        f"{HEADINGS}\n禁用,红头样稿,,理由,{UNIT}\n封禁,白头样稿,,理由,{UNIT}\n禁用,=1+1,,理由,{UNIT}\n".encode(),
    )
    import_here(page)

    expect(page.locator("#import-status")).to_contain_text("没有导入，词库未变。文件中有 2 处错误")
    first, second = page.locator("#import-faults tbody tr").all()
    expect(first).to_contain_text("工作表“CSV”第 3 行“类型”列")
    expect(second).to_contain_text("第 4 行“词语”列")
    assert listed(address) == []


def test_a_table_that_replaces_everything_spares_what_nobody_here_has_seen(page: Page, address: str) -> None:
    expect(page.locator("#found")).to_contain_text("还没有条目")
    keep(address, "别人的样稿", OTHER)
    view(page, "导入导出")
    choose_file(page, "词表.csv", f"{HEADINGS}\n禁用,红头样稿,,理由,{UNIT}\n".encode())
    page.get_by_label("停用表中没有的条目").check()
    import_here(page)
    expect(page.locator("#import-status")).to_contain_text("词库又改过")
    assert [one["entry"]["text"] for one in listed(address)] == ["别人的样稿"]
    import_here(page)

    expect(page.locator("#import-status")).to_contain_text("已导入")
    assert [one["entry"]["text"] for one in listed(address)] == ["红头样稿"]


@pytest.mark.parametrize("form", ["xlsx", "CSV"])
def test_the_lexicon_and_an_empty_table_are_downloaded(page: Page, form: str) -> None:
    view(page, "导入导出")
    for name in (f"导出 {form}", f"下载 {form} 空表"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.startswith("本站词库")


def test_an_entry_that_is_markup_stays_text_everywhere(page: Page, address: str) -> None:
    keep(address, MARKUP, reason=f"理由{MARKUP}", match="anywhere")
    change(address, "S00001", 1, MARKUP, author=MARKUP[:50], reason=f"新理由{MARKUP}", match="anywhere")
    title = page.title()
    page.reload()
    expect(row(page, "S00001")).to_contain_text(MARKUP)
    open_entry(page, MARKUP)
    page.get_by_text("先用文稿试查").click()
    dialog(page).get_by_role("radio", name="允许").check()
    dialog(page).get_by_label("试查的文稿").fill(f"正文{MARKUP}正文")
    dialog(page).get_by_role("button", name="试查", exact=True).click()
    expect(page.locator(".disappearing mark")).to_have_text(MARKUP)
    page.once("dialog", lambda asked: asked.accept())
    press(dialog(page), "取消")
    view(page, "变更记录")
    press(page, "查看第 2 号变更")
    expect(page.locator("[data-number='2'] ins")).to_have_text(f"新理由{MARKUP}")

    assert page.locator("img").count() == 0
    assert page.title() == title


def test_what_is_filled_in_is_not_lost_by_escape_unless_the_editor_says_so(page: Page) -> None:
    press(page, "新增条目")
    write_entry(page, "禁用", text="红头样稿")
    page.once("dialog", lambda asked: asked.dismiss())
    page.keyboard.press("Escape")
    expect(dialog(page).get_by_label("禁用的写法")).to_have_value("红头样稿")
    page.once("dialog", lambda asked: asked.accept())
    press(dialog(page), "取消")

    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("button", name="新增条目")).to_be_focused()


def test_an_entry_is_added_with_the_keyboard_alone(page: Page) -> None:
    page.get_by_role("button", name="新增条目").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("红头样稿")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    for _ in range(2):
        page.keyboard.press("Tab")
    for text in ("试用的理由。", UNIT):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    while page.evaluate("() => document.activeElement.id") != "entry-author":
        page.keyboard.press("Tab")
    page.keyboard.type(AUTHOR)
    page.keyboard.press("Enter")

    expect(row(page, "S00001")).to_contain_text("禁用")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_accessible(page: Page, address: str, scheme: Literal["light", "dark"]) -> None:
    for number, kind in enumerate(["forbid", "allow"]):
        keep(address, f"红头样稿{number}", kind=kind)
    change(address, "S00001", 1, "红头样稿0", reason="别人写的理由。", expires_on="2026-01-31")
    page.emulate_media(color_scheme=scheme)
    page.reload()
    expect(page.locator(".entry")).to_have_count(2)
    assert_accessible(page)
    press(page, "新增条目")
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#entry-error")).not_to_be_empty()
    page.get_by_text("先用文稿试查").click()
    assert_accessible(page)
    press(dialog(page), "取消")
    view(page, "变更记录")
    press(page, "查看第 3 号变更")
    expect(page.locator(".item")).to_have_count(1)
    assert_accessible(page)
    press(page, "撤销第 3 号变更")
    assert_accessible(page)
    press(dialog(page), "取消")
    view(page, "导入导出")
    choose_file(page, "词表.csv", f"{HEADINGS}\n封禁,白头样稿,,理由,{UNIT}\n".encode())
    import_here(page)
    expect(page.locator("#import-faults")).to_be_visible()
    assert_accessible(page)


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page, address: str) -> None:
    keep(address, "一个很长很长的词语" * 6, reason="很长的理由。" * 20)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(page.locator(".entry")).to_have_count(1)

    for name in ("条目", "变更记录", "导入导出"):
        page.get_by_role("navigation", name="本站词库").get_by_role("link", name=name).click()
        assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_a_round_of_work_asks_no_other_host_and_leaves_no_error(
    page: Page, context: BrowserContext, address: str
) -> None:
    asked: list[str] = []
    faults: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.reload()
    press(page, "新增条目")
    write_entry(page, "禁用", text="红头样稿", reason="试用的理由。", unit=UNIT, author=AUTHOR)
    dialog(page).get_by_role("button", name="保存", exact=True).click()
    expect(row(page, "S00001")).to_be_visible()
    view(page, "变更记录")
    expect(page.locator(".change")).to_have_count(1)

    assert f"{address}{ROUTE}/entries" in asked
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert faults == []
