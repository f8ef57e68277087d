"""Other ways of writing a form: what counts as one, and what is only a word that looks like it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from api_tests.terms_kit import entry, found
from app.engine import Engine
from detectors.kernel.confusion import characters_of
from detectors.kernel.lexicon import Entry
from detectors.kernel.sources import LEXICONS, LexiconError
from detectors.kernel.spellings import Spelling, WrittenForms, spellings, written_forms_of
from detectors.kernel.term_list import TermList

TABLE = WrittenForms(
    {"台": ("臺台", ()), "湾": ("灣", ()), "鲜": ("鮮", ()), "代": ("", ()), "孕": ("", ("乃子",))},
    characters_of(LEXICONS),
)


def written(form: str, *kinds: Spelling) -> set[str]:
    return set(spellings(form, kinds, TABLE))


def engine_of(listed: Entry, *kinds: Spelling) -> Engine:
    forms = {other: form for form in listed.forms for other in spellings(form, kinds, TABLE)}
    spelled = Entry(
        listed.rule,
        listed.forms,
        (*listed.exceptions, *(other for one in listed.exceptions for other in spellings(one, kinds, TABLE))),
        listed.near,
        listed.not_near,
        listed.quote_ok,
        listed.boundary,
        spellings=forms,
    )
    return Engine([], [TermList([spelled], TABLE.plain)], "test")


def test_a_form_without_other_spellings_has_none() -> None:
    assert written("代孕") == set()
    assert written("代理", Spelling.TRADITIONAL, Spelling.CASE, Spelling.SPLIT) == set()


def test_traditional_characters_come_in_all_their_usual_combinations() -> None:
    assert written("台湾", Spelling.TRADITIONAL) == {"臺灣", "台灣"}


def test_letters_come_small_large_and_capitalised() -> None:
    assert written("APEC峰会", Spelling.CASE) == {"apec峰会", "Apec峰会"}


def test_marks_stand_between_all_characters_or_between_two() -> None:
    assert {"法·轮·功", "法·轮功", "法轮*功"} <= written("法轮功", Spelling.MARKS)


def test_the_marks_of_lawful_lists_part_no_word() -> None:
    assert not any(mark in other for other in written("中港", Spelling.MARKS) for mark in "、，,和")


def test_one_character_is_split_into_its_parts() -> None:
    assert written("代孕", Spelling.SPLIT) == {"代乃子"}


def test_one_character_is_written_as_it_sounds_but_never_the_whole_form() -> None:
    assert written("代孕", Spelling.PINYIN) == {"dai孕", "代yun"}


def test_a_spelling_is_judged_as_its_form_would_be_in_its_place() -> None:
    engine = engine_of(
        entry("ST1", "鲜族", exceptions=("朝鲜族",), not_near=("台湾",)), Spelling.TRADITIONAL, Spelling.MARKS
    )

    assert found(engine, "村里的鮮族老人") == [("ST1", "鮮族")]
    assert found(engine, "延邊朝鮮族自治州") == []
    assert found(engine, "台灣的鮮族老人") == []
    assert found(engine, "这里的鲜·族老人") == [("ST1", "鲜·族")]


def test_a_spelling_in_quotation_marks_is_lawful_where_its_form_is() -> None:
    engine = engine_of(entry("ST1", "台独", quote_ok=True), Spelling.TRADITIONAL)

    assert found(engine, "反對臺独") == [("ST1", "臺独")]
    assert found(engine, "反對“臺独”") == []


@pytest.mark.parametrize("word", ["turbo彩平台", "Bo彩lab", "GRASS", "sbus"])
def test_letters_of_a_longer_latin_word_are_no_spelling(word: str) -> None:
    engine = engine_of(entry("ST1", "SB", "ASS", "bo彩", boundary=False), Spelling.CASE)
    whole = word == "Bo彩lab"

    assert bool(found(engine, word)) == whole


def test_a_table_that_is_not_right_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "written_forms.txt").write_text("# 说明\n台\t臺台\t\n湾\t灣\n", encoding="utf-8")

    with pytest.raises(LexiconError, match=r"written_forms\.txt 第 3 行"):
        written_forms_of(tmp_path)


def test_the_shipped_table_knows_every_character_of_the_terms() -> None:
    """If this fails, make the table anew: the command stands in tools/written_forms.py."""
    table = written_forms_of(LEXICONS)
    words = [
        word
        for path in (LEXICONS / "terms").glob("*.toml")
        for listed in tomllib.loads(path.read_text(encoding="utf-8")).get("entry", [])
        for name in ("find", "except", "near", "not_near")
        for word in listed.get(name, [])
    ]

    assert {char for word in words for char in word if "一" <= char <= "鿿" and char not in table} == set()
