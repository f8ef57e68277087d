"""Scans over the API: begun by a request, worked on beside the service, read by pages; nothing else can be reached."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api_tests.gate_kit import CLEAN, DRAFT, ERROR
from api_tests.scan_kit import worked_on
from api_tests.service import OWN, get, post, running
from api_tests.test_api import assert_problem
from app.archive.inbox import KEPT_SECONDS, Inbox
from app.engine import Engine
from app.main import create_app
from app.settings import Settings
from app.store.database import Database

PATIENCE = 180.0
"""Seconds in which a scan of a few articles is done, on a busy machine."""
NAME = "https://www.example.gov.cn/1.html"
PHONE = "13800138000"
PRIVATE = f"受助人王小明，联系电话{PHONE}。"


@contextmanager
def service(
    engine: Engine, folder: Path, *, workers: int = 1, archives: Path | None = None
) -> Iterator[TestClient]:
    """Start the application on a database of its own, with an inbox of its own."""
    chosen = Settings(
        database_url=f"sqlite:///{folder / 'site.db'}",
        scan_inbox=folder / "inbox",
        archives=archives,
        scan_workers=workers,
    )
    with TestClient(create_app(chosen, engine), client=OWN) as client:
        yield client


def article(text: str = DRAFT, name: str = NAME, **fields: Any) -> dict[str, Any]:
    return {"name": name, "text": text, **fields}


def begin(client: TestClient, *articles: dict[str, Any], **fields: Any) -> Any:
    asked = {"site": "示例网", "articles": list(articles) or [article()], **fields}
    begun = client.post("/v1/scans", json=asked)
    assert begun.status_code == 202, begun.text
    return begun


def until(there: Callable[[], Any]) -> Any:
    """Wait until something is there, and give it."""
    give_up = time.monotonic() + PATIENCE
    while not (found := there()):
        assert time.monotonic() < give_up, "the scan does not end"
        time.sleep(0.1)
    return found


def done(client: TestClient, location: str) -> Any:
    """Wait for a run to be done by the process that the service starts, and give it."""

    def look() -> Any:
        shown = client.get(location).json()
        assert shown["state"] != "stopped", shown["note"]
        return shown if shown["state"] == "done" else None

    return until(look)


def worked_off(client: TestClient, location: str, folder: Path) -> Any:
    """Do a run here, which is quicker than to wait for the process of a service; give it."""
    url = f"sqlite:///{folder / 'site.db'}"
    database = Database(url)
    worked_on(database, url, int(location.rsplit("/", 1)[1]))
    database.close()
    return client.get(location).json()


def test_articles_that_come_with_a_request_are_scanned_and_then_forgotten(
    engine: Engine, tmp_path: Path
) -> None:
    with service(engine, tmp_path, workers=1) as client:
        begun = begin(
            client,
            article(
                unit="某市政府办公室",
                column="政务公开",
                title=f"关于{ERROR}的通知",
                published_on="2024-01-31",
            ),
            article(CLEAN, "https://www.example.gov.cn/2.html", unit="某局"),
            article(PRIVATE, "https://www.example.gov.cn/3.html", unit="某局"),
        )
        (kept,) = [file.parent.stat().st_mode for file in (tmp_path / "inbox").glob("*/articles.jsonl")]
        shown = done(client, begun.headers["location"])
        findings = client.get(f"{begun.headers['location']}/findings").json()
        until(lambda: not list((tmp_path / "inbox").glob("*/*")))

    assert kept & 0o777 == 0o700
    assert begun.json()["state"] == "planning"
    assert shown["progress"] | {"per_second": None} == {
        "documents": 3,
        "checked": 3,
        "all_listed": True,
        "per_second": None,
        "seconds_left": 0,
    }
    assert shown["progress"]["per_second"] > 0
    assert shown["findings"] == {"new": 3, "remaining": 0, "mended": 0, "false_alarm": 0, "unverified": 0}
    assert findings["after"] is None
    first, second, third = findings["findings"]
    assert (first["document"], first["unit"], first["column"]) == (NAME, "某市政府办公室", "政务公开")
    assert (first["text"], first["start"], first["published_on"]) == (ERROR, 2, "2024-01-31")
    assert (second["text"], second["place"]) == (ERROR, "2:1")
    assert (third["category"], third["unit"]) == ("privacy", "某局")
    assert PHONE not in json.dumps(findings)


def test_the_report_of_a_scan_is_read_as_three_files_of_the_same_figures(
    engine: Engine, tmp_path: Path
) -> None:
    with service(engine, tmp_path) as client:
        where = begin(
            client, article(unit="某局"), article(CLEAN, "https://www.example.gov.cn/2.html")
        ).headers["location"]
        too_soon = client.get(f"{where}/report/notice.docx")
        worked_off(client, where, tmp_path)
        named = {"title": "某市网站检查情况", "issuer": "某市\ufffe政府办公室", "as_of": "2026-12-31"}
        notice, workbook, page = [
            client.get(f"{where}/report/{name}", params=named)
            for name in ("notice.docx", "findings.xlsx", "report.html")
        ]
        unknown = client.get("/v1/scans/999/report/notice.docx")
        no_file = client.get(f"{where}/report/secret.txt")
        left = [*Path(tempfile.gettempdir()).glob("shenjiao-report-*")]

    words = "\n".join(one.text for one in docx.Document(io.BytesIO(notice.content)).paragraphs)
    assert words.startswith("某市网站检查情况")
    assert "某市政府办公室" in words
    rows = list(load_workbook(io.BytesIO(workbook.content))["问题清单"].values)
    assert [row[1] for row in rows if ERROR in map(str, row)] == ["某局"]
    assert "<title>某市网站检查情况" in page.text
    assert notice.headers["content-disposition"] == 'attachment; filename="scan-1-notice.docx"'
    assert page.headers["content-type"].startswith("text/html")
    assert_problem(too_soon, 409)
    assert_problem(unknown, 404)
    assert_problem(no_file, 422)
    assert not left


def test_findings_are_read_by_pages_by_what_they_are_and_as_files(engine: Engine, tmp_path: Path) -> None:
    many = [article(f"{DRAFT}\n" * 3, f"=第{number}篇", unit=f"单位{number % 2}") for number in range(4)]
    with service(engine, tmp_path) as client:
        where = begin(client, *many).headers["location"]
        worked_off(client, where, tmp_path)
        pages, after = [], None
        while True:
            page = client.get(
                f"{where}/findings", params={"limit": 5} | ({"after": after} if after else {})
            ).json()
            pages.append(page["findings"])
            if (after := page["after"]) is None:
                break
        of_unit = client.get(f"{where}/findings", params={"unit": "单位1"}).json()["findings"]
        none = [
            client.get(f"{where}/findings", params=params).json()["findings"]
            for params in ({"status": "mended"}, {"category": "privacy"})
        ]
        table = client.get(f"{where}/findings", headers={"accept": "text/csv"})
        lines = client.get(f"{where}/findings", params={"format": "jsonl", "unit": "单位1"})

    every = [finding for page in pages for finding in page]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({(one["document"], one["start"]) for one in every}) == 12
    assert [one["unit"] for one in of_unit] == ["单位1"] * 6
    assert none == [[], []]
    assert [json.loads(line) for line in lines.text.splitlines()] == of_unit
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert len(rows) == 12
    # No spreadsheet takes it for a formula.
    assert (rows[0]["文稿"], rows[0]["状态"], rows[0]["问题"], rows[0]["改为"]) == (
        "'=第0篇",
        "新增",
        ERROR,
        "截至目前",
    )


def test_the_next_scan_of_a_site_tells_what_was_mended_and_a_false_alarm_stays_one(
    engine: Engine, tmp_path: Path
) -> None:
    def statuses(where: str) -> dict[str, str]:
        found = client.get(f"{where}/findings").json()["findings"]
        return {one["document"]: one["status"] for one in found}

    names = [f"https://www.example.gov.cn/{number}.html" for number in range(3)]
    with service(engine, tmp_path) as client:
        first = begin(client, *(article(DRAFT, name) for name in names)).headers["location"]
        worked_off(client, first, tmp_path)
        alarm = client.get(f"{first}/findings").json()["findings"][1]
        said = {"document": alarm["document"], "finding": alarm["id"], "actor": "赵小明"}
        decided = client.post(f"{first}/decisions", json=said | {"reason": f"引用原文，电话{PHONE}。"})
        unknown = client.post(f"{first}/decisions", json=said | {"finding": "0" * 16, "reason": "没有。"})
        second = begin(client, article(CLEAN, names[0]), *(article(DRAFT, name) for name in names[1:]))
        shown = worked_off(client, second.headers["location"], tmp_path)
        now = statuses(second.headers["location"])
        listed = client.get("/v1/scans", params={"site": "示例网", "limit": 1}).json()
        before = client.get("/v1/scans", params={"before": listed[0]["number"]}).json()

    assert (decided.status_code, decided.json()["false_alarm"]) == (201, True)
    assert_problem(unknown, 404, "没有这条标注")
    assert shown["previous"] == 1
    assert now == {names[0]: "mended", names[1]: "false_alarm", names[2]: "remaining"}
    assert ([one["number"] for one in listed], [one["number"] for one in before]) == ([2], [1])
    assert PHONE.encode() not in (tmp_path / "site.db").read_bytes()


def test_a_request_reaches_nothing_but_what_lies_below_the_folder_of_archives(
    engine: Engine, tmp_path: Path
) -> None:
    archives, secret = tmp_path / "archives", tmp_path / "secret"
    for folder in (archives / "site", secret):
        folder.mkdir(parents=True)
    (secret / "plan.txt").write_text(DRAFT, encoding="utf-8")
    (archives / "site" / "a.txt").write_text(DRAFT, encoding="utf-8")
    (archives / "site" / "link.txt").symlink_to(secret / "plan.txt")
    (archives / "out").symlink_to(secret)
    (archives / "list.csv").write_text(
        f"标题,文件\n甲,site/a.txt\n乙,../secret/plan.txt\n丙,{secret}/plan.txt\n"
        "丁,http://127.0.0.1:9/plan.txt\n戊,file:///etc/hosts\n",
        encoding="utf-8",
    )
    refused = [
        "..",
        "../secret",
        "site/../../secret",
        "/etc",
        str(secret),
        "out",
        "out/plan.txt",
        "site//a.txt",
    ]
    refused += [
        ".",
        "site\\a",
        "http://127.0.0.1:9/",
        "file:///etc",
        "memory://x",
        "no such folder",
        "site/*",
        "%2e%2e",
    ]
    with service(engine, tmp_path, archives=archives) as client:
        for named in refused:
            answer = client.post("/v1/scans", json={"site": "示例网", "source": named})
            assert_problem(answer, 422, "SHENJIAO_ARCHIVES")
            assert str(tmp_path) not in answer.text.replace(named, "")
        scans = {}
        for source in ("site", "list.csv"):
            begun = client.post("/v1/scans", json={"site": source, "source": source})
            assert (begun.status_code, begun.json()["source"]) == (202, source), begun.text
            worked_off(client, begun.headers["location"], tmp_path)
            scans[source] = client.get(f"{begun.headers['location']}/findings").json()["findings"]

    assert [one["document"] for one in scans["site"]] == ["a.txt"]
    assert [one["document"] for one in scans["list.csv"]] == ["site/a.txt"]


def test_what_cannot_be_asked_for_is_refused_with_a_problem(engine: Engine, tmp_path: Path) -> None:
    with service(engine, tmp_path) as client:
        for body, words in (
            ({"site": "示例网"}, "source 与 articles"),
            ({"site": "示例网", "source": "a", "articles": [article()]}, "source 与 articles"),
            ({"site": "示例网", "articles": []}, "articles"),
            ({"site": "示例网", "source": "a"}, "SHENJIAO_ARCHIVES"),
            ({"site": "示例网", "articles": [article(name="a\nb")]}, "name"),
            ({"site": "x" * 101, "articles": [article()]}, "site"),
        ):
            assert_problem(client.post("/v1/scans", json=body), 422, words)
        for method, path in (
            ("GET", "/v1/scans/7"),
            ("GET", "/v1/scans/7/findings"),
            ("GET", "/v1/scans/7/findings?format=csv"),
            ("POST", "/v1/scans/7/resume"),
        ):
            assert_problem(client.request(method, path), 404, "没有这一次扫描")
        assert client.get("/v1/scans/0").status_code == 422
        assert client.get("/v1/scans/7/findings?after=1.2").status_code == 422
    assert not (tmp_path / "inbox").exists()


def test_a_scan_that_is_asked_for_twice_with_one_key_is_begun_once(engine: Engine, tmp_path: Path) -> None:
    asked = {"site": "示例网", "articles": [article()]}
    key = {"idempotency-key": "scan-1"}
    with service(engine, tmp_path) as client:
        first, second = (client.post("/v1/scans", json=asked, headers=key) for _ in range(2))
        other = client.post("/v1/scans", json=asked | {"site": "另一网"}, headers=key)
        runs = client.get("/v1/scans").json()

    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() == second.json()
    assert first.headers["location"] == second.headers["location"] == "/v1/scans/1"
    assert_problem(other, 422, "Idempotency-Key")
    assert len(runs) == len(list((tmp_path / "inbox").iterdir())) == 1


def test_the_examples_of_the_document_are_answered(engine: Engine, tmp_path: Path) -> None:
    with service(engine, tmp_path) as client:
        schemas = client.get("/openapi.json").json()["components"]["schemas"]
        begun = client.post("/v1/scans", json=schemas["ScanRequest"]["examples"][0])
        where = begun.headers["location"]
        worked_off(client, where, tmp_path)
        decided = client.post(f"{where}/decisions", json=schemas["ScanDecisionRequest"]["examples"][0])
        resumed = client.post(f"{where}/resume")

    assert (begun.status_code, decided.status_code) == (202, 201)
    # What is done stays so.
    assert (resumed.status_code, resumed.json()["state"]) == (202, "done")
    assert resumed.json()["findings"]["false_alarm"] == 1


def test_articles_of_a_run_that_stopped_long_ago_go(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    kept, forgotten, fresh = (inbox.put([{"正文": CLEAN}]) for _ in range(3))
    long_ago = time.time() - KEPT_SECONDS - 60
    for source in (kept, forgotten):
        os.utime(source.parent, (long_ago, long_ago))

    inbox.clear([kept])

    assert (kept.exists(), forgotten.exists(), fresh.exists()) == (True, False, True)


def test_a_service_that_is_killed_amid_a_scan_goes_on_with_it_when_it_is_started_again(
    tmp_path: Path,
) -> None:
    environment = {
        "SHENJIAO_DATABASE_URL": f"sqlite:///{tmp_path / 'site.db'}",
        "SHENJIAO_SCAN_INBOX": str(tmp_path / "inbox"),
        "SHENJIAO_SCAN_WORKERS": "1",
    }
    articles = [article(f"第{number}篇。{DRAFT}{CLEAN * 20}", f"第{number}篇") for number in range(300)]
    body = json.dumps({"site": "示例网", "articles": articles}).encode()

    def progress(address: str) -> Any:
        return json.loads(get(f"{address}/v1/scans/1"))

    with (tmp_path / "log").open("wb") as log:
        with running(log, **environment) as (address, process):
            status, _ = post(f"{address}/v1/scans", body)
            assert status == 202
            amid = until(lambda: (shown := progress(address))["progress"]["checked"] and shown)
            process.send_signal(signal.SIGKILL)
            process.wait()
        # Its worker is no child of ours; what is left of it is killed as a machine that loses its power would.
        for worker in workers_of(tmp_path / "inbox"):
            os.kill(worker, signal.SIGKILL)
        with running(log, **environment) as (address, _):
            until(lambda: progress(address)["state"] == "done")
            shown = progress(address)
            found = [
                json.loads(line) for line in get(f"{address}/v1/scans/1/findings?format=jsonl").splitlines()
            ]

    assert amid["state"] == "running"
    assert (shown["progress"]["documents"], shown["progress"]["checked"]) == (300, 300)
    assert len(found) == len({(one["document"], one["start"]) for one in found}) == 300


def workers_of(inbox: Path) -> list[int]:
    """Find the processes that work on what lies in an inbox."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            asked = (folder / "environ").read_bytes() if folder.name.isdecimal() else b""
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"SHENJIAO_SCAN_INBOX={inbox}".encode() in asked and b"serve" not in command:
            found.append(int(folder.name))
    return found
