"""What can be done with the site lexicon, by whatever door: judged first, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.engine import Engine, Report
from app.live_layer import LiveLayer
from app.site.acceptance import Fault, RefusedError, accepted, require_author
from app.site.entry import Kept, SiteEntry
from app.site.layer import SiteLayer
from app.store.database import Database
from app.store.entry_store import EntryStore
from app.store.history import History
from app.store.records import Change, Item
from app.store.writing import ClashError, Standing, Step
from detectors.kernel.finding import Category, Severity

FIRST_TRIAL = 900_000_000
"""Entries that are only tried are numbered from here: no site has so many."""
PERSONAL = Fault("text", "含有个人信息；词库会导出、会显示，不能存个人信息")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do to one text: reports that hold the differences only."""

    appearing: Report
    disappearing: Report


class SiteLexicon:
    """The site lexicon of one service."""

    def __init__(self, engine: Engine, database: Database) -> None:
        """Keep entries about the rules of an engine in a database."""
        self.engine = engine
        self.store = EntryStore(database)
        self.history = History(database)
        self.live = LiveLayer(self.store)

    def add(self, entry: SiteEntry, author: str) -> Kept:
        """Add an entry.

        Raises:
            RefusedError, ClashError, DatabaseError: see there.
        """
        return self.store.add(self._judged(entry, author), author)

    def change(self, number: int, entry: SiteEntry, author: str, seen: int) -> Kept:
        """Change an entry whose last change is the one that was seen.

        Raises:
            RefusedError, UnknownError, StaleError, ClashError, DatabaseError: see there.
        """
        return self.store.change(number, self._judged(entry, author), author, seen)

    def retire(self, number: int, author: str, seen: int) -> Kept:
        """Retire an entry whose last change is the one that was seen.

        Raises:
            RefusedError, UnknownError, StaleError, DatabaseError: see there.
        """
        require_author(author)
        return self.store.retire(number, author, seen)

    def undo(self, number: int, author: str) -> Change:
        """Undo a change.

        Raises:
            RefusedError, UnknownError, ClashError, DatabaseError: see there.
        """
        require_author(author)
        return self.store.undo(number, author)

    def rewrite(
        self, plan: Callable[[Standing], Iterable[Step]], author: str, seen: int | None
    ) -> Change | None:
        """Change many entries at once; whoever plans has had them judged.

        Raises:
            RefusedError, StaleError, ClashError, DatabaseError: see there.
        """
        require_author(author)
        return self.store.rewrite(plan, author, seen)

    def judged(self, entry: SiteEntry) -> SiteEntry:
        """Give an entry with its defaults, if it can be kept.

        Raises:
            RefusedError: it cannot.
        """
        entry = accepted(entry, self.engine.rules)
        if self.holds_personal_data("\n".join((entry.text, *entry.uses, entry.reason, entry.unit))):
            raise RefusedError([PERSONAL])
        return entry

    def holds_personal_data(self, text: str) -> bool:
        """Tell whether a text leaks personal data."""
        report = self.engine.check(text, categories={Category.PRIVACY})
        return any(finding.rule.severity is not Severity.INFO for finding in report.findings)

    def as_added(self, place: int, entry: SiteEntry) -> Kept:
        """Give an entry as it would be if it were added; `place` tells several of them apart.

        Raises:
            RefusedError, ClashError: it could not be added.
        """
        entry = self.judged(entry)
        if holder := self.live.refresh().holder(entry):
            raise ClashError(f"{holder.id} 已有同样的词语或规则，请改那一条")
        return Kept(FIRST_TRIAL + place, entry, 0, date.today().isoformat(), "")

    def as_changed(self, number: int, entry: SiteEntry) -> Kept:
        """Give an entry as it would be after a change.

        Raises:
            RefusedError, UnknownError, DatabaseError: it could not be changed so.
        """
        return replace(self.store.get(number), entry=self.judged(entry), retired=False)

    def as_retired(self, number: int) -> Kept:
        """Give an entry as it would be if it were retired.

        Raises:
            UnknownError, DatabaseError: see there.
        """
        return replace(self.store.get(number), retired=True)

    def difference(self, first: int, last: int, limit: int) -> tuple[int, Sequence[Item]]:
        """Say what differs between two versions.

        Raises:
            RefusedError, UnknownError, DatabaseError: see there.
        """
        if first > last:
            raise RefusedError([Fault("first", "应不大于 last")])
        return self.history.between(first, last, limit)

    def trials(
        self, texts: Sequence[str], changed: Iterable[Kept], day: date | None
    ) -> tuple[SiteLayer, Iterator[Trial]]:
        """Say what would newly fire and what would fall silent, and on which version that rests.

        Args:
            texts: what is checked with and without the changes.
            changed: entries as they would be; new ones with numbers of their own.
            day: when the texts are published.
        """
        now = self.live.refresh()
        then = now.changed(changed, now.version)
        return now, (self._trial(text, now, then, day) for text in texts)

    def _trial(self, text: str, now: SiteLayer, then: SiteLayer, day: date | None) -> Trial:
        before = self.engine.check(text, published_on=day, layer=now)
        after = self.engine.check(text, published_on=day, layer=then)
        return Trial(appearing=_without(after, before), disappearing=_without(before, after))

    def _judged(self, entry: SiteEntry, author: str) -> SiteEntry:
        require_author(author)
        return self.judged(entry)


def _without(report: Report, other: Report) -> Report:
    known = frozenset(other.findings)
    return replace(report, findings=tuple(finding for finding in report.findings if finding not in known))
