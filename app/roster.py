"""A site's own roster: a CSV of its personnel office becomes a lexicon file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents import UnreadableError
from detectors.kernel.confusion import Characters
from detectors.kernel.variants import variants

COLUMNS = ("姓名", "职务", "起始日", "终止日")
FIRST_CODE = 5001
"""Codes from FX5001 on are the site's; the project never uses them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One post of one person."""

    name: str
    title: str
    begun: str
    ended: str


def read_rows(text: str) -> list[Row]:
    """Read a CSV with the columns 姓名, 职务, 起始日, 终止日; the days may be empty.

    Raises:
        UnreadableError: a column or a value is missing.
    """
    reader = csv.DictReader(io.StringIO(text))
    if missing := [column for column in COLUMNS[:2] if column not in (reader.fieldnames or ())]:
        raise UnreadableError(f"名单缺少列：{'、'.join(missing)}（应有 {'、'.join(COLUMNS)}）")
    rows = []
    for number, fields in enumerate(reader, start=2):
        name, title, begun, ended = ((fields.get(column) or "").strip() for column in COLUMNS)
        if not name or not title:
            raise UnreadableError(f"名单第 {number} 行缺少姓名或职务")
        rows.append(Row(name, title, begun or "-", ended or "-"))
    return rows


def as_toml(rows: list[Row], source: str, characters: Characters) -> Iterator[str]:
    """Write the lexicon file: one entry a person, with all posts, and a misspelt name as its example."""
    yield "# 由 shenjiao roster import 生成；人员变动时重新导入。"
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    for code, (name, posts) in enumerate(by_name.items(), start=FIRST_CODE):
        title = posts[0].title
        wrong = next(variants(name, characters), name)
        yield ""
        yield "[[entry]]"
        yield f'id = "FX{code}"'
        yield f"name = {_quoted(name)}"
        yield f"posts = [{', '.join(_quoted(f'{row.title} {row.begun} {row.ended}') for row in posts)}]"
        yield f"why = {_quoted(f'人名须准确无误：“{name}”。')}"
        yield f"source = {_quoted(source)}"
        yield f"hit = [{_quoted(f'{title}⟦{wrong}⟧出席会议。')}]"
        yield f"miss = [{_quoted(f'{title}{name}出席会议。')}]"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)
