"""Masking: leaks go, everything else stays, and the result is checked by the engine itself."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Document, as_document
from app.engine import Engine
from app.html_text import HtmlText
from app.masks import Masking, MaskStyle
from app.redaction import redact
from detectors.kernel.finding import Category, Severity

ENGINE = Engine.load()
TAG = regex.compile(r"<[^>]*>", regex.ASCII)
NUMBERS = [
    "11010519491231002X",
    "110105 19491231 002X",
    "１１０１０５１９４９１２３１００２Ｘ",
    "1101051949123100**",
    "13800138000",
    "+86 138-0013-8000",
    "6222025185831710086",
    "6222 0251 8583 1710 086",
]


def masked_text(text: str, *, everything: bool = False) -> str:
    return redact(ENGINE, Document("", text), everything=everything).document.text


def styled(text: str, style: str, **details: int | bool) -> str:
    masking = Masking(MaskStyle(style), **details)  # type: ignore[arg-type]
    redacted = redact(ENGINE, Document("", text), masking=masking)
    assert redacted.clean
    return redacted.document.text


def test_of_a_page_only_the_masked_characters_change() -> None:
    page = '<p class="x">电话138<b>0013</b>8000&nbsp;<i>x</i></p>\n<td>11010519491231002X</td>'

    masked = redact(ENGINE, Document("", page, HtmlText(page))).document.source

    assert masked == '<p class="x">电话138<b>****</b>8000&nbsp;<i>x</i></p>\n<td>11*************02X</td>'


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证号11010519491231002X。", "身份证号11*************02X。"),
        ("电话13800138000", "电话138****8000"),
        ("卡号6222 0251 8583 1710 086", "卡号**** **** **** ***0 086"),
        ("联系电话：3128019", "联系电话：3128019"),
    ],
)
def test_a_leak_is_masked_and_a_lawful_number_stays(text: str, masked: str) -> None:
    assert masked_text(text) == masked


def test_hints_are_masked_only_on_request() -> None:
    text = "赵小明，010-66668888，幸福小区。"

    assert masked_text(text) == text
    assert "66668888" not in masked_text(text, everything=True)


@given(
    st.lists(st.tuples(st.sampled_from(NUMBERS), st.text(st.sampled_from("，。 \t\n赵小明证号1xX*-电话"))))
)
def test_the_result_holds_no_leak(parts: list[tuple[str, str]]) -> None:
    text = "".join(number + between for number, between in parts)

    left = ENGINE.check(masked_text(text), categories={Category.PRIVACY}).findings
    assert [f.rule.code for f in left if f.rule.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("style", "details", "masked"),
    [
        ("default", {}, "赵小明，身份证11*************02X，手机138****8000，卡号***************0086。"),
        ("2+3", {}, "赵小明，身份证11*************02X，手机138****8000，卡号***************0086。"),
        ("6+4", {}, "赵小明，身份证110105********002X，手机138****8000，卡号***************0086。"),
        ("all", {}, "赵小明，身份证******************，手机***********，卡号*******************。"),
        (
            "custom",
            {"keep_head": 1, "keep_tail": 2},
            "赵小明，身份证1***************2X，手机1********00，卡号6****************86。",
        ),
        ("default", {"keep_length": False}, "赵小明，身份证11***02X，手机138***8000，卡号***0086。"),
    ],
)
def test_what_stays_open_is_chosen_by_the_style(style: str, details: dict[str, int], masked: str) -> None:
    text = "赵小明，身份证11010519491231002X，手机13800138000，卡号6222025185831710086。"

    assert styled(text, style, **details) == masked


def test_a_style_that_keeps_too_much_gives_way_to_the_custom() -> None:
    assert styled("手机13800138000。", "custom", keep_head=7, keep_tail=4) == "手机138****8000。"
    assert (
        styled("身份证11010519491231002X。", "custom", keep_head=14, keep_tail=4)
        == "身份证11*************02X。"
    )


def test_a_mask_that_the_next_column_completes_gives_way_too() -> None:
    table = "姓名\t身份证号\t出生年月\n赵小明，1949年12月31日生\t11010519491231002X\t"

    assert "110105" not in styled(table, "6+4")


PAGE = (
    "<html><head><meta charset='gb2312'><title>名单</title></head><body>\r\n<table><tr><td><p>姓名</p></td><td></td>"
    "<td>身份证号</td></tr><tr><td>赵小明</td><td></td><td><p>110105<br>1949<b>1231</b>002X</p></td></tr></table>"
    "<!-- 11010519491231002X --><p>电话１３８００１３８０００&nbsp;</p></body></html>"
)


def test_a_number_broken_by_tags_is_masked_and_the_tags_stay() -> None:
    masked = redact(ENGINE, Document("", PAGE, HtmlText(PAGE))).document.source

    assert "<td><p>11****<br>****<b>****</b>*02X</p></td>" in masked
    assert [char for char in masked if char in "<>"] == [char for char in PAGE if char in "<>"]


@pytest.mark.parametrize("style", list(MaskStyle))
@pytest.mark.parametrize("keep_length", [True, False])
def test_in_every_style_only_text_of_a_page_changes(style: MaskStyle, keep_length: bool) -> None:  # noqa: FBT001
    masking = Masking(style, keep_length=keep_length)

    redacted = redact(ENGINE, Document("", PAGE, HtmlText(PAGE)), masking=masking)

    assert redacted.clean
    assert TAG.findall(redacted.document.source) == TAG.findall(PAGE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_all_other_bytes_of_a_file_stay_as_they_are(encoding: str) -> None:
    before = PAGE.encode(encoding)
    document = as_document("page.html", before)

    after = redact(ENGINE, document).document.encoded()

    number, phone = "110105<br>1949<b>1231</b>002X", "１３８００１３８０００"
    masked = PAGE.replace(number, "11****<br>****<b>****</b>*02X", 1).replace(phone, "138****8000")
    assert after.decode(encoding).replace("１３８", "138").replace("８０００", "8000") == masked
    assert as_document("page.html", before).encoded() == before
