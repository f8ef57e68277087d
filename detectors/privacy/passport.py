"""Passport numbers of Chinese citizens: one letter and eight characters, beside a cue only.

The form is that of many serial numbers, so that without the word “护照” nothing is said.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

WORD = "护照"
CUE = regex.compile(WORD, regex.ASCII)
KEPT_HEAD, KEPT_TAIL = 1, 2

PASSPORT = Rule(
    code="PI050",
    name="护照号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="公开文稿不得载有完整的护照号码，应删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "护照号码⟦E15302658⟧，国籍中国。",
        "赵小明（护照：⟦EA1234567⟧）",
        "姓名\t护照号\n赵小明\t⟦E15302658⟧",
    ),
    misses=("设备编号E15302658，型号G2。", "护照办理流水号A15302658。", "护照号码E******58。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    if not place.is_cued(CUE):
        return None
    return Judgement(PASSPORT, (mask(match.group(), KEPT_HEAD, KEPT_TAIL),))


DETECTOR = PersonalPattern(
    rules=(PASSPORT,),
    expression=regex.compile(
        r"[EeGgDSPKMH](?<![0-9A-Za-z].)(?:\d{7,8}|[A-HJ-NP-Za-hj-np-z]\d{7})(?![0-9A-Za-z])", regex.ASCII
    ),
    judge=_judge,
    one_of=(WORD,),
)
