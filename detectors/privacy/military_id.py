"""Identity papers of soldiers and officers: 军字第2001988号.

Files and judgments are numbered in the same form, so that a word for the paper must stand nearby.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import MASK
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

WORDS = ("军官", "士兵", "军士", "士官", "文职", "警官", "武警", "军人", "义务兵", "学员证", "现役")
CUE = regex.compile("|".join(WORDS), regex.ASCII)
CUE_REACH = 24

PAPER = Rule(
    code="PI052",
    name="军官证、士兵证号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="军人身份证件的号码不得公开，应删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "赵小明，军官证号⟦军字第2001988号⟧。",
        "姓名\t士兵证号\n赵小明\t⟦南字第01234567号⟧",
    ),
    misses=("某公证处京字第2001988号公证书。", "军官证号军字第*****88号。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    if not place.is_cued(CUE, CUE_REACH):
        return None
    return Judgement(PAPER, (match["head"] + MASK * len(match["number"]) + match["tail"],))


DETECTOR = PersonalPattern(
    rules=(PAPER,),
    expression=regex.compile(
        r"(?P<head>[\u4e00-\u9fff]字第?[ ]?)(?P<number>[A-Z]?\d{6,10})(?P<tail>号?)", regex.ASCII
    ),
    judge=_judge,
    one_of=WORDS,
)
