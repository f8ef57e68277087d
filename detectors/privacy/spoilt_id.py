"""Identity numbers that a spreadsheet took for sums: 1.10105194912E+17.

A number typed as a number becomes a float; what is shown in its place keeps the region and perhaps the
birth, and the file that the table came from may hold the rest.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.identity import CUE, has_region
from detectors.kernel.personal.masking import MASK
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

CENTURIES = ("19", "20")

SPOILT = Rule(
    code="PI007",
    name="表格软件改成科学计数法的身份证号码",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="表格软件把身份证号码当作数值，改成了科学计数法；地区码仍在，单元格里多半还有其余各位，应整列删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "姓名\t身份证号\n赵小明\t⟦1.10105E+17⟧",
        "姓名,身份证号\n赵小明,⟦1.10105194912e17⟧",
        "赵小明，身份证号⟦1.10105194912E+17⟧。",
    ),
    misses=("该星系的质量为1.10105E+17千克。", "姓名\t身份证号\n赵小明\t9.90105E+17"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    digits = match["first"] + match["rest"]
    in_century = any(century.startswith(digits[6:8]) for century in CENTURIES)
    if not (has_region(digits) and in_century and place.is_cued(CUE)):
        return None
    return Judgement(SPOILT, (match["first"] + "." + MASK * len(match["rest"]) + match["power"],))


DETECTOR = PersonalPattern(
    rules=(SPOILT,),
    expression=regex.compile(
        r"(?<![0-9A-Za-z.])(?P<first>[1-8])\.(?P<rest>\d{5,16})(?P<power>[Ee]\+?17)(?![0-9A-Za-z])",
        regex.ASCII,
    ),
    judge=_judge,
    # With so few decimals it is no long number.
    long_number=False,
    one_of=("E17", "E+17", "e17", "e+17"),
)
