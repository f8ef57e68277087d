"""Where the documents of an archive are listed: a folder, a pattern, or a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from app.archive.document import Document
from app.archive.folder_source import WILDCARDS, FolderSource
from app.archive.how import How
from app.archive.left_out import LeftOut
from app.archive.rows import SourceError
from app.archive.storage import is_remote
from app.archive.table_source import TableSource, is_table
from app.formats.kernel.limits import Limits
from app.formats.kernel.reading import Options


class Source(Protocol):
    """A source that is open."""

    def documents(
        self, after: Document | None = None, left_out: Counter[LeftOut] | None = None
    ) -> Iterator[Document]:
        """List the documents, from the first one or from that which follows a listed one.

        Args:
            after: the listed one.
            left_out: takes the count of the files between that are not to be checked.

        Raises:
            SourceError: the source cannot be read any further.
        """

    def with_texts(self, documents: Sequence[Document], suffix: str) -> Iterator[Document]:
        """Read the texts of listed documents, where they lie in the source itself.

        Raises:
            SourceError: the source cannot be read any further.
        """


@dataclass(frozen=True, slots=True)
class Archive:
    """A source, and how its documents are read: all that has to be known to list and to check them anywhere."""

    source: str
    """An absolute path, a pattern, or an address."""
    how: How
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings of columns of a table that are not called as usual."""

    @classmethod
    def of(
        cls,
        source: str,
        options: Options,
        published_on: date,
        *,
        columns: Mapping[str, str] | None = None,
        text_suffix: str = ".txt",
    ) -> Archive:
        """Take a source as somebody has written it.

        Args:
            source: a folder, a pattern such as `site/**/*.html`, a table, or the address of any of them.
            options: how files are read.
            published_on: decides which dated rules apply where a document does not say when it was published.
            columns: headings of columns that are not called as usual.
            text_suffix: what the texts in a table are: `.txt` or `.html`.

        Raises:
            SourceError: there is no such source, or it is a table that says neither of files nor of texts.
        """
        place = source if is_remote(source) else str(Path(source).absolute())
        # In a folder every file is a document of its own; a manifest names pages, and what they link to belongs to them.
        root = Path(place).parent if is_table(place) and not is_remote(place) else None
        archive = cls(place, How(options, published_on, root, text_suffix), dict(columns or {}))
        archive.listed()
        return archive

    def listed(self) -> Source:
        """Open the source.

        Raises:
            SourceError: see there.
        """
        if is_table(self.source):
            return TableSource.of(self.source, self.columns, self.how.options.limits)
        if (
            not is_remote(self.source)
            and WILDCARDS.isdisjoint(self.source)
            and not Path(self.source).is_dir()
        ):
            if Path(self.source).is_file():
                raise SourceError("来源应是目录、通配符、清单或数据集；检查单个文件用 shenjiao check")
            raise SourceError("没有这个来源")
        return FolderSource.of(self.source, self.how.options)

    def as_json(self) -> dict[str, Any]:
        """Write down all but the source, for the run to keep."""
        how = self.how
        return {
            "published_on": how.published_on.isoformat(),
            "root": None if how.root is None else str(how.root),
            "within": None if how.within is None else str(how.within),
            "text_suffix": how.text_suffix,
            "main_text": how.options.main_text,
            "pictures": how.options.pictures,
            "limits": asdict(how.options.limits),
            "columns": dict(self.columns),
        }

    def confined(self, folder: Path) -> Archive:
        """Give the same archive, of which nothing outside of a folder is read."""
        return replace(self, how=replace(self.how, within=folder.resolve()))

    @classmethod
    def from_json(cls, source: str, kept: Mapping[str, Any]) -> Archive:
        """Read what a run has kept."""
        options = Options(Limits(**kept["limits"]), main_text=kept["main_text"], pictures=kept["pictures"])
        root, within = (None if kept[name] is None else Path(kept[name]) for name in ("root", "within"))
        how = How(options, date.fromisoformat(kept["published_on"]), root, kept["text_suffix"], within)
        return cls(source, how, kept["columns"])
