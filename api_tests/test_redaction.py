"""Masking: leaks go, everything else stays, and the result is checked by the engine itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Document
from app.engine import Engine
from app.html_text import HtmlText
from app.redaction import redact
from detectors.kernel.finding import Category, Severity

ENGINE = Engine.load()
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
    return redact(ENGINE, Document("", text), everything=everything)[0].text


def test_of_a_page_only_the_masked_characters_change() -> None:
    page = '<p class="x">电话138<b>0013</b>8000&nbsp;<i>x</i></p>\n<td>11010519491231002X</td>'

    masked, _ = redact(ENGINE, Document("", page, HtmlText(page)))

    assert (
        masked.source == '<p class="x">电话138<b>****</b>8000&nbsp;<i>x</i></p>\n<td>11*************02X</td>'
    )


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
