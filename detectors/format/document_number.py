"""The form of a document number: 国办发〔2024〕1号 (GB/T 9704—2012, 7.2.5).

Case numbers of courts stand in round brackets and file numbers of companies are their own affair;
only a year behind an issuer's short form that ends in a word of office is a document number.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite

SOURCE = cite("gb-t-9704-2012", "7.2.5")
CLOSING = {"〔": "〕"}
ISSUER = r"(?<=[\u4e00-\u9fff][发函办字通规政电秘复告议知请报呈批])"
OPEN, CLOSE = r"(?P<open>[〔﹝\[［(（【])", r"(?P<close>[〕﹞\]］)）】])"

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
        "某政发⟦﹝2023﹞9号⟧",
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
SURPLUS = Rule(
    code="FM003",
    name="发文字号多余的字",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="发文字号的年份后不加“年”字，顺序号前不加“第”字，不编虚位（1 不写作 01）。",
    source=SOURCE,
    hits=("某政发⟦〔2024〕第3号⟧", "某政办发⟦〔2024〕03号⟧", "某政办发⟦〔2024年〕3号⟧"),
    misses=("某政发〔2024〕3号", "某市人民政府令第3号", "某政发〔2024〕10号"),
)
HAN_DIGITS = Rule(
    code="FM004",
    name="发文字号未用阿拉伯数字",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="发文字号中的年份和顺序号用阿拉伯数字标注。",
    source=SOURCE,
    hits=("某政发⟦〔二〇二四〕三号⟧",),
    misses=("某政发〔2024〕3号", "某市人民政府令第三号"),
)
UNNAMED = Rule(
    code="FM005",
    name="发文字号缺“号”字",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="发文顺序号的阿拉伯数字后应加“号”字。",
    source=SOURCE,
    hits=("根据《关于做好有关工作的通知》（某政发⟦〔2024〕3⟧）要求",),
    misses=("（某政发〔2024〕3号）", "某政发〔2024〕3、5号文件", "某某函〔2023〕12—15号"),
)


def _judge(match: regex.Match[str]) -> Judgement | None:
    year, number = match["year"], match["number"].lstrip("0")
    if not number:
        return None
    if len(year) == 2:
        # Which century is the writer's to say.
        return Judgement(SHORT_YEAR)
    right = (f"〔{year}〕{number}号",)
    if CLOSING.get(match["open"]) != match["close"]:
        return Judgement(BRACKETS, right)
    if match["surplus"] or match["ordinal"] or number != match["number"]:
        return Judgement(SURPLUS, right)
    return None


DETECTOR = Patterns(
    (
        Pattern(
            rules=(BRACKETS, SHORT_YEAR, SURPLUS),
            expression=regex.compile(
                ISSUER
                + OPEN
                + r"(?P<year>(?:19|20)\d{2}|\d{2})(?P<surplus>年?)"
                + CLOSE
                + r"(?P<ordinal>第?)"
                r"(?P<number>\d{1,5})号(?![楼院房线段井机])",
                regex.ASCII,
            ),
            judge=_judge,
            first_look=anywhere(
                r"号(?:(?<=[〕﹞\]］)）】第]\d号)|(?<=[〕﹞\]］)）】第]\d\d号)|(?<=\d\d\d号))"
            ),
        ),
        Pattern(
            rules=(HAN_DIGITS,),
            expression=regex.compile(
                ISSUER
                + OPEN
                + r"[一二][〇○零一二三四五六七八九]{3}"
                + CLOSE
                + r"[一二三四五六七八九十百]{1,5}号",
                regex.ASCII,
            ),
            judge=lambda _: Judgement(HAN_DIGITS),
            first_look=anywhere("号(?<=[一二三四五六七八九十百]号)"),
        ),
        Pattern(
            rules=(UNNAMED,),
            expression=regex.compile(
                ISSUER + r"〔(?:19|20)\d{2}〕\d{1,5}(?=[）)》。]|[ ]*(?:\n|$))", regex.ASCII
            ),
            judge=lambda match: Judgement(UNNAMED, (f"{match[0]}号",)),
            first_look=anywhere(r"〕\d{1,5}(?![\d号])"),
        ),
    )
)
