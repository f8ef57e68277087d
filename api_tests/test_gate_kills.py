"""The server is killed amid writes: nothing that it answered is lost, nothing is done twice, the records hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from api_tests.gate_kit import CLEAN, DRAFT, JOIN
from app.store.audit import Audit
from app.store.database import Database
from bench.gate_kills import keep_killing


def test_a_killed_server_has_kept_whatever_it_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    monkeypatch.setenv("SHENJIAO_DATABASE_URL", url)

    killed = keep_killing(url, [DRAFT, CLEAN, JOIN], kills=2)

    assert killed.answered > 10
    assert (killed.lost, killed.twice) == (0, 0)
    database = Database(url)
    head, breaks = Audit(database).breaks({})
    database.close()
    assert breaks == []
    assert head is not None
    assert head.number >= killed.answered
