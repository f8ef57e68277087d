"""A glance at a text leaves out no personal data, however it is written."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Engine
from bench.privacy_texts import texts
from detectors.kernel.detector import Detector, Patterns, look_of
from detectors.kernel.finding import Category, Finding
from detectors.kernel.glance import LONG_NUMBER, Glance, one_of
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.text import Text, _number_zones
from detectors.privacy.rebuilt_id import DETECTOR as REBUILT

ENGINE = Engine.load()
PRIVACY = frozenset({Category.PRIVACY})
RULES = [rule for rule in ENGINE.rules.values() if rule.category is Category.PRIVACY]
LEAKS = [hit.replace("⟦", "").replace("⟧", "") for rule in RULES for hit in rule.hits]
LEAKS += [text for _, (text, leaks, _) in texts(600) if leaks]
DISTURBANCES = [
    " ",
    "\u3000",
    "\u200b",
    "\u00ad",
    "\ufe0f",
    "\n",
    "\r\n",
    "-",
    "–",
    "—",
    "\t",
    "*",
    "×",
    "1",
    "甲",
    "，",
]
WIDTH = 0xFEE0


def parts(detector: Detector) -> Iterator[Detector]:
    if isinstance(detector, Patterns):
        for part in detector.parts:
            yield from parts(part)
    else:
        yield detector


DETECTORS = [
    part
    for detector in ENGINE.pattern_detectors
    if all(rule.category is Category.PRIVACY for rule in detector.rules)
    for part in parts(detector)
]


def found_without_a_look(detector: Detector, original: str) -> list[Finding]:
    text = Text.of(original)
    text.__dict__["number_zones"] = _number_zones(text.folded)
    if detector is REBUILT:
        return list(REBUILT._find(text))  # noqa: SLF001 - what the look would leave out
    assert isinstance(detector, PersonalPattern)
    return list(detector._findings(text))  # noqa: SLF001


@st.composite
def disturbed_leaks(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(LEAKS))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(DISTURBANCES)) + text[place:]
    if draw(st.booleans()):
        chance = random.Random(draw(st.integers(0, 1000)))
        text = "".join(
            chr(ord(char) + WIDTH) if "!" <= char <= "~" and chance.random() < 0.5 else char for char in text
        )
    return text


@given(
    disturbed_leaks() | st.text(st.sampled_from("0123456789Xx*●-— \n\t|,第字号组住址出生微信牌车E+@qaA村"))
)
def test_whatever_a_detector_finds_can_be_seen_at_a_glance(text: str) -> None:
    glance = Glance(text)

    for detector in DETECTORS:
        look = look_of(detector)
        assert look is not None
        assert look(glance) or not found_without_a_look(detector, text)


@given(disturbed_leaks())
def test_what_is_seen_beside_other_text_is_seen_alone(text: str) -> None:
    for look in (look for detector in DETECTORS if (look := look_of(detector))):
        assert not look(Glance(text)) or look(Glance(f"此外，{text}。"))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("转移669162人", False),
        ("2021—2025年", False),
        ("（11）2025年", False),
        ("电话6691620", True),
        ("A669162", True),
        ("138–0013–8000", True),
        ("１１０ １０５１９４９", True),
        ("1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8", True),
        ("军字第669162号", True),
    ],
)
def test_sums_and_years_are_no_long_numbers(text: str, seen: bool) -> None:  # noqa: FBT001
    assert LONG_NUMBER(Glance(text)) is seen


@pytest.mark.parametrize("text", ["出 生", "出\u200b生", "出\n生", "他出生于"])
def test_a_word_is_seen_whatever_parts_it(text: str) -> None:
    assert one_of(("出生",))(Glance(text))
    assert not one_of(("出生",))(Glance("外出的学生"))


def test_a_word_of_characters_that_play_no_part_is_refused() -> None:
    with pytest.raises(ValueError, match="甲乙"):
        one_of(("甲乙",))


def test_a_page_without_personal_data_is_not_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.engine.Text", None)

    assert ENGINE.check("2025年，全市转移669162人，出台规划。", categories=PRIVACY).findings == ()


def test_a_text_of_invisible_characters_is_empty() -> None:
    assert Glance("\u200b\ufeff").is_empty
    assert not Glance(" ").is_empty
    assert ENGINE.check("\u200b").findings == ()
