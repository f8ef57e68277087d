"""Placeholders that nobody filled in.

Crosses also hide names (张××) and digits (138××××1234) on purpose; only where a unit, an office or
a date must follow do they stand for something forgotten.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite

SOURCE = cite("guobanmihan-2019-19")

UNFILLED = Rule(
    code="FM010",
    name="未填写的占位符",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="文中留有“××”“XX”“〔202X〕”一类占位符或“此处填写”等模板提示，发布前应补全；确属隐去名称的，可以忽略。",
    source=SOURCE,
    hits=(
        "⟦××⟧市人民政府办公室关于开展检查的通知",
        "现定于2024年⟦XX⟧月⟦XX⟧日召开会议",
        "某政发⟦〔202X〕X号⟧",
        "联系人：⟦（此处填写）⟧",
    ),
    misses=(
        "当事人张××不服一审判决。",
        "赵小明，电话138××××1234。",
        "车型为XX系列，尺码XXL。",
        "某政发〔2024〕3号",
    ),
)


def _judge(_: regex.Match[str]) -> Judgement:
    return Judgement(UNFILLED)


DETECTOR = Pattern(
    rules=(UNFILLED,),
    expression=regex.compile(
        r"〔20[\dXx×]{0,2}[Xx×]〕(?:[\dXx×]{1,4}号)?"
        r"|[（(【\[]?(?:此处|在此|请在此)填[写入][^）)】\]\n]{0,10}[）)】\]]?"
        r"|(?<![0-9A-Za-z×*])(?:×{2,6}|[Xx]{2,6})(?=[省市县区州盟旗乡镇村局委办厅部处科院校年月日号]|街道|公司|单位|项目)",
        regex.ASCII,
    ),
    judge=_judge,
    first_look=anywhere("×[×Xx]", "X[Xx×]", "x[Xx×]", r"〔20\d{0,2}[Xx×]", "填[写入]"),
)
