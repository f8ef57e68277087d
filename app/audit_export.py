"""The records as files: one JSON line a record, or a table of findings as the monitoring platforms name their columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from app.gate.chain import Record
from app.gate.review import Action
from app.presentation import cited
from app.site_files.columns import plain_cell
from app.store.last_seen import LastSeen
from detectors.kernel.finding import Source

HEADINGS = (
    "错敏词",
    "推荐修改",
    "修改说明",
    "所在上下文",
    "所在文章",
    "内容类型",
    "问题类型",
    "问题级别",
    "首次发现时间",
    "复核状态",
    "复核结果",
    "整改状态",
    "规则编号",
    "标注编号",
    "文稿编号",
    "修订",
    "渠道",
    "审校编号",
    "处理",
    "处理理由",
    "处理人",
    "第二人",
    "处理时间",
)
BETWEEN = "；"
"""Parts one replacement from the next."""
ACTIONS = {
    Action.FIXED: "已改",
    Action.ACCEPTED: "将改",
    Action.FALSE_ALARM: "误报",
    Action.WAIVED: "豁免",
}
BYTE_ORDER_MARK = "\ufeff"


def as_lines(records: Iterable[Record]) -> Iterator[str]:
    """Write records as JSON lines; with the hashes, so that anybody can follow the chain."""
    for record in records:
        yield f"{json.dumps(asdict(record), ensure_ascii=False)}\n"


def as_table(seen: Iterable[LastSeen]) -> Iterator[str]:
    """Write findings as CSV, a row a line; the byte order mark makes Excel read it as UTF-8."""
    yield f"{BYTE_ORDER_MARK}{_line(HEADINGS)}"
    for one in seen:
        yield _line([plain_cell(cell) for cell in _cells(one)])


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cells(seen: LastSeen) -> tuple[str, ...]:
    found, decision = seen.found, seen.decision
    return (
        found.word,
        BETWEEN.join(use or "（删去）" for use in found.replacements),
        f"{found.message} 依据：{cited(_source(found.source))}",
        found.excerpt,
        seen.title or seen.document_id,
        seen.form.label,
        found.category.label,
        found.severity.label,
        seen.first_at,
        "复核完成" if decision or seen.gone else "未复核",
        _result(seen),
        _mended(seen),
        found.rule,
        found.fingerprint,
        seen.document_id,
        seen.revision,
        seen.channel,
        seen.review,
        ACTIONS[decision.action] if decision else "",
        (decision.reason or "") if decision else "",
        decision.actor if decision else "",
        (decision.second_actor or "") if decision else "",
        decision.at if decision else "",
    )


def _source(said: Mapping[str, str | None]) -> Source:
    return Source(said["title"] or "", said["issuer"] or "", said["date"] or "", said["clause"])


def _result(seen: LastSeen) -> str:
    if seen.gone:
        return "复核已整改"
    return "白名单" if seen.decision and seen.decision.action.releases else ""


def _mended(seen: LastSeen) -> str:
    if seen.gone:
        return "已整改"
    if seen.decision is None or seen.decision.action is Action.ACCEPTED:
        return "待整改"
    return "已整改" if seen.decision.action is Action.FIXED else "忽略"
