"""The detector of listed forms: the entries of one lexicon folder at work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.context import LINE_REACH, is_quoted, sentence_around
from detectors.kernel.finding import Finding, Source
from detectors.kernel.language.ngrams import SHIPPED, shared
from detectors.kernel.language.preference import Preference
from detectors.kernel.lexicon import Entry, LexiconFolder
from detectors.kernel.spellings import written_forms_of
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

LEAST_GAIN = 1.5
"""The advice must be thirty times likelier than what stands: a tie says nothing."""


class TermList:
    """Finds the listed forms of its entries, save where an entry itself allows them."""

    def __init__(
        self,
        entries: Iterable[Entry],
        plain: Mapping[int, str] | None = None,
        preference: Preference | None = None,
    ) -> None:
        """Take entries whose forms are all different.

        Args:
            entries: of one folder.
            plain: turns traditional characters back into those of the lexicon (see `str.translate`).
            preference: what entries ask that need the language model.
        """
        self._preference = preference
        listed = tuple(entries)
        self._entries = {form: entry for entry in listed for form in entry.forms}
        self._plain = plain or {}
        self.rules = tuple({entry.rule.code: entry.rule for entry in listed}.values())
        self.categories = frozenset(rule.category for rule in self.rules)
        self._exceptions = {exception for entry in listed for exception in entry.exceptions}
        self._spellings = {
            other: form
            for entry in listed
            for other, form in entry.spellings.items()
            if other not in self._entries and other not in self._exceptions
        }
        self._longest_exception = max(map(len, self._exceptions), default=0)

    @property
    def forms(self) -> set[str]:
        """Both the forms that are faults and the longer ones that are lawful."""
        return self._exceptions | set(self._entries) | set(self._spellings)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Make findings of the hits that no allowed span covers and whose context agrees."""
        allowed = [hit for hit in hits if hit.form in self._exceptions]
        ends = [hit.end for hit in allowed]
        for hit in hits:
            form = self._spellings.get(hit.form, hit.form)
            entry = self._entries.get(form)
            if entry is None or _is_inside_latin_word(text.folded, hit):
                continue
            if self._is_allowed(hit, allowed, ends):
                continue
            folded, listed = self._as_listed(text.folded, hit, form)
            if _agrees(entry, folded, listed) and self._is_likelier(entry, folded, listed):
                yield Finding(entry.rule, text.span(hit.start, hit.end), entry.advice(form))

    def _is_likelier(self, entry: Entry, folded: str, hit: Hit) -> bool:
        """Tell whether the advice is likelier than the form, where the entry leaves that to the model."""
        if not entry.needs_model:
            return True
        assert self._preference is not None, "entries that need the model come with it"
        return self._preference.gain(folded, hit.start, hit.end, entry.advice(hit.form)[0]) >= LEAST_GAIN

    def _as_listed(self, folded: str, hit: Hit, form: str) -> tuple[str, Hit]:
        """Show a hit in its surroundings with the form written as it is listed.

        What a form needs around it does not depend on how it is written.
        """
        if hit.form == form:
            return folded, hit
        before = folded[max(0, hit.start - LINE_REACH) : hit.start].translate(self._plain)
        after = folded[hit.end : hit.end + LINE_REACH].translate(self._plain)
        return before + form + after, Hit(len(before), len(before) + len(form), form)

    def _is_allowed(self, hit: Hit, allowed: Sequence[Hit], ends: Sequence[int]) -> bool:
        """Tell whether an allowed span covers a hit; the spans come in the order of their ends."""
        place = bisect_left(ends, hit.end)
        while place < len(ends) and ends[place] <= hit.start + self._longest_exception:
            if allowed[place].start <= hit.start:
                return True
            place += 1
        return False


def _is_inside_latin_word(folded: str, hit: Hit) -> bool:
    """Tell whether a hit takes letters out of a longer Latin word (“bo彩” in “turbo彩色”)."""
    before, after = folded[hit.start - 1 : hit.start], folded[hit.end : hit.end + 1]
    return (_is_latin(before) and _is_latin(hit.form[0])) or (_is_latin(after) and _is_latin(hit.form[-1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


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

    def load(lexicons: Path, sources: Mapping[str, Source]) -> TermList:
        entries = folder.read(lexicons, sources)
        # The model is mapped into memory only where an entry asks for it, and shared with whoever reads it too.
        preference = Preference(shared(SHIPPED)) if any(entry.needs_model for entry in entries) else None
        return TermList(entries, written_forms_of(lexicons).plain, preference)

    return FromLexicons(load)
