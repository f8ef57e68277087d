"""Personal data in its place: lists and contact lines, columns and names, masks that other columns complete."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Engine
from app.html_text import HtmlText
from bench.privacy import generated, random_digits
from bench.privacy_numbers import Numbers
from detectors.kernel.columns import Tables, cells_of
from detectors.kernel.finding import Category, Finding
from detectors.kernel.personal.cards import is_given_out, passes_luhn
from detectors.kernel.personal.credit_code import is_credit_code
from detectors.kernel.personal.identity import has_region, has_valid_check_character
from detectors.kernel.personal.person_names import is_person_name, names_a_person

ENGINE = Engine.load()
FEW_TEXTS = 1_500


def findings(text: str) -> list[Finding]:
    return list(ENGINE.check(text, categories={Category.PRIVACY}).findings)


def graded(text: str) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.rule.severity.value) for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("姓名\t手机\n赵小明\t13800138000", [("PI010", "error")]),
        ("科室\t联系人\t电话\n办公室\t赵小明\t13800138000", [("PI011", "warning")]),
        ("联系人：赵小明，电话13800138000。", [("PI011", "warning")]),
        ("残疾人赵小明，电话13800138000。", [("PI013", "error")]),
        ("残疾人服务热线：赵小明 13800138000。", [("PI011", "warning")]),
        ("系统中登记的是13800138000。", [("PI014", "info")]),
        ("备案号：13800138000", []),
    ],
)
def test_the_place_of_a_mobile_number_decides_its_grade(text: str, expected: list[tuple[str, str]]) -> None:
    assert graded(text) == expected


def test_a_reason_says_how_many_lines_have_the_same_and_what_makes_it_delicate() -> None:
    numbers = Numbers(random.Random(1))
    rows = "\n".join(f"{numbers.name()}\t{numbers.identity()}" for _ in range(30))

    reasons = {f.rule.why for f in findings(f"低保对象公示名单\n姓名\t身份证号\n{rows}")}

    assert len(reasons) == 1
    (reason,) = reasons
    assert "涉及“低保”" in reason
    assert "全文这样的共有30行" in reason


def test_a_single_number_is_not_counted() -> None:
    (finding,) = findings("赵小明，身份证号11010519491231002X。")

    assert "全文" not in finding.rule.why


HEADS = "序号,姓名,证件号,备注"
ROW = "1,赵小明,E15302658,正常"


@pytest.mark.parametrize("separator", ["\t", "|", ","])
def test_a_column_is_what_its_head_says(separator: str) -> None:
    passports = HEADS.replace("证件号", "护照号").replace(",", separator)
    others = HEADS.replace("证件号", "设备号").replace(",", separator)
    row = ROW.replace(",", separator)

    assert graded(f"{passports}\n{row}") == [("PI050", "error")]
    assert graded(f"{others}\n{row}") == []


def test_the_columns_of_a_page_with_spans_are_those_of_its_head() -> None:
    page = (
        "<table><tr><th rowspan=2>村<th rowspan=2>姓名<th colspan=2>证件</tr><tr><th>护照号<th>设备号</tr>"
        "<tr><td rowspan=2>赵家村<td>赵小明<td>E15302658<td>E15302659</tr><tr><td>钱小红<td><p>E15302660<td></tr></table>"
    )
    text = HtmlText(page).text

    assert [finding.span.of(text) for finding in findings(text)] == ["E15302658", "E15302660"]


def test_a_cell_in_quotation_marks_may_hold_commas() -> None:
    assert cells_of('1,"赵小明,钱小红",3', ",") == ["1", "赵小明,钱小红", "3"]
    assert cells_of("|甲| 乙|", "|") == ["甲", "乙", ""]


@given(st.text(st.sampled_from('姓名电话\t|,\n12赵" ')), st.integers(0, 60))
def test_any_text_can_be_asked_for_its_tables(text: str, place: int) -> None:
    tables = Tables(text)
    table = tables.at(place)

    assert table is None or table.start <= place < table.end
    assert table is None or isinstance(tables.column(table, place), str)


@pytest.mark.parametrize("name", ["赵小明", "欧阳小明", "高建", "买买提·艾力", "王 强"])
def test_names_are_known(name: str) -> None:
    assert is_person_name(name)


@pytest.mark.parametrize(
    "word", ["方便", "金额", "高中", "安全", "武装部", "小明", "赵小明同志好", "", "*小明"]
)
def test_words_are_no_names(word: str) -> None:
    assert not is_person_name(word)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [("脱贫户赵小明，", True), ("姓名：赵小明", True), ("车主赵小明的车牌号为", True), ("预算金额为", False)],
)
def test_a_person_is_named_in_a_passage(passage: str, expected: bool) -> None:  # noqa: FBT001
    assert names_a_person(passage) is expected


def test_the_make_up_of_numbers_is_told_apart() -> None:
    assert has_valid_check_character("11010519491231002x")
    assert has_region("372801")
    assert not has_region("118899")
    assert passes_luhn("6222025185831710086")
    assert is_given_out("6222025185831710086")
    assert not is_given_out("6299995185831710086")
    assert is_credit_code("91510104QG09K2F07D")
    assert not is_credit_code("91510104QG09K2F07E")


def test_made_up_texts_are_judged_as_they_are_marked() -> None:
    summary = next(generated(ENGINE, FEW_TEXTS, 0))

    assert "alarmed 0 " in summary
    assert "disturbed 0 " in summary
    missed = int(summary.split("(")[1].split(" ")[0])
    assert missed <= 1


def test_random_digits_draw_no_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.privacy.STRINGS", 1_000)

    (summary,) = random_digits(ENGINE)

    assert "alerts 0 " in summary
