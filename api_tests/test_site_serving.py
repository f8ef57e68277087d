"""The site lexicon under way: live in every process within two seconds, whole whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from api_tests.service import SHENJIAO, get, post, running
from api_tests.site_kit import AUTHOR, UNIT, forbid
from app.site.entry import Signature
from app.store.database import Database
from app.store.entry_store import EntryStore, Sought
from app.store.history import History

ROUTE = "/v1/site-lexicon"
ROWS = 20_000
LIVE_WITHIN = 2.0
"""Seconds."""
PATIENCE = 60.0


def site(database_url: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the site lexicon."""
    done = subprocess.run(
        [SHENJIAO, "site", *map(str, arguments)],
        capture_output=True,
        check=False,
        env=os.environ | {"SHENJIAO_DATABASE_URL": database_url, "LC_ALL": "C.UTF-8"},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def versions(address: str, times: int) -> set[int]:
    """Ask so many times, each time on a connection of its own, which version is served."""
    return {json.loads(get(f"{address}/readyz"))["site_lexicon_version"] for _ in range(times)}


def test_a_change_is_live_in_every_process_within_two_seconds(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path / 'site.db'}"
    entry = {"kind": "forbid", "text": "红头样稿", "reason": "理由", "unit": UNIT}
    with (
        (tmp_path / "log").open("wb") as log,
        running(log, "--workers", "2", SHENJIAO_DATABASE_URL=database_url) as (address, _),
    ):
        assert versions(address, 20) == {0}
        body = json.dumps({"entry": entry, "author": AUTHOR}).encode()
        assert post(f"{address}{ROUTE}/entries", body)[0] == 201
        time.sleep(LIVE_WITHIN)

        assert versions(address, 40) == {1}
    written = (tmp_path / "log").read_text()
    assert "红头样稿" not in written
    assert AUTHOR not in written


def is_writing_sqlite(path: Path) -> Callable[[], bool]:
    # What does not fit into the cache is written aside before the transaction ends.
    aside = path.with_name(f"{path.name}-wal")
    return lambda: aside.exists() and aside.stat().st_size > 1_000_000


def is_writing_postgresql(url: str) -> Callable[[], bool]:
    asked = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO site_%'"

    def is_writing() -> bool:
        with psycopg.connect(url) as connection:
            return connection.execute(asked).fetchone() is not None

    return is_writing


def test_an_import_that_is_killed_leaves_the_old_version_whole(
    tmp_path: Path, database: Database, database_url: str
) -> None:
    store, history = EntryStore(database), History(database)
    store.add(forbid("样稿第1号"), Signature("钱小红"))
    rows = [f"禁用,样稿第{n}号,新的理由,{UNIT}\n" for n in range(1, ROWS + 1)]
    table = tmp_path / "table.csv"
    table.write_text("类型,词语,理由,单位\n" + "".join(rows), encoding="utf-8")
    is_writing = is_writing_sqlite(database.file) if database.file else is_writing_postgresql(database_url)
    command = [SHENJIAO, "site", "import", str(table), "--author", AUTHOR]
    importing = subprocess.Popen(command, env=os.environ | {"SHENJIAO_DATABASE_URL": database_url})
    give_up = time.monotonic() + PATIENCE
    while not is_writing():
        assert importing.poll() is None, "the import was over before it could be killed"
        assert time.monotonic() < give_up
        time.sleep(0.005)
    importing.send_signal(signal.SIGKILL)
    assert importing.wait() == -signal.SIGKILL

    assert (store.version(), len(history.changes(10))) == (1, 1)
    _, total, kept = store.listed(Sought(), 10, 0)
    assert (total, kept[0].entry.reason) == (1, "试用的理由。")

    done = site(database_url, "import", table, "--author", AUTHOR)

    assert done.returncode == 0, done.stderr
    assert f"已导入 {ROWS} 条，第 2 号变更。" in done.stdout
    assert (store.version(), store.listed(Sought(), 1, 0)[1]) == (2, ROWS)


def test_the_commands_look_after_the_lexicon_from_end_to_end(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path / 'site.db'}"
    signed = ("--reason", "简称尚未公布", "--unit", UNIT, "--author", AUTHOR)
    table = tmp_path / "site.xlsx"

    assert "S00001" in site(database_url, "add", "replace", "市政数局", "--use", "市数据局", *signed).stdout
    assert (
        site(database_url, "list", "数据").stdout
        == f"S00001\t改用\t市政数局 → 市数据局\t简称尚未公布\t{UNIT}\n"
    )
    assert "已导出版本 1" in site(database_url, "export", table).stdout
    assert "没有变更" in site(database_url, "import", table, "--author", AUTHOR).stdout
    refused = site(database_url, "add", "forbid", "市政数局", *signed)
    assert (refused.returncode, "S00001 已有" in refused.stderr) == (2, True)
    checked = subprocess.run(
        [SHENJIAO, "check", "--format", "json"],
        input="由市政数局负责。".encode(),
        capture_output=True,
        check=False,
        env=os.environ | {"SHENJIAO_DATABASE_URL": database_url},
    )
    (answer,) = json.loads(checked.stdout)
    assert (answer["site_lexicon_version"], answer["findings"][0]["rule"]) == (1, "S00001")
    assert "已撤销第 1 号变更" in site(database_url, "undo", "1", "--author", "钱小红").stdout
    assert "undo（撤销第 1 号）" in site(database_url, "history", "S00001").stdout
    assert site(database_url, "list").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("undo", "9", "--author", AUTHOR), "没有这个条目或这一号变更"),
        (("history", "X1"), "编号应如 S00001"),
        (("export", "site.doc"), "只能导出 csv、xlsx 文件"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = site(f"sqlite:///{tmp_path / 'site.db'}", *arguments)

    assert done.returncode == 2
    assert said in done.stderr


def test_an_import_that_cannot_be_done_names_every_place(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"类型,词语,理由,单位\n禁用,红头样稿,=1,{UNIT}\n禁用,,理由,{UNIT}\n", encoding="utf-8")

    done = site(f"sqlite:///{tmp_path / 'site.db'}", "import", table, "--author", AUTHOR)

    assert done.returncode == 2
    assert "工作表“CSV”第 2 行“理由”列：像是公式" in done.stderr
    assert "文件没有导入。" in done.stderr
    assert not (tmp_path / "site.db").exists()
