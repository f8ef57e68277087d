"""Central institutions, cities and counties under a name that they no longer bore when the page was published.

The rule of each name begins on the day of the new one, so that a page of 2016 keeps the names of 2016.
A sentence that says by itself that it speaks of the past is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.context import FORMER, OF_THE_PAST, line_before, sentence_around
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.names import NameList, read_name_lists
from detectors.kernel.sources import LexiconError
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

BEFORE = 20


@dataclass(frozen=True, slots=True)
class Rename:
    """One old name, and what took its place."""

    rule: Rule
    successors: tuple[str, ...]


class Renamed:
    """Finds old names."""

    def __init__(self, lists: Sequence[NameList], current: frozenset[str]) -> None:
        """Take the lists of renames, and the names in use, which may hold an old one."""
        self.rules = tuple(renames.rule for renames in lists)
        self.categories = frozenset({Category.EXPRESSION})
        self._renames: dict[str, Rename] = {}
        for renames in lists:
            latest = {row[0]: row[1] for row in renames.rows}
            self._renames |= {row[0]: _rename(renames.rule, row, latest) for row in renames.rows}
        self._longer = {name for name in current if any(old in name for old in self._renames)}

    @property
    def forms(self) -> set[str]:
        """Old names, and names in use that hold one."""
        return set(self._renames) | self._longer

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report the old names of which the text does not say that they are old."""
        folded = text.folded
        in_use = [(hit.start, hit.end) for hit in hits if hit.form in self._longer]
        for hit in hits:
            rename = self._renames.get(hit.form)
            if rename is None or any(start <= hit.start and hit.end <= end for start, end in in_use):
                continue
            if FORMER.search(line_before(folded, hit.start, BEFORE)):
                continue
            if OF_THE_PAST.search(sentence_around(folded, hit.start, hit.end)):
                continue
            if is_whole_words(folded, hit.start, hit.end):
                yield Finding(rename.rule, text.span(hit.start, hit.end), rename.successors)


def _rename(rule: Rule, row: tuple[str, ...], latest: Mapping[str, str]) -> Rename:
    old, new, since, *_ = row
    # The successor may have been renamed in its turn.
    while new in latest:
        new = latest[new]
    try:
        begun = date.fromisoformat(since)
    except ValueError as error:
        raise LexiconError(f"更名表“{old}”：日期“{since}”应写作 2018-03-17") from error
    # Where one body was split up, nobody but the writer knows which successor is meant; of a place it may be unknown.
    return Rename(replace(rule, valid_from=begun), () if "、" in new or not new else (new,))


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Renamed:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    institutions = lists.only("institutions")
    in_use = frozenset((*institutions.column(0), *institutions.column(1)))
    return Renamed([lists.only("renames"), lists.only("former_divisions")], in_use)


DETECTOR = FromLexicons(_load)
