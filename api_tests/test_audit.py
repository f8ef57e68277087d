"""The records: whatever is changed in the database is found, and what may go goes without a trace of itself."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Executable, select, text, update
from sqlalchemy.exc import DBAPIError

from api_tests.gate_kit import CLEAN, DRAFT, JOIN, decide, gate, release, review, revision, sign, verify
from api_tests.service import SHENJIAO
from app.engine import Engine
from app.gate.chain import BEGINNING, digest, link, seal
from app.keys.key import BY_COMMAND, HIGHEST_RATE, KeyDraft, Role
from app.one_line import masked_line
from app.store.audit import Audit
from app.store.database import Database, DatabaseError
from app.store.gate_tables import CONTENTS, HEAD, RECORDS, SECRETS
from app.store.key_store import KeyStore
from app.store.last_seen import last_seen
from app.store.purge import purge


@pytest.fixture
def client(engine: Engine, database_url: str) -> Iterator[TestClient]:
    with gate(engine, database_url) as client:
        yield client


def write_some(client: TestClient) -> None:
    """Write a record of every kind but a purge: seven in all."""
    made = review(client)
    release(client, made)
    verify(client, made, CLEAN)
    again = review(client, number="2", title="关于整改的通报")
    for stage, actor in (("初审", "赵小明"), ("复审", "钱小红")):
        sign(client, again, stage, actor)
    review(client, JOIN, document_id="article-2")


def breaks(database: Database, notes: dict[int, str] | None = None) -> list[int]:
    return [one.number for one in Audit(database).breaks(notes or {})[1]]


@contextmanager
def without_triggers(database: Database) -> Iterator[Connection]:
    """Write as somebody can who has the database: no trigger and no reference stands in the way."""
    with database.writing() as connection:
        if database.file is None:
            connection.execute(text("SET session_replication_role = replica"))
            yield connection
            connection.execute(text("SET session_replication_role = DEFAULT"))
            return
        found = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = connection.execute(found).all()
        for name, _ in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield connection
        for _, made in triggers:
            connection.exec_driver_sql(made)


def attack(database: Database, *deeds: str | Executable) -> None:
    """Do something to the records behind the program's back."""
    with without_triggers(database) as connection:
        for deed in deeds:
            connection.execute(text(deed) if isinstance(deed, str) else deed)


def kept_hash(database: Database, number: int) -> str:
    with database.reading() as connection:
        return str(connection.scalar(select(RECORDS.c.hash).where(RECORDS.c.number == number)))


def secret(database: Database) -> bytes:
    with database.reading() as connection:
        return bytes.fromhex(str(connection.scalar(select(SECRETS.c.secret))))


def test_every_deed_is_a_record_and_the_chain_holds(client: TestClient, database: Database) -> None:
    write_some(client)

    page = client.get("/v1/audit?limit=5").json()
    rest = client.get("/v1/audit?after=5").json()["records"]

    kinds = [record["kind"] for record in (*page["records"], *rest)]
    assert kinds == ["review", "decision", "refusal", "review", "stage", "stage", "review"]
    assert (page["last"], page["last_hash"]) == (7, rest[-1]["hash"])
    assert breaks(database) == []
    assert json.loads(page["records"][2]["content"])["reason"] == "edited"
    assert digest(rest[-1]["content"]) == rest[-1]["content_hash"]
    # As docs/reviews.md says, for whoever follows the chain with tools of their own.
    said = {name: value for name, value in rest[-1].items() if name not in {"hash", "content"}}
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert hashlib.sha256(written.encode()).hexdigest() == rest[-1]["hash"]


CHANGES = (
    ("UPDATE record_content SET content = replace(content, '赵小明', '李小刚') WHERE number = 2", 2),
    ("UPDATE record_content SET content = content || ' ' WHERE number = 4", 4),
    ("DELETE FROM record_content WHERE number = 3", 3),
    ("UPDATE record SET at = '2020-01-01T00:00:00Z' WHERE number = 5", 5),
    ("UPDATE record SET through = 7 WHERE number = 2", 2),
    ("UPDATE review SET verdict = 'pass' WHERE number = 7", 7),
    ("UPDATE review SET text_hash = '0' WHERE number = 1", 1),
    ("UPDATE review SET document_id = 'article-9' WHERE number = 7", 7),
    ("UPDATE review_finding SET severity = 'info' WHERE review = 4", 4),
    ("UPDATE review_decision SET actor = '李小刚' WHERE record = 4", 4),
    ("DELETE FROM review_decision WHERE record = 2", 2),
    ("DELETE FROM review_stage WHERE record = 6", 6),
    ("INSERT INTO review_stage VALUES (7, 7, '终审', 'pass', '李小刚', NULL, 'x')", 7),
    ("INSERT INTO record_content VALUES (8, '{}')", 8),
)


