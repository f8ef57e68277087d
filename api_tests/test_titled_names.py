"""Names of persons beside titles and in rows are not corrected, however the language model reads them."""

from __future__ import annotations

import pytest

from app.engine import Engine
from detectors.kernel.finding import Category, Severity, Span
from detectors.kernel.personal.titled_names import is_in_name


@pytest.mark.parametrize(
    "text",
    [
        "市长韦正⟦雯⟧出席会议并讲话。",
        "中心主任吴纪⟦俭⟧介绍了情况。",
        "韩⟦琳⟧局长出席会议并讲话。",
        "某大学伍柏⟦麟⟧教授作了报告。",
        "麻思⟦傅⟧副局长到会。",
        "村民韦正⟦雯⟧种了三亩药材。",
        "⟦韦⟧正雯说，今年收成不错。",
        "去年，韩⟦琳⟧的父亲回乡办厂。",
        "公示名单：何引技、⟦钮⟧小明、朱培、韦绮。",
        "拟录用人员：\n韦英⟦雯⟧\u3000朱敬\u3000江理才\u3000吕惠",
    ],
)
def test_a_place_in_a_name_is_known_by_a_title_or_by_its_row(text: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    assert is_in_name(text.replace("⟦", "").replace("⟧", ""), Span(start, end))


@pytest.mark.parametrize(
    "text",
    [
        "教育局⟦局⟧长出席会议。",
        "各地认真贯彻落实决策⟦布⟧署。",
        "主任会议研究了有关⟦事⟧项。",
        "坚持高效、安全、⟦文⟧明的原则办事。",
    ],
)
def test_what_only_resembles_a_name_is_none(text: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    assert not is_in_name(text.replace("⟦", "").replace("⟧", ""), Span(start, end))


def test_a_given_name_is_at_most_a_hint(engine: Engine) -> None:
    text = "市长丘晴出席会议并讲话。县长丘晴朝、韩琳同志出席。"
    shown = engine.check(text, categories={Category.TYPO}).findings
    hinted = engine.check(text, categories={Category.TYPO}, hints=True).findings
    assert not shown
    assert all(finding.rule.severity is Severity.INFO for finding in hinted)


def test_a_slip_beside_a_name_is_found_still(engine: Engine) -> None:
    text = "市长李明出席会议，强调要认真贯彻落实党中央决策布署。"
    found = [finding.span.of(text) for finding in engine.check(text, categories={Category.TYPO}).findings]
    assert any("布" in part for part in found)
