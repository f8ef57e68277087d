"""Take the pictures of the pages for the documents: docs/page.png and docs/lexicon-page.png.

Run by hand when a page looks different: `.venv/bin/python tools/picture.py`. It serves the pages from
this checkout with a site lexicon of its own. For the first picture it checks
api_tests/drafts/notice_with_faults.txt as of the notice's own day and chooses the first error; for the
second it opens an entry and tries it. Needs Debian's chromium and fonts-noto-cjk (tools/chromium.sh).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import httpx2
from playwright.sync_api import BrowserContext, expect, sync_playwright

from api_tests.page_kit import NOTICE, paper, serving
from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).parent.parent
PUBLISHED_ON = "2024-04-02"
PAGE = ROOT / "docs" / "page.png"
LEXICON_PAGE = ROOT / "docs" / "lexicon-page.png"
LARGEST = 300_000
"""Bytes."""
OFFICE = "某市人民政府办公室"
ENTRIES = (
    {
        "kind": "replace",
        "text": "市政数局",
        "uses": ["市政务服务数据管理局"],
        "reason": "规范简称尚未公布，发文一律用全称。",
        "unit": OFFICE,
    },
    {"kind": "forbid", "text": "内部样稿", "reason": "未签发的文稿不得对外发布。", "unit": OFFICE},
    {
        "kind": "allow",
        "text": "截止目前为止公告",
        "scope": ["typo"],
        "reason": "历史文件的标题，原文如此。",
        "unit": "某市档案馆",
        "expires_on": "2027-01-31",
    },
    {
        "kind": "switch",
        "text": "TY0001",
        "level": "info",
        "reason": "旧栏目正在统一修订。",
        "unit": "某市融媒体中心",
    },
)
DRAFT = "各单位：截止目前，市政数局已受理申请三百余件。有疑问的，请与市政数局联系。"


def take_page(context: BrowserContext, address: str) -> None:
    """Use the editor's page as an editor would, and take its picture."""
    page = context.new_page()
    page.goto(address)
    page.get_by_label("发布日期").fill(PUBLISHED_ON)
    page.evaluate("text => navigator.clipboard.writeText(text)", NOTICE)
    paper(page).press("Control+V")
    expect(page.locator("#state")).to_have_text("已检查当前文稿。")
    page.evaluate("() => scrollTo(0, 0)")
    page.locator(".group[data-severity=error] .choice").first.click()
    expect(page.locator("#card")).to_be_visible()
    page.screenshot(path=PAGE)


def take_lexicon_page(context: BrowserContext, address: str) -> None:
    """Change an entry and try the change, and take the picture of it."""
    for entry in ENTRIES:
        signed = {"entry": entry, "author": "赵小明"}
        httpx2.post(f"{address}/v1/site-lexicon/entries", json=signed).raise_for_status()
    page = context.new_page()
    page.goto(f"{address}/lexicon#entries/S00001")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="允许").check()
    dialog.get_by_text("先用文稿试查").click()
    dialog.get_by_label("试查的文稿").fill(DRAFT)
    dialog.get_by_role("button", name="试查", exact=True).click()
    expect(dialog.locator(".disappearing li")).to_have_count(2)
    dialog.get_by_role("button", name="取消").scroll_into_view_if_needed()
    dialog.locator(".tried").scroll_into_view_if_needed()
    page.screenshot(path=LEXICON_PAGE)


def main() -> None:
    """Take the pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有 chromium；Debian 上可执行 tools/chromium.sh")
    with (
        tempfile.TemporaryDirectory() as own,
        serving(create_app(Settings(database_url=f"sqlite:///{own}/site.db"))) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        ) as browser,
    ):
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, color_scheme="light", locale="zh-CN"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        take_page(context, address)
        take_lexicon_page(context, address)
    for picture in (PAGE, LEXICON_PAGE):
        size = picture.stat().st_size
        if size > LARGEST:
            sys.exit(f"{picture} 有 {size:,} 字节，超过 {LARGEST:,} 字节")


if __name__ == "__main__":
    main()
