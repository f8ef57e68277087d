"""A table of findings for the monitoring platforms of government sites, with the names of their columns.

What only a platform can know (a snapshot, when it first saw the page, how far the review is) has no column here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from app.documents import HTML_SUFFIXES
from app.interchange.checked import Checked
from app.presentation import cited
from app.site_files.columns import plain_cell

HEADINGS = (
    "错敏词",
    "推荐修改",
    "修改说明",
    "所在上下文",
    "所在文章",
    "内容类型",
    "问题类型",
    "问题级别",
    "规则编号",
    "行",
    "列",
    "位置",
    "标注编号",
)
BETWEEN = "；"
"""Parts one replacement from the next."""


def as_table(checked: Sequence[Checked]) -> bytes:
    """Write what was found in some files as CSV; the byte order mark makes Excel read it as UTF-8."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for one in checked:
        rows.writerows([plain_cell(str(cell)) for cell in row] for row in _rows(one))
    return text.getvalue().encode("utf-8-sig")


def _rows(checked: Checked) -> Iterable[tuple[object, ...]]:
    name = checked.reading.name
    suffix = PurePath(name).suffix.lower()
    kind = "网页" if suffix in HTML_SUFFIXES else "文本" if checked.in_text else "附件"
    for shown in checked.shown():
        if shown.silenced:
            continue
        finding, rule = shown.finding, shown.finding.rule
        place = checked.reading.place(finding.span)
        at = place.fields()
        yield (
            shown.text,
            BETWEEN.join(use or "（删去）" for use in finding.replacements),
            f"{shown.message} 依据：{cited(rule.source)}",
            shown.excerpt,
            name,
            kind,
            rule.category.label,
            rule.severity.label,
            rule.code,
            at.get("line", ""),
            at.get("column", ""),
            place,
            shown.fingerprint,
        )
