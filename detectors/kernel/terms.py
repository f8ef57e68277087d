"""One automaton for the forms of all detectors: every text is read once, whatever the number of lexicons.

Forms are wrong wordings, wrong variants, and pieces of right ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from detectors.kernel.automaton import Match, search_for
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.text import Text

PIECE = 1 << 14
"""Code points searched at a stretch. The search holds the interpreter lock; between two pieces others run."""


class Hit(NamedTuple):
    """An occurrence of a listed form, in code points of the folded text."""

    start: int
    end: int
    form: str


HIT_OF: Callable[[tuple[int, int, str]], Hit] = partial(tuple.__new__, Hit)
"""Makes a hit in a third of the time that `Hit(…)` takes; there are a hundred in a page."""


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
        self._forms = tuple(owners)
        # The same few combinations again and again: one tuple for each stays near the processor, 180,000 do not.
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._owners = tuple(shared.setdefault(own, own) for own in map(tuple, owners.values()))
        self._longest = max(map(len, owners), default=0)
        self._find = search_for(self._forms)

    def scan(self, text: Text) -> Mapping[int, list[Hit]]:
        """Find all occurrences of all forms, by the number of the detector that owns the form.

        The hits of each detector come in the order of their ends, of equal ends the longest first.
        """
        forms, owners = self._forms, self._owners
        hits: dict[int, list[Hit]] = defaultdict(list)
        for start, end, form in self._search(text.folded):
            hit = HIT_OF((start, end, forms[form]))
            for number in owners[form]:
                hits[number].append(hit)
        return hits

    def _search(self, folded: str) -> Sequence[Match]:
        """List the occurrences of forms."""
        return self._find(folded) if len(folded) <= PIECE else list(self._search_by_pieces(folded))

    def _search_by_pieces(self, folded: str) -> Iterator[Match]:
        for first in range(0, len(folded), PIECE):
            # Forms may begin in the piece before; those that end there have been found.
            offset = max(0, first - self._longest + 1)
            piece = folded[offset : first + PIECE]
            for start, end, form in self._find(piece):
                if offset + end > first:
                    yield offset + start, offset + end, form
