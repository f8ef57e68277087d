"""The site lexicon over HTTP: look after it, try it, and see it work; every error a problem."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api_tests.service import OWN
from api_tests.test_api import assert_problem
from app.api.service import Proofreader
from app.engine import Engine
from app.main import create_app
from app.settings import Settings
from app.site_files.columns import HEADINGS
from app.site_lexicon import SiteLexicon
from app.store.database import Database, DatabaseError

ROUTE = "/v1/site-lexicon"
AUTHOR = "赵小明"
ENTRY = {"kind": "forbid", "text": "红头样稿", "reason": "试用的理由。", "unit": "某市政府办公室"}
NOBODY_THERE = "postgresql://shenjiao:secret@127.0.0.1:1/x"
FAULT = "截止目前，印发红头样稿。"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[TestClient, Engine]]:
    """A service of this module; loading the lexicons takes too long to do it for every test."""
    app = create_app(Settings(import_limit=100_000))
    with TestClient(app, client=OWN) as client:
        yield client, app.state.site_lexicon.engine


@pytest.fixture
def site(service: tuple[TestClient, Engine], database: Database) -> TestClient:
    """The service with an empty site lexicon."""
    client, engine = service
    lexicon = SiteLexicon(engine, database)
    state = client.app.state  # type: ignore[attr-defined]
    state.site_lexicon, state.proofreader = lexicon, Proofreader(engine, lexicon.live, 10_000)
    return client


def signed(**fields: Any) -> dict[str, Any]:
    return {"entry": ENTRY | fields, "author": AUTHOR}


def add(site: TestClient, **fields: Any) -> Any:
    response = site.post(f"{ROUTE}/entries", json=signed(**fields))
    assert response.status_code == 201, response.text
    return response.json()


def import_csv(site: TestClient, text: str, **query: Any) -> Any:
    return site.post(
        f"{ROUTE}/import",
        params={"author": AUTHOR} | query,
        content=text.encode("utf-8-sig"),
        headers={"content-type": "text/csv"},
    )


def refresh(site: TestClient) -> None:
    """Have the worker look now; by itself it looks every second."""
    site.app.state.site_lexicon.live.refresh()  # type: ignore[attr-defined]


def rules_found(site: TestClient, text: str = FAULT) -> list[str]:
    refresh(site)
    answer = site.post("/v1/proofread", json={"text": text}).json()
    return [finding["rule"] for finding in answer["findings"]]


def test_an_entry_is_added_listed_shown_and_found_in_texts(site: TestClient) -> None:
    response = site.post(f"{ROUTE}/entries", json=signed())
    assert (response.headers["location"], response.headers["etag"]) == (f"{ROUTE}/entries/S00001", '"1"')

    assert site.get(response.headers["location"]).json() == response.json()
    page = site.get(f"{ROUTE}/entries", params={"words": "红头"}).json()
    assert (page["total"], page["site_lexicon_version"]) == (1, 1)
    assert rules_found(site) == ["TY0001", "S00001"]
    answer = site.post("/v1/proofread", json={"text": FAULT}).json()
    assert answer["site_lexicon_version"] == 1
    assert answer["findings"][1]["source"] == {
        "title": "本站词库",
        "issuer": "某市政府办公室",
        "date": response.json()["changed_on"],
        "clause": None,
    }
    assert site.get("/v1/rules/S00001").json()["why"] == "试用的理由。"
    assert site.get("/readyz").json()["site_lexicon_version"] == 1
    assert site.post("/v1/redact", json={"text": ""}).json()["site_lexicon_version"] == 1
    assert 'rule="site"' in site.get("/metrics").text


def test_a_change_needs_to_say_what_was_seen(site: TestClient) -> None:
    entry = add(site)
    url = f"{ROUTE}/entries/{entry['id']}"
    body = signed(text="白头样稿")

    assert_problem(site.put(url, json=body), 428, "If-Match")
    assert_problem(site.put(url, json=body, headers={"if-match": '"9"'}), 412)
    assert_problem(site.put(url, json=body, headers={"if-match": "*"}), 412)
    changed = site.put(url, json=body, headers={"if-match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    retire = {"author": AUTHOR}
    assert_problem(site.post(f"{url}/retire", json=retire, headers={"if-match": '"1"'}), 412)
    assert site.post(f"{url}/retire", json=retire, headers={"if-match": '"2"'}).json()["retired"] is True
    assert rules_found(site, "白头样稿") == []


def test_every_change_is_in_the_history_and_can_be_undone(site: TestClient) -> None:
    add(site)
    add(site, text="白头样稿")

    undone = site.post(f"{ROUTE}/history/1/undo", json={"author": "钱小红"}).json()

    assert (undone["number"], undone["undoes"], undone["entries"]) == (3, 1, 1)
    assert [change["number"] for change in site.get(f"{ROUTE}/history").json()] == [3, 2, 1]
    history = site.get(f"{ROUTE}/history", params={"entry": "S00001"}).json()
    assert [change["author"] for change in history] == ["钱小红", AUTHOR]
    (item,) = site.get(f"{ROUTE}/history/3").json()["items"]
    assert (item["before"]["retired"], item["after"]["retired"]) == (False, True)
    assert_problem(site.post(f"{ROUTE}/history/1/undo", json={"author": AUTHOR}), 409, "S00001")
    difference = site.get(f"{ROUTE}/diff", params={"first": 1, "last": 3}).json()
    assert [item["id"] for item in difference["items"]] == ["S00001", "S00002"]
    assert_problem(site.get(f"{ROUTE}/diff", params={"first": 3, "last": 1}), 422, "first")


def test_a_dry_run_shows_what_would_appear_and_what_would_fall_silent(site: TestClient) -> None:
    add(site)
    request = {
        "texts": [FAULT, "没有问题的一句。"],
        "add": [ENTRY | {"kind": "switch", "text": "TY0001"}, ENTRY | {"text": "一句"}],
        "change": {"S00001": ENTRY | {"text": "印发红头样稿"}},
    }

    answer = site.post(f"{ROUTE}/dry-run", json=request).json()

    first, second = answer["texts"]
    assert [f["text"] for f in first["appearing"]] == ["印发红头样稿"]
    assert [f["rule"] for f in first["disappearing"]] == ["TY0001", "S00001"]
    assert ([f["text"] for f in second["appearing"]], second["disappearing"]) == (["一句"], [])
    assert rules_found(site) == ["TY0001", "S00001"]
    assert site.get(f"{ROUTE}/history").json()[0]["number"] == answer["site_lexicon_version"] == 1
    retired = site.post(f"{ROUTE}/dry-run", json={"texts": [FAULT], "retire": ["S00001"]}).json()
    assert [f["rule"] for f in retired["texts"][0]["disappearing"]] == ["S00001"]


def test_a_dry_run_refuses_what_could_not_be_saved(site: TestClient) -> None:
    add(site)
    add(site, text="白头样稿")
    taken, other = ENTRY | {"text": "红头样稿"}, ENTRY | {"text": "蓝头样稿"}

    def tried(**changes: Any) -> Any:
        return site.post(f"{ROUTE}/dry-run", json={"texts": [FAULT]} | changes)

    assert_problem(tried(add=[taken]), 409, "S00001")
    assert_problem(tried(change={"S00002": taken}), 409, "S00001")
    assert_problem(tried(add=[other], change={"S00002": other}), 409, "有两条说的是同样的词语")
    assert_problem(tried(change={"S00002": other}, retire=["S00002"]), 422, "retire")
    assert_problem(tried(change={"S00009": other}), 404, "没有这个条目")
    assert tried(change={"S00001": ENTRY | {"text": "白头样稿"}, "S00002": taken}).status_code == 200
    assert tried(add=[taken], retire=["S00001"]).status_code == 200


def test_a_change_keeps_the_note_of_whoever_made_it(site: TestClient) -> None:
    added = add(site)
    retired = site.post(
        f"{ROUTE}/entries/S00001/retire",
        json={"author": AUTHOR, "note": "文件已修订"},
        headers={"if-match": f'"{added["version"]}"'},
    )
    imported = import_csv(
        site, "类型,词语,理由,单位\n禁用,蓝头样稿,试用的理由。,某市政府办公室\n", note="按新表"
    )

    assert (retired.status_code, imported.status_code) == (200, 200)
    history = site.get(f"{ROUTE}/history").json()
    assert [change["note"] for change in history] == ["按新表", "文件已修订", ""]
    assert [change["first"] for change in history[1:]] == [{"id": "S00001", "text": "红头样稿"}] * 2
    for note in ("字" * 201, "联系人身份证号11010519491231002X"):
        refused = site.post(f"{ROUTE}/history/3/undo", json={"author": AUTHOR, "note": note})
        assert_problem(refused, 422, "note")


def test_nobody_looks_for_a_control_character(site: TestClient) -> None:
    for words in ("\0", "甲\n乙"):
        assert site.get("/v1/site-lexicon/entries", params={"words": words}).status_code == 422


def test_entries_are_found_by_author_and_by_having_expired(site: TestClient) -> None:
    add(site, expires_on="2026-01-31")
    site.post(
        f"{ROUTE}/entries", json=signed(text="白头样稿", expires_on="2999-01-31") | {"author": "钱小红"}
    )

    def listed(**query: Any) -> list[str]:
        return [entry["id"] for entry in site.get(f"{ROUTE}/entries", params=query).json()["entries"]]

    assert (listed(words="钱小"), listed(expired=True), listed()) == (
        ["S00002"],
        ["S00001"],
        ["S00001", "S00002"],
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_empty_table_has_every_column_and_can_be_imported(site: TestClient, form: str) -> None:
    template = site.get(f"{ROUTE}/template", params={"format": form})
    kind = template.headers["content-type"]

    answer = site.post(
        f"{ROUTE}/import", params={"author": AUTHOR}, content=template.content, headers={"content-type": kind}
    )

    assert answer.json() == {"site_lexicon_version": 0, "changed": 0}
    assert "filename*=UTF-8''" in template.headers["content-disposition"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "词"}, "text：太短"),
        ({"uses": ["样稿"]}, "uses：只有改用"),
        ({"kind": "switch"}, "text：没有这个编号的规则"),
        ({"text": "联系人身份证号11010519491231002X"}, "text：含有个人信息"),
        ({"reason": "请打13800138000联系赵小明，手机号码13800138000。"}, "个人信息"),
        ({"kind": "ban"}, "kind：不在可选的值之内"),
        ({"expires_on": 20270101}, "expires_on：应是 2024-01-31"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_told_why_and_not_quoted(
    site: TestClient, fields: dict[str, Any], said: str
) -> None:
    response = site.post(f"{ROUTE}/entries", json=signed(**fields))

    assert_problem(response, 422, said.split("：", maxsplit=1)[-1])
    assert all(str(value) not in response.text for value in fields.values() if value != "switch")
    assert site.get(f"{ROUTE}/entries").json()["total"] == 0


def test_what_is_not_there_is_a_404_and_the_same_words_a_409(site: TestClient) -> None:
    add(site)

    for url in ("entries/S00009", "entries/XX", "entries/S999999999", "history/9", "history?entry=S0"):
        assert_problem(site.get(f"{ROUTE}/{url}"), 404)
    assert_problem(site.post(f"{ROUTE}/entries", json=signed()), 409, "S00001")
    assert_problem(site.post(f"{ROUTE}/entries", json=signed() | {"author": " "}), 422, "author")


def test_a_table_is_exported_and_comes_back_unchanged(site: TestClient) -> None:
    add(site)
    add(site, kind="replace", text="市政数局", uses=["市数据局", "数据管理局"], match="word")
    add(site, kind="allow", text="+截止目前", scope=["typo", "PI001"], expires_on="2099-01-31")
    add(site, kind="switch", text="TY0001", level="info")

    for form, kind in (("csv", "text/csv"), ("xlsx", XLSX)):
        exported = site.get(f"{ROUTE}/export", params={"format": form})
        assert exported.headers["content-type"].startswith(kind)
        back = site.post(
            f"{ROUTE}/import",
            params={"author": AUTHOR, "replace": True},
            content=exported.content,
            headers={"content-type": kind},
        )
        assert back.json() == {"site_lexicon_version": 4, "changed": 0}
    assert "'+截止目前" in site.get(f"{ROUTE}/export", params={"format": "csv"}).content.decode("utf-8-sig")


def test_an_exported_workbook_offers_lists_to_choose_from(site: TestClient) -> None:
    add(site, text="=1+1样稿")

    book = load_workbook(io.BytesIO(site.get(f"{ROUTE}/export").content))

    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADINGS)
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("'=1+1样稿", "s")
    choices = {str(choice.sqref)[0]: choice.formula1 for choice in sheet.data_validations.dataValidation}
    assert choices["B"] == '"禁用,改用,允许,调整"'
    assert sorted(choices) == ["B", "E", "F", "H"]


def test_an_import_is_one_change_and_is_undone_as_one(site: TestClient) -> None:
    add(site)
    table = "类型,词语,理由,单位\n禁用,红头样稿,新的理由,某办\n禁用,白头样稿,理由,某办\n"

    assert import_csv(site, table).json() == {"site_lexicon_version": 2, "changed": 2}
    assert site.get(f"{ROUTE}/entries/S00001").json()["entry"]["reason"] == "新的理由"
    assert import_csv(site, table).json() == {"site_lexicon_version": 2, "changed": 0}
    site.post(f"{ROUTE}/history/2/undo", json={"author": AUTHOR})

    page = site.get(f"{ROUTE}/entries").json()
    assert [one["entry"]["reason"] for one in page["entries"]] == ["试用的理由。"]


def test_an_import_can_rest_on_a_version_and_replace_everything(site: TestClient) -> None:
    add(site)
    table = "类型,词语,理由,单位\n禁用,白头样稿,理由,某办\n"
    query: dict[str, str | bool] = {"author": AUTHOR, "replace": True}
    headers = {"content-type": "text/csv", "if-match": '"7"'}

    stale = site.post(f"{ROUTE}/import", params=query, content=table.encode(), headers=headers)
    assert_problem(stale, 412)
    headers["if-match"] = '"1"'
    done = site.post(f"{ROUTE}/import", params=query, content=table.encode(), headers=headers)
    assert done.json()["changed"] == 2
    assert rules_found(site, "红头样稿、白头样稿") == ["S00002"]


def test_an_import_with_a_fault_imports_nothing_and_names_every_place(site: TestClient) -> None:
    table = "类型,词语,理由,单位\n禁用,红头样稿,理由,某办\n禁止,白头样稿,理由,某办\n禁用,=cmd|样稿,,某办\n"

    response = import_csv(site, table)

    assert_problem(response, 422, "文件没有导入")
    assert response.json()["errors"] == [
        {"field": "工作表“CSV”第 3 行“类型”列", "detail": "应是禁用、改用、允许、调整之一"},
        {
            "field": "工作表“CSV”第 4 行“词语”列",
            "detail": "像是公式（以 = + - @ 开头）；确是文字，请在前面加半角单引号",
        },
    ]
    assert "白头" not in response.text
    assert site.get(f"{ROUTE}/entries").json()["total"] == 0


def test_a_file_of_another_kind_or_too_large_is_refused(site: TestClient) -> None:
    url = f"{ROUTE}/import?author={AUTHOR}"

    assert_problem(site.post(url, content=b"x", headers={"content-type": "text/plain"}), 415, "text/csv")
    assert_problem(
        site.post(url, content=b"x" * 100_001, headers={"content-type": "text/csv"}), 413, "100,000"
    )
    assert_problem(site.post(url, content=b"PK", headers={"content-type": XLSX}), 422, "不是有效的 xlsx")


def test_a_database_that_does_not_answer_is_a_503_and_checks_go_on(site: TestClient) -> None:
    state = site.app.state  # type: ignore[attr-defined]
    state.site_lexicon = SiteLexicon(state.site_lexicon.engine, Database(NOBODY_THERE))

    response = site.get(f"{ROUTE}/entries")

    assert_problem(response, 503, "数据库")
    assert "secret" not in response.text
    assert site.post("/v1/proofread", json={"text": FAULT}).status_code == 200


def test_a_service_whose_database_does_not_answer_does_not_start() -> None:
    with pytest.raises(DatabaseError), TestClient(create_app(Settings(database_url=NOBODY_THERE))):
        pass
