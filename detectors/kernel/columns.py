"""Tables inside a text, read by column: what the head of a table says holds for every row below it.

Cells are parted by tabs, by bars or, below a head that says so, by commas. Nothing is done before the first
question, and then every line is read once: a list of 100,000 rows must not cost its square.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

HEADING = regex.compile(
    r"姓名|名字|名单|人员|身份证|证件|证号|手机|电话|联系|号码|卡号|账号|帐号|账户|住址|地址|住所|出生|生日|邮箱|邮件|车牌|号牌|"
    r"微信|QQ|病历|住院号|门诊号|准考证|社保|保障|通行证|台胞证|居留|军官证|士兵证|户主|学号|学籍|护照|性别|年龄|民族|单位|部门|机构|职务|金额|标准|备注|序号|编号|乡镇|类别|类型|人数|日期|时间|E-?mail",
    regex.ASCII | regex.IGNORECASE,
)
LONGEST_HEADING = 20
"""Code points of one cell."""
LONGEST_HEAD = 600
"""Code points of a line; what is longer is no head."""
LONGEST_ROW = 2_000
"""Code points before a cell; behind more than these no head is asked for its column."""
BARE_NUMBER = regex.compile(r"\d+|.*\d{5}.*", regex.ASCII)
TITLE_LINES = 3
"""Lines above a table that may say what it is."""
LONGEST_TITLE = 60
TAB, BAR, COMMA = "\t", "|", ","


class Head(NamedTuple):
    """A line that names the columns below it."""

    start: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """Lines that follow on one another and are parted in the same way."""

    start: int
    end: int
    separator: str
    heads: tuple[Head, ...]
    above: tuple[str, ...]
    """The short lines right above it."""

    def moved(self, distance: int) -> Table:
        """Give the table as it lies in a text that has so many code points more before it."""
        heads = tuple(Head(head.start + distance, head.cells) for head in self.heads)
        return self._replace(start=self.start + distance, end=self.end + distance, heads=heads)


class Tables:
    """The tables of a text, found when they are first asked for."""

    __slots__ = ("_opening", "_starts", "_tables", "_text")

    def __init__(self, text: str, known: Sequence[Table] | None = None, opening: str | None = None) -> None:
        """Take the folded text; nothing is read yet.

        Args:
            text: the folded text, or a piece of a longer one.
            known: of a piece, the tables that reach into it.
            opening: of a piece, the opening of the whole text.
        """
        self._text = text
        self._tables = known
        self._starts = [table.start for table in known or ()]
        self._opening = opening

    @property
    def opening(self) -> str:
        """The first line of the text, if it is short enough for a title."""
        return opening_of(self._text) if self._opening is None else self._opening

    def at(self, place: int) -> Table | None:
        """Give the table in which a place stands."""
        if self._tables is None:
            self._tables = list(tables_in(lines_of(self._text)))
            self._starts = [table.start for table in self._tables]
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._tables[number].end:
            return None
        return self._tables[number]

    def column(self, table: Table, place: int) -> str:
        """Give the heading of the column in which a place stands; empty if it has none."""
        if not table.heads:
            return ""
        first = max(table.start, place - LONGEST_ROW, 0)
        start = self._text.rfind("\n", first, place) + 1
        if not start and first > table.start:
            return ""
        start = max(start, table.start)
        number = _cells_before(self._text, start, place, table.separator)
        # Of a head of two lines the lower one has gaps.
        for head in reversed(table.heads):
            if head.start < start and number < len(head.cells) and head.cells[number]:
                return head.cells[number]
        return ""


def opening_of(text: str) -> str:
    """Give the first line of a text, if it is short enough for a title."""
    return text[: text.find("\n", 0, LONGEST_TITLE) + 1]


def title_of(table: Table) -> str:
    """Give the short lines that stand right above a table, and its head."""
    return "\n".join((*table.above, *(" ".join(head.cells) for head in table.heads[:TITLE_LINES])))


def _cells_before(text: str, start: int, place: int, separator: str) -> int:
    """Count the cells of a row that end before a place."""
    # A bar that opens a row takes the blanks before it along.
    if separator != TAB or text.find(BAR, start, place) >= 0:
        return len(cells_of(text[start:place], separator)) - 1
    return text.count(TAB, start, place)


def cells_of(line: str, separator: str) -> list[str]:
    """Cut a row into its cells, blanks around them dropped; quotation marks hold a cell with commas together."""
    if separator != COMMA or '"' not in line:
        # A bar at the very beginning opens the row, as Markdown has it.
        opened = line.lstrip()
        return [cell.strip() for cell in (opened[1:] if opened.startswith(BAR) else line).split(separator)]
    cells, quoted, last = [], False, 0
    for place, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == COMMA and not quoted:
            cells.append(line[last:place])
            last = place + 1
    return [cell.strip(' "') for cell in (*cells, line[last:])]


def tables_in(lines: Iterable[tuple[int, str]]) -> Iterator[Table]:
    """Find the tables among the folded lines of a text, which come with where each begins."""
    start = end = 0
    separator = passed = ""
    below_head = False
    above: tuple[str, ...] = ()
    heads: list[Head] = []
    for first, line in lines:
        parted_by = _separator(line, separator)
        if parted_by != separator:
            if separator:
                yield Table(start, end, separator, tuple(heads), above)
            start, separator, heads, below_head = first, parted_by, [], False
            above = tuple(short for short in passed.split("\n") if len(short) <= LONGEST_TITLE)[
                -TITLE_LINES - 1 :
            ]
        if separator:
            end = first + len(line)
            # The second line of a head has gaps below the cells that span both.
            second = below_head and line.startswith(separator)
            head = _headings(line, separator, least=1 if second else 2) if len(line) <= LONGEST_HEAD else None
            below_head = head is not None
            if head is not None:
                heads.append(Head(first, head))
        passed = f"{passed}{line}\n"[-TITLE_LINES * LONGEST_TITLE :]
    if separator:
        yield Table(start, end, separator, tuple(heads), above)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines of a text with where each begins."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        start = end + 1


def _separator(line: str, before: str) -> str:
    """Tell by what a line is parted, given what the line before is parted by; empty if it is no row."""
    if TAB in line:
        return TAB
    if line.count(BAR) > 1:
        return BAR
    if COMMA in line and (
        before == COMMA or (len(line) <= LONGEST_HEAD and _headings(line, COMMA) is not None)
    ):
        return COMMA
    return ""


def _headings(line: str, separator: str, *, least: int = 2) -> tuple[str, ...] | None:
    """Give the cells of a line if they are headings: short, no numbers, and half of them words of the trade.

    Args:
        line: a row.
        separator: what parts it.
        least: so many known words there must be.
    """
    if HEADING.search(line) is None:
        return None
    cells = tuple(cell.replace(" ", "") for cell in cells_of(line, separator))
    written = [cell for cell in cells if cell]
    if len(written) < 2 or any(
        len(cell) > LONGEST_HEADING or BARE_NUMBER.fullmatch(cell) for cell in written
    ):
        return None
    known = sum(HEADING.search(cell) is not None for cell in written)
    return cells if known >= least and 2 * known >= len(written) else None
