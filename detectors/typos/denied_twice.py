"""A denial too many: 防止 and its like deny already, and what they keep off is said without 不 (“防止事故不再发生”)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

DENIED_TWICE = Rule(
    code="TY9024",
    name="多了一重否定",
    category=Category.TYPO,
    severity=Severity.WARNING,
    why="“防止”“避免”“杜绝”“以防”已经是否定，后面再说“不发生”“不再发生”，意思就反了：写“防止……发生”“防止……再次发生”。",
    source=cite("xiandai-hanyu-cidian-7"),
    hits=(
        "⟦防止类似问题不再发生⟧。",
        "开展拉网式排查，⟦杜绝安全事故不发生⟧。",
        "加固堤坝，⟦避免险情不再出现⟧。",
    ),
    misses=(
        "防止类似问题再次发生。",
        "加强巡查，防止麻痹大意，确保不发生事故。",
        "避免不必要的损失。",
        "防止隐患、保证不发生重大事故。",
        "杜绝了安全事故，全年不发生亡人事件。",
    ),
)
KEEPING_OFF = ("防止", "避免", "杜绝", "严防", "谨防", "以防", "以免")
KEPT_OFF = regex.compile(
    r"(?P<what>[^，。；：！？、\n]{0,14}?)(?P<denial>不再|不会再|不)(?P<event>发生|出现|重演|复发|反弹|蔓延)",
    regex.ASCII,
)
WILL_NOT = regex.compile(r"确保|保证|做到|实现|坚决|了|力争|使|让|全年", regex.ASCII)
"""What begins a clause of its own, in which the denial is right."""


class DeniedTwice:
    """Looks at what follows a word that keeps something off."""

    rules = (DENIED_TWICE,)
    categories = frozenset({Category.TYPO})
    forms = KEEPING_OFF

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report a denial in the same clause."""
        folded = text.folded
        for start, end, form in hits:
            found = KEPT_OFF.match(folded, end)
            if found is None or WILL_NOT.search(found["what"]):
                continue
            again = "再次" if found["denial"] != "不" else ""
            mended = form + found["what"] + again + found["event"]
            yield Finding(DENIED_TWICE, text.span(start, found.end()), (mended,))


def _load(_lexicons: Path, _sources: Mapping[str, Source]) -> DeniedTwice:
    return DeniedTwice()


DETECTOR = FromLexicons(_load)
