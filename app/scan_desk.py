"""What is at hand for the whole of a run, wherever its shards are checked, and how the run is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from app.archive.document import Document
from app.archive.left_out import LeftOut
from app.archive.rows import SourceError
from app.archive.source import Archive, Source
from app.documents import Document as PlainDocument
from app.redaction import redact
from app.scan_engine import engine, layer
from app.site.layer import SiteLayer
from app.store.scan_runs import Run
from app.store.scan_shards import ScanShards, Shard
from app.store.writing import UnknownError

SHARD_SIZE = 50
"""Documents of a shard: about a second of work, which is what a killed process loses."""
OTHER_LEXICON = "词库在扫描期间改动过，结果会前后不一，请重新扫描"
NO_SITE_LEXICON = "找不到扫描开始时的本站词库（数据库可能恢复过或换过），请重新扫描"


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand for the whole of a run."""

    archive: Archive
    source: Source
    layer: SiteLayer

    @classmethod
    def of(cls, run: Run, database_url: str) -> Desk:
        """Lay everything ready.

        Raises:
            SourceError: the source cannot be opened, or the lexicons with which the run began are not to be had.
            DatabaseError, LexiconError, MaskedModelError: see there.
        """
        if engine().lexicon_version != run.lexicon_version:
            raise SourceError(OTHER_LEXICON)
        try:
            # Editors go on changing it while a run waits or works: a run goes by what it was at its beginning.
            laid = layer(database_url, run.site_lexicon_version)
        except UnknownError:
            raise SourceError(NO_SITE_LEXICON) from None
        archive = Archive.from_json(run.source, run.options)
        return cls(archive, archive.listed(), laid)

    def with_texts(self, documents: list[Document]) -> Iterator[Document]:
        """Read the texts of documents of a shard, where they lie in the source itself."""
        return self.source.with_texts(documents, self.archive.how.text_suffix)

    def knows(self, code: str) -> bool:
        """Tell whether there is a rule of that code."""
        return code in engine().rules or self.layer.rule(code) is not None

    def masked(self, document: Document) -> Document:
        """Mask personal data in a title, which is kept."""
        if not document.title:
            return document
        plain = PlainDocument("", document.title)
        return replace(
            document, title=redact(engine(), plain, everything=True, layer=self.layer).document.source
        )


def plan(desk: Desk, shards: ScanShards, lease: Shard, heed: Callable[[], None]) -> None:
    """Part the documents of a run into shards, from where an earlier plan was broken off.

    Args:
        desk: of the run.
        shards: of whoever plans.
        lease: on the plan.
        heed: called before each shard; raises where the work is to stop.

    Raises:
        SourceError: the source cannot be read any further.
        LostLeaseError, DatabaseError: see there.
    """
    left_out: Counter[LeftOut] = Counter()
    listed = desk.source.documents(shards.last_planned(lease.run), left_out)
    while some := list(islice(listed, SHARD_SIZE)):
        heed()
        # With the shard behind which they lie: a plan that is broken off and gone on with counts each file once.
        shards.add(lease, [desk.masked(document) for document in some], left_out)
        left_out.clear()
    shards.end_plan(lease, left_out)
