"""No number in any log, metric, problem, file or stored row: a run full of leaks, then everything is searched."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from api_tests.service import SHENJIAO, get, post, running
from bench.privacy_texts import texts

NUMBER_OF_TEXTS = 60
PATIENCE = 180.0
"""Seconds in which a small scan is done, on a busy machine."""
SHORTEST = 7
"""Digits; a shorter run may be a size, a time or a count."""


def leaks() -> list[str]:
    """Texts with leaks of every kind, drawn as for the bench."""
    return [text.text for _, text in texts(NUMBER_OF_TEXTS) if text.leaks]


def secrets() -> set[str]:
    """What must not be found again: the long numbers of the texts, and the leaks as they are written."""
    drawn = [text for _, text in texts(NUMBER_OF_TEXTS) if text.leaks]
    written = {text[a:b] for text, places, _ in drawn for a, b in places}
    digits = {run for leak in written for run in re.findall(rf"\d{{{SHORTEST},}}", leak)}
    return {leak for leak in written if len(leak) >= SHORTEST} | digits


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("leaks")


@pytest.fixture(scope="module")
def written(folder: Path) -> dict[str, bytes]:
    """Everything that a service and the commands wrote, by what it is."""
    log, database, metrics = folder / "log", folder / "site.db", folder / "metrics"
    environment = {
        "SHENJIAO_DATABASE_URL": f"sqlite:///{database}",
        "SHENJIAO_SCAN_INBOX": str(folder / "inbox"),
        "SHENJIAO_SCAN_WORKERS": "1",
        "TMPDIR": str(folder),
    }
    answers: list[str] = []
    with log.open("wb") as out, running(out, **environment) as (address, _):
        # Something stands in the database, so that its rows are more than a table without any.
        entry = {
            "entry": {"kind": "forbid", "text": "市政数局", "reason": "简称尚未公布。", "unit": "办公室"},
            "author": "赵小明",
        }
        post(f"{address}/v1/site-lexicon/entries", json.dumps(entry).encode())
        for leak in leaks():
            for route in ("proofread", "redact", "site-lexicon/dry-run", "site-lexicon/entries"):
                answers += [post(f"{address}/v1/{route}", body)[1] for body in broken(leak)]
            for route in ("check", "words/add", "words/delete"):
                answers += [post(f"{address}/v2/{route}", body)[1] for body in forms(leak)]
            answers += [post(f"{address}/v1/reviews", body)[1] for body in (*broken(leak), *revisions(leak))]
            answers.append(try_get(f"{address}/v1/rules/{ascii_of(leak)}"))
            answers.append(try_get(f"{address}/{ascii_of(leak)}?q={ascii_of(leak)}"))
            answers += [post(f"{address}/v1/scans", body)[1] for body in broken(leak)]
        answers += scanned(address)
        metrics.write_text(get(f"{address}/metrics"), encoding="utf-8")
    files = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {**files, "answers": "\n".join(answers).encode(), "rows": rows_of(database), **commands(folder)}


def broken(leak: str) -> list[bytes]:
    """A request as it should be, and all that can be wrong with one."""
    return [
        json.dumps({"text": leak}).encode(),
        json.dumps({"text": leak, leak: 1}).encode(),
        json.dumps({"text": "通知", "offset_unit": leak}).encode(),
        json.dumps({"text": "通知", "published_on": leak}).encode(),
        json.dumps({"text": [leak]}).encode(),
        json.dumps([leak]).encode(),
        b'{"text": "' + leak.encode(),
        leak.encode("gb18030"),
        json.dumps({"text": leak + "\ud800"}).encode(),
    ]


def forms(leak: str) -> list[bytes]:
    """The same for the programs that send forms."""
    return [
        urlencode({"language": "zh-CN", "text": leak, "word": leak}).encode(),
        f"language=zh-CN&text={leak}&word={leak}".encode(),
        urlencode({"language": leak, "text": leak}).encode(),
        urlencode({"language": "zh-CN", "data": leak}).encode(),
        urlencode({"language": "zh-CN", "text": leak, "level": leak, leak: leak}).encode(),
        b"language=zh-CN&text=" + leak.encode("gb18030"),
    ]


def revisions(leak: str) -> Iterator[bytes]:
    """Revisions with the leak in every place that is kept or might be."""
    sound = {"document_id": "article-1", "revision": "1", "channel": "网站", "text": leak}
    yield json.dumps(sound).encode()
    # A list pressed into one line is another text: no heading says any more what its columns hold.
    if len(leak.splitlines()) == 1:
        yield json.dumps(sound | {"title": leak.strip()}).encode()
        yield json.dumps(sound | {"document_id": leak.strip()}).encode()
    yield json.dumps({**sound, "text": None, "html": f"<p>{leak}</p>"}).encode()
    yield json.dumps(
        {name: value for name, value in sound.items() if name != "text"} | {"html": leak}
    ).encode()


def scanned(address: str) -> Iterator[str]:
    """Have articles scanned that have leaks in their titles and texts, and take all that is told of them."""
    articles = [
        {"name": f"https://www.example.gov.cn/{number}.html", "text": leak}
        | ({"title": leak.strip(), "column": "公示"} if len(leak.splitlines()) == 1 else {})
        for number, leak in enumerate(leaks())
    ]
    yield post(f"{address}/v1/scans", json.dumps({"site": "示例网", "articles": articles}).encode())[1]
    give_up = time.monotonic() + PATIENCE
    while (shown := json.loads(get(f"{address}/v1/scans/1")))["state"] != "done":
        assert time.monotonic() < give_up, "the scan does not end"
        time.sleep(0.2)
    yield json.dumps(shown)
    yield get(f"{address}/v1/scans/1/findings?format=jsonl")
    yield get(f"{address}/v1/scans/1/report/report.html")


def ascii_of(leak: str) -> str:
    return "x" + "".join(re.findall(r"[0-9A-Za-z]+", leak))[:200]


def try_get(url: str) -> str:
    status, answer = post(url, b"")
    assert status in (404, 405)
    return answer


def rows_of(database: Path) -> bytes:
    with closing(sqlite3.connect(database)) as opened:
        return "\n".join(opened.iterdump()).encode()


def commands(folder: Path) -> dict[str, bytes]:
    """What the command line writes about files full of leaks."""
    drafts = folder / "drafts"
    drafts.mkdir()
    for number, leak in enumerate(leaks()):
        (drafts / f"{number}.txt").write_text(leak, encoding="utf-8")
    (drafts / "broken.txt").write_bytes(b"\xff\x00" + leaks()[0].encode("utf-16"))
    shown = {}
    for name, options in {
        "check": ["check", *map(str, drafts.glob("*.txt"))],
        **{
            f"check {form}": ["check", "--format", form, *map(str, drafts.glob("*.txt"))]
            for form in ("sarif", "rdjson", "csv")
        },
        "check jsonl": ["check", "--format", "jsonl", *map(str, drafts.glob("*.txt"))],
        "scan": ["scan", str(drafts), "--out", str(folder / "result")],
    }.items():
        done = subprocess.run(
            [SHENJIAO, *options],
            capture_output=True,
            check=False,
            env=os.environ | {"SHENJIAO_DATABASE_URL": f"sqlite:///{folder / 'scans.db'}"},
        )
        shown[name] = done.stdout + done.stderr
    shown["rows of the scan"] = rows_of(folder / "scans.db")
    return shown | {str(path): path.read_bytes() for path in (folder / "result").iterdir()}


def test_the_run_was_full_of_leaks_and_wrote_something(written: dict[str, bytes]) -> None:
    assert len(secrets()) > 30
    assert {"answers", "rows", "check", "scan"} < set(written)
    assert b"CREATE TABLE" in written["rows"]
    assert "市政数局".encode() in written["rows"]
    assert b"record_content" in written["rows"]
    assert b"article-1" in written["rows"]
    assert "示例网".encode() in written["rows"]
    assert b'"state": "done"' in written["answers"]
    assert b"PI001" in written["rows of the scan"]
    assert any(name.endswith("findings.jsonl") and b"PI001" in content for name, content in written.items())
    assert any(
        name.endswith("/metrics") and b"shenjiao_findings" in content for name, content in written.items()
    )


def test_no_number_is_found_in_anything_that_was_written(written: dict[str, bytes]) -> None:
    forms = {secret: (secret.encode(), json.dumps(secret)[1:-1].encode()) for secret in secrets()}
    found = [
        (name, len(secret))
        for name, content in written.items()
        for secret, spellings in forms.items()
        if any(spelling in content for spelling in spellings)
    ]

    assert found == []


def test_no_identity_number_at_all_is_found(written: dict[str, bytes]) -> None:
    """Whatever was drawn: nothing of eighteen digits in a row stands anywhere."""
    number = re.compile(rb"(?<![0-9A-Fa-f])[1-8]\d{16}[\dXx](?![0-9A-Fa-f])")

    assert [name for name, content in written.items() if number.search(content)] == []
