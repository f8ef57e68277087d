"""The pages where the service asks for a key: the real service, a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from api_tests.key_kit import new_key
from api_tests.page_kit import assert_accessible, paper, paste, press, serving, wait_until_checked
from api_tests.service import get
from app.keys.key import Role
from app.main import create_app
from app.settings import Settings

UNIT = "某市政府办公室"
FAULT = "截止目前，各单位已完成整改。"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[Role, str]]]:
    """A service with a key of each role; gives its address and the keys."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('keys') / 'site.db'}"
    secrets = {
        role: new_key(database_url, role)[1]["Authorization"].removeprefix("Bearer ")
        for role in (Role.CHECK, Role.REVIEW)
    }
    with serving(create_app(Settings(database_url=database_url))) as address:
        # Answered only when the lexicons are loaded.
        get(f"{address}/readyz")
        yield address, secrets


def dialog(page: Page, name: str = "请输入密钥") -> Locator:
    return page.get_by_role("dialog", name=name)


def enter(page: Page, secret: str) -> None:
    dialog(page).get_by_label("密钥", exact=True).fill(secret)
    press(dialog(page), "使用")


def test_the_page_asks_for_a_key_once_and_goes_on_where_it_was(
    context: BrowserContext, service: tuple[str, dict[Role, str]]
) -> None:
    address, secrets = service
    page = context.new_page()
    page.goto(address)
    page.evaluate("text => navigator.clipboard.writeText(text)", FAULT)
    paper(page).press("Control+V")
    paper(page).press("Control+Enter")

    expect(dialog(page)).to_contain_text("密钥由管理员提供")
    assert_accessible(page)
    enter(page, "sj_wrong")
    expect(dialog(page)).to_contain_text("密钥有误或已撤销")
    enter(page, secrets[Role.CHECK])

    wait_until_checked(page)
    expect(page.locator(".finding[data-rule=TY0001]")).to_be_visible()
    expect(dialog(page)).to_have_count(0)
    page.reload()
    paste(page, FAULT)
    assert secrets[Role.CHECK] in str(page.evaluate("() => JSON.stringify(sessionStorage)"))
    assert secrets[Role.CHECK] not in str(
        page.evaluate("() => JSON.stringify(localStorage) + document.cookie")
    )


def test_whoever_has_no_key_keeps_the_draft_and_is_told_why(
    context: BrowserContext, service: tuple[str, dict[Role, str]]
) -> None:
    page = context.new_page()
    page.goto(service[0])
    page.evaluate("text => navigator.clipboard.writeText(text)", FAULT)
    paper(page).press("Control+V")
    paper(page).press("Control+Enter")

    press(dialog(page), "取消")

    expect(page.locator("#alert")).to_contain_text("须有密钥")
    expect(paper(page)).to_contain_text(FAULT)


def test_the_page_asks_for_a_key_in_english_too(
    context: BrowserContext, service: tuple[str, dict[Role, str]]
) -> None:
    page = context.new_page()
    page.goto(service[0])
    press(page, "English")
    page.evaluate("text => navigator.clipboard.writeText(text)", FAULT)
    page.get_by_role("textbox").first.press("Control+V")
    page.keyboard.press("Control+Enter")

    asked = dialog(page, "Enter your key")

    asked.get_by_label("Key", exact=True).fill(service[1][Role.CHECK])
    press(asked, "Use")
    expect(page.locator(".finding[data-rule=TY0001]")).to_be_visible()


def test_the_lexicon_page_asks_for_a_key_and_for_a_better_one_where_it_is_needed(
    context: BrowserContext, service: tuple[str, dict[Role, str]]
) -> None:
    address, secrets = service
    page = context.new_page()
    page.goto(f"{address}/lexicon")
    enter(page, secrets[Role.CHECK])
    expect(page.locator("#found")).not_to_be_empty()
    press(page, "新增条目")
    form = page.locator("#entry-dialog")
    form.get_by_role("radio", name="禁用").check()
    for field, words in (
        ("text", "红头样稿"),
        ("reason", "试用的理由。"),
        ("unit", UNIT),
        ("author", "赵小明"),
    ):
        form.locator(f"[data-field={field}]").fill(words)
    form.get_by_role("button", name="保存", exact=True).click()

    expect(dialog(page)).to_contain_text("权限不够")
    enter(page, secrets[Role.REVIEW])

    expect(page.locator("#entries")).to_contain_text("红头样稿")
    page.goto(f"{address}/lexicon#files")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    assert download.value.suggested_filename == "本站词库-1.csv"
    assert "红头样稿" in Path(download.value.path()).read_text(encoding="utf-8-sig")
