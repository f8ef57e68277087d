"""Words that are younger than every dictionary, and that a model takes for slips."""

from __future__ import annotations

from pathlib import Path

import pytest
import rjieba

from app.engine import Engine
from detectors.kernel.finding import Category, Finding
from detectors.kernel.language.fresh_words import LIST, is_used_as_word, read_fresh_words, read_trade_words
from detectors.kernel.sources import LEXICONS, LexiconError

ONCE = "建设数治平台，提升治理水平。"
TWICE = f"{ONCE}以数治手段提升效能。"


def typos(engine: Engine, text: str) -> list[Finding]:
    return list(engine.check(text, categories={Category.TYPO}).findings)


def test_a_listed_word_is_never_taken_for_a_slip(engine: Engine) -> None:
    assert not typos(engine, "建设数智政府，打造数智供应链。")


def test_what_stands_whole_between_the_marks_of_a_right_form_is_no_slip(engine: Engine) -> None:
    assert not typos(engine, "检查组直奔基层、直插现场开展工作，取得实效。")


def test_a_slip_beside_it_is_one_still(engine: Engine) -> None:
    text = "检查组直奔基层、直插现场，审计机关一发进行监督。"
    assert [finding.span.of(text) for finding in typos(engine, text)] == ["一发"]


def test_a_slip_beside_a_listed_word_is_still_found(engine: Engine) -> None:
    text = "全力做好数智平台防汛抗早工作。"
    (finding,) = typos(engine, text)
    assert finding.span.of(text) == "早"


def test_what_stands_in_changing_company_is_a_word_and_once_by_itself_a_slip(engine: Engine) -> None:
    assert [finding.span.of(ONCE) for finding in typos(engine, ONCE)] == ["治"]
    assert not typos(engine, TWICE)


def test_a_slip_that_repeats_its_company_is_no_word() -> None:
    text = "完善数治平台。检修数治平台。"
    assert not is_used_as_word(text, text.index("治"))


@pytest.mark.parametrize("text", ["抓好工作，搞好工作制。", "他的工期短，你的工具多。"])
def test_words_of_the_dictionary_and_function_words_vouch_for_nothing(text: str) -> None:
    assert not is_used_as_word(text, text.index("工"))


def test_the_first_and_the_last_letter_of_a_text_have_company_on_one_side_only() -> None:
    assert not is_used_as_word("治", 0)
    assert is_used_as_word("数治好，讲数治", 1)


def test_the_list_holds_what_the_segmenter_does_not_know() -> None:
    words = read_fresh_words(LEXICONS)
    assert "数智" in words
    assert [word for word in words if rjieba.has_word(word)] == []


@pytest.mark.parametrize("line", ["数智", "数智\t", "数\t某通知"])
def test_a_word_without_a_source_or_of_one_letter_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / LIST).write_text(f"# 新词\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"第 2 行"):
        read_fresh_words(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "报告期内，公司计提资产减值准备1.12亿元。",
        "扑救火灾应当坚持“打早、打小、打了”。",
        "呼麦一人同时发两个声部，低音持续。",
        "引航员登离船要使用组合梯。",
        "民国二年裁府留县，直隶于省。",
    ],
)
def test_words_of_trades_are_no_slips(text: str, engine: Engine) -> None:
    assert [finding for finding in engine.check(text).findings if finding.rule.code.startswith("TY90")] == []


def test_no_word_of_a_trade_is_a_fresh_word() -> None:
    assert not read_fresh_words(LEXICONS) & read_trade_words(LEXICONS)
