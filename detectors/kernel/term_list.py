"""The detector of listed forms: the entries of one lexicon folder at work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.context import is_quoted, sentence_around
from detectors.kernel.finding import Finding
from detectors.kernel.lexicon import Entry, LexiconFolder
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text


class TermList:
    """Finds the listed forms of its entries, save where an entry itself allows them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries whose forms are all different."""
        self._entries = {form: entry for entry in entries for form in entry.forms}
        unique = {entry.rule.code: entry.rule for entry in self._entries.values()}
        self.rules = tuple(unique.values())
        self.categories = frozenset(rule.category for rule in self.rules)
        self._exceptions = {exception for entry in self._entries.values() for exception in entry.exceptions}

        self._longest_exception = max(map(len, self._exceptions), default=0)

    @property
    def forms(self) -> set[str]:
        """Both the forms that are faults and the longer ones that are lawful."""
        return self._exceptions | set(self._entries)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Make findings of the hits that no allowed span covers and whose context agrees."""
        allowed = [hit for hit in hits if hit.form in self._exceptions]
        ends = [hit.end for hit in allowed]
        for hit in hits:
            entry = self._entries.get(hit.form)
            if entry is None or self._is_allowed(hit, allowed, ends):
                continue
            if _agrees(entry, text.folded, hit):
                yield Finding(entry.rule, text.span(hit.start, hit.end), entry.rule.uses)

    def _is_allowed(self, hit: Hit, allowed: Sequence[Hit], ends: Sequence[int]) -> bool:
        """Tell whether an allowed span covers a hit; the spans come in the order of their ends."""
        place = bisect_left(ends, hit.end)
        while place < len(ends) and ends[place] <= hit.start + self._longest_exception:
            if allowed[place].start <= hit.start:
                return True
            place += 1
        return False


def _agrees(entry: Entry, folded: str, hit: Hit) -> bool:
    if entry.quote_ok and is_quoted(folded, hit.start, hit.end):
        return False
    if entry.near or entry.not_near:
        sentence = sentence_around(folded, hit.start, hit.end)
        if entry.near and not any(word in sentence for word in entry.near):
            return False
        if any(word in sentence for word in entry.not_near):
            return False
    return not entry.needs_boundary(hit.form) or is_whole_words(folded, hit.start, hit.end)


def listed_in(folder: LexiconFolder) -> FromLexicons:
    """Declare a lexicon folder whose entries list the forms that are wrong."""
    return FromLexicons(lambda lexicons, sources: TermList(folder.read(lexicons, sources)))
