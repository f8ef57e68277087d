"""Ordered sets with a member lost, exchanged or misspelt.

A run is members of one set that follow one another, parted by marks only, with at most one foreign
item between two of them. A run that names fewer members than claim the whole is a lawful partial use,
and a run inside a longer list is another list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import regex

from detectors.kernel.alignment import Change, edits
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.definitions import NAME_REACH, Definition
from detectors.kernel.finding import Category, Finding, Severity, Source
from detectors.kernel.ordered_sets import OrderedSet, read_ordered_sets
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

GAP = regex.compile(r"[、，,“”‘’ ]{0,3}(?:[和与及]|以及)?[“‘]?", regex.ASCII)
FOREIGN = regex.compile(
    r"[、，,“”‘’ ]{1,3}(?P<item>[^、，,。！？；：“”‘’\s]{1,9})[、，,“”‘’ ]{1,3}", regex.ASCII
)
LONGEST_GAP = 15
"""Code points that either expression takes at most."""
FEWEST_IN_A_RUN = 2
GAP_BEGINNINGS = "、，,“”‘’ 和与以"
"""What either begins with."""
LAST_ITEM = regex.compile(r"(?P<item>[^、，,。！？；：“”‘’《》\s和与及]{1,9})[、，,“”‘’ ]{1,3}$", regex.ASCII)
FIRST_ITEM = regex.compile(
    r"^[、，,“”‘’ ]{1,3}(?:[和与及])?(?P<item>[^、，,。！？；：“”‘’《》\s]{1,9})", regex.ASCII
)
LIST_MARKS = "、"
UNMISTAKABLE = 4
"""Characters of a member."""
REACH = 12
FEWEST = 3
"""Members in their places beside which a foreign one can only be a slip."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a run: a member, or something foreign in its stead."""

    member: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Members that follow one another."""

    items: tuple[Item, ...]

    @property
    def start(self) -> int:
        """Where the first item begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where the last item ends."""
        return self.items[-1].end

    @property
    def members(self) -> list[str]:
        """The members in the order of the text."""
        return [item.member for item in self.items if item.member is not None]

    @property
    def foreign(self) -> list[Item]:
        """What is no member."""
        return [item for item in self.items if item.member is None]


class OrderedSets:
    """Finds faulty runs of the members of its sets."""

    def __init__(self, sets: Sequence[OrderedSet], characters: Characters) -> None:
        """Take the sets."""
        self.rules = tuple(one.rule for one in sets)
        self.categories = frozenset({Category.EXPRESSION})
        self._characters = characters
        self._sets = tuple(sets)
        self._owners: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(sets):
            for member in one.members:
                self._owners[member].append(number)
        self._defined = tuple(Definition.by(one.names) if one.names and one.mark else None for one in sets)
        self._told_by_one = frozenset(
            number for number, one in enumerate(sets) if one.complete_from - 1 < FEWEST_IN_A_RUN
        )
        """Sets of which a single member may call for a closer look."""

    @property
    def forms(self) -> set[str]:
        """The members of all sets."""
        return set(self._owners)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Judge every run of every set."""
        folded, owners = text.folded, self._owners
        # Most members stand alone: no run goes on behind them.
        starts = {hit.start for hit in hits}
        begun = self._told_by_one.union(
            *(
                owners[hit.form]
                for hit in hits
                if hit.end in starts or folded[hit.end : hit.end + 1] in GAP_BEGINNINGS
            )
        )
        by_set: dict[int, list[Hit]] = defaultdict(list)
        for hit in hits:
            for number in owners[hit.form]:
                if number in begun:
                    by_set[number].append(hit)
        for number, own in by_set.items():
            one = self._sets[number]
            fewest, most = one.complete_from - 1, 2 * len(one.members)
            if len(own) < fewest:
                continue
            for crowd in _crowds(text.folded, _longest(own)):
                # Nearly all members stand alone: those need no expression.
                if len(crowd) > 1 or fewest < FEWEST_IN_A_RUN:
                    for run in _runs(text.folded, crowd, one.mark):
                        if fewest <= len(run.items) <= most:
                            yield from self._judge_run(
                                text, one, self._with_exchanged_end(folded, number, run)
                            )

    def _judge_run(self, text: Text, one: OrderedSet, run: Run) -> Iterator[Finding]:
        folded = text.folded
        run = self._with_misspelt_ends(folded, one, run)
        members = tuple(run.members)
        present = set(members)
        written = tuple(folded[item.start : item.end] for item in run.items)
        if written in one.versions or len(present) + len(run.foreign) < one.complete_from:
            return
        misspelt = all(self._is_misspelt(item, one, members) for item in written if item not in present)
        named = _is_named(folded, one, run)
        if run.foreign and not misspelt:
            fills_the_gap = len(run.foreign) == 1 and len(run.items) == len(one.members)
            likely = fills_the_gap and (
                named or len(present) >= FEWEST or _mostly_alike(written, one.members)
            )
            if not (likely and _in_order(members, one)):
                return
        if not run.foreign and len(present) < one.complete_from:
            return
        if _is_inside_longer_list(folded, run) and not (run.foreign and misspelt):
            return
        strong = named or bool(run.foreign and misspelt) or present == set(one.members)
        rule = one.rule if strong else one.rule.at_most(Severity.WARNING)
        yield Finding(rule, text.span(run.start, run.end), (_mended(folded, one, run),), inferred=True)

    def _with_exchanged_end(self, folded: str, number: int, run: Run) -> Run:
        """Take in whatever stands in the first or the last place where the name says that these are the members."""
        one, defined = self._sets[number], self._defined[number]
        members = tuple(run.members)
        if defined is None or run.foreign:
            return run
        if members == one.members[:-1] and (
            place := defined.in_last_place(folded, run.start, run.end, one.members[-1])
        ):
            return Run((*run.items, Item(None, *place)))
        if members == one.members[1:] and (
            place := defined.in_first_place(folded, run.start, one.members[0])
        ):
            return Run((Item(None, *place), *run.items))
        return run

    def _with_misspelt_ends(self, folded: str, one: OrderedSet, run: Run) -> Run:
        """Take in an item before or behind the run that stands for the first or the last member."""
        members, items = tuple(run.members), run.items
        offset = max(0, run.start - REACH)
        before = LAST_ITEM.search(folded[offset : run.start])
        if before and self._stands_for(before["item"], one.members[0], one, members):
            items = (Item(None, offset + before.start("item"), offset + before.end("item")), *items)
        after = FIRST_ITEM.search(folded[run.end : run.end + REACH])
        if after:
            for length in range(len(after["item"]), 1, -1):
                first = run.end + after.start("item")
                stands = self._stands_for(after["item"][:length], one.members[-1], one, members)
                if stands and is_whole_words(folded, first, first + length):
                    items = (*items, Item(None, first, first + length))
                    break
        return Run(items)

    def _stands_for(self, item: str, member: str, one: OrderedSet, present: tuple[str, ...]) -> bool:
        """Tell whether an item is a lost member: misspelt, or half of it where all others stand."""
        if member in present or item == member:
            return False
        if self._is_misspelt(item, one, present):
            return True
        complete = len(present) == len(one.members) - 1 >= FEWEST and _in_order(present, one)
        return complete and _is_mostly(item, member)

    def _is_misspelt(self, item: str, one: OrderedSet, present: tuple[str, ...]) -> bool:
        """Tell whether an item is a lost member with one slip in it."""
        for member in one.members:
            if member in present or member == item or len(member) < 2:
                continue
            found = edits(item, member, 1)
            if not found:
                continue
            (edit,) = found
            # Where the others stand around it, an item of four characters need not even sound alike.
            if len(member) >= UNMISTAKABLE or edit.change is not Change.SUBSTITUTED:
                return len(member) > 2
            if self._characters.likeness(edit.written, edit.right) is not None:
                return True
        return False


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits inside longer ones."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _crowds(folded: str, hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """Part hits of which the next cannot belong to the same run, by what follows them and how far it is."""
    first = 0
    for place in range(1, len(hits)):
        end, following = hits[place - 1].end, hits[place].start
        if following > end and (following - end > LONGEST_GAP or folded[end] not in GAP_BEGINNINGS):
            yield hits[first:place]
            first = place
    yield hits[first:]


def _runs(folded: str, hits: Sequence[Hit], mark: str) -> Iterator[Run]:
    items: list[Item] = []
    for hit in hits:
        if items:
            gap = folded[items[-1].end : hit.start]
            foreign = FOREIGN.fullmatch(gap) if mark else None
            if foreign:
                start = items[-1].end + foreign.start("item")
                items.append(Item(None, start, start + len(foreign["item"])))
            elif not (GAP.fullmatch(gap) if mark else gap == ""):
                yield Run(tuple(items))
                items = []
        items.append(Item(hit.form, hit.start, hit.end))
    if items:
        yield Run(tuple(items))


def _is_mostly(item: str, member: str) -> bool:
    """Tell whether an item has two thirds of a member's characters in their places, or one of two."""
    same = sum(a == b for a, b in zip(item, member, strict=False))
    return len(item) == len(member) and (3 * same >= 2 * len(item) or len(item) == 2 * same == 2)


