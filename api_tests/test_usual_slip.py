"""Usual slips of idioms and phrases: every one that a list names is found and mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine import Engine
from detectors.expressions.usual_slip import UsualSlips
from detectors.kernel.finding import Category
from detectors.kernel.names import PHRASES, RIGHT, USUAL_SLIPS, NameList, read_name_lists, words_in
from detectors.kernel.sources import LEXICONS, LexiconError, load_sources

LISTS = read_name_lists(LEXICONS / "names", load_sources(LEXICONS), "FX")
FRAME = "会议提出：{}。"


def mended(engine: Engine, text: str) -> set[str]:
    findings = engine.check(text, categories={Category.EXPRESSION}).findings
    return {finding.replacements[0] for finding in findings if finding.replacements}


@pytest.mark.parametrize("kind", PHRASES)
def test_every_listed_slip_is_mended_into_its_right_wording(engine: Engine, kind: str) -> None:
    missed = [
        (row[RIGHT], slip)
        for row in LISTS.only(kind).rows
        for slip in words_in(row, USUAL_SLIPS)
        if row[RIGHT] not in mended(engine, FRAME.format(slip))
    ]
    assert not missed


@pytest.mark.parametrize("kind", PHRASES)
def test_every_right_wording_and_every_lawful_one_beside_it_stays_silent(engine: Engine, kind: str) -> None:
    alarmed = [
        word
        for row in LISTS.only(kind).rows
        for word in (row[RIGHT], *words_in(row, USUAL_SLIPS - 1))
        if engine.check(FRAME.format(word), categories={Category.EXPRESSION}).findings
    ]
    assert not alarmed


def test_a_slip_that_the_segmenter_knows_as_a_word_is_found(engine: Engine) -> None:
    assert mended(engine, "这项设计起到画龙点晴的作用。") == {"画龙点睛"}


def test_letters_that_belong_to_other_words_are_no_slip(engine: Engine) -> None:
    assert not mended(engine, "家人希望我工作顺利。")


def two_lines(kind: str, *rows: tuple[str, ...]) -> NameList:
    return replace(LISTS.only(kind), rows=rows)


def test_a_slip_listed_twice_is_refused() -> None:
    with pytest.raises(LexiconError, match="一丝不苛"):
        UsualSlips([two_lines("idioms", ("一丝不苟", "", "一丝不苛"), ("一丝不挂", "", "一丝不苛"))])


def test_a_slip_that_is_right_by_another_line_is_refused() -> None:
    with pytest.raises(LexiconError, match="固步自封"):
        UsualSlips([two_lines("idioms", ("故步自封", "", "固步自封"), ("固步自封",))])
