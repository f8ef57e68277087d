"""Ordered sets with a member lost, exchanged or misspelt.

A run is members of one set that follow one another, parted by marks only, with at most one foreign
item between two of them. A run that names fewer members than claim the whole is a lawful partial use,
and a run inside a longer list is another list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import regex

from detectors.kernel.alignment import Change, edits
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.definitions import NAME_REACH, Definition
from detectors.kernel.finding import Category, Finding, Severity, Source
from detectors.kernel.ordered_sets import OrderedSet, read_ordered_sets, sets_of_formulas
from detectors.kernel.right_forms import read_formulas
from detectors.kernel.runs import GAP_BEGINNINGS, Item, Run, crowds_of, longest_of, runs_of
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

FEWEST_IN_A_RUN = 2
LAST_ITEM = regex.compile(r"(?P<item>[^、，,。！？；：“”‘’《》\s和与及]{1,9})[、，,“”‘’ ]{1,3}$", regex.ASCII)
FIRST_ITEM = regex.compile(
    r"^[、，,“”‘’ ]{1,3}(?:[和与及])?(?P<item>[^、，,。！？；：“”‘’《》\s]{1,9})", regex.ASCII
)
LIST_MARKS, COMMA = "、", "，"
UNMISTAKABLE = 4
"""Characters of a member."""
REACH = 12
FEWEST = 3
"""Members in their places beside which a foreign one can only be a slip, or that can only stand in their order."""


class OrderedSets:
    """Finds faulty runs of the members of its sets."""

    def __init__(self, sets: Sequence[OrderedSet], characters: Characters) -> None:
        """Take the sets."""
        self.rules = tuple({one.rule.code: one.rule for one in sets}.values())
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
        for number, own in self._by_set(text.folded, hits).items():
            one = self._sets[number]
            fewest, most = one.complete_from - 1, 2 * len(one.members)
            if len(own) < (FEWEST_IN_A_RUN if one.is_unbroken else fewest):
                continue
            for crowd in crowds_of(text.folded, longest_of(own)):
                # Nearly all members stand alone: those need no expression.
                if len(crowd) == 1 and fewest >= FEWEST_IN_A_RUN:
                    continue
                for run in runs_of(text.folded, crowd, one.mark):
                    if one.is_unbroken and (broken := _broken(text, one, run)):
                        yield broken
                    elif fewest <= len(run.items) <= most:
                        whole = self._with_exchanged_end(text.folded, number, run)
                        yield from self._judge_run(text, one, whole)

    def _by_set(self, folded: str, hits: Sequence[Hit]) -> Mapping[int, list[Hit]]:
        """Give the members of each set of which a run may have begun."""
        owners = self._owners
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
        return by_set

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
        if one.is_part_of_formula and not _keeps_both_ends(written, one):
            return
        strong = named or bool(run.foreign and misspelt) or present == set(one.members)
        strong = strong and not one.is_part_of_formula
        rule = one.rule if strong else one.rule.at_most(Severity.WARNING)
        yield Finding(
            rule, text.span(run.start, run.end), (_mended(folded, one, run, one.members),), inferred=True
        )

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


def _keeps_both_ends(written: tuple[str, ...], one: OrderedSet) -> bool:
    """Tell whether a run begins and ends as a formula does, with nothing lost beside another item and no part only shortened."""
    first, *inner, last = written
    if (first, last) != (one.members[0], one.members[-1]):
        return False
    foreign = set(inner).difference(one.members)
    shortened = any(item in member or member in item for item in foreign for member in one.members)
    return not shortened and not (foreign and len(written) != len(one.members))


def _broken(text: Text, one: OrderedSet, run: Run) -> Finding | None:
    """Judge a few members of a set: two of them exchanged, or one left out between so many as nearly claim the whole."""
    places = [one.members.index(member) for member in run.members]
    if run.foreign or len(places) >= one.complete_from or COMMA in text.folded[run.start : run.end]:
        return None
    meant = one.members[min(places) : max(places) + 1]
    exchanged, many = places != sorted(places), len(places) >= FEWEST
    if not exchanged and (len(places) < one.complete_from - 1 or len(meant) == len(places)):
        return None
    rule = one.rule if exchanged and many else one.rule.at_most(Severity.WARNING)
    mended = meant if many else [one.members[place] for place in sorted(places)]
    span = text.span(run.start, run.end)
    return Finding(rule, span, (_mended(text.folded, one, run, mended),), inferred=True)


def _is_named(folded: str, one: OrderedSet, run: Run) -> bool:
    around = folded[max(0, run.start - NAME_REACH) : run.end + NAME_REACH]
    return any(name in around for name in one.names)


def _is_inside_longer_list(folded: str, run: Run) -> bool:
    before, after = folded[max(0, run.start - 1) : run.start], folded[run.end : run.end + 1]
    return (before in LIST_MARKS and before != "") or (after in LIST_MARKS and after != "")


def _mended(folded: str, one: OrderedSet, run: Run, members: Sequence[str]) -> str:
    last_gap = folded[run.items[-2].end : run.items[-1].start] if len(run.items) > 1 else one.mark
    # Where the text says 和 before the last member, it may go on doing so.
    last_mark = last_gap if last_gap in {"和", "与"} else one.mark
    return one.mark.join(members[:-1]) + last_mark + members[-1]


def _load(lexicons: Path, sources: Mapping[str, Source]) -> OrderedSets:
    sets = read_ordered_sets(lexicons / "ordered_sets", sources, "FX")
    formulas = read_formulas(lexicons / "formulas", sources, "FX")
    return OrderedSets((*sets, *sets_of_formulas(formulas)), characters_of(lexicons))


DETECTOR = FromLexicons(_load)
