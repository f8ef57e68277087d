"""Acts of procedure said of a body that does not do them (“公安局以涉嫌诈骗罪对其提起公诉”).

Only what grammar ties to the body is judged: between the two stand a charge, a person and adverbs, nothing else. Who asks for
an act, suffers or awaits it, is told by other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.dated_events import longest_of
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.name_index import NameIndex
from detectors.kernel.names import read_name_lists, words_in
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

BODIES, ACTS = range(2)
ADVERBS = r"(?:已|已经|近日|日前|今天|今日|正式|公开|依法|依照规定|决定|分别|当庭|一审|二审|再审|终审)*"
BETWEEN = regex.compile(
    rf"{ADVERBS}(?:以(?:涉嫌)?[^，。；：、的]{{2,12}}罪)?{ADVERBS}(?:对(?:被告人?|[^，。；：、的将请被由经向院局]{{1,12}}?))?{ADVERBS}(?:作出|予以|进行)?",
    regex.ASCII,
)
"""What may stand between a body and an act of its own."""
REACH = 40
ASKED = ("向", "请", "由", "被", "对", "经", "与", "和", "同", "在", "到", "给", "将", "把", "服")
"""What stands before a body that is not the one who acts."""
DONE = regex.compile(r"了|并(?!不)|[，。；！？、：”\s]|$", regex.ASCII)
"""What stands behind an act that is done, and not a part of something else (开庭审理旁听活动)."""
SENTENCE = regex.compile(
    r"(?:了)?(?:有期徒刑|无期徒刑|死刑|拘役|管制|罚金|刑罚|刑事|缓刑|剥夺|没收)", regex.ASCII
)
"""What stands behind 判处."""


class BodyActs:
    """Looks at what follows each body."""

    categories = frozenset({Category.EXPRESSION})

    def __init__(self, rule: Rule, rows: Sequence[tuple[str, ...]]) -> None:
        """Take rows of bodies and of acts that are others'."""
        self.rules = (rule,)
        self._acts = {body: NameIndex(words_in(row, ACTS)) for row in rows for body in words_in(row, BODIES)}

    @property
    def forms(self) -> set[str]:
        """The bodies."""
        return set(self._acts)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Find the acts that grammar ties to a body."""
        folded = text.folded
        for start, end, body in longest_of(hits):
            if folded.endswith(ASKED, 0, start):
                continue
            # Every place up to which the grammar holds may be where the act begins.
            for place in range(end, min(len(folded), end + REACH)):
                act = self._acts[body].at(folded, place)
                if act and BETWEEN.fullmatch(folded, end, place):
                    last = place + len(act)
                    if DONE.match(folded, last) or SENTENCE.match(folded, last):
                        yield Finding(self.rules[0], text.span(start, last), inferred=True)
                    break


def _load(lexicons: Path, sources: Mapping[str, Source]) -> BodyActs:
    acts = read_name_lists(lexicons / "names", sources, "FX").only("others_acts")
    return BodyActs(acts.rule, acts.rows)


DETECTOR = FromLexicons(_load)
