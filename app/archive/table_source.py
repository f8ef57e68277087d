"""A manifest or a dataset: a table with a row an article, which names its file or holds its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.archive.csv_rows import CsvRows
from app.archive.document import Document
from app.archive.json_rows import JsonRows
from app.archive.left_out import LeftOut
from app.archive.manifest import Manifest
from app.archive.parquet_rows import ParquetRows
from app.archive.rows import SourceError, Table
from app.archive.storage import suffix_of
from app.archive.workbook_rows import WorkbookRows
from app.formats.kernel.limits import Limits

CSV = frozenset({".csv", ".tsv"})
JSON = frozenset({".jsonl", ".ndjson"})
PARQUET = frozenset({".parquet", ".pq"})
WORKBOOK = frozenset({".xlsx", ".xls", ".et"})
TABLES = CSV | JSON | PARQUET | WORKBOOK
CHANGED = "来源文件在列出之后改动过：这一行不见了"


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table, and what its columns mean."""

    location: str
    table: Table
    manifest: Manifest

    @classmethod
    def of(cls, location: str, columns: Mapping[str, str], limits: Limits) -> TableSource:
        """Open a table.

        Args:
            location: where it lies.
            columns: headings of columns that are not called as usual.
            limits: of a text.

        Raises:
            SourceError: it cannot be read, or says neither of files nor of texts.
        """
        table = _opened(location, limits)
        manifest = Manifest.of(table.headings(), columns)
        if isinstance(table, ParquetRows):
            table = ParquetRows(location, wanted=frozenset(manifest.headings.values()))
        return cls(location, table, manifest)

    def documents(
        self, after: Document | None = None, left_out: Counter[LeftOut] | None = None
    ) -> Iterator[Document]:
        """List the articles, from the first one or from that which follows a listed one; every row is one."""
        del left_out
        rows, number = self.table.rows(), 0
        if after is not None and after.position is not None:
            rows, number = self.table.rows(_row_of(after), after.position), after.number - 1
        # Where the place of a row is not known, because it names a file, all rows are passed over again.
        for place, row in enumerate(rows, start=number + 1):
            if after is None or place > after.number:
                yield self.manifest.document(row, self.location, place)

    def with_texts(self, documents: Sequence[Document], suffix: str) -> Iterator[Document]:
        """Read the texts of articles that lie in the table itself; they come in its order.

        Args:
            documents: of this table.
            suffix: of the texts: `.txt` or `.html`.
        """
        due = {_row_of(one): one for one in documents if one.position is not None and not one.fault}
        found: dict[int, str] = {}
        if due:
            first, last = min(due), max(due)
            for row in self.table.rows(first, due[first].position):
                if row.number in due and not row.fault:
                    found[row.number] = self.manifest.text(row, suffix)
                if row.number >= last:
                    break
        for document in documents:
            if document.position is None or document.fault:
                yield document
            elif (text := found.get(_row_of(document))) is None:
                yield replace(document, fault=CHANGED)
            else:
                yield replace(document, text=text)


def is_table(location: str) -> bool:
    """Tell by its name whether a source is a table."""
    return suffix_of(location) in TABLES


def _opened(location: str, limits: Limits) -> Table:
    suffix = suffix_of(location)
    if suffix in CSV:
        return CsvRows(location, limits.file_bytes)
    if suffix in JSON:
        return JsonRows(location, limits.file_bytes)
    if suffix in PARQUET:
        return ParquetRows(location)
    if suffix in WORKBOOK:
        return WorkbookRows(location)
    raise SourceError(f"来源应是目录、通配符，或 {'、'.join(sorted(TABLES))} 文件")


def _row_of(document: Document) -> int:
    return int(document.location.rsplit("#", 1)[1])
