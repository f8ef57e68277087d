"""The site lexicon as it is kept, on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import importlib
import json
import pkgutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from api_tests.site_kit import AUTHOR, SIGNED, allow, forbid, replace_by, switch
from app import store as store_package
from app.live_layer import LiveLayer
from app.site.entry import Kept, Kind, Match, Signature
from app.site.layer import SiteLayer
from app.store import migrations
from app.store.database import Database, DatabaseError
from app.store.entry_store import EntryStore, Sought
from app.store.history import History
from app.store.migrations.upgrade import VERSION_TABLE
from app.store.records import state_of
from app.store.tables import METADATA
from app.store.writing import ClashError, StaleError, Step, UnknownError
from detectors.kernel.finding import Category

EVERY_FIELD = replace_by(
    "市政数局",
    "市政务服务数据管理局",
    "市政数局（全称）",
    category=Category.TYPO,
    match=Match.WORD,
    expires_on=date(2027, 1, 31),
)


@pytest.fixture
def store(database: Database) -> EntryStore:
    return EntryStore(database)


@pytest.fixture
def history(database: Database) -> History:
    return History(database)


def test_the_lexicon_can_be_had_as_it_was_after_each_change(store: EntryStore, history: History) -> None:
    seen: list[list[Kept]] = [[]]

    def note() -> None:
        seen.append([one for _, some in store.changed_since(0) for one in some])

    store.add(EVERY_FIELD, SIGNED)
    note()
    store.add(forbid("红头样稿"), SIGNED)
    note()
    store.change(1, replace_by("市政数局", "市数据局"), SIGNED, seen=1)
    note()
    store.retire(2, SIGNED, seen=2)
    note()
    store.undo(4, SIGNED)
    note()

    assert [list(history.as_of(version)) for version in range(6)] == seen
    with pytest.raises(UnknownError):
        list(history.as_of(6))


def texts(store: EntryStore, words: str = "", **sought: object) -> list[str]:
    _, _, kept = store.listed(Sought(words, **sought), 100, 0)  # type: ignore[arg-type]
    return [one.entry.text for one in kept]


def test_an_entry_comes_back_as_it_was_written(store: EntryStore) -> None:
    kept = store.add(EVERY_FIELD, SIGNED)

    assert (kept.id, kept.change, kept.author, kept.retired) == ("S00001", 1, AUTHOR, False)
    assert store.get(1) == kept
    assert kept.entry == EVERY_FIELD
    assert store.add(allow("红头样稿", "typo", "PI001"), SIGNED).entry.scope == ("typo", "PI001")


def layer_entries(layer: SiteLayer) -> list[Kept]:
    return [kept for number in layer.entries if (kept := layer.entries.get(number))]


def test_nothing_is_made_until_something_is_written(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'site.db'}")
    store, history = EntryStore(database), History(database)

    assert (store.version(), store.listed(Sought(), 10, 0), list(store.changed_since(0))) == (
        0,
        (0, 0, []),
        [],
    )
    assert (history.changes(10), history.between(0, 0, 10)) == ([], (0, []))
    for unknown in (store.get, lambda number: store.undo(number, SIGNED)):
        with pytest.raises(UnknownError):
            unknown(1)
    with pytest.raises(UnknownError):
        store.retire(1, SIGNED, seen=1)
    assert list(tmp_path.iterdir()) == []


def test_entries_are_found_by_words_in_every_field_of_words(store: EntryStore) -> None:
    for entry in (EVERY_FIELD, forbid("红头样稿"), switch("TY0001")):
        store.add(entry, SIGNED)

    assert texts(store, "政务服务") == ["市政数局"]
    assert texts(store, "试用的理由") == ["市政数局", "红头样稿", "TY0001"]
    assert texts(store, "%") == []
    assert texts(store, kind=Kind.SWITCH) == ["TY0001"]
    assert store.listed(Sought(), 1, 1)[1:] == (3, [store.get(2)])


def test_an_entry_that_somebody_else_has_changed_is_not_overwritten(store: EntryStore) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.change(1, forbid("白头样稿"), Signature("钱小红"), seen=1)

    with pytest.raises(StaleError):
        store.change(1, forbid("蓝头样稿"), SIGNED, seen=1)
    with pytest.raises(StaleError):
        store.retire(1, SIGNED, seen=1)

    assert texts(store) == ["白头样稿"]


def test_a_retired_entry_is_kept_and_its_id_never_given_again(store: EntryStore) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.retire(1, SIGNED, seen=1)

    assert store.add(forbid("红头样稿"), SIGNED).id == "S00002"
    assert texts(store, retired=True) == ["红头样稿"]


def test_the_same_words_cannot_stand_twice(store: EntryStore) -> None:
    store.add(forbid("红头样稿2号"), SIGNED)
    store.add(forbid("白头样稿"), SIGNED)

    with pytest.raises(ClashError, match="S00001"):
        store.add(replace_by("红头样稿２号", "样稿"), SIGNED)
    with pytest.raises(ClashError, match="S00001"):
        store.change(2, forbid("红头样稿2号"), SIGNED, seen=2)
    assert store.add(allow("红头样稿2号"), SIGNED).id == "S00003"
    assert store.version() == 3


def test_every_change_can_be_undone_and_so_can_that(store: EntryStore, history: History) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.change(1, forbid("白头样稿"), SIGNED, seen=1)
    store.undo(2, Signature("钱小红"))
    assert texts(store) == ["红头样稿"]
    store.undo(3, Signature("钱小红"))
    assert texts(store) == ["白头样稿"]
    store.retire(1, SIGNED, seen=4)
    store.undo(5, SIGNED)
    assert texts(store) == ["白头样稿"]

    changes = history.changes(10)

    assert [(c.number, c.action, c.undoes) for c in changes] == [
        *((6, "undo", 5), (5, "retire", None), (4, "undo", 3), (3, "undo", 2)),
        *((2, "change", None), (1, "add", None)),
    ]
    assert {(c.author, c.at[:4] + c.at[-1:]) for c in changes} >= {("钱小红", f"{changes[0].at[:4]}Z")}


def test_an_addition_is_undone_by_retiring(store: EntryStore) -> None:
    store.add(forbid("红头样稿"), SIGNED)

    store.undo(1, SIGNED)

    assert (texts(store), texts(store, retired=True)) == ([], ["红头样稿"])


def test_what_was_changed_since_cannot_be_undone(store: EntryStore) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.change(1, forbid("白头样稿"), SIGNED, seen=1)

    with pytest.raises(ClashError, match="S00001 又改过"):
        store.undo(1, SIGNED)
    with pytest.raises(UnknownError):
        store.undo(9, SIGNED)


def test_many_entries_change_in_one_change_and_are_undone_together(
    store: EntryStore, history: History
) -> None:
    store.add(forbid("样稿零号"), SIGNED)
    change = store.rewrite(
        lambda standing: [
            Step(standing.in_force()[0].number, forbid("样稿1号")),
            *(Step(None, forbid(f"样稿{n}号")) for n in range(2, 1203)),
        ],
        SIGNED,
    )

    assert change is not None
    assert (change.number, change.entries, store.version()) == (2, 1202, 2)
    assert history.between(1, 2, 3)[0] == 1202
    assert len(history.change(2, 1000, 1000)[1]) == 202
    store.undo(2, SIGNED)
    assert texts(store) == ["样稿零号"]


def test_two_entries_exchange_their_words_in_one_change(store: EntryStore) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.add(forbid("白头样稿"), SIGNED)

    store.rewrite(lambda _: [Step(1, forbid("白头样稿")), Step(2, forbid("红头样稿"))], SIGNED)

    assert texts(store) == ["白头样稿", "红头样稿"]


def test_a_change_that_fails_leaves_nothing_behind(store: EntryStore, history: History) -> None:
    store.add(forbid("红头样稿"), SIGNED)

    with pytest.raises(ClashError):
        store.rewrite(lambda _: [Step(None, forbid("白头样稿")), Step(None, forbid("红头样稿"))], SIGNED)

    assert (store.version(), texts(store), len(history.changes(10))) == (1, ["红头样稿"], 1)


def test_a_plan_that_changes_nothing_is_no_change(store: EntryStore) -> None:
    store.add(forbid("红头样稿"), SIGNED)

    assert store.rewrite(lambda standing: [Step(1, standing.in_force()[0].entry)], SIGNED) is None
    assert store.version() == 1
    with pytest.raises(StaleError):
        store.rewrite(lambda _: [Step(None, forbid("白头样稿"))], SIGNED, seen=0)


def test_versions_are_compared_by_what_is_in_them(store: EntryStore, history: History) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.add(forbid("白头样稿"), SIGNED)
    store.change(1, forbid("蓝头样稿"), SIGNED, seen=1)
    store.retire(2, SIGNED, seen=2)

    total, items = history.between(1, 4, 10)
    (item,) = items
    assert (total, item.number) == (1, 1)
    assert item.before is not None
    assert (item.before[0].text, item.after[0].text) == ("红头样稿", "蓝头样稿")
    assert history.between(4, 4, 10) == (0, [])
    with pytest.raises(UnknownError):
        history.between(1, 5, 10)


def test_the_history_of_one_entry_and_the_next_page(store: EntryStore, history: History) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    store.add(forbid("白头样稿"), SIGNED)
    store.change(1, forbid("蓝头样稿"), SIGNED, seen=1)

    assert [change.number for change in history.changes(10, entry=1)] == [3, 1]
    assert [change.number for change in history.changes(1, before=3)] == [2]


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM site_change",
        "DELETE FROM site_change_item",
        "UPDATE site_change SET author = 'x'",
        "UPDATE site_change_item SET entry = 7",
    ],
)
def test_the_log_cannot_be_altered(
    store: EntryStore, history: History, database: Database, deed: str
) -> None:
    store.add(forbid("红头样稿"), SIGNED)

    with pytest.raises((DBAPIError, DatabaseError)), database.writing() as connection:
        connection.execute(text(deed))

    assert [(c.author, c.entries) for c in history.changes(10)] == [(AUTHOR, 1)]
    assert len(history.change(1, 10, 0)[1]) == 1


def test_writers_queue_and_their_changes_are_numbered_without_gaps(
    database_url: str, history: History
) -> None:
    def write(name: str) -> None:
        own = Database(database_url)
        for number in range(8):
            EntryStore(own).add(forbid(f"{name}稿{number}号"), SIGNED)
        own.close()

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, (f"第{n}写手" for n in range(4))))

    assert [change.number for change in history.changes(100)] == list(range(32, 0, -1))


def test_a_new_file_can_be_opened_by_many_at_once(tmp_path: Path) -> None:
    def write(url: str, name: str, all_there: Barrier) -> None:
        own = Database(url)
        all_there.wait()
        EntryStore(own).add(forbid(f"{name}稿"), SIGNED)
        own.close()

    # Once in some hundred times one of them was told at once that the file is locked.
    for number in range(20):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        all_there = Barrier(8)
        with ThreadPoolExecutor(8) as writers:
            list(writers.map(lambda n, u=url, b=all_there: write(u, f"第{n}写手", b), range(8)))

        assert Database(url).exists
        assert len(History(Database(url)).changes(100)) == 8


def test_a_live_layer_takes_in_what_changed_and_only_that(store: EntryStore) -> None:
    live = LiveLayer(store)
    store.add(forbid("红头样稿"), SIGNED)
    store.add(forbid("白头样稿"), SIGNED)
    first = live.refresh()
    store.retire(2, SIGNED, seen=2)

    second = live.refresh()

    assert (first.version, second.version) == (2, 3)
    assert second.entries.get(1) is first.entries.get(1)
    assert list(second.entries) == [1]
    assert live.refresh() is second


def test_a_database_put_back_to_an_older_state_is_loaded_anew(tmp_path: Path) -> None:
    path = tmp_path / "site.db"
    store = EntryStore(Database(f"sqlite:///{path}"))
    for word in ("红头样稿", "白头样稿"):
        store.add(forbid(word), SIGNED)
    live = LiveLayer(store)
    live.refresh()
    older = EntryStore(Database(f"sqlite:///{tmp_path / 'older.db'}"))
    older.add(forbid("蓝头样稿"), SIGNED)

    live.store = older

    assert [kept.entry.text for kept in layer_entries(live.refresh())] == ["蓝头样稿"]


def test_the_tables_are_as_the_migrations_leave_them(store: EntryStore, database: Database) -> None:
    # The tables of everything, whatever else has been imported.
    for module in pkgutil.iter_modules(store_package.__path__, "app.store."):
        if module.name.endswith("tables"):
            importlib.import_module(module.name)
    store.add(forbid("红头样稿"), SIGNED)

    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []


def test_a_database_of_the_first_schema_is_brought_up_with_its_log(database_url: str) -> None:
    # Made as it was made then: by the first step alone.
    old = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    steps = ScriptDirectory(str(Path(migrations.__file__).parent))
    with old.begin() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": VERSION_TABLE, "fn": lambda at, _: steps._upgrade_revs("0001", at)},  # noqa: SLF001
        )
        with Operations.context(context):
            context.run_migrations()
        after = json.dumps(state_of(forbid("红头样稿"), retired=False))
        connection.execute(
            text("INSERT INTO site_change VALUES (1, :author, '2026-11-22T08:00:00Z', 'add', NULL, 1)"),
            {"author": AUTHOR},
        )
        connection.execute(text("INSERT INTO site_change_item VALUES (1, 1, NULL, :after)"), {"after": after})
    old.dispose()

    opened = Database(database_url)
    (change,) = History(opened).changes(10)
    opened.close()

    assert (change.author, change.note, change.first) == (AUTHOR, "", (1, "红头样稿"))


def test_a_database_of_a_newer_program_is_left_alone(store: EntryStore, database_url: str) -> None:
    store.add(forbid("红头样稿"), SIGNED)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE shenjiao_schema SET version_num = '9999'"))

    later = Database(database_url)
    with pytest.raises(DatabaseError, match="更新的版本"):
        EntryStore(later).version()
    later.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://root:secret@127.0.0.1/x", "只支持"),
        ("secret", "写法有误"),
        ("sqlite://", "写明"),
        ("postgresql://shenjiao:secret@127.0.0.1:1/x", "无法使用"),
    ],
)
def test_an_address_that_does_not_work_is_refused_without_being_repeated(url: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said) as refused:
        EntryStore(Database(url)).version()

    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__ or "secret" not in str(refused.value.__context__)
