"""What the editor's page gives out: Word documents and the review sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from api_tests.page_kit import (
    NOTICE,
    assert_accessible,
    go_to_beginning,
    paper,
    paste,
    press,
    wait_until_checked,
)
from api_tests.service import running
from api_tests.test_word import DOCX, accepted, rejected
from app.word.content import Align, Font, Paragraph, Run, Table
from app.word.writing import write

MENDED = NOTICE.replace("[2024]3号", "〔2024〕3号").replace("截止目前", "截至目前")


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


def choose(page: Page, rule: str) -> None:
    page.locator(f".finding[data-rule={rule}] button").first.click()
    expect(page.locator("#card")).to_have_attribute("data-rule", rule)


def accept(page: Page, wrong: str) -> None:
    page.locator(".finding button", has_text=wrong).first.click()
    press(page.locator("#card"), "采纳")


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        press(page, button)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_accepted_changes_go_out_as_tracked_changes_that_can_all_be_rejected(page: Page) -> None:
    paste(page, NOTICE)
    accept(page, "[2024]3号")
    accept(page, "截止目前")
    name, document = downloaded(page, "下载 Word")

    assert name == "青榆市政务公开工作领导小组办公室-审校.docx"
    assert rejected(document) == NOTICE.split("\n")
    assert accepted(document) == MENDED.split("\n")


def test_an_accepted_change_that_was_undone_leaves_no_trace_in_the_document(page: Page) -> None:
    paste(page, NOTICE)
    accept(page, "截止目前")
    accept(page, "[2024]3号")
    press(page, "撤销")
    _, document = downloaded(page, "下载 Word")

    assert rejected(document) == NOTICE.split("\n")
    assert accepted(document) == NOTICE.replace("截止目前", "截至目前").split("\n")


def test_changes_hold_their_places_while_the_draft_is_written_on(page: Page) -> None:
    paste(page, "截止目前，已完成。\n截止目前，未完成。")
    press(page, "全部采纳（2）")
    paper(page).focus()
    go_to_beginning(page)
    paper(page).press_sequentially("新增一句。")
    wait_until_checked(page)
    _, document = downloaded(page, "下载 Word")

    assert rejected(document) == ["新增一句。截止目前，已完成。", "截止目前，未完成。"]
    assert accepted(document) == ["新增一句。截至目前，已完成。", "截至目前，未完成。"]


def test_masked_data_can_be_rejected_back_and_open_findings_are_comments(page: Page) -> None:
    paste(page, NOTICE)
    press(page, "遮盖隐私")
    wait_until_checked(page)
    _, content = downloaded(page, "下载 Word")
    expect(page.get_by_text("遮盖前的内容仍留在修订里")).to_be_visible()
    document = docx.Document(io.BytesIO(content))
    comments = [comment.text for comment in document.comments]

    assert rejected(content) == NOTICE.split("\n")
    assert len(comments) == page.locator(".finding").count()
    assert any(
        comment.startswith("【须改】错别字") and "依据：《" in comment and "建议：截至目前" in comment
        for comment in comments
    )


def test_a_word_document_is_opened_with_its_looks_and_goes_out_again(page: Page) -> None:
    content = write(
        [
            Paragraph(
                level=1,
                align=Align.CENTER,
                runs=[Run(text="关于整改的通知", font=Font.XIAOBIAOSONG, size=22)],
            ),
            Paragraph(
                first=2, runs=[Run(text="截止目前，", font=Font.FANGSONG), Run(text="已完成。", bold=True)]
            ),
            Table.model_validate(
                {"kind": "table", "rows": [[{"paragraphs": [{"runs": [{"text": "名单"}]}], "colspan": 2}]]}
            ),
        ],
        [],
    )
    page.locator("#file").set_input_files({"name": "稿.docx", "mimeType": DOCX, "buffer": content})
    wait_until_checked(page)

    expect(paper(page).locator("h1[data-align=center] [data-font=xiaobiaosong]")).to_have_text(
        "关于整改的通知"
    )
    expect(paper(page).locator("p[data-first='2'] strong")).to_have_text("已完成。")
    expect(paper(page).locator("td[colspan='2']")).to_have_text("名单")
    accept(page, "截止目前")
    name, document = downloaded(page, "下载 Word")
    assert name == "关于整改的通知-审校.docx"
    assert rejected(document)[:3] == ["关于整改的通知", "截止目前，已完成。", "名单"]


def test_a_broken_word_document_is_refused_and_the_draft_stays(page: Page) -> None:
    paste(page, "原来的稿子")
    page.locator("#file").set_input_files({"name": "坏.docx", "mimeType": DOCX, "buffer": b"PK"})

    expect(page.get_by_role("alert")).to_contain_text("不是完好的 .docx 文件")
    expect(paper(page)).to_have_text("原来的稿子")


def test_the_review_sheet_shows_findings_and_decisions_and_goes_out_as_a_document(page: Page) -> None:
    paste(page, NOTICE)
    accept(page, "截止目前")
    wait_until_checked(page)
    choose(page, "FM010")
    page.locator("#card").get_by_text("误报", exact=True).click()
    press(page.locator("#card"), "是引述原文")
    press(page, "审校单")
    sheet = page.get_by_role("dialog", name="审校单")

    expect(sheet).to_contain_text("不能发布：须先改正")
    expect(sheet.locator("tr", has_text="截止目前")).to_contain_text("已采纳")
    expect(sheet.locator("tr", has_text="FM010")).to_contain_text("误报：是引述原文")
    expect(sheet.locator("tr", has_text="布署")).to_contain_text("待处理")
    assert_accessible(page)
    with page.expect_download() as download:
        press(sheet, "下载 Word")
    table = docx.Document(str(download.value.path())).tables[0]
    assert [cell.text for cell in table.rows[1].cells][3:] == [
        "截止目前",
        table.rows[1].cells[4].text,
        "截至目前",
        "已采纳",
    ]


def test_only_the_review_sheet_is_printed_while_it_is_open(page: Page) -> None:
    paste(page, NOTICE)
    press(page, "审校单")
    page.emulate_media(media="print")

    expect(page.locator("#sheet-content")).to_be_visible()
    expect(page.locator("#paper")).to_be_hidden()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
