"""Where compatriots come to: from Taiwan to the mainland, from Hong Kong and Macao to the interior, never to “China” or “home”.

The other side has a name of its own: Taiwan and 大陆, Hong Kong and Macao and 内地. 中国 or 国内 in its place
puts the three outside the country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.context import is_quoted
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

FROM_TAIWAN = Rule(
    code="ST0398",
    name="台湾同胞来“中国”、来“国内”",
    category=Category.SENSITIVE,
    severity=Severity.WARNING,
    why="台湾是中国的一部分，台湾同胞往来的另一方是“大陆（祖国大陆）”，不称“中国”“国内”。",
    source=cite("shetai-yongyu-2016"),
    hits=("欢迎台商来⟦中国⟧投资兴业。", "鼓励台湾青年到⟦国内⟧创业。"),
    misses=(
        "欢迎台商来大陆投资兴业。",
        "台商来中国大陆投资。",
        "台商到国内外市场考察。",
        "台湾学生来中国科学院参观。",
    ),
)
FROM_HONG_KONG = Rule(
    code="ST0399",
    name="港澳同胞来“中国”、来“国内”",
    category=Category.SENSITIVE,
    severity=Severity.WARNING,
    why="香港、澳门是中国的一部分，往来的另一方是“内地”，不称“中国”“国内”。",
    source=cite("shegang-yongyu"),
    hits=("港商来⟦中国⟧投资享受国民待遇。", "欢迎澳门青年到⟦国内⟧实习。"),
    misses=(
        "港商来内地投资享受国民待遇。",
        "香港学生赴中国人民大学交流。",
        "港资企业到国内外参展。",
    ),
)
PEOPLE = ("同胞", "青年", "学生", "师生", "游客", "居民", "民众", "企业", "企业家", "客商", "代表团")
RULE_OF: Mapping[str, Rule] = {
    **dict.fromkeys((*(f"台湾{people}" for people in PEOPLE), "台胞", "台商", "台资企业"), FROM_TAIWAN),
    **dict.fromkeys(
        (
            *(f"{place}{people}" for place in ("香港", "澳门", "港澳") for people in PEOPLE),
            "港商",
            "港资企业",
        ),
        FROM_HONG_KONG,
    ),
}
OTHER_SIDE = {FROM_TAIWAN.code: "大陆", FROM_HONG_KONG.code: "内地"}
COMES_TO = regex.compile(
    # A longer name begins like the country's; and at home and abroad is another matter.
    r"(?:来|到|赴|前往|来到|回到?)(?P<place>中国(?=投资|创业|发展|旅游|参观|考察|学习|交流|访问|就业|就学|办厂|经商|工作|生活|探亲|实习|参加|[，。；、！]|$)|国内(?!外))",
    regex.ASCII,
)


class ComingHome:
    """Reads on behind whoever comes from Taiwan, Hong Kong or Macao."""

    rules = (FROM_TAIWAN, FROM_HONG_KONG)
    categories = frozenset({Category.SENSITIVE})
    forms = tuple(RULE_OF)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look where they come to."""
        for hit in hits:
            found = COMES_TO.match(text.folded, hit.end)
            if found and not is_quoted(text.folded, *found.span("place")):
                rule = RULE_OF[hit.form]
                yield Finding(rule, text.span(*found.span("place")), (OTHER_SIDE[rule.code],), inferred=True)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> ComingHome:
    del lexicons, sources
    return ComingHome()


DETECTOR = FromLexicons(_load)
