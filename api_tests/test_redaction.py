"""Masking: leaks go, everything else stays, and the result is checked by the engine itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Engine
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
    assert redact(ENGINE, text)[0] == masked


def test_hints_are_masked_only_on_request() -> None:
    text = "赵小明，010-66668888，幸福小区。"

    assert redact(ENGINE, text)[0] == text
    assert "66668888" not in redact(ENGINE, text, everything=True)[0]


@given(
    st.lists(st.tuples(st.sampled_from(NUMBERS), st.text(st.sampled_from("，。 \t\n赵小明证号1xX*-电话"))))
)
def test_the_result_holds_no_leak(parts: list[tuple[str, str]]) -> None:
    text = "".join(number + between for number, between in parts)

    masked, _ = redact(ENGINE, text)

    left = ENGINE.check(masked, categories={Category.PRIVACY}).findings
    assert [f.rule.code for f in left if f.rule.severity is not Severity.INFO] == []
