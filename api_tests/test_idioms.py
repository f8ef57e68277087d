"""Idioms with one letter that sounds or looks like the right one."""

from __future__ import annotations

import pytest

from app.engine import Engine
from detectors.kernel.finding import Category, Finding
from detectors.kernel.language.idioms import Idioms
from detectors.kernel.sources import LEXICONS, load_sources
from detectors.kernel.text import Text
from detectors.typos.idiom import DETECTOR


def typos(engine: Engine, text: str) -> list[Finding]:
    return list(engine.check(text, categories={Category.TYPO}).findings)


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("发言者语无论次。", "语无伦次"),
        ("双方膛目结舌。", "瞠目结舌"),
        ("他自吹自雷，无人附和。", "自吹自擂"),
        ("\U00020000\ud800高层建瓴，谋划长远。", "高屋建瓴"),
    ],
)
def test_an_idiom_is_known_by_its_other_three_letters(engine: Engine, sentence: str, right: str) -> None:
    (finding,) = typos(engine, sentence)
    assert finding.replacements[0] == right
    assert sentence.replace(finding.span.of(sentence), right) != sentence


@pytest.mark.parametrize(
    "sentence",
    [
        # Two words that meet near an idiom by chance, and what documents say that are no idioms.
        "打赢浴血抗战的最后一役。",
        "启动应急反应机制。",
        # A longer word with a letter before it: 核科学家 is none of the idioms' business.
        "党员和科学家代表参加会议。",
        # Puns stand between quotation marks.
        "文化馆举办“年年有鱼”活动。",
        # No sound and no shape leads from one to the other.
        "各村开展抗台救灾。",
    ],
)
def test_what_only_happens_to_be_near_an_idiom_is_left_alone(engine: Engine, sentence: str) -> None:
    assert not typos(engine, sentence)


def test_every_idiom_is_near_with_any_letter_changed_and_not_whole() -> None:
    near = Idioms(["守土尽责"]).near
    for idiom in ("语无伦次", "有的放矢", "节外生枝", "守土尽责"):
        assert not [start for start, idioms in near(f"他们{idiom}。") if idiom in idioms]
        for place in range(4):
            broken = f"他们{idiom[:place]}龘{idiom[place + 1 :]}。"
            assert [(start, idiom in idioms) for start, idioms in near(broken)] == [(2, True)]


@pytest.mark.parametrize("text", ["", "语", "语无论", "龘" * 5])
def test_texts_without_idioms_are_read_without_complaint(text: str) -> None:
    detector = DETECTOR.load(LEXICONS, load_sources(LEXICONS))
    assert not list(detector.find(Text.of(text)))
