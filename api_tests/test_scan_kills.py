"""A scan amid kills: of its processes, of the database server, of the disk; the results are those of a scan in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from api_tests.postgresql import serving
from app.engine import Engine
from bench.archive_kills import Blow, Disturbed
from bench.archive_texts import articles

ARTICLES = 300
NO_CORPORA = Path("no-such-folder")


@pytest.fixture(scope="module")
def rows(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive of drawn sentences."""
    made = tmp_path_factory.mktemp("archive") / "articles.jsonl"
    drawn = articles(engine, NO_CORPORA, ARTICLES, 300)
    made.write_text("".join(f"{article.row}\n" for article in drawn), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def peace(rows: Path) -> bytes:
    """The results of a scan that nobody disturbs."""
    folder = rows.parent / "peace"
    return Disturbed(folder, f"sqlite:///{folder}.db").scan(rows, [])


def test_killed_processes_and_a_full_disk_leave_no_trace_in_the_results(
    rows: Path, peace: bytes, tmp_path: Path
) -> None:
    disturbed = Disturbed(tmp_path / "out", f"sqlite:///{tmp_path / 'scans.db'}")

    assert disturbed.scan(rows, [Blow.WORKER, Blow.SUPERVISOR, Blow.DISK]) == peace

    assert disturbed.blows.total() > 0
    assert peace.count(b'"status": "new"') > ARTICLES / 40


def test_a_killed_database_server_leaves_no_trace_in_the_results(
    rows: Path, peace: bytes, tmp_path: Path
) -> None:
    # A server of its own: the others' must live.
    with serving() as server:
        disturbed = Disturbed(tmp_path / "out", server.new_database(), server)

        assert disturbed.scan(rows, [Blow.SERVER]) == peace

    assert disturbed.blows == {Blow.SERVER: 1}
