"""Straight quotation marks in Chinese, alone or mixed with the right ones."""

from __future__ import annotations

import regex

from detectors.kernel.context import line_around
from detectors.kernel.detector import Habitual, Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import characters
from detectors.kernel.sources import cite

HAN = regex.compile(r"[\u4e00-\u9fff]", regex.ASCII)
CODE = regex.compile(r'[{}<>]|="|":', regex.ASCII)

STRAIGHT = Rule(
    code="FM082",
    name="中文里的直引号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="中文的双引号形式是“”，不用不分左右的直引号。",
    source=cite("gb-t-15834-2011", "4.8.2"),
    hits=('推进⟦"放管服"⟧改革', '推行⟦“一件事"⟧集成办', '推行⟦"一网通办”⟧服务'),
    misses=(
        "推进“放管服”改革",
        '一台55"电视机',
        '{"名称": "通知"}',
        '<a href="通知.html">通知</a>',
        'He said "OK" to us.',
    ),
)


def _judge(match: regex.Match[str]) -> Judgement | None:
    before = match.string[max(0, match.start() - 1) : match.start()]
    if before.isdigit() or before == "=" or CODE.search(line_around(match.string, *match.span())):
        return None
    around = before + match[0] + match.string[match.end() : match.end() + 1]
    return Judgement(STRAIGHT, (f"“{match[0][1:-1]}”",)) if HAN.search(around) else None


DETECTOR = Habitual(
    Pattern(
        rules=(STRAIGHT,),
        # Every pair is matched, wanted or not, so that the next one begins where it should.
        expression=regex.compile(r'"[^"“”\n]{1,60}"|“[^"“”\n]{1,60}"|"[^"“”\n]{1,60}”', regex.ASCII),
        judge=_judge,
        first_look=characters('"'),
        overlapped=False,
    ),
    right="“",
)
