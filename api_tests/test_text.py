"""Folding, and the way back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.kernel.code_points import KINDS, TELLING
from detectors.kernel.text import Text

TRICKY = st.text(
    st.sampled_from(
        "中文，。“”《》aZ09ＡＺａ０９＋－＊＠．　 \u00a0\u2009\t\n\u200b\u200d\ufeff\u00ad\ufe0f\u0301é😀𠮷𪚥\U000e0100\ud800"
    )
)


@given(TRICKY | st.text())
def test_every_folded_code_point_points_to_where_it_came_from(original: str) -> None:
    text = Text.of(original)

    assert len(text.origins) == len(text.folded)
    assert all(a < b for a, b in zip(text.origins, text.origins[1:], strict=False))
    for place, char in zip(text.origins, text.folded, strict=True):
        assert original[place] == char or Text.of(original[place]).folded == char


@given(TRICKY | st.text())
def test_folding_twice_is_folding_once(original: str) -> None:
    folded = Text.of(original).folded

    assert Text.of(folded).folded == folded


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("２０２４年Ａ座", "2024年A座"),
        ("联 系 人：张三", "联系人：张三"),
        ("2024 年 第一季度", "2024年第一季度"),
        ("政\u200b务\ufeff公\u00ad开", "政务公开"),
        ("139 5757 0587", "139 5757 0587"),
        ("open source 项目", "open source 项目"),
        ("姓名\t电话\n张三\t110", "姓名\t电话\n张三\t110"),
        ("97. 9", "97. 9"),
        ("手机＋１３８＊＊＊＊８０００", "手机+138****8000"),
        ("“ 四个意识 ”", "“四个意识”"),
        (" 首尾 ", " 首尾 "),
        ("𠮷 野", "𠮷野"),
        ("", ""),
    ],
)
def test_blanks_and_widths_fold_as_editors_read_them(original: str, folded: str) -> None:
    assert Text.of(original).folded == folded


def test_a_span_covers_what_was_skipped_inside_it() -> None:
    text = Text.of("请找联 系 人办理")

    assert text.span(2, 5).of(text.original) == "联 系 人"


def test_a_text_shows_nothing_of_itself_in_its_repr() -> None:
    assert "机密" not in repr(Text.of("机密内容"))


@pytest.mark.parametrize("number", ["1101051949", "138****8000", "010-66668888", "6222 0251 8583 1710 086"])
def test_long_numbers_lie_inside_the_number_zones(number: str) -> None:
    text = Text.of(f"甲乙丙丁戊己庚辛壬癸证号{number}，甲乙丙丁戊己庚辛壬癸")

    start = text.folded.index(number)
    assert any(first <= start and start + len(number) <= last for first, last in text.number_zones)


def test_number_zones_never_overlap() -> None:
    zones = Text.of("1234567，1234567；" * 5 + "甲" * 500 + "1234567").number_zones

    assert len(zones) == 2
    assert all(a[1] < b[0] for a, b in pairwise(zones))


@given(TRICKY | st.text())
def test_the_skeleton_keeps_what_tells_and_the_first_of_all_else(original: str) -> None:
    text = Text.of(original)
    kinds = KINDS[[ord(char) for char in text.folded]]

    expected = [
        char
        for place, char in enumerate(text.folded)
        if place == 0 or kinds[place] >= TELLING or kinds[place - 1] >= TELLING
    ]
    assert text.skeleton == "".join(expected)


def test_the_skeleton_of_a_sentence_is_what_first_looks_read() -> None:
    assert Text.of("全市完成投资12亿元，同比增长5%，超过预期。").skeleton == "全12亿元，同5%，超过。"
