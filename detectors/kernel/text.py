"""A text in two coordinate systems: as submitted, and as the detectors read it.

Editors paste text out of PDF, Word and chat windows. The detectors read a folded twin in which
full-width letters and digits are narrow, invisible characters are gone, and blanks inside Chinese
words and before Chinese units are skipped (“联 系 人”, “2024 年”). Nothing else in the project
knows that there are two; a span always points into the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from detectors.kernel.columns import Tables
from detectors.kernel.finding import Span

CODE_POINTS = 0x110000
PLAIN, WIDE, DIGIT, BLANK, INVISIBLE = range(5)
TELLING = 8
"""Added to the kind of the characters that the skeleton keeps."""
TELLING_CHARACTERS = (
    '，。、；：？！“”‘’（）《》〈〉〔〕﹝﹞【】「」『』—…～．－,.;:?!"()[]-~\n'
    "0123456789０１２３４５６７８９〇○零一二三四五六七八九十两百千万亿％%￥¥×XxＸｘ"
    "–年月日号星周礼附件第至近约超余多左突不填和以及等"
)

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

NUMBER = regex.compile(r"[0-9][0-9Xx*×●•#_ ()（）+-]{5,}", regex.ASCII)
"""Anything long enough to be a number of a person: no telephone has fewer than seven places."""
UNFOLDED = regex.compile(r"[\u4e00-\u9fff0-9A-Za-z，。、；：（）“”《》]+", regex.ASCII)
NUMBER_MARGIN = 8
"""Code points shown on either side of a number: letters and signs that belong to it."""


def _ranges(*bounds: tuple[int, int]) -> list[int]:
    return [code for first, last in bounds for code in range(first, last + 1)]


def _kinds() -> npt.NDArray[np.uint8]:
    kinds = np.full(CODE_POINTS, PLAIN, np.uint8)
    # CJK radicals to Hangul, ideographs, compatibility ideographs and forms, all planes of ideographs.
    for first, last in (
        (0x2E80, 0xA4CF),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),
        (0x20000, 0x3FFFF),
    ):
        kinds[first : last + 1] = WIDE
    # Marks that Chinese shares with other scripts: · — ‘ ’ “ ” …
    kinds[[0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026]] = WIDE
    kinds[_ranges((0x30, 0x39), (0xFF10, 0xFF19))] = DIGIT
    # Full-width Latin letters stand for Latin letters.
    kinds[_ranges((0xFF21, 0xFF3A), (0xFF41, 0xFF5A))] = PLAIN
    # Tab is no blank: it parts the cells of a table.
    kinds[[0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)]] = BLANK
    kinds[[0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF]] = INVISIBLE
    kinds[_ranges((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069))] = INVISIBLE
    kinds[_ranges((0xFE00, 0xFE0F), (0xE0001, 0xE007F), (0xE0100, 0xE01EF))] = INVISIBLE
    kinds[[ord(char) for char in TELLING_CHARACTERS]] += TELLING
    return kinds


def _narrow() -> Codes:
    narrow = np.arange(CODE_POINTS, dtype=np.uint32)
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)):
        narrow[first : last + 1] -= 0xFEE0
    # The signs that are written inside numbers, addresses and masks; Chinese marks stay wide.
    for sign in "＊＋－．＠＿":
        narrow[ord(sign)] -= 0xFEE0
    narrow[KINDS == BLANK] = ord(" ")
    return narrow


KINDS = _kinds()
NARROW = _narrow()


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


class Skeleton:
    """What first looks read, made when it is first asked for: a search for personal data alone may not ask."""

    __slots__ = ("_codes", "_kinds", "_made")

    def __init__(self, codes: Codes, kinds: npt.NDArray[np.uint8]) -> None:
        """Take the folded twin and the kinds of its characters."""
        self._codes = codes
        self._kinds = kinds
        self._made: str | None = None

    @property
    def text(self) -> str:
        """The skeleton."""
        if self._made is None:
            telling = self._kinds >= TELLING
            kept = telling.copy()
            kept[:1] = True
            kept[1:] |= telling[:-1]
            self._made = _decode(self._codes.compress(kept))
        return self._made


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text, its folded twin, and the way back from one to the other."""

    original: str = field(repr=False)
    folded: str = field(repr=False)
    origins: Sequence[int] | npt.NDArray[np.intp] = field(repr=False)
    """For each code point of the folded twin, its place in the original."""
    number_zones: tuple[tuple[int, int], ...] = field(repr=False)
    """Ranges of the folded twin outside of which no long number stands; they do not overlap."""
    _skeleton: Skeleton = field(repr=False)
    tables: Tables = field(repr=False)
    """The tables of the folded twin."""

    links: tuple[Link, ...] = field(repr=False, default=())
    """Known only of HTML; whoever read the page passes them on."""

    @classmethod
    def of(cls, original: str, links: Iterable[Link] = ()) -> Text:
        """Fold a text. Lone surrogates are let through as they are."""
        codes = np.frombuffer(original.encode("utf-32-le", "surrogatepass"), np.uint32)
        # take() is twice as quick as brackets here.
        kinds = KINDS.take(codes)
        narrow = NARROW.take(codes)
        dropped = np.flatnonzero(kinds == INVISIBLE)
        blanks = np.flatnonzero(kinds == BLANK)
        if len(blanks):
            dropped = np.concatenate((dropped, _skippable(kinds, blanks)))
        if not len(dropped):
            unchanged = bool((narrow == codes).all())
            folded = original if unchanged else _decode(narrow)
            skeleton = Skeleton(narrow, kinds)
            places = range(len(original))
            zones = _number_zones(folded)
            return cls(original, folded, places, zones, skeleton, Tables(folded), tuple(links))
        kept = np.delete(np.arange(len(codes)), dropped)
        narrow, kinds = narrow.take(kept), kinds.take(kept)
        folded = _decode(narrow)
        skeleton = Skeleton(narrow, kinds)
        return cls(original, folded, kept, _number_zones(folded), skeleton, Tables(folded), tuple(links))

    @property
    def skeleton(self) -> str:
        """The folded twin with every run of characters that tell nothing cut down to its first: a third to look at."""
        return self._skeleton.text

    def span(self, start: int, end: int) -> Span:
        """Translate a range of the folded twin to a span of the original."""
        return Span(int(self.origins[start]), int(self.origins[end - 1]) + 1)


def _number_zones(folded: str) -> tuple[tuple[int, int], ...]:
    zones: list[tuple[int, int]] = []
    for match in NUMBER.finditer(folded):
        first = max(0, match.start() - NUMBER_MARGIN)
        if zones and first <= zones[-1][1]:
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