def _mostly_alike(written: tuple[str, ...], members: tuple[str, ...]) -> bool:
    """Tell whether each item is mostly its member."""
    return all(_is_mostly(item, member) for item, member in zip(written, members, strict=True))


def _in_order(members: tuple[str, ...], one: OrderedSet) -> bool:
    places = [one.members.index(member) for member in members]
    return all(a < b for a, b in pairwise(places))


def _is_named(folded: str, one: OrderedSet, run: Run) -> bool:
    around = folded[max(0, run.start - NAME_REACH) : run.end + NAME_REACH]
    return any(name in around for name in one.names)


def _is_inside_longer_list(folded: str, run: Run) -> bool:
    before, after = folded[max(0, run.start - 1) : run.start], folded[run.end : run.end + 1]
    return (before in LIST_MARKS and before != "") or (after in LIST_MARKS and after != "")


def _mended(folded: str, one: OrderedSet, run: Run) -> str:
    last_gap = folded[run.items[-2].end : run.items[-1].start] if len(run.items) > 1 else one.mark
    # Where the text says 和 before the last member, it may go on doing so.
    last_mark = last_gap if last_gap in {"和", "与"} else one.mark
    return one.mark.join(one.members[:-1]) + last_mark + one.members[-1]


def _load(lexicons: Path, sources: Mapping[str, Source]) -> OrderedSets:
    sets = read_ordered_sets(lexicons / "ordered_sets", sources, "FX")
    return OrderedSets(sets, characters_of(lexicons))


DETECTOR = FromLexicons(_load)
