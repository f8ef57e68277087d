"""A dataset in Parquet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.archive.rows import Row, SourceError
from app.archive.storage import opened

BATCH = 100
"""Rows that are made into objects at a time."""
NO_PYARROW = "读取 Parquet 须安装 pyarrow：pip install 'shenjiao[archive]'"


class ParquetRows:
    """The rows of a file. One group of rows is read at a time, only the columns that are wanted."""

    def __init__(self, location: str, wanted: Collection[str] | None = None) -> None:
        """Take a file.

        Args:
            location: where it lies.
            wanted: names of columns; by default all.
        """
        self._location, self._wanted = location, wanted

    def headings(self) -> Sequence[str]:
        """Name the columns."""
        with self._file() as file:
            return [str(name) for name in file.schema_arrow.names]

    def rows(self, number: int = 1, position: int | None = None) -> Iterator[Row]:
        """Read rows; the groups before them are passed over."""
        skipped = number - 1 if position is None else position
        with self._file() as file:
            names = [name for name in file.schema_arrow.names if self._wanted is None or name in self._wanted]
            first = 0
            for group in range(file.num_row_groups):
                size = file.metadata.row_group(group).num_rows
                if first + size > skipped:
                    at = first
                    for batch in file.iter_batches(BATCH, row_groups=[group], columns=names):
                        if at + batch.num_rows > skipped:
                            for place, cells in enumerate(batch.to_pylist(), start=at):
                                if place >= skipped:
                                    yield Row(place + 1, place, cells)
                        at += batch.num_rows
                first += size

    @contextmanager
    def _file(self) -> Iterator[Any]:
        try:
            from pyarrow import parquet  # noqa: PLC0415 - an extra
        except ModuleNotFoundError:
            raise SourceError(NO_PYARROW) from None
        with opened(self._location) as raw:
            try:
                # Not mapped and not read ahead: what lies in memory shall not grow with the file.
                file = parquet.ParquetFile(raw, pre_buffer=False)
            except Exception as error:  # noqa: BLE001 - the library has a dozen
                raise SourceError(f"不是有效的 Parquet 文件（{type(error).__name__}）") from None
            yield file
