"""What wire models are made of: their base, and the fields that several of them have."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.offsets import OffsetUnit
from detectors.kernel.finding import Source


class WireModel(BaseModel):
    """Base of all wire models: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def without_lone_surrogates(text: str) -> str:
    """Refuse halves of surrogate pairs, which JSON can spell but no UTF-8 text can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "lone surrogate") from None
    return text


Text = Annotated[
    str,
    AfterValidator(without_lone_surrogates),
    Field(description="待检查的文本；位置按此原文计算。"),
]


def _written_as_iso_day(value: object) -> object:
    """Refuse the numbers and times that pydantic would otherwise take for a day."""
    if value is None or type(value) is date or (isinstance(value, str) and len(value) == len("2024-01-31")):
        return value
    raise PydanticCustomError("date_type", "not an ISO day")


PublishedOn = Annotated[
    date | None,
    BeforeValidator(_written_as_iso_day),
    Field(description="发布日期（ISO 8601），决定适用哪一时期的规则；默认为今天。"),
]
Unit = Annotated[
    OffsetUnit,
    Field(description="位置的单位：codepoint 码点，utf16 UTF-16 单元，utf8 UTF-8 字节。"),
]


SiteVersion = Annotated[int, Field(description="本站词库的版本，即最后一次变更的编号；0 为没有本站词库。")]


class SourceModel(WireModel):
    """The public document that a rule rests on."""

    title: str
    issuer: str
    date: Annotated[str, Field(description="精确到已知的年、月或日。")]
    clause: str | None

    @classmethod
    def of(cls, source: Source) -> SourceModel:
        """Show a source."""
        return cls(title=source.title, issuer=source.issuer, date=source.date, clause=source.clause)
