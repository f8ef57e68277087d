"""What the columns of a table say of the articles: whose, where, when; and where the text is."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import regex

from app.archive.document import Document
from app.archive.rows import Row, SourceError
from app.archive.storage import is_remote
from app.documents import HTML_SUFFIXES
from app.storable import storable

UNIT, ACCOUNT, KIND, RECORD_NUMBER = "单位", "账号或网站", "类型", "备案单号"
COLUMN, ADDRESS, TITLE, PUBLISHED_ON, FILE, TEXT = "栏目", "网址", "标题", "发布时间", "文件", "正文"
ALIASES: Mapping[str, tuple[str, ...]] = {
    UNIT: ("单位名称", "责任单位", "主办单位", "unit"),
    ACCOUNT: ("账号", "账号名称", "网站", "网站名称", "account", "site"),
    KIND: ("内容类型", "账号类型", "平台", "kind", "type"),
    RECORD_NUMBER: ("备案号", "备案编号", "record_number"),
    COLUMN: ("栏目名称", "频道", "column", "channel"),
    ADDRESS: ("链接", "地址", "url", "address", "link"),
    TITLE: ("题目", "文章标题", "title"),
    PUBLISHED_ON: ("发布日期", "发文日期", "published_on", "published_at", "date"),
    FILE: ("文件路径", "路径", "path", "file"),
    TEXT: ("内容", "文本", "全文", "text", "content", "body"),
}
FIELDS = {
    UNIT: "unit",
    ACCOUNT: "account",
    KIND: "kind",
    RECORD_NUMBER: "record_number",
    COLUMN: "column",
    ADDRESS: "address",
    TITLE: "title",
}
LENGTHS = {"unit": 200, "account": 200, "kind": 50, "record_number": 50, "column": 200}
"""What the tables hold."""
DAY = regex.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)", regex.ASCII)
COMPACT_DAY = regex.compile(r"\s*(\d{4})(\d\d)(\d\d)\s*", regex.ASCII)
NO_DAY = "发布时间的写法不认识，应如 2024-01-31"
NO_TEXT = "这一行没有正文，也没有文件"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which heading of a table means what."""

    headings: Mapping[str, str]
    """Of each known column that is there, the heading in the table."""
    unknown: tuple[str, ...]
    """Headings that mean nothing here."""

    @classmethod
    def of(cls, headings: Sequence[str], chosen: Mapping[str, str]) -> Manifest:
        """Find the columns.

        Args:
            headings: of the table.
            chosen: of some columns, which heading they have; others are found by their usual names.

        Raises:
            SourceError: a chosen heading is missing, or neither files nor texts are there.
        """
        for column, heading in chosen.items():
            if column not in ALIASES:
                raise SourceError(f"没有“{column}”这一列；可用的有：{'、'.join(ALIASES)}")
            if heading not in headings:
                raise SourceError(f"来源文件第 1 行没有为“{column}”指定的那一列")
        known = {heading.lower(): heading for heading in reversed(headings)}
        found = dict(chosen)
        for column, aliases in ALIASES.items():
            names = (name for name in (column, *aliases) if name in known)
            if column not in found and (name := next(names, None)) is not None:
                found[column] = known[name]
        if FILE not in found and TEXT not in found:
            raise SourceError("来源文件第 1 行缺少“文件”或“正文”列")
        return cls(found, tuple(heading for heading in headings if heading not in found.values()))

    def document(self, row: Row, table: str, number: int) -> Document:
        """Read what a row says of its article; what is wrong with it becomes the fault of the article.

        Args:
            row: of the table.
            table: where the table lies; paths in it are relative to its folder.
            number: of the document.
        """
        said: dict[str, Any] = {field: self._cell(row, column) for column, field in FIELDS.items()}
        said = {field: value[: LENGTHS.get(field)] for field, value in said.items()}
        itself = f"{table}#{row.number}"
        file = self._cell(row, FILE)
        document = Document(
            number=number,
            name=said["address"] or file or f"{Path(table).name}#{row.number}",
            location=_beside(table, file) if file else itself,
            position=None if file else row.position,
            fault=row.fault,
            **said,
        )
        day, fault = self._day(row)
        if not (file or row.fault or self._cell(row, TEXT).strip()):
            fault = NO_TEXT
        return replace(document, published_on=day, fault=row.fault or fault)

    def text(self, row: Row, suffix: str) -> str:
        """Give the text of a row with its title, which is proofread, too.

        Args:
            row: of the table.
            suffix: of the texts: `.txt` or `.html`.
        """
        text = self._cell(row, TEXT, clean=False)
        title = self._cell(row, TITLE)
        if not title or title in text[: 2 * len(title) + 200]:
            return text
        return f"<h1>{html.escape(title)}</h1>\n{text}" if suffix in HTML_SUFFIXES else f"{title}\n{text}"

    def _cell(self, row: Row, column: str, *, clean: bool = True) -> str:
        value: Any = row.cells.get(self.headings.get(column, ""))
        if value is None:
            return ""
        return storable(str(value)).strip() if clean else str(value)

    def _day(self, row: Row) -> tuple[date | None, str]:
        value: Any = row.cells.get(self.headings.get(PUBLISHED_ON, ""))
        if value is None or value == "":
            return None, ""
        if isinstance(value, date):
            return (value.date() if isinstance(value, datetime) else value), ""
        found = DAY.match(str(value)) or COMPACT_DAY.fullmatch(str(value))
        try:
            return (date(*map(int, found.groups())), "") if found else (None, NO_DAY)
        except ValueError:
            return None, NO_DAY


def _beside(table: str, file: str) -> str:
    if is_remote(file) or Path(file).is_absolute():
        return file
    if is_remote(table):
        return f"{table.rsplit('/', 1)[0]}/{file}"
    return str(Path(table).parent / file)
