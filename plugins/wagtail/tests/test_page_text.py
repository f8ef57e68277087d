"""What of a page is sent, and how its places are named."""

import json
from typing import Any

import pytest
from wagtail.models import Page

from shenjiao_wagtail.page_text import text_of
from tests.site.models import Appendix, NewsPage

PARTS: list[dict[str, Any]] = [
    {"type": "paragraph", "value": "<p>第一段</p><p>第二段</p>"},
    {"type": "contact", "value": {"unit": "市政府办公室", "site": "https://example.com/x", "looks": "big"}},
    {"type": "points", "value": ["要点一", "要点二"]},
    {"type": "table", "value": {"data": [["姓名", None], ["甲", "<乙>"]], "table_caption": "名单"}},
    {
        "type": "typed",
        "value": {
            "columns": [{"type": "text", "heading": "单位"}],
            "rows": [{"values": ["财政局"]}],
            "caption": "机构",
        },
    },
    {"type": "html", "value": "<p>代码里的字</p>"},
]


@pytest.fixture
def page(home: Page) -> NewsPage:
    """A page with every kind of text, not saved."""
    page = NewsPage(
        title="通知",
        slug="slug-never-sent",
        seo_title="搜索标题",
        summary="摘要一\n摘要二",
        body="<p>正文一</p><p>正文二</p>",
        remark="内部的话",
        parts=json.dumps(PARTS),
    )
    page.appendices = [Appendix(title="附件名")]
    return page


@pytest.mark.parametrize(
    "words",
    [
        "通知",
        "搜索标题",
        "摘要二",
        "正文二",
        "第二段",
        "市政府办公室",
        "要点二",
        "名单",
        "甲",
        "机构",
        "单位",
        "财政局",
        "代码里的字",
        "附件名",
    ],
)
def test_what_visitors_read_is_sent(page: NewsPage, words: str) -> None:
    assert words in text_of(page).html


@pytest.mark.parametrize("words", ["slug-never-sent", "内部的话", "example.com", "big", "None"])
def test_what_visitors_do_not_read_is_not_sent(page: NewsPage, words: str) -> None:
    assert words not in text_of(page).html


def test_plain_text_is_escaped_and_rich_text_is_not(page: NewsPage) -> None:
    html = text_of(page).html

    assert "&lt;乙&gt;" in html
    assert "<p>正文一</p>" in html


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("通知", "标题"),
        ("摘要二", "摘要第2段"),
        ("正文二", "正文第2段"),
        ("第二段", "内容·段落第2段"),
        ("附件名", "附件名称"),
        ("甲", "内容·表格第2行"),
        ("正文一", "正文第1段"),
    ],
)
def test_places_are_named_as_the_editor_knows_them(page: NewsPage, words: str, place: str) -> None:
    text = text_of(page)

    assert text.place(text.html.index(words)) == place


def test_what_is_checked_is_what_is_published(page: NewsPage, home: Page) -> None:
    checked = text_of(page).digest
    page.live = False
    home.add_child(instance=page)
    revision = page.save_revision()

    assert text_of(revision.as_object()).digest == checked
    assert text_of(NewsPage.objects.get(pk=page.pk)).digest == checked
