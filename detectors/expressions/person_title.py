"""Titles one slip away from the post of the person beside them (“国家席×××”, “×××总里”).

The name is right, so that it is plain which posts may stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import rjieba

from detectors.kernel.alignment import Change, Edit, edits
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.persons import Person, Roster, read_roster
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

MISSPELT = Rule(
    code="FX3106",
    name="姓名旁边的职务称谓",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="职务称谓与名单中此人的职务只差一处，请核对。",
    source=cite("guobanmihan-2019-19"),
    hits=(
        "展板介绍了⟦国家席⟧胡锦涛当年视察的情况。",
        "展厅陈列周恩来⟦总里⟧用过的物品。",
        "展厅陈列周恩来⟦总经理⟧用过的物品。",
    ),
    misses=(
        "展板介绍了国家主席胡锦涛当年视察的情况。",
        "展厅陈列周恩来总理用过的物品。",
        "展厅陈列周恩来用过的物品。",
        "总经理王某某参观周恩来故居。",
    ),
)
ENDS = 2
LONG = 4
"""Characters of a title of which one may be lost; of a shorter one another title is left."""


class PersonTitles:
    """Compares what stands beside a name with the posts of that person."""

    rules = (MISSPELT,)
    categories = frozenset({Category.EXPRESSION})

    def __init__(self, roster: Roster, characters: Characters) -> None:
        """Take the persons."""
        self._titles = {person.name: _titles(person) for person in roster.persons}
        self._ends = {
            name: (
                frozenset(char for title in titles for char in title[:ENDS]),
                frozenset(char for title in titles for char in title[-ENDS:]),
            )
            for name, titles in self._titles.items()
        }
        self._characters = characters

    @property
    def forms(self) -> set[str]:
        """The names."""
        return set(self._titles)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look before and behind each name."""
        folded = text.folded
        for hit in hits:
            # One slip leaves one of two letters beside the name in one of two places.
            first, last = self._ends[hit.form]
            if first.isdisjoint(folded[hit.end : hit.end + ENDS]) and last.isdisjoint(
                folded[max(0, hit.start - ENDS) : hit.start]
            ):
                continue
            titles = self._titles[hit.form]
            if folded.endswith(titles, 0, hit.start) or folded.startswith(titles, hit.end):
                continue
            for start, end, title in _places(hit, titles):
                if start >= 0 and self._is_slip(folded[start:end], title):
                    yield Finding(MISSPELT, text.span(start, end), (title,), inferred=True)
                    break

    def _is_slip(self, written: str, title: str) -> bool:
        found = edits(written, title, 1)
        if not found:
            return False
        (edit,) = found
        if edit.change is Change.ADDED:
            return _is_inside(edit, title)
        if rjieba.has_word(written):
            return False
        if edit.change is Change.MISSING:
            return len(title) >= LONG and _is_inside(edit, title)
        if edit.change is Change.SUBSTITUTED:
            return self._characters.likeness(edit.written, edit.right) is not None
        return True


def _titles(person: Person) -> tuple[str, ...]:
    """Give the posts of a person, the longest first."""
    return tuple(sorted((post.title for post in person.posts), key=len, reverse=True))


def _places(hit: Hit, titles: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give where a title with one slip may stand before and behind a name."""
    for title in titles:
        for length in (len(title), len(title) + 1, len(title) - 1):
            yield hit.start - length, hit.start, title
            yield hit.end, hit.end + length, title


def _is_inside(edit: Edit, title: str) -> bool:
    """Tell whether both ends of a title stand: what is added or lost there may belong to the sentence."""
    return 0 < edit.form_place < len(title) - (edit.change is Change.MISSING)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> PersonTitles:
    return PersonTitles(read_roster(lexicons / "persons", sources, "FX"), characters_of(lexicons))


DETECTOR = FromLexicons(_load)
