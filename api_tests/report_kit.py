"""A small archive as a scan leaves it in the tables: two runs, five units, two websites, three accounts of new media."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from app.archive.columns import Expected, Level
from app.archive.freshness import Thresholds
from app.archive.left_out import LeftOut, Reason
from app.archive.update_limit import UpdateLimit
from app.deadlines import Deadlines
from app.report.files import Reporting
from app.report.notice_text import Names
from app.store.database import Database
from app.store.scan_columns import keep_columns
from app.store.scan_left_out import add_left_out
from app.store.scan_tables import DOCUMENTS, FINDINGS, RUNS, SHARDS

FIRST, SECOND = 1, 2
FIRST_DAY, SECOND_DAY = date(2026, 9, 1), date(2026, 9, 21)
DEADLINES = Deadlines()
PLAIN = Reporting(None, Names(), Thresholds(), DEADLINES)
WEBSITE, DEPARTMENT = "甲县人民政府网", "甲县教育局网站"
PLACES = (
    ("县教育局", WEBSITE, "政府网站", "", ("工作动态", "通知公告", "政策文件")),
    ("县民政局", WEBSITE, "政府网站", "", ("社会救助", "养老服务")),
    ("县教育局", DEPARTMENT, "政府网站", "", ("教育要闻", "招生公告")),
    ("县交通运输局", "甲县交通", "微信", "3025416030774556", ("",)),
    ("县教育局", "甲县教育", "微信", "3025416030979726", ("",)),
    ("县教育局", "甲县教育", "微博", "1001027516170087639", ("",)),
)
STALE_ACCOUNT = "甲县交通"
FAULTS: tuple[tuple[str, str, str, str, list[str], str], ...] = (
    ("expression", "error", "EX0100", "两个一百年奋斗目标", ["“两个一百年”奋斗目标"], "这一表述要加引号。"),
    ("expression", "warning", "EX0200", "乡村振兴战略规化", ["乡村振兴战略规划"], "名称有误。"),
    ("typo", "error", "TY0001", "截止目前", ["截至目前"], "说统计到某时为止，用“截至”。"),
    ("typo", "warning", "TY0002", "部份", ["部分"], "通常写作“部分”。"),
    ("sensitive", "warning", "SE0001", "残废人", ["残疾人"], "是歧视性的说法。"),
    ("privacy", "error", "PI0001", "138****0000", ["138****0000"], "公开的文稿不载个人手机号码。"),
    ("format", "info", "FO0001", "3%-5%", ["3%—5%"], "数值范围用一字线或浪纹线。"),
    ("link", "warning", "LI0001", "=点击这里", [], "链接打不开。"),
)
LEFT_OUT = {
    LeftOut(Reason.PICTURE, ".jpg"): 3,
    LeftOut(Reason.PICTURE, ".png"): 2,
    LeftOut(Reason.BROKEN_LINK): 1,
}
STATUSES = ("new", "remaining", "mended", "false_alarm", "unverified")
COLUMN_LIST = (
    Expected("", WEBSITE, "", Level.HOME),
    Expected("县教育局", WEBSITE, "工作动态", Level.FIRST, UpdateLimit.read("2周")),
    Expected("县民政局", WEBSITE, "社会救助", Level.FIRST, UpdateLimit.read("1条/季度")),
    *(Expected("县审计局", WEBSITE, f"审计公开（{name}）", Level.OTHER) for name in "一二三四五"),
)


def planted(database: Database, articles: int = 60) -> None:
    """Write both runs with documents, failures and findings, drawn by a fixed seed."""
    drawn = random.Random(9)
    with database.writing() as connection:
        for number, day in ((FIRST, FIRST_DAY), (SECOND, SECOND_DAY)):
            connection.execute(insert(RUNS), run_row(number, day))
            connection.execute(insert(SHARDS), shard_row(number, articles))
            for document, part in _documents(articles):
                row = _document(drawn, number, document, part, day)
                connection.execute(insert(DOCUMENTS), row)
                if row["verdict"] != "failed":
                    _add_findings(connection, drawn, row, day, first=number == FIRST)
        _add_what_does_not_count(connection, articles)
        keep_columns(connection, FIRST, COLUMN_LIST)
        add_left_out(connection, SECOND, LEFT_OUT)


def _add_what_does_not_count(connection: Connection, articles: int) -> None:
    """Add an archive of files, which is there for its members, and an article that is gone."""
    unit, account, kind, *_ = PLACES[0]
    place = {"unit": unit, "account": account, "kind": kind, "column": "工作动态", "published_on": SECOND_DAY}
    container = document_row(
        SECOND, articles + 1, characters=None, **place | {"published_on": None, "account": ""}
    )
    gone = document_row(
        SECOND, articles + 2, verdict="gone", characters=None, reason="来源中已没有这篇", **place
    )
    connection.execute(insert(DOCUMENTS), [container, gone])
    finding = finding_row(
        SECOND, articles + 2, 0, 0, 0, status="unverified", first_found_on=FIRST_DAY, note="来源中已没有这篇"
    )
    connection.execute(insert(FINDINGS), finding)


def run_row(number: int, day: date, **differing: object) -> dict[str, object]:
    return {
        "number": number,
        "site": "甲县",
        "source": "archive.csv",
        "options": {},
        "state": "done",
        "previous": number - 1 or None,
        "lexicon_version": "2026.09.01-abcdef",
        "site_lexicon_version": "0",
        # Half past midnight in China.
        "created_at": f"{day - timedelta(days=1)}T16:30:00Z",
        "created_by": "赵小明",
        "finished_at": None,
        "note": "",
    } | differing


def shard_row(run: int, documents: int) -> dict[str, object]:
    return {
        "run": run,
        "number": 1,
        "state": "done",
        "owner": None,
        "lease_until": 0,
        "attempts": 1,
        "documents": documents,
    }


def document_row(run: int, number: int, **differing: object) -> dict[str, object]:
    return {
        "run": run,
        "number": number,
        "part": 0,
        "shard": 1,
        "name": f"https://www.example.gov.cn/{number}.html",
        "location": f"pages/{number}.html",
        "address": f"https://www.example.gov.cn/{number}.html",
        "title": f"关于第{number}号事项的公告",
        "unit": "",
        "account": "",
        "kind": "",
        "record_number": "",
        "column": "",
        "published_on": None,
        "verdict": "pass",
        "characters": 100,
        "reason": "",
    } | differing


def finding_row(
    run: int, document: int, part: int, ordinal: int, fault: int, **differing: Any
) -> dict[str, Any]:
    category, severity, rule, text, replacements, message = FAULTS[fault]
    return {
        "run": run,
        "document": document,
        "part": part,
        "ordinal": ordinal,
        "fingerprint": f"{document:08x}{part:02x}{ordinal:06x}",
        "rule": rule,
        "category": category,
        "severity": severity,
        "start": 10 * ordinal,
        "end": 10 * ordinal + len(text),
        "place": f"第 {ordinal + 1} 行",
        "place_fields": {"line": ordinal + 1},
        "text": text,
        "excerpt": f"前面的字{text}后面的字",
        "message": message,
        "replacements": replacements,
        "note": "",
        "status": "new",
        "first_found_on": SECOND_DAY,
    } | differing


def _documents(articles: int) -> Iterator[tuple[int, int]]:
    for number in range(1, articles + 1):
        yield number, 0
        if number % 10 == 0:
            yield number, 1


def _document(drawn: random.Random, run: int, number: int, part: int, day: date) -> Mapping[str, Any]:
    unit, account, kind, record_number, columns = PLACES[number % len(PLACES)]
    oldest = 30 if account == STALE_ACCOUNT else 0
    undated = number % 17 == 0 and account != STALE_ACCOUNT
    published_on = None if undated else day - timedelta(days=oldest + drawn.randrange(200))
    failed = number % 23 == 0 and not part
    return document_row(
        run,
        number,
        part=part,
        unit=unit,
        account=account,
        kind=kind,
        record_number=record_number,
        column=columns[number // len(PLACES) % len(columns)],
        published_on=published_on,
        verdict="failed" if failed else "review",
        characters=None if failed else drawn.randrange(200, 3000),
        reason="文件已损坏" if failed else "",
        title=f"<b>关于</b>第{number}号事项的公告" if number == 7 else f"关于第{number}号事项的公告",
    )


def _add_findings(
    connection: Connection, drawn: random.Random, document: Mapping[str, Any], day: date, *, first: bool
) -> None:
    rows = []
    for ordinal in range(drawn.randrange(4)):
        status = "new" if first else drawn.choice(STATUSES)
        found_on = day if status == "new" else FIRST_DAY
        fault = drawn.randrange(len(FAULTS))
        place = document["run"], document["number"], document["part"]
        rows.append(finding_row(*place, ordinal, fault, status=status, first_found_on=found_on))
    if rows:
        connection.execute(insert(FINDINGS), rows)
