"""A decrease counted in times (“下降了2倍”): what has become less by the whole of itself is gone already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

FEWER_BY_TIMES = Rule(
    code="TY9025",
    name="减少用了倍数",
    category=Category.TYPO,
    severity=Severity.WARNING,
    why="“倍”指跟原数相等的数，只能说增加几倍；减少、降低用百分比或者分数，如“下降50%”“降至三分之一”。",
    source=cite("xiandai-hanyu-cidian-7"),
    hits=("能耗同比⟦下降了2倍⟧。", "事故起数⟦减少三倍多⟧。", "办理时限⟦缩短近1.5倍⟧。"),
    misses=(
        "能耗同比下降了50%。",
        "产量比减产前增加2倍。",
        "成本下降，产量增长了2倍。",
        "罚款不得减少到二倍以下。",
        "镜头可缩小2倍。",
    ),
)
LESS = "下降|降低|减少|缩短|减轻|缩减|降幅达|减幅达|下跌|下滑"
DECREASE = regex.compile(
    rf"(?:{LESS})了?(?:约|近|将近|超过|整整)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十数几]{{1,3}})(?:多|余)?$",
    regex.ASCII,
)
REACH = 14
"""Code points in which a decrease and its number stand."""
MORE = regex.compile(r"多|余", regex.ASCII)
TIMES = "倍"


class FewerByTimes:
    """Looks at what stands before 倍."""

    rules = (FEWER_BY_TIMES,)
    categories = frozenset({Category.TYPO})
    forms = (TIMES,)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report a decrease."""
        folded = text.folded
        for start, end, _ in hits:
            found = DECREASE.search(folded, max(0, start - REACH), start)
            if found is not None:
                more = MORE.match(folded, end)
                yield Finding(FEWER_BY_TIMES, text.span(found.start(), more.end() if more else end))


def _load(_lexicons: Path, _sources: Mapping[str, Source]) -> FewerByTimes:
    return FewerByTimes()


DETECTOR = FromLexicons(_load)
