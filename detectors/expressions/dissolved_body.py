"""Bodies that were no more in the year that the sentence names (“2019年，国家工商行政管理总局公布…”).

The day of publication says only that a name is old, and a page of history may use it; a year beside it says that it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import regex

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.context import FORMER, OF_THE_PAST, is_quoted, line_before, sentence_around
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.names import read_name_lists, words_in
from detectors.kernel.sources import LexiconError
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

OLD, NEW, UNTIL = range(3)
REACH = 24
"""Code points before a body in which its year may stand."""
YEAR = regex.compile(
    r"(?<![\d至到和、—～~-])(?P<year>[12]\d{3})年(?:\d{1,2}月(?:\d{1,2}日)?)?[初底末]?，?(?P<between>[^\x00-\x7f，。；：、“”《》（）]{0,6})$",
    regex.ASCII,
)
YEAR_BEHIND = regex.compile(
    r"(?P<year>[12]\d{3})年(?!第?\d+号|[来后以之底前至]|\d{1,2}月[以之前至])", regex.ASCII
)
"""The year of what the body does (国家工商总局2024年部署)."""
OF_OTHERS = regex.compile(
    r"[原前旧曾老时后以起来度约]|至今|美|英|法国|德国|欧|日本|韩|俄|加拿大|新加坡|台湾", regex.ASCII
)
"""What gives the body to other times, or to other states."""

LONGER = ("《", "“", "省", "市", "州", "县", "区")
"""What makes another name of it, or a quotation."""


class DissolvedBodies:
    """Compares the year before a body with the last of the body."""

    categories = frozenset({Category.EXPRESSION})

    def __init__(self, rule: Rule, rows: Sequence[tuple[str, ...]], in_use: frozenset[str]) -> None:
        """Take rows of old name, new name and last day, and the names in use, which may hold an old one."""
        self.rules = (rule,)
        latest = {row[OLD]: row[NEW] for row in rows}
        self._bodies: dict[str, tuple[int, tuple[str, ...]]] = {}
        for row in rows:
            old, new, until, *_ = row
            # The successor may have been renamed in its turn.
            while new in latest:
                new = latest[new]
            try:
                last = date.fromisoformat(until).year
            except ValueError as error:
                raise LexiconError(f"撤并的机构“{old}”：日期“{until}”应写作 2018-03-17") from error
            one = tuple(words_in((new,), 0))
            self._bodies[old] = (last, one if len(one) == 1 else ())
        self._longer = {
            name for name in in_use - set(self._bodies) if any(old in name for old in self._bodies)
        }

    @property
    def forms(self) -> set[str]:
        """Old names, and names in use that hold one."""
        return set(self._bodies) | self._longer

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at the year before each."""
        folded = text.folded
        end = 0
        for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
            if hit.end <= end:
                continue
            end = hit.end
            if hit.form in self._longer:
                continue
            last, successors = self._bodies[hit.form]
            line = line_before(folded, hit.start, REACH)
            before = YEAR.search(line)
            if before is not None and (int(before["year"]) <= last or OF_OTHERS.search(before["between"])):
                continue
            behind = YEAR_BEHIND.match(folded, hit.end)
            if before is None and (behind is None or int(behind["year"]) <= last or line.endswith(LONGER)):
                continue
            if FORMER.search(line) or OF_THE_PAST.search(sentence_around(folded, hit.start, hit.end)):
                continue
            if is_whole_words(folded, hit.start, hit.end) and not is_quoted(folded, hit.start, hit.end):
                yield Finding(self.rules[0], text.span(hit.start, hit.end), successors, inferred=True)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> DissolvedBodies:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    institutions = lists.only("institutions")
    in_use = frozenset((*institutions.column(0), *institutions.column(1)))
    dissolved = lists.only("dissolved_bodies")
    return DissolvedBodies(dissolved.rule, (*lists.only("renames").rows, *dissolved.rows), in_use)


DETECTOR = FromLexicons(_load)
