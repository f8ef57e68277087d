"""A text in two coordinate systems: as submitted, and as the detectors read it.

Editors paste text out of PDF, Word and chat windows. The detectors read a folded twin in which
full-width letters and digits are narrow, invisible characters are gone, and blanks inside Chinese
words and before Chinese units are skipped (“联 系 人”, “2024 年”). Nothing else in the project
knows that there are two; a span always points into the original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from detectors.kernel.code_points import (
    BLANK,
    DIGIT,
    INVISIBLE,
    KINDS,
    NARROW,
    TELLING,
    WIDE,
    Codes,
    Places,
    codes_of,
)
from detectors.kernel.columns import Tables
from detectors.kernel.finding import Span
from detectors.kernel.glance import Glance

NUMBER = regex.compile(r"[0-9][0-9Xx*×●•#_ ()（）+-]{5,}", regex.ASCII)
"""Anything long enough to be a number of a person: no telephone has fewer than seven places."""
UNFOLDED = regex.compile(r"[\u4e00-\u9fff0-9A-Za-z，。、；：（）“”《》]+", regex.ASCII)
NUMBER_MARGIN = 8
"""Code points shown on either side of a number: letters and signs that belong to it."""

NUMBER_GAP = 40
"""Code points between two numbers that are sooner read than leapt over: a list is one zone."""


def _skippable(kinds: npt.NDArray[np.uint8], blanks: Places) -> Places:
    """Of the blanks, those that stand inside a Chinese word or between a number and its unit.

    Blanks between Latin words, and between two digits, are kept: there they part or group.
    """
    visible = np.flatnonzero((kinds != BLANK) & (kinds != INVISIBLE))
    after = np.searchsorted(visible, blanks)
    inside = (after > 0) & (after < len(visible))
    blanks, after = blanks[inside], after[inside]
    left, right = kinds[visible[after - 1]] % TELLING, kinds[visible[after]] % TELLING
    both_wide = (left == WIDE) & (right == WIDE)
    beside_number = ((left == DIGIT) & (right == WIDE)) | ((left == WIDE) & (right == DIGIT))
    skippable: Places = blanks[both_wide | beside_number]
    return skippable


class Link(NamedTuple):
    """A link of the page that the text was read from."""

    span: Span
    """What is shown for it, in the original; of a link that shows nothing, the character before it."""
    address: str


class Twin:
    """The folded twin of a text, and the way back."""

    __slots__ = ("_codes", "_kinds", "folded", "origins")

    def __init__(self, original: str, codes: Codes) -> None:
        """Fold a text, given with its code points."""
        # take() is twice as quick as brackets here.
        kinds = KINDS.take(codes)
        narrow = NARROW.take(codes)
        dropped = np.flatnonzero(kinds == INVISIBLE)
        blanks = np.flatnonzero(kinds == BLANK)
        self.origins: Sequence[int] | Places = range(len(original))
        if len(blanks):
            dropped = np.concatenate((dropped, _skippable(kinds, blanks)))
        if len(dropped):
            self.origins = kept = np.delete(np.arange(len(codes)), dropped)
            narrow, kinds = narrow.take(kept), kinds.take(kept)
            self.folded = _decode(narrow)
        else:
            self.folded = original if bool((narrow == codes).all()) else _decode(narrow)
        self._codes = narrow
        self._kinds = kinds

    def skeleton(self) -> str:
        """Leave of every run of characters that tell nothing the first only."""
        telling = self._kinds >= TELLING
        kept = telling.copy()
        kept[:1] = True
        kept[1:] |= telling[:-1]
        return _decode(self._codes.compress(kept))


@dataclass(frozen=True, eq=False)
class Text:
    """A text, its folded twin, and the way back from one to the other; all made when first asked for."""

    original: str = field(repr=False)
    links: tuple[Link, ...] = field(repr=False, default=())
    """Known only of HTML; whoever read the page passes them on."""
    tables_of: Callable[[str], Tables] = field(repr=False, default=Tables)
    """Finds the tables of the folded twin; of a piece of a longer text, whoever cut it knows those that begin elsewhere."""

    @classmethod
    def of(cls, original: str, links: Iterable[Link] = ()) -> Text:
        """Take a text. Half a surrogate pair is folded to U+FFFD."""
        return cls(original, tuple(links))

    @cached_property
    def glance(self) -> Glance:
        """What can be seen without folding."""
        return Glance(self.original)

    @cached_property
    def folded(self) -> str:
        """The folded twin."""
        return self._twin.folded

    @cached_property
    def origins(self) -> Sequence[int] | Places:
        """For each code point of the folded twin, its place in the original."""
        return self._twin.origins

    @cached_property
    def skeleton(self) -> str:
        """The folded twin with every run of characters that tell nothing cut down to its first: a third to look at."""
        return self._twin.skeleton()

    @cached_property
    def number_zones(self) -> tuple[tuple[int, int], ...]:
        """Ranges of the folded twin outside of which no long number stands; they do not overlap."""
        return _number_zones(self.folded) if self.glance.has_long_number else ()

    @cached_property
    def tables(self) -> Tables:
        """The tables of the folded twin."""
        return self.tables_of(self.folded)

    @cached_property
    def _twin(self) -> Twin:
        return Twin(self.original, codes_of(self.original))

    def span(self, start: int, end: int) -> Span:
        """Translate a range of the folded twin to a span of the original."""
        return Span(int(self.origins[start]), int(self.origins[end - 1]) + 1)


def _number_zones(folded: str) -> tuple[tuple[int, int], ...]:
    zones: list[tuple[int, int]] = []
    for match in NUMBER.finditer(folded):
        first = max(0, match.start() - NUMBER_MARGIN)
        if zones and first <= zones[-1][1] + NUMBER_GAP:
            first = zones.pop()[0]
        zones.append((first, match.end() + NUMBER_MARGIN))
    return tuple(zones)


def _decode(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold(form: str) -> str:
    """Fold a lexicon form the way texts are folded, so that the two can meet."""
    # Nearly every form is of such characters alone, which folding leaves as they are.
    return form if UNFOLDED.fullmatch(form) else Text.of(form).folded


def fold_all(forms: Iterable[str]) -> tuple[str, ...]:
    """Fold several forms."""
    return tuple(fold(form) for form in forms)
