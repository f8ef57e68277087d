"""Findings in the forms of other tools: SARIF, rdjson, a table; and exit codes for CI."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import docx
import jsonschema_rs

from api_tests.cli_kit import shenjiao
from api_tests.sarif_kit import SARIF
from api_tests.site_kit import allow, forbid, layer_of, switch
from app.engine import Engine
from app.file_check import report_on
from app.files import readings, readings_of
from app.formats.kernel.reading import Options, Reading
from app.interchange.checked import Checked, Unreadable, silenced_by_site
from app.interchange.rdjson import as_rdjson
from app.interchange.sarif import as_sarif
from app.interchange.table import HEADINGS, as_table
from app.site.layer import NO_LAYER, SiteLayer
from detectors.kernel.finding import Category

LEAK = "赵小明，身份证号11010519491231002X。"
DRAFT = f"𠮷林某村，截止目前已完成。\n{LEAK}\n"
PAGE = "<p>截止<b>目前</b>已完成，截止目前已完成。</p>"


def checked(engine: Engine, name: str, text: str, layer: SiteLayer = NO_LAYER) -> Checked:
    (reading,) = readings_of(name, text.encode(), Options())
    assert isinstance(reading, Reading)
    bare, report = (report_on(engine, reading, layer=one) for one in (NO_LAYER, layer))
    return Checked(reading, report, silenced_by_site(bare, report))


def sarif_run(engine: Engine, *files: Checked, unreadable: tuple[Unreadable, ...] = ()) -> Any:
    log = json.loads(as_sarif(files, unreadable, engine.rules.get))
    jsonschema_rs.Draft202012Validator(SARIF, validate_formats=True).validate(log)
    (run,) = log["runs"]
    return run


def cut(text: str, region: Any) -> str:
    return text[region["charOffset"] : region["charOffset"] + region["charLength"]]


def test_sarif_says_what_where_and_why(engine: Engine) -> None:
    run = sarif_run(engine, checked(engine, "稿件/通知 1.txt", DRAFT))

    typo, leak = run["results"]
    place = typo["locations"][0]["physicalLocation"]
    assert (typo["ruleId"], typo["level"]) == ("TY0001", "error")
    assert place["artifactLocation"]["uri"] == "%E7%A8%BF%E4%BB%B6/%E9%80%9A%E7%9F%A5%201.txt"
    assert cut(DRAFT, place["region"]) == place["region"]["snippet"]["text"] == "截止目前"
    assert [place["region"][name] for name in ("startLine", "startColumn", "endLine", "endColumn")] == [
        1,
        6,
        1,
        10,
    ]
    assert len(typo["partialFingerprints"]["shenjiao/v1"]) == 16
    assert leak["locations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_sarif_shows_each_rule_with_help_and_source(engine: Engine) -> None:
    run = sarif_run(engine, checked(engine, "a.txt", DRAFT))

    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["TY0001", "PI001"]
    typo = next(rule for rule in rules if rule["id"] == "TY0001")
    assert "依据：《现代汉语词典（第7版）》" in typo["help"]["text"]
    assert typo["properties"]["source"]["date"] == "2016-09"


def test_sarif_fixes_turn_the_file_into_what_is_right(engine: Engine) -> None:
    run = sarif_run(engine, checked(engine, "a.txt", DRAFT))

    fixed = DRAFT
    for result in reversed(run["results"]):
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        start = replacement["deletedRegion"]["charOffset"]
        end = start + replacement["deletedRegion"]["charLength"]
        fixed = fixed[:start] + replacement["insertedContent"]["text"] + fixed[end:]
    assert fixed == "𠮷林某村，截至目前已完成。\n赵小明，身份证号11*************02X。\n"


def test_no_fix_takes_tags_along(engine: Engine) -> None:
    page = checked(engine, "a.html", PAGE)

    results = sarif_run(engine, page)["results"]
    diagnostics = json.loads(as_rdjson([page]))["diagnostics"]

    regions = [result["locations"][0]["physicalLocation"]["region"] for result in results]
    assert [cut(PAGE, region) for region in regions] == ["截止<b>目前", "截止目前"]
    assert ["fixes" in result for result in results] == [False, True]
    assert ["suggestions" in diagnostic for diagnostic in diagnostics] == [False, True]


def test_sarif_shows_what_the_site_has_silenced_as_suppressed(engine: Engine) -> None:
    text = "截止目前，布署已完成。某政发[2024]3号"
    layer = layer_of(allow("布署"), switch("TY0001"))

    results = sarif_run(engine, checked(engine, "a.txt", text, layer))["results"]

    regions = [result["locations"][0]["physicalLocation"]["region"] for result in results]
    kinds = [[one["kind"] for one in result.get("suppressions", [])] for result in results]
    assert list(zip([cut(text, region) for region in regions], kinds, strict=True)) == [
        ("[2024]3号", []),
        ("截止目前", ["external"]),
        ("布署", ["external"]),
    ]


def test_what_the_site_says_otherwise_is_not_suppressed(engine: Engine) -> None:
    one = checked(
        engine, "a.txt", "截止目前，各单位已完成。", layer_of(forbid("截止目前", category=Category.TYPO))
    )

    assert [finding.rule.code for finding in one.report.findings] == ["S00001"]
    assert one.silenced == ()


def test_a_file_that_could_not_be_checked_makes_the_run_fail(engine: Engine) -> None:
    run = sarif_run(engine, unreadable=(Unreadable("b.txt", "读不到文件"),))

    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"] == {"text": "读不到文件"}


def test_rdjson_counts_bytes_from_one(engine: Engine) -> None:
    log = json.loads(as_rdjson([checked(engine, "a.txt", DRAFT)]))

    typo, leak = log["diagnostics"]
    lines = DRAFT.encode().split(b"\n")
    for diagnostic, words in ((typo, "截止目前"), (leak, "11010519491231002X")):
        start, end = (diagnostic["location"]["range"][name] for name in ("start", "end"))
        assert lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1] == words.encode()
    assert typo["severity"] == "ERROR"
    assert typo["code"] == {"value": "TY0001"}
    assert typo["suggestions"][0]["text"] == "截至目前"


def test_the_table_has_the_columns_of_the_platforms(engine: Engine) -> None:
    content = as_table([checked(engine, "a.txt", DRAFT), checked(engine, "=a.html", PAGE)])
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    assert tuple(rows[0]) == HEADINGS
    assert [row["问题类型"] for row in rows] == ["错别字", "隐私泄露", "错别字", "错别字"]
    assert [row["所在文章"] for row in rows] == ["a.txt", "a.txt", "'=a.html", "'=a.html"]
    assert [row["内容类型"] for row in rows] == ["文本", "文本", "网页", "网页"]
    assert (rows[0]["错敏词"], rows[0]["推荐修改"], rows[0]["问题级别"]) == ("截止目前", "截至目前", "须改")
    assert rows[0]["行"] == "1"
    assert rows[0]["列"] == "6"


def test_no_form_shows_a_number(engine: Engine) -> None:
    draft = checked(engine, "a.txt", DRAFT)
    forms = as_sarif([draft], [], engine.rules.get), as_rdjson([draft]), as_table([draft]).decode()

    for form in forms:
        assert "11*************02X" in form
        assert "19491231" not in form


def test_the_exit_code_heeds_only_what_shall_fail() -> None:
    done = shenjiao("check", "--format", "sarif", "--fail-on", "error", given="会议于2024年6月31日召开。")

    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert (done.returncode, result["level"]) == (0, "warning")


def test_a_file_that_cannot_be_read_is_graver_than_any_finding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")

    done = shenjiao("check", "--format", "csv", "--fail-on", "error", tmp_path / "a.txt", tmp_path / "b.txt")

    assert done.returncode == 2
    assert done.stdout.startswith("\ufeff错敏词,推荐修改")
    assert "PI001" in done.stdout


def test_findings_of_a_document_have_a_named_place_and_no_line(engine: Engine, tmp_path: Path) -> None:
    draft = docx.Document()
    draft.add_paragraph("各单位要认真落实。")
    draft.add_paragraph(LEAK)
    draft.save(str(tmp_path / "draft.docx"))
    (reading,) = readings(tmp_path / "draft.docx", Options())
    assert isinstance(reading, Reading)
    one = Checked(reading, report_on(engine, reading))

    (result,) = sarif_run(engine, one)["results"]
    (diagnostic,) = json.loads(as_rdjson([one]))["diagnostics"]
    (row,) = csv.DictReader(io.StringIO(as_table([one]).decode("utf-8-sig"), newline=""))
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "正文第2段"}]
    assert "region" not in location["physicalLocation"]
    assert "fixes" not in result
    assert "range" not in diagnostic["location"]
    assert diagnostic["message"].startswith("正文第2段：")
    assert (row["位置"], row["行"], row["内容类型"]) == ("正文第2段", "", "附件")
