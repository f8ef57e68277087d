"""What stands around a number decides how grave it is: a list of persons, a contact line, or nothing at all.

The grades are those of docs/decisions/0019. Everything is found out when it is asked for, and only once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import regex

from detectors.kernel.columns import Table, Tables, cells_of, title_of
from detectors.kernel.context import line_around, line_before, sentence_around
from detectors.kernel.personal.person_names import SURNAME, is_person_name, names_a_person

CUE_REACH = 20
"""Code points before a number in which a word can name it."""
NAME_REACH = 40
CONTACT_REACH = 60
PEOPLE_LIST = regex.compile(
    r"身份|证件|银行|卡号|金额|补贴|补助|救助|低保|残疾|年龄|性别|出生|户主|监护|贫困|家庭|学号|学籍|成绩|病",
    regex.ASCII,
)
"""What the head of a list of persons names, and that of a list of offices does not."""
CONTACT = regex.compile(
    r"联系|咨询|值班|值守|带班|负责人|责任人|经办|热线|电话[:：]|举报|监督|服务|窗口|网点|单位|部门|科室|机构|职务|[河林田湖路]长|网格|包保|"
    r"传真|客服|投诉|报名|来电|拨打|致电|办公",
    regex.ASCII,
)
SENSITIVE = regex.compile(
    r"低保|最低生活保障|残疾|疾病|患者|病人|病历|孕产|孕妇|产妇|未成年|儿童|孤儿|婴幼儿|贫困|特困|五保|困难群众|困难家庭|困难学生|"
    r"受害人|被害人|救助|精神障碍|艾滋|戒毒|社区矫正",
    regex.ASCII,
)
"""Sensitive personal information, and persons in need of protection (个人信息保护法 第二十八条, 第三十一条)."""
ROW_OF_A_BARE_LIST = regex.compile(
    rf"^\s*(?:[(（]?\d{{1,5}}[)）.．、]?\s*)?(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})"
    r"(?:[，,、 ]?[男女])?(?:[，,、:： ]|(?=\d))[^，。；;\n]{0,12}?$",
    regex.ASCII,
)
"""What stands before the number in a list without cells: 赵小明，139…"""
NAME_HEADING = regex.compile(r"姓名|户主|名字|人名", regex.ASCII)
HAN = regex.compile(r"[\u4e00-\u9fff·]{2,12}", regex.ASCII)
NEXT_ROW = regex.compile(r"\d{11}|\d[\d*×●•#_xX]{10,17}", regex.ASCII)
LONGEST_BARE_ROW = 80


class ListKind(NamedTuple):
    """What a table is a list of, as its head and what stands above it tell."""

    title: str
    of_persons: bool
    """Its head names what only a list of persons has."""
    about_persons: bool
    """Likewise, head and title together."""
    of_contacts: bool
    sensitive_word: str

    @classmethod
    def of(cls, tables: Tables, table: Table) -> ListKind:
        """Read what stands above and at the head of a table, and the first line of the text."""
        title = tables.opening + title_of(table)
        heads = "\n".join(" ".join(head.cells) for head in table.heads)
        return cls(
            title,
            PEOPLE_LIST.search(heads) is not None,
            PEOPLE_LIST.search(title) is not None,
            CONTACT.search(heads) is not None or CONTACT.search(title) is not None,
            _sensitive_word(title),
        )


def _sensitive_word(passage: str) -> str:
    found = SENSITIVE.search(passage)
    return found[0] if found else ""


@dataclass(frozen=True)
class Place:
    """A range of the folded text, and what can be told from its neighbourhood."""

    text: str = field(repr=False)
    start: int
    end: int
    tables: Tables
    kinds: dict[int, ListKind]
    """What is known already of the tables, by where they begin; a list of 100,000 rows is read above once."""

    def is_cued(self, cue: regex.Pattern[str], reach: int = CUE_REACH) -> bool:
        """Tell whether a word before the number, or over its column, names it."""
        return cue.search(self.before(reach)) is not None or (
            bool(self.heading) and cue.search(self.heading) is not None
        )

    def before(self, reach: int) -> str:
        """Give so many code points before the place, on its line."""
        return line_before(self.text, self.start, reach)

    @cached_property
    def line(self) -> str:
        """The line, cut off where it is very long."""
        return line_around(self.text, self.start, self.end)

    @cached_property
    def sentence(self) -> str:
        """The sentence."""
        return sentence_around(self.text, self.start, self.end)

    @cached_property
    def table(self) -> Table | None:
        """The table, if the place stands in one."""
        return self.tables.at(self.start)

    @cached_property
    def heading(self) -> str:
        """The heading of its column; empty if there is none."""
        return self.tables.column(self.table, self.start) if self.table else ""

    @cached_property
    def kind(self) -> ListKind | None:
        """What its table is a list of."""
        if self.table is None:
            return None
        known = self.kinds.get(self.table.start)
        if known is None:
            known = self.kinds[self.table.start] = ListKind.of(self.tables, self.table)
        return known

    @property
    def title(self) -> str:
        """What stands above its table, and the first line of the text; empty outside of tables."""
        return self.kind.title if self.kind else ""

    @cached_property
    def has_name(self) -> bool:
        """Tell whether a person is named in the row, or in the sentence not far before or right behind."""
        if self.table:
            cells = cells_of(self.line, self.table.separator)
            return any(map(is_person_name, cells)) or self._has_column_of_names(cells)
        after = self.text[self.end : self.end + CUE_REACH].split("\n")[0]
        return names_a_person(self.before(NAME_REACH)) or names_a_person(after)

    def _has_column_of_names(self, cells: list[str]) -> bool:
        headings = self.table.heads[-1].cells if self.table and self.table.heads else ()
        return any(
            NAME_HEADING.search(heading) is not None and HAN.fullmatch(cell) is not None
            for heading, cell in zip(headings, cells, strict=False)
        )

    @cached_property
    def is_row_of_bare_list(self) -> bool:
        """Tell whether the line, and one beside it, are a name and a number, though nothing parts cells."""
        row = ROW_OF_A_BARE_LIST.search(self.before(CONTACT_REACH))
        if row is None or len(self.line) > LONGEST_BARE_ROW:
            return False
        first = self.start - len(self.before(CONTACT_REACH))
        last = self.text.find("\n", self.end)
        above = self.text[max(0, first - LONGEST_BARE_ROW) : first].rstrip("\n").rpartition("\n")[2]
        below = self.text[last + 1 : last + 1 + LONGEST_BARE_ROW].partition("\n")[0] if last >= 0 else ""
        return NEXT_ROW.search(above) is not None or NEXT_ROW.search(below) is not None

    @cached_property
    def is_listed(self) -> bool:
        """Tell whether the number belongs to a person in a list of persons."""
        if self.is_contact:
            return False
        if self.kind is None:
            return self.is_row_of_bare_list
        return self.kind.about_persons or self.has_name

    @cached_property
    def is_contact(self) -> bool:
        """Tell whether the number is shown so that the reader may turn to somebody."""
        if self.kind is None:
            return CONTACT.search(self.before(CONTACT_REACH)) is not None
        return not self.kind.of_persons and (self.kind.of_contacts or CONTACT.search(self.line) is not None)

    @cached_property
    def sensitive_word(self) -> str:
        """What in the sentence, the row or above the table makes the matter more delicate; empty if nothing."""
        if self.kind is None:
            return _sensitive_word(self.sentence)
        return self.kind.sensitive_word or _sensitive_word(self.line)