class TakenBackError(Exception):
    """Ends a transaction so that nothing of it stays."""


def test_a_change_in_the_database_is_found_where_it_was_made(client: TestClient, database: Database) -> None:
    write_some(client)

    for deed, place in CHANGES:
        found: list[int] = []
        with suppress(TakenBackError), without_triggers(database) as connection:
            assert connection.execute(text(deed)).rowcount == 1, deed
            found = breaks(database)
            raise TakenBackError
        assert found[:1] == [place], deed
    assert breaks(database) == []


def test_a_record_made_over_with_its_own_hash_breaks_the_next_one(
    client: TestClient, database: Database
) -> None:
    write_some(client)
    second = RECORDS.c.number == 2
    with database.reading() as connection:
        row = connection.execute(select(RECORDS).where(second)).mappings().one()
    forged = {"at": "2020-01-01T00:00:00Z"}
    forged["hash"] = link({**row, **forged})

    attack(database, update(RECORDS).where(second).values(forged))

    assert breaks(database)[0] == 3


CUT = (
    "DELETE FROM review_finding WHERE review = 7",
    "DELETE FROM review WHERE number = 7",
    "DELETE FROM record_content WHERE number = 7",
    "DELETE FROM record WHERE number = 7",
)


def test_a_cut_off_end_is_found(client: TestClient, database: Database) -> None:
    write_some(client)

    attack(database, *CUT)

    assert breaks(database)[0] == 7


def test_a_cut_off_end_is_found_though_the_head_was_made_over(client: TestClient, database: Database) -> None:
    write_some(client)

    attack(database, *CUT, update(HEAD).values(number=6, hash=kept_hash(database, 6)))
    assert breaks(database) == [0]
    attack(database, "DELETE FROM record_head")
    assert breaks(database) == [0]


def test_who_signs_the_head_anew_with_the_stolen_secret_is_found_by_a_note_kept_elsewhere(
    client: TestClient, database: Database
) -> None:
    write_some(client)
    sixth, noted = kept_hash(database, 6), kept_hash(database, 7)
    signed = seal(6, sixth, secret(database))

    attack(database, *CUT, update(HEAD).values(number=6, hash=sixth, seal=signed))

    assert breaks(database) == []
    assert breaks(database, {7: noted}) == [7]
    assert breaks(database, {6: sixth}) == []


def test_records_cannot_be_altered_through_the_program(client: TestClient, database: Database) -> None:
    write_some(client)

    for deed in (
        "DELETE FROM record",
        "UPDATE record SET kind = 'purge', through = 9",
        "UPDATE record_content SET content = '{}'",
        "DELETE FROM record_content",
    ):
        with pytest.raises((DBAPIError, DatabaseError)), database.writing() as connection:
            connection.execute(text(deed))

    assert breaks(database) == []


def age(database: Database, through: int, days: int) -> None:
    """Let the first records be older than they are: all are written as they would have been then."""
    at = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with database.reading() as connection:
        rows = connection.execute(select(RECORDS).order_by(RECORDS.c.number)).mappings().all()
    deeds: list[Executable] = []
    previous = BEGINNING
    for row in rows:
        said = {"previous": previous, "at": at if row["number"] <= through else row["at"]}
        previous = link({**row, **said})
        deeds.append(update(RECORDS).where(RECORDS.c.number == row["number"]).values(**said, hash=previous))
    signed = seal(len(rows), previous, secret(database))
    attack(database, *deeds, update(HEAD).values(hash=previous, seal=signed))


def test_old_contents_go_and_the_chain_still_holds(client: TestClient, database: Database) -> None:
    write_some(client)
    assert purge(database, 30) is None
    age(database, 3, 40)
    assert breaks(database) == []

    done = purge(database, 30)

    assert done is not None
    assert (done.through, done.contents, done.reviews) == (3, 3, 1)
    records = client.get("/v1/audit").json()["records"]
    assert [record["content"] is None for record in records] == [True] * 3 + [False] * 5
    assert (records[-1]["kind"], records[-1]["through"]) == ("purge", 3)
    assert json.loads(records[-1]["content"])["decisions"] == 1
    assert breaks(database) == []
    assert purge(database, 30) is None
    # What was taken over into a younger review is still remembered.
    assert review(client, number="3")["verdict"] == "pass"
    assert breaks(database) == []


