"""Mutated right forms: `python -m bench.mutations` breaks every formula and set in every way, and looks.

Each form is put into a sentence, whole and broken. Broken ones must be found where they are broken; whole
ones must draw nothing. The seed is fixed, so that two runs break the same places.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from app.engine import Engine
from detectors.kernel.boundaries import word_edges
from detectors.kernel.confusion import Characters, Likeness, characters_of
from detectors.kernel.finding import Rule, Severity
from detectors.kernel.ordered_sets import OrderedSet, read_ordered_sets
from detectors.kernel.right_forms import SOFT_MARKS, VERY_LONG, RightForm, read_formulas
from detectors.kernel.sources import LEXICONS, load_sources

SEED = 20261122
FRAMES = ("会议强调，要认真学习领会{}的有关要求。", "各单位围绕{}开展工作，取得实效。", "{}")
COMMON = "一了人我在有他这上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
"""Characters that fingers add without thinking."""
TODAY = date.today()
COMMON_SOUNDS = 3755
"""The first-level characters of GB/T 2312 come first in the table; input methods offer them first."""


class Broken(NamedTuple):
    """A form with a fault in it."""

    text: str
    start: int
    end: int
    """The places that differ, in the text."""


class Breaker:
    """Breaks forms."""

    def __init__(self, characters: Characters, known: set[str]) -> None:
        """Take the characters that are confused, and the strings that the lexicons call lawful: no mutations."""
        self.characters = characters
        self.known = known
        self.draw = random.Random(SEED)
        rows = (LEXICONS / "characters.txt").read_text(encoding="utf-8").splitlines()
        self.common = frozenset(row[0] for row in rows[2 : COMMON_SOUNDS + 2])
        self.kinds: dict[str, Callable[[str], Broken | None]] = {
            "same sound": lambda form: self._substituted(form, Likeness.SOUND),
            "near sound": lambda form: self._substituted(form, Likeness.NEAR_SOUND),
            "same shape": lambda form: self._substituted(form, Likeness.SHAPE),
            "missing": self._missing,
            "doubled": self._doubled,
            "added": self._added,
            "swapped": self._swapped,
            "same sound, blank inserted": lambda form: self._parted(form, " "),
            "same sound, mark inserted": lambda form: self._parted(form, "，"),
            "mark inside a word": self._marked,
            "two changes": lambda form: self._several(form, 2, VERY_LONG - 4),
            "three changes": lambda form: self._several(form, 3, VERY_LONG),
        }

    def _letters(self, form: str) -> list[int]:
        return [place for place, char in enumerate(form) if char not in SOFT_MARKS]

    def _inner(self, form: str) -> list[int]:
        return self._letters(form)[1:-1]

    def _substituted(self, form: str, likeness: Likeness) -> Broken | None:
        places = self._letters(form)
        self.draw.shuffle(places)
        for place in places:
            alike = [
                other
                for other in self.characters.confusable_with(form[place])
                if other in self.common and self.characters.likeness(other, form[place]) is likeness
            ]
            if alike:
                return Broken(form[:place] + self.draw.choice(alike) + form[place + 1 :], place, place + 1)
        return None

    def _missing(self, form: str) -> Broken | None:
        place = self.draw.choice(self._inner(form))
        return Broken(form[:place] + form[place + 1 :], place - 1, place + 1)

    def _doubled(self, form: str) -> Broken | None:
        place = self.draw.choice(self._letters(form))
        return Broken(form[:place] + form[place] + form[place:], place, place + 2)

    def _added(self, form: str) -> Broken | None:
        place = self.draw.choice(self._inner(form))
        return Broken(form[:place] + self.draw.choice(COMMON) + form[place:], place, place + 1)

    def _swapped(self, form: str) -> Broken | None:
        places = [
            place
            for place in self._letters(form)[:-1]
            if form[place + 1] not in SOFT_MARKS and form[place] != form[place + 1]
        ]
        if not places:
            return None
        place = self.draw.choice(places)
        return Broken(form[:place] + form[place + 1] + form[place] + form[place + 2 :], place, place + 2)

    def _parted(self, form: str, mark: str) -> Broken | None:
        broken = self._substituted(form, Likeness.SOUND)
        if broken is None:
            return None
        place = self.draw.randrange(1, len(broken.text))
        moved = place <= broken.start
        text = broken.text[:place] + mark + broken.text[place:]
        return Broken(text, broken.start + moved, broken.end + moved)

    def _marked(self, form: str) -> Broken | None:
        if any(char in SOFT_MARKS for char in form) or len(form) < 6:
            return None
        edges = word_edges(form)
        places = [place for place in range(1, len(form)) if place not in edges]
        if not places:
            return None
        place = self.draw.choice(places)
        return Broken(form[:place] + "，" + form[place:], place - 1, place + 2)

    def _several(self, form: str, number: int, from_length: int) -> Broken | None:
        if len(self._letters(form)) < from_length:
            return None
        text = form
        for _ in range(number):
            broken = self._substituted(text, Likeness.SOUND)
            if broken is not None:
                text = broken.text
        changed = [place for place, (old, new) in enumerate(zip(form, text, strict=True)) if old != new]
        return Broken(text, changed[0], changed[-1] + 1) if len(changed) == number else None


def broken_sets(one: OrderedSet) -> Iterator[tuple[str, Broken]]:
    """Lose one member, exchange two."""
    members = list(one.members)
    if len(members) > one.complete_from:
        for lost in range(1, len(members) - 1):
            text = one.mark.join(members[:lost] + members[lost + 1 :])
            yield "member lost", Broken(text, 0, len(text))
    if len(members) >= one.complete_from:
        for place in range(len(members) - 1):
            turned = members[:]
            turned[place : place + 2] = turned[place + 1], turned[place]
            text = one.mark.join(turned)
            yield "members exchanged", Broken(text, 0, len(text))


def alarmed(engine: Engine, rule: Rule, frame: str, broken: Broken) -> bool:
    """Tell whether an error or a warning covers a place that differs."""
    offset = frame.index("{")
    day = rule.valid_to if rule.valid_to and not rule.in_force(TODAY) else TODAY
    findings = engine.check(frame.format(broken.text), published_on=day).findings
    return any(
        finding.rule.severity is not Severity.INFO
        and finding.span.start < offset + broken.end
        and offset + broken.start < finding.span.end
        for finding in findings
    )


def main() -> None:
    """Break everything and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="show so many that were missed, of each kind")
    options = parser.parse_args()
    engine = Engine.load()
    sources = load_sources(LEXICONS)
    formulas = read_formulas(LEXICONS / "formulas", sources, "FX")
    sets = read_ordered_sets(LEXICONS / "ordered_sets", sources, "FX")
    lawful = {form.form for form in formulas.forms} | formulas.allowed
    breaker = Breaker(characters_of(LEXICONS), lawful)

    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    for kind, rule, broken in _all_broken(breaker, formulas.forms, sets):
        tried[kind] += 1
        frame = FRAMES[tried[kind] % len(FRAMES)]
        if alarmed(engine, rule, frame, broken):
            found[kind] += 1
        else:
            missed.setdefault(kind, []).append(f"{rule.code} {broken.text}")
    whole = [(form.rule, form.form) for form in formulas.forms]
    whole += [(one.rule, one.mark.join(one.members)) for one in sets]
    false = [
        f"{rule.code} {text}"
        for number, (rule, text) in enumerate(whole)
        if alarmed(engine, rule, _frame_of(text, number), Broken(text, 0, len(text)))
    ]

    for kind, number in tried.items():
        print(f"{kind:<28}{number:>6}  found {100 * found[kind] / number:6.1f}%")
        for text in missed.get(kind, [])[: options.show]:
            print(f"      {text}")
    print(f"{'all':<28}{tried.total():>6}  found {100 * found.total() / tried.total():6.1f}%")
    print(f"{'whole, alarmed':<28}{len(whole):>6}  {len(false)}")
    for text in false[: options.show]:
        print(f"      {text}")


def _frame_of(text: str, number: int) -> str:
    """Choose a sentence for a form; 奋斗出来的 in front of 的有关要求 would be an error of the sentence."""
    turned = (FRAMES[(number + turn) % len(FRAMES)] for turn in range(len(FRAMES)))
    return next(frame for frame in turned if f"{{}}{text[-1]}" not in frame)


def _all_broken(
    breaker: Breaker, forms: tuple[RightForm, ...], sets: tuple[OrderedSet, ...]
) -> Iterator[tuple[str, Rule, Broken]]:
    for form in forms:
        for kind, mutate in breaker.kinds.items():
            broken = mutate(form.form)
            if broken is not None and broken.text not in breaker.known:
                yield kind, form.rule, broken
    for one in sets:
        for kind, broken in broken_sets(one):
            yield kind, one.rule, broken


if __name__ == "__main__":
    main()
