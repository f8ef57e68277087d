"""One automaton for the forms of all detectors: every text is read once, whatever the number of lexicons.

Forms are wrong wordings, wrong variants, and pieces of right ones.

pyahocorasick searches the children of a node one by one, which is slow for wide alphabets. It is
given UTF-8 read as Latin-1, which has at most 256 children a node and finds the same hits many
times faster. UTF-8 is self-synchronising: no hit begins or ends inside a character.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import ahocorasick
import numpy as np

from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.text import Text

PIECE = 1 << 15
"""Bytes searched at a stretch. The search holds the interpreter lock; between two pieces others run."""
MANY = 16
"""Hits from which on counting all characters at once is quicker than the stretches between hits."""


class Hit(NamedTuple):
    """An occurrence of a listed form, in code points of the folded text."""

    start: int
    end: int
    form: str


class TermDetector(Protocol):
    """A detector that judges occurrences of listed forms instead of reading the text itself."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules whose faults it finds."""

    @property
    def categories(self) -> Collection[Category]:
        """The categories of its rules."""

    @property
    def forms(self) -> Iterable[str]:
        """The folded forms it wants to hear of."""

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterable[Finding]:
        """Make findings of the hits that are faults."""


@dataclass(frozen=True, slots=True)
class FromLexicons:
    """What a detector file exports whose forms lie in lexicon files: how to load it."""

    load: Callable[[Path, Mapping[str, Source]], TermDetector]
    """Takes the lexicon folder and its sources; raises LexiconError, in Chinese, if a file is not right."""


class Terms:
    """The forms of several detectors in one automaton."""

    def __init__(self, detectors: Sequence[TermDetector]) -> None:
        """Build the automaton; takes about a second for 100,000 forms."""
        self.detectors = tuple(detectors)
        owners: dict[str, list[int]] = defaultdict(list)
        for number, detector in enumerate(self.detectors):
            for form in detector.forms:
                owners[form].append(number)
        self._automaton = ahocorasick.Automaton()
        for form, numbers in owners.items():
            self._automaton.add_word(_bytes_view(form), (form, len(form), tuple(numbers)))
        self._automaton.make_automaton()

    def scan(self, text: Text) -> Mapping[int, list[Hit]]:
        """Find all occurrences of all forms, by the number of the detector that owns the form."""
        hits: dict[int, list[Hit]] = defaultdict(list)
        if not len(self._automaton):
            return hits
        octets = text.folded.encode("utf-8", "surrogatepass")
        found = self._search(octets.decode("latin-1"))
        for end, (_, (form, length, numbers)) in zip(_ends(octets, found), found, strict=True):
            hit = Hit(end - length, end, form)
            for number in numbers:
                hits[number].append(hit)
        return hits

    def _search(self, view: str) -> list[tuple[int, tuple[str, int, tuple[int, ...]]]]:
        found: list[tuple[int, tuple[str, int, tuple[int, ...]]]] = []
        search = self._automaton.iter("")
        for first in range(0, len(view), PIECE):
            # The search keeps its state from piece to piece, so that no hit is lost at a cut.
            search.set(view[first : first + PIECE], False)
            found.extend(search)
        return found


def _ends(octets: bytes, found: Sequence[tuple[int, object]]) -> list[int]:
    """Turn the last octet of each hit into its end in code points; hits come in the order of their ends."""
    if len(found) > MANY:
        counted = np.cumsum((np.frombuffer(octets, np.uint8) & 0xC0) != 0x80)
        ends: list[int] = counted[[last for last, _ in found]].tolist()
        return ends
    ends, last = [], 0
    for octet, _ in found:
        stretch = octets[last : octet + 1].decode("utf-8", "surrogatepass")
        ends.append((ends[-1] if ends else 0) + len(stretch))
        last = octet + 1
    return ends


def _bytes_view(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("latin-1")
