"""The form of a document number: 国办发〔2024〕1号 (GB/T 9704—2012, 7.2.5).

Case numbers of courts stand in round brackets and file numbers of companies are their own affair;
only a year behind an issuer's short form that ends in a word of office is a document number.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.sources import cite

SOURCE = cite("gb-t-9704-2012", "7.2.5")

BRACKETS = Rule(
    code="FM001",
    name="发文字号括号有误",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="发文字号中的年份应用六角括号“〔〕”括入。",
    source=SOURCE,
    hits=(
        "根据《关于做好有关工作的通知》（国办发⟦[2024]1号⟧）要求",
        "某政办函⟦（2023）15号⟧",
        "某府发⟦【2023】9号⟧",
    ),
    misses=("国办秘函〔2019〕19号", "（2023）京01民终123号", "见附表（2023）1号楼"),
)
SHORT_YEAR = Rule(
    code="FM002",
    name="发文字号年份不全",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="发文字号中的年份应标四位全称，不得简写。",
    source=SOURCE,
    hits=("某政发⟦〔24〕3号⟧",),
    misses=("某政发〔2024〕3号",),
)
ORDINAL = Rule(
    code="FM003",
    name="发文顺序号多余的字",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="发文顺序号前不加“第”字，不编虚位（1 不写作 01）。",
    source=SOURCE,
    hits=("某政发⟦〔2024〕第3号⟧", "某政办发⟦〔2024〕03号⟧"),
    misses=("某政发〔2024〕3号", "某市人民政府令第3号"),
)


def _judge(match: regex.Match[str]) -> Judgement | None:
    year, number = match["year"], match["number"].lstrip("0")
    if not number:
        return None
    if len(year) == 2:
        # Which century is the writer's to say.
        return Judgement(SHORT_YEAR)
    if match["open"] != "〔" or match["close"] != "〕":
        return Judgement(BRACKETS, (f"〔{year}〕{number}号",))
    if match["ordinal"] or number != match["number"]:
        return Judgement(ORDINAL, (f"〔{year}〕{number}号",))
    return None


DETECTOR = Pattern(
    rules=(BRACKETS, SHORT_YEAR, ORDINAL),
    expression=regex.compile(
        r"(?<=[\u4e00-\u9fff][发函办字通规政电秘复告议知请报呈批])"
        r"(?P<open>[〔\[［(（【])(?P<year>(?:19|20)\d{2}|\d{2})(?P<close>[〕\]］)）】])"
        r"(?P<ordinal>第?)(?P<number>\d{1,5})号(?![楼院房线段井机])",
        regex.ASCII,
    ),
    judge=_judge,
    one_of=("号",),
)
