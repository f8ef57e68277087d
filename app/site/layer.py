"""The layer that a site lays over the shipped rules: its own faults, what it allows, what it switches.

A layer is a value. A change gives a new one that shares what has not changed, and the service swaps one
reference; so a text is checked against one version from beginning to end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from operator import itemgetter
from typing import Self

from app.site.entry import Kept, Kind, Level, Match, SiteEntry, number_of
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.finding import Finding, Rule, Severity, Span
from detectors.kernel.form_table import FormTable
from detectors.kernel.lexicon import LONGEST_UNBOUND_FORM
from detectors.kernel.overlaid import Overlaid
from detectors.kernel.terms import Hit
from detectors.kernel.text import Text, fold, fold_all

EVERYTHING = ""
"""The scope of an allowance that names none."""
ByPlace = Overlaid[str, Kept]


@dataclass(frozen=True, slots=True, eq=False)
class SiteLayer:
    """All entries in force of one version, ready to be laid over the findings of a text."""

    version: int = 0
    """Number of the last change; 0 where there is no site lexicon."""
    entries: Overlaid[int, Kept] = field(default_factory=Overlaid)
    """By number; no retired ones."""
    _faults: ByPlace = field(default_factory=Overlaid)
    """By the folded form."""
    _allowances: ByPlace = field(default_factory=Overlaid)
    """Likewise."""
    _switches: ByPlace = field(default_factory=Overlaid)
    """By the code of the rule."""
    _table: FormTable = field(default_factory=lambda: FormTable.of(()))

    def changed(self, kept: Iterable[Kept], version: int) -> Self:
        """Give the layer in which these entries stand as they now are; the others stay.

        The work is proportional to the number of changes, not to the number of entries.
        """
        now: dict[int, Kept | None] = {}
        gone: list[Kept] = []
        new: list[Kept] = []
        for one in kept:
            now[one.number] = None if one.retired else one
            gone += [former for former in [self.entries.get(one.number)] if former]
            new += [] if one.retired else [one]
        # First all let go of their places: two entries may exchange their words.
        places: dict[Kind, dict[str, Kept | None]] = {kind: {} for kind in Kind}
        places[Kind.REPLACE] = places[Kind.FORBID]
        for former in gone:
            places[former.entry.kind][_place(former)] = None
        for one in new:
            places[one.entry.kind][_place(one)] = one
        faults = self._faults.changed(places[Kind.FORBID])
        allowances = self._allowances.changed(places[Kind.ALLOW])
        table = self._table.extended(_place(one) for one in new if one.entry.kind is not Kind.SWITCH)
        if table.is_full:
            table = FormTable.of((*faults, *allowances))
        return replace(
            self,
            version=version,
            entries=self.entries.changed(now),
            _faults=faults,
            _allowances=allowances,
            _switches=self._switches.changed(places[Kind.SWITCH]),
            _table=table,
        )

    def holder(self, entry: SiteEntry) -> Kept | None:
        """Find the entry that says something about the same words or the same rule."""
        if entry.kind is Kind.SWITCH:
            return self._switches.get(entry.text)
        return (self._faults if entry.kind.finds else self._allowances).get(fold(entry.text))

    def rule(self, code: str) -> Rule | None:
        """Find the card of one of the site's own rules."""
        kept = self.entries.get(number_of(code) or 0)
        return kept.rule() if kept and kept.entry.kind.finds else None

    def over(self, text: Text, shipped: Iterable[Finding], today: date) -> Iterator[Finding]:
        """Lay the layer over the findings of the shipped rules, and add the site's own.

        Args:
            text: the text that was checked.
            shipped: what the detectors found.
            today: decides which entries have expired.
        """
        hits = list(self._table.hits(text.folded)) if len(self._faults) or len(self._allowances) else []
        allowed = self._allowed(text, hits, today)
        heard: list[Finding] = []
        silenced: list[Span] = []
        for finding, switched in (
            *((one, self._switched(one, today)) for one in shipped),
            *((one, one) for one in self._own(text, hits, today)),
        ):
            if switched is not None and not _is_allowed(switched, allowed):
                heard.append(switched)
            elif not finding.is_guess:
                silenced.append(finding.span)
        # Where the site has silenced what a list says, nobody guesses the same.
        return (
            finding
            for finding in heard
            if not (finding.is_guess and any(finding.span.overlaps(span) for span in silenced))
        )

    def _switched(self, finding: Finding, today: date) -> Finding | None:
        """Give a finding with the severity that the site wants; None if it wants none."""
        kept = self._switches.get(finding.rule.code)
        if kept is None or not kept.entry.counts_on(today):
            return finding
        if kept.entry.level in {None, Level.OFF}:
            return None
        return replace(finding, rule=finding.rule.at_most(Severity(kept.entry.level)))

    def _own(self, text: Text, hits: Iterable[Hit], today: date) -> Iterator[Finding]:
        for hit in hits:
            kept = self._faults.get(hit.form)
            if kept and kept.entry.counts_on(today) and _counts_there(kept, text.folded, hit):
                yield Finding(kept.rule(), text.span(hit.start, hit.end), kept.entry.uses)

    def _allowed(self, text: Text, hits: Iterable[Hit], today: date) -> Mapping[str, _Cover]:
        spans: dict[str, list[Span]] = defaultdict(list)
        for hit in hits:
            kept = self._allowances.get(hit.form)
            if kept and kept.entry.counts_on(today):
                for scope in kept.entry.scope or (EVERYTHING,):
                    spans[scope].append(text.span(hit.start, hit.end))
        return {scope: _Cover.of(covered) for scope, covered in spans.items()}


NO_LAYER = SiteLayer()
"""For a service that keeps no site lexicon."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """Spans of allowed wordings, which may overlap, and which findings they silence."""

    starts: list[int]
    reach: list[int]
    """For each start, the furthest end of the spans that begin there or before."""

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Self:
        ordered = sorted((span.start, span.end) for span in spans)
        return cls([start for start, _ in ordered], list(accumulate(map(itemgetter(1), ordered), max)))

    def silences(self, finding: Finding) -> bool:
        """Tell whether a finding lies in an allowed wording; of what is only guessed, whether it touches one.

        A guess that reaches into an allowed word would break it, and rests on words the model does not know.
        """
        span = finding.span
        if finding.is_guess:
            place = bisect_left(self.starts, span.end)
            return place > 0 and self.reach[place - 1] > span.start
        place = bisect_right(self.starts, span.start)
        return place > 0 and self.reach[place - 1] >= span.end


def _is_allowed(finding: Finding, allowed: Mapping[str, _Cover]) -> bool:
    rule = finding.rule
    return any(
        scope in allowed and allowed[scope].silences(finding)
        for scope in (EVERYTHING, rule.category.value, rule.code)
    )


def _place(kept: Kept) -> str:
    """Say under what an entry is looked up."""
    entry = kept.entry
    return entry.text if entry.kind is Kind.SWITCH else fold(entry.text)


def _counts_there(kept: Kept, folded: str, hit: Hit) -> bool:
    """Tell whether a form is a fault where it stands: not within what is right, not across two words."""
    for use in fold_all(kept.entry.uses):
        offset = use.find(hit.form)
        while offset >= 0:
            if hit.start >= offset and folded.startswith(use, hit.start - offset):
                return False
            offset = use.find(hit.form, offset + 1)
    match = kept.entry.match
    if match is Match.ANYWHERE or (match is Match.AUTO and len(hit.form) > LONGEST_UNBOUND_FORM):
        return True
    return is_whole_words(folded, hit.start, hit.end)
