"""What can be done with the site lexicon, by whatever door: judged first, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from app.engine import Engine
from app.live_layer import LiveLayer
from app.site.acceptance import Fault, RefusedError, accepted, require_signed
from app.site.entry import Kept, Signature, SiteEntry
from app.store.database import Database
from app.store.entry_store import EntryStore
from app.store.history import History
from app.store.records import Change, Item
from app.store.writing import Standing, Step
from detectors.kernel.finding import Category, Severity

PERSONAL = Fault("text", "含有个人信息；词库会导出、会显示，不能存个人信息")


class SiteLexicon:
    """The site lexicon of one service."""

    def __init__(self, engine: Engine, database: Database) -> None:
        """Keep entries about the rules of an engine in a database."""
        self.engine = engine
        self.store = EntryStore(database)
        self.history = History(database)
        self.live = LiveLayer(self.store)

    def add(self, entry: SiteEntry, signed: Signature) -> Kept:
        """Add an entry.

        Raises:
            RefusedError, ClashError, DatabaseError: see there.
        """
        return self.store.add(self._judged(entry, signed), signed)

    def change(self, number: int, entry: SiteEntry, signed: Signature, seen: int) -> Kept:
        """Change an entry whose last change is the one that was seen.

        Raises:
            RefusedError, UnknownError, StaleError, ClashError, DatabaseError: see there.
        """
        return self.store.change(number, self._judged(entry, signed), signed, seen)

    def retire(self, number: int, signed: Signature, seen: int) -> Kept:
        """Retire an entry whose last change is the one that was seen.

        Raises:
            RefusedError, UnknownError, StaleError, DatabaseError: see there.
        """
        self.require_signed(signed)
        return self.store.retire(number, signed, seen)

    def undo(self, number: int, signed: Signature) -> Change:
        """Undo a change.

        Raises:
            RefusedError, UnknownError, ClashError, DatabaseError: see there.
        """
        self.require_signed(signed)
        return self.store.undo(number, signed)

    def rewrite(
        self, plan: Callable[[Standing], Iterable[Step]], signed: Signature, seen: int | None
    ) -> Change | None:
        """Change many entries at once; whoever plans has had them judged.

        Raises:
            RefusedError, StaleError, ClashError, DatabaseError: see there.
        """
        self.require_signed(signed)
        return self.store.rewrite(plan, signed, seen)

    def judged(self, entry: SiteEntry) -> SiteEntry:
        """Give an entry with its defaults, if it can be kept.

        Raises:
            RefusedError: it cannot.
        """
        entry = accepted(entry, self.engine.rules)
        if self.holds_personal_data("\n".join((entry.text, *entry.uses, entry.reason, entry.unit))):
            raise RefusedError([PERSONAL])
        return entry

    def require_signed(self, signature: Signature) -> None:
        """See to it that a change is signed, and that its note can be shown.

        Raises:
            RefusedError: it is not.
        """
        require_signed(signature)
        if signature.note and self.holds_personal_data(signature.note):
            raise RefusedError([replace(PERSONAL, field="note")])

    def holds_personal_data(self, text: str) -> bool:
        """Tell whether a text leaks personal data."""
        report = self.engine.check(text, categories={Category.PRIVACY})
        return any(finding.rule.severity is not Severity.INFO for finding in report.findings)

    def difference(self, first: int, last: int, limit: int) -> tuple[int, Sequence[Item]]:
        """Say what differs between two versions.

        Raises:
            RefusedError, UnknownError, DatabaseError: see there.
        """
        if first > last:
            raise RefusedError([Fault("first", "应不大于 last")])
        return self.history.between(first, last, limit)

    def _judged(self, entry: SiteEntry, signed: Signature) -> SiteEntry:
        self.require_signed(signed)
        return self.judged(entry)