def test_what_was_decided_late_about_an_old_review_goes_with_it(
    client: TestClient, database: Database
) -> None:
    made = review(client)
    age(database, 1, 40)
    release(client, made)

    purge(database, 30)

    assert client.get(f"/v1/reviews/{made['id']}").status_code == 404
    assert verify(client, made)["reason"] == "forged"
    assert breaks(database) == []


def test_nothing_goes_that_no_purge_has_announced(client: TestClient, database: Database) -> None:
    write_some(client)
    age(database, 3, 40)
    purge(database, 30)

    with pytest.raises((DBAPIError, DatabaseError)), database.writing() as connection:
        connection.execute(text("DELETE FROM record_content WHERE number = 4"))
    attack(database, "DELETE FROM record_content WHERE number = 4")

    assert breaks(database)[0] == 4


def test_two_purges_leave_nothing_to_compare_a_guess_with(client: TestClient, database: Database) -> None:
    """The same deed has another hash each time: who guesses the contents cannot try them against it."""
    for number in ("1", "2"):
        decide(client, review(client, number=number), "accepted")

    with database.reading() as connection:
        hashes = connection.scalars(select(RECORDS.c.content_hash)).all()
        contents = connection.scalars(select(CONTENTS.c.content)).all()

    assert len(set(hashes)) == len(hashes) == 4
    assert len({json.loads(content)["salt"] for content in contents}) == 4


def test_how_often_a_rule_was_a_false_alarm_stands_on_its_card(client: TestClient) -> None:
    assert client.get("/v1/rules/TY0001").json()["use"] == {
        "reviews": 0,
        "false_alarms": 0,
        "false_alarm_rate": None,
    }
    for number in range(4):
        review(client, document_id=f"article-{number}")
    changed = review(client, document_id="article-8")
    release(client, changed)
    release(client, changed, "waived")
    release(client, review(client, document_id="article-9"))

    assert client.get("/v1/rules/TY0001").json()["use"] == {
        "reviews": 6,
        "false_alarms": 1,
        "false_alarm_rate": 0.1667,
    }


def test_no_draft_is_kept_unless_the_site_wants_it(client: TestClient, database: Database) -> None:
    made = review(client, f"{DRAFT}\n这一段没有任何问题，也不应当留下。")

    with database.reading() as connection:
        kept = "\n".join(connection.scalars(text("SELECT content FROM record_content")))

    assert "不应当留下" not in kept
    assert "截止目前" in kept
    refused = client.get(f"/v1/reviews/{made['id']}/text")
    assert refused.status_code == 409


def test_a_site_that_keeps_drafts_keeps_them_masked(engine: Engine, database_url: str) -> None:
    draft = f"<p>{DRAFT}</p><p>赵小明，身份证号11010519491231002X。</p>"
    with gate(engine, database_url, keep_texts=True) as client:
        asked = {"document_id": "a", "revision": "1", "channel": "网站", "html": draft}
        made = client.post("/v1/reviews", json=asked).json()
        kept = client.get(f"/v1/reviews/{made['id']}/text")
        shown = client.get(f"/v1/reviews/{made['id']}").json()

    assert kept.text.startswith(f"<p>{DRAFT}</p>")
    assert "1949" not in kept.text
    assert kept.headers["content-type"].startswith("text/plain")
    assert shown["findings"][0]["text"] == "截止目前"


def test_titles_and_reasons_are_kept_masked(client: TestClient, database: Database) -> None:
    number = "11010519491231002X"
    made = review(client, title=f"关于赵小明{number}的公告")
    done = decide(client, made, "accepted", reason=f"身份证号{number}已核。")
    sign(client, made, "初审", "赵小明")
    refused = decide(client, made, "accepted", actor=number)

    assert refused.status_code == 422
    with database.reading() as connection:
        kept = "\n".join(connection.scalars(text("SELECT content FROM record_content")))
    assert number not in kept + made["title"] + done.text


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (
            "姓名 电话 住址 赵小明 0572-12345678 柳林镇赵家村3组12号 钱小红 人民路18号幸福小区3栋501室",
            "姓名 电话 住址 赵小明 ************* *********** 钱小红 ****************",
        ),
        (
            "姓名 出生日期 邮箱 赵小明 1949年12月31日 zhaoxiaoming@example.com",
            "姓名 出生日期 邮箱 赵小明 1949年*****日 ********************.***",
        ),
        (
            "赵小明、440524188001010014；钱小红、6222021234567890",
            "赵小明、******************；钱小红、****************",
        ),
        *[
            (title, title)
            for title in (
                "清河区人民政府办公室关于调整2026-11-22至2026-12-01公交线路的通告",
                "关于转发《整改工作方案》的通知（江办发〔2026〕12号）",
                "清河区教育局迁至人民路18号办公",
            )
        ],
    ],
)
def test_a_list_that_was_pasted_as_a_title_is_kept_masked(engine: Engine, title: str, kept: str) -> None:
    assert masked_line(engine, title) == kept


