"""Letters that were lost: found where they leave a stump, and nowhere else."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.engine import Engine
from bench.lost_letters import is_named, without_a_letter
from detectors.kernel.confusion import characters_of
from detectors.kernel.finding import Category, Finding, Severity
from detectors.kernel.language.changes import Kind
from detectors.kernel.language.cloze import Cloze
from detectors.kernel.language.corrector import Corrector
from detectors.kernel.language.losses import BEHIND, Losses, _of_next
from detectors.kernel.language.ngrams import shared
from detectors.kernel.language.symbols import CLAUSE_END, Symbols
from detectors.kernel.sources import LEXICONS
from detectors.typos.in_context import MODEL, THRESHOLDS

CLEAN = "会议指出，要加强组织领导，压实工作责任，推动经济高质量发展取得决定性进展。"


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector.load(MODEL, characters_of(LEXICONS))


def lost(engine: Engine, text: str, *, hints: bool = False) -> list[Finding]:
    findings = engine.check(text, categories={Category.TYPO}, hints=hints).findings
    return [finding for finding in findings if finding.rule.code == "TY9009"]


@pytest.mark.parametrize(
    ("text", "stump", "right"),
    [
        ("会议取得了决性进展。", "决", "决定"),
        ("要加强组领导，压实责任。", "组", "组织"),
        ("询问有关况，提出要求。", "况", "情况"),
        ("要与层干部群众互动交流。", "层", "基层"),
        ("推动经济高量发展。", "量", "质量"),
    ],
)
def test_a_lost_letter_is_told_at_what_is_left_of_its_word(
    engine: Engine, text: str, stump: str, right: str
) -> None:
    (finding,) = lost(engine, text)

    assert (finding.span.of(text), finding.replacements[0]) == (stump, right)
    assert finding.rule.severity is Severity.WARNING
    assert finding.because(text).startswith(f"漏字：{right}—{stump}。")


def test_where_several_letters_may_be_missing_each_is_offered(engine: Engine) -> None:
    (finding,) = lost(engine, "各地要做好防汛抗工作。")

    assert set(finding.replacements) == {"抗洪", "抗旱"}


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        # Function words and numbers come and go.
        "篡改、伪造或篡改监测数据。",
        "11月人民币贷款增加。",
        # Half of a word says the same.
        "固定资产按直线法计提折旧。",
        # Names are shortened to a letter.
        "德央行称经济增长放缓。",
        # What stands on either side of a mark was never one word.
        "推动“两山”转化，决“性”进展。",
        "取得决，性进展。",
        # Titles leave out letters.
        "印发《关于取得决性进展的通知》。",
    ],
)
def test_what_leaves_no_stump_of_a_word_is_left_alone(engine: Engine, text: str) -> None:
    assert lost(engine, text) == []


def test_what_stands_twice_is_a_shortened_word(engine: Engine) -> None:
    assert lost(engine, "推动产链上云，再造流程，促进产链平台建设。") == []


def test_a_clause_with_another_slip_is_explained_by_it(engine: Engine) -> None:
    text = "认真落实党中央决策布署取得决性进展。"

    assert [finding.replacements[0] for finding in engine.check(text).findings] == ["部署"]


def test_of_the_letters_taken_out_of_a_plain_sentence_one_in_five_is_named(
    corrector: Corrector,
) -> None:
    """A floor under the figures of `bench.lost_letters`, on a text that the model never read."""
    draw = random.Random(1)
    tried = named = 0
    for _ in range(300):
        broken = without_a_letter(CLEAN, draw)
        assert broken is not None
        text, place = broken
        slips = [
            slip for slip in corrector.slips(text, THRESHOLDS) if slip.kind is Kind.LOST and slip.is_sure
        ]
        assert all(abs(slip.start - place) <= 1 for slip in slips)
        tried += 1
        named += any(is_named(slip, text, CLEAN) for slip in slips)

    assert named / tried > 0.2


def test_the_sum_of_what_follows_ends_with_the_clause() -> None:
    codes = Symbols.of("甲乙丙，丁戊").codes
    scores = np.arange(1.0, len(codes) + 1)

    summed = _of_next(codes, scores)

    for place in range(1, len(codes) - 1):
        expected = 0.0
        for step in range(BEHIND):
            if place + step >= len(codes):
                break
            expected += scores[place + step]
            if codes[place + step] == CLAUSE_END:
                break
        assert summed[place] == expected


def test_nothing_is_missing_in_nothing() -> None:
    ngrams = shared(MODEL)
    losses = Losses(ngrams, Cloze.load(MODEL / "cloze.npz"))
    for text in ("", "。", "甲", "甲乙"):
        codes = Symbols.of(text).codes
        assert losses.find(codes, ngrams.likelihood(codes[None, :]), -100.0) == []
