"""Names of persons of a roster: misspelt beside their post, or given out of order.

A near miss of a name without a post beside it is somebody else: a deputy director 王科 is no misspelt 王可. Only
what an entry lists as wrong is wrong by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.finding import Category, Finding, Source
from detectors.kernel.persons import NameOrder, Person, Roster, read_roster
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text
from detectors.kernel.variants import variants

ADDRESS = "同志"
SHORTEST_NAME = 2
LIST_MARKS = "、，和与"
FEWEST_IN_ORDER = 3
"""Names. Two may be named in any order by a sentence."""


class Persons:
    """Compares names beside posts with a roster."""

    def __init__(self, roster: Roster, characters: Characters) -> None:
        """Prepare the wrong variants of every name."""
        self.rules = (*(person.rule for person in roster.persons), *(order.rule for order in roster.orders))
        self.categories = frozenset({Category.EXPRESSION})
        names = {person.name for person in roster.persons}
        self._wrong = {
            variant: person
            for person in roster.persons
            if len(person.name) >= SHORTEST_NAME
            for variant in variants(person.name, characters, near_sounds=not person.titles_only)
            if variant not in names
        }
        self._always_wrong = {wrong: person for person in roster.persons for wrong in person.wrong}
        self._left_over = {left: person for person in roster.persons for left in person.wrong_beside_post}
        self._wrong |= self._always_wrong | self._left_over
        self._orders: dict[str, list[NameOrder]] = defaultdict(list)
        for order in roster.orders:
            for name in order.names:
                self._orders[name].append(order)

    @property
    def forms(self) -> set[str]:
        """Wrong variants of names, and the names that have an order."""
        return set(self._wrong) | set(self._orders)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look for the post beside each wrong name, and for the order of right ones."""
        folded = text.folded
        for hit in hits:
            person = self._wrong.get(hit.form)
            if person is not None and self._is_meant(folded, hit, person):
                yield Finding(person.rule, text.span(hit.start, hit.end), (person.name,))
        by_order: dict[str, list[Hit]] = defaultdict(list)
        orders = {}
        for hit in hits:
            for order in self._orders.get(hit.form, ()):
                by_order[order.rule.code].append(hit)
                orders[order.rule.code] = order
        for code, own in by_order.items():
            for run in _lists(folded, own):
                wanted = tuple(name for name in orders[code].names if name in {hit.form for hit in run})
                if len(run) >= FEWEST_IN_ORDER and tuple(hit.form for hit in run) != wanted:
                    span = text.span(run[0].start, run[-1].end)
                    yield Finding(orders[code].rule, span, ("、".join(wanted),))

    def _is_meant(self, folded: str, hit: Hit, person: Person) -> bool:
        if hit.form in self._left_over:
            return _stands_beside_title(folded, hit, person) and not _is_part_of(person.name, folded, hit)
        if hit.form not in self._always_wrong and not _stands_beside_post(folded, hit, person):
            return False
        # 习近年 and 习习近平 are wrong; 学习近年来的文件 and 学习习近平总书记的讲话 are not.
        return is_whole_words(folded, hit.start, hit.end)


def _stands_beside_post(folded: str, hit: Hit, person: Person) -> bool:
    if not person.titles_only and folded.startswith(ADDRESS, hit.end):
        return True
    return _stands_beside_title(folded, hit, person)


def _stands_beside_title(folded: str, hit: Hit, person: Person) -> bool:
    titles = tuple(post.title for post in person.posts)
    return folded.endswith(titles, 0, hit.start) or folded.startswith(titles, hit.end)


def _is_part_of(name: str, folded: str, hit: Hit) -> bool:
    return folded.startswith(name, hit.start) or folded.endswith(name, 0, hit.end)


def _lists(folded: str, hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Give the runs of names that only marks part."""
    run: list[Hit] = []
    for hit in hits:
        if run and not set(folded[run[-1].end : hit.start].replace(ADDRESS, "")) <= set(LIST_MARKS):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Persons:
    return Persons(read_roster(lexicons / "persons", sources, "FX"), characters_of(lexicons))


DETECTOR = FromLexicons(_load)