def test_findings_are_listed_once_with_what_has_become_of_them(
    client: TestClient, database: Database
) -> None:
    first = review(client, f"{DRAFT}\n{JOIN}")
    review(client, DRAFT, "2", title="=关于整改的通报")
    release(client, review(client, DRAFT, "3", document_id="article-2"), "waived")

    listed = {(one.document_id, one.found.rule): one for one in last_seen(database)}

    gone = next(one for (document, rule), one in listed.items() if rule != "TY0001")
    assert (gone.gone, gone.revision, gone.review) == (True, "1", first["id"])
    assert (listed["article-1", "TY0001"].gone, listed["article-1", "TY0001"].revision) == (False, "2")
    assert listed["article-1", "TY0001"].first_at == first["created_at"]
    assert len(listed) == 3


def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SHENJIAO_DATABASE_URL": url}
    return subprocess.run(
        [SHENJIAO, *arguments], capture_output=True, text=True, check=False, env=environment
    )


def test_the_commands_verify_export_and_purge(engine: Engine, tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path / 'site.db'}"
    database = Database(database_url)
    with gate(engine, database_url) as client:
        write_some(client)
    good = run(database_url, "audit", "verify")
    note = good.stdout.splitlines()[-1]
    assert (good.returncode, note.split(":")[0]) == (0, "7")
    assert run(database_url, "audit", "verify", "--noted", note).returncode == 0

    lines, table = tmp_path / "records.jsonl", tmp_path / "findings.csv"
    assert run(database_url, "audit", "export", str(lines)).returncode == 0
    assert run(database_url, "audit", "export", str(table)).returncode == 0
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [record["number"] for record in records] == list(range(1, 8))
    with table.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["错敏词"], row["整改状态"], row["所在文章"]) for row in rows] == [
        ("截止目前", "忽略", "关于整改的通报"),
        ("加强组织领导加强组织领导", "待整改", "article-2"),
    ]
    assert rows[0]["首次发现时间"] <= rows[0]["处理时间"]
    assert "没有到期" in run(database_url, "audit", "purge").stdout

    attack(database, "UPDATE review_decision SET actor = '李小刚' WHERE record = 2")
    bad = run(database_url, "audit", "verify")

    assert bad.returncode == 1
    assert "第 2 号记录" in bad.stderr
    assert "李小刚" not in bad.stderr


def test_without_a_database_there_is_nothing_to_audit(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'none.db'}")

    assert Audit(database).breaks({}) == (None, [])
    assert breaks(database, {1: "0" * 64}) == [1]
    assert (list(Audit(database).records()), list(last_seen(database)), purge(database, 1)) == ([], [], None)
    assert list(tmp_path.iterdir()) == []


def test_the_record_says_with_which_key_something_was_done(engine: Engine, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    database = Database(url)
    made = {
        role: KeyStore(database).create(KeyDraft(role.label, role, HIGHEST_RATE), BY_COMMAND)[1]
        for role in Role
    }

    def with_key(role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {made[role]}"}

    with gate(engine, url) as client:
        assert client.post("/v1/reviews", json=revision()).status_code == 401
        client.headers = with_key(Role.CHECK)
        one = review(client)
        assert decide(client, one, "fixed").status_code == 403
        assert sign(client, one, "初审", "赵小明").status_code == 403
        assert client.get("/v1/reviews").status_code == 403
        client.headers = with_key(Role.REVIEW)
        assert decide(client, one, "fixed").status_code == 201
        assert client.get("/v1/audit").status_code == 403
        records = client.get("/v1/audit", headers=with_key(Role.ADMIN)).json()["records"]
    database.close()

    done_with = [json.loads(record["content"])["key"] for record in records if record["kind"] != "key_made"]
    assert done_with == ["检查", "审核"]


def test_two_callers_may_use_the_same_idempotency_key(engine: Engine, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    database = Database(url)
    drafts = (KeyDraft("网站", Role.CHECK, HIGHEST_RATE), KeyDraft("公众号", Role.CHECK, HIGHEST_RATE))
    made = [KeyStore(database).create(draft, BY_COMMAND)[1] for draft in drafts]
    database.close()

    with gate(engine, url) as client:
        answers = {
            client.post(
                "/v1/reviews",
                json=revision(),
                headers={"Authorization": f"Bearer {secret}", "idempotency-key": "1"},
            ).json()["id"]
            for secret in made
        }

    assert len(answers) == 2
