"""What a draft holds, as it travels between the page, the service and Word.

One shape for both ways. A change and a comment only ever go out. How much there may be of it, the limit on bodies says.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import regex
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

MOST_SPANNED = 64
MOST_COLUMNS = 64
DEEPEST = 8


class Font(StrEnum):
    """The fonts of official documents."""

    XIAOBIAOSONG = "xiaobiaosong"
    FANGSONG = "fangsong"
    KAITI = "kaiti"
    HEITI = "heiti"
    SONGTI = "songti"


class Align(StrEnum):
    """How lines of a paragraph stand; left if not said."""

    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Change(StrEnum):
    """A tracked change."""

    INSERTED = "inserted"
    DELETED = "deleted"


UNWRITABLE = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", regex.ASCII)


def _writable(text: str) -> str:
    """Leave out what XML cannot hold; refuse what UTF-8 cannot.

    A control character that came in with a paste shows nowhere: it must not cost the editor the document.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "lone surrogate") from None
    return UNWRITABLE.sub("", text)


Words = Annotated[str, AfterValidator(_writable)]


class Part(BaseModel):
    """Base of all parts: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Run(Part):
    """Characters of one look. A line feed within is a line break, a tab a tab."""

    text: Words
    bold: bool = False
    italic: bool = False
    underline: bool = False
    font: Font | None = None
    size: Annotated[float | None, Field(ge=8, le=48, description="字号，磅。")] = None
    change: Change | None = None
    comments: Annotated[
        list[Annotated[int, Field(ge=0)]],
        Field(description="这些字上的批注，是 comments 中的序号，从 0 起。"),
    ] = []


class Paragraph(Part):
    """A line of the draft."""

    kind: Literal["paragraph"] = "paragraph"
    runs: list[Run]
    level: Annotated[int, Field(ge=0, le=4, description="标题级别，0 为正文。")] = 0
    align: Align | None = None
    first: Annotated[int, Field(ge=0, le=12, description="首行缩进，字。")] = 0
    left: Annotated[int, Field(ge=0, le=12, description="左缩进，字。")] = 0
    bullet: Annotated[int, Field(ge=0, le=DEEPEST, description="项目符号的层次，0 为没有。")] = 0

    @property
    def text(self) -> str:
        """The characters, without the looks."""
        return "".join(run.text for run in self.runs)


class Cell(Part):
    """A cell of a table."""

    paragraphs: list[Paragraph]
    colspan: Annotated[int, Field(ge=1, le=MOST_SPANNED)] = 1
    rowspan: Annotated[int, Field(ge=1, le=MOST_SPANNED)] = 1


class Table(Part):
    """A table, row by row; a cell stands only where it begins."""

    kind: Literal["table"]
    rows: Annotated[list[Annotated[list[Cell], Field(max_length=MOST_COLUMNS)]], Field(min_length=1)]


Block = Paragraph | Table
