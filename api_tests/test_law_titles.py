"""Titles of laws whose title marks have been left out."""

from __future__ import annotations

import pytest

from app.engine import Engine
from detectors.kernel.finding import Category, Severity


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("中华人民共和国保守国家机密法", "中华人民共和国保守国家秘密法"),
        ("中华人民共和国刑事诉颂法", "中华人民共和国刑事诉讼法"),
        ("中华人民共和国政府信息公开条列", "中华人民共和国政府信息公开条例"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "依照{}第三条的规定处理。"])
def test_a_slip_in_the_title_of_a_law_is_found_without_title_marks(
    frame: str, wrong: str, right: str, engine: Engine
) -> None:
    text = frame.format(wrong)

    mended = {
        text[: one.span.start] + replacement + text[one.span.end :]
        for one in engine.check(text).findings
        for replacement in one.replacements
    }

    assert frame.format(right) in mended


@pytest.mark.parametrize(
    "lawful",
    [
        "依照中华人民共和国保守国家秘密法实施条例处理。",
        "依照中华人民共和国有关保守国家机密的法律处理。",
        "执法人员应当出示中华人民共和国行政执法证。",
        "中华人民共和国境内的企业依法纳税。",
        "《关于修改〈中华人民共和国公司法〉的决定》自公布之日起施行。",
    ],
)
def test_what_only_begins_with_the_name_of_the_state_is_left_alone(lawful: str, engine: Engine) -> None:
    assert engine.check(lawful, categories={Category.EXPRESSION}).findings == ()


def test_a_title_without_marks_never_stops_a_page(engine: Engine) -> None:
    findings = engine.check(
        "依照中华人民共和国保守国家机密法处理。", categories={Category.EXPRESSION}
    ).findings

    assert [one.rule.severity for one in findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("《中国共产党问责规定》", "中国共产党问责条例"),
        ("《中国共产党廉洁自律守则》", "中国共产党廉洁自律准则"),
        ("《中国共产党发展党员工作条例》", "中国共产党发展党员工作细则"),
    ],
)
def test_rules_of_the_party_are_told_by_their_kind(wrong: str, right: str, engine: Engine) -> None:
    findings = engine.check(f"认真学习{wrong}。", categories={Category.EXPRESSION}).findings

    assert [one.replacements for one in findings] == [(right,)]


@pytest.mark.parametrize(
    "lawful",
    ["《中国共产党巡视工作条例（试行）》", "《中国共产党章程》", "《居民身份证条例》", "《公务员条例》"],
)
def test_another_kind_of_rules_may_be_an_older_law(lawful: str, engine: Engine) -> None:
    assert engine.check(f"认真学习{lawful}。", categories={Category.EXPRESSION}).findings == ()
