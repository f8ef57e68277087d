"""The engine: verdict, order, determinism, and false alarms that users of other tools reported."""

from __future__ import annotations

from datetime import date

import pytest

from api_tests.terms_kit import engine_of, entry
from app.engine import Engine
from app.fingerprint import fingerprints
from app.text_report import Verdict
from detectors.kernel.finding import Category, Severity

LEAK = "赵小明，身份证号11010519491231002X。"
HINT = "赵小明，010-66668888，幸福小区。"
DOUBT = "值班人员：赵小明 139 5757 0587。"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", Verdict.PASS),
        ("各单位要认真落实。", Verdict.PASS),
        (HINT, Verdict.PASS),
        (HINT + DOUBT, Verdict.REVIEW),
        (HINT + DOUBT + LEAK, Verdict.BLOCK),
    ],
)
def test_the_gravest_finding_decides_the_verdict(engine: Engine, text: str, verdict: Verdict) -> None:
    assert engine.check(text).verdict is verdict


def test_counts_name_every_severity(engine: Engine) -> None:
    counts = engine.check(HINT + DOUBT + LEAK).counts

    assert counts == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.INFO: 1}


def test_the_same_text_gives_the_same_report(engine: Engine) -> None:
    text = (LEAK + DOUBT) * 3

    assert engine.check(text) == engine.check(text)
    assert fingerprints(engine.check(text)) == fingerprints(Engine.load().check(text))


def test_only_the_categories_asked_for_are_reported(engine: Engine) -> None:
    text = LEAK + "某政发[2024]3号"

    report = engine.check(text, categories={Category.FORMAT})

    assert [finding.rule.category for finding in report.findings] == [Category.FORMAT]


def test_findings_come_in_the_order_of_the_text(engine: Engine) -> None:
    findings = engine.check(DOUBT + "某政发[2024]3号" + LEAK + "××市").findings
    order = [(f.span.start, -f.span.end, f.rule.code) for f in findings]

    assert len(order) == 4
    assert order == sorted(order)


def test_without_a_publication_date_the_rules_of_today_apply() -> None:
    engine = engine_of(entry("FX1", "某某某某局", valid_from=date(2018, 3, 17)))

    assert engine.check("某某某某局").findings
    assert engine.check("某某某某局").published_on == date.today()


def test_fingerprints_survive_edits_elsewhere_and_tell_twins_apart(engine: Engine) -> None:
    before = fingerprints(engine.check("第一段。\n" + LEAK + "\n" + LEAK))
    after = fingerprints(engine.check("第一段改写了，而且更长。\n" + LEAK + "\n" + LEAK))

    assert before == after
    assert len(set(before)) == 2


def test_a_fingerprint_is_no_way_back_to_a_number(engine: Engine) -> None:
    """Two numbers that differ only where the mask hides them share a name: it holds none of the digits."""
    one = engine.check("身份证号11010519491231002X，完").findings[0]
    other = engine.check("身份证号11010519700101002X，完").findings

    assert one.replacements == ("11*************02X",)
    masked = {f.replacements for f in other}
    assert masked == {one.replacements}
    names = [fingerprints(engine.check(f"{n}，手机号码13800138000。")) for n in ("甲", "甲")]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "lawful",
    [
        *("女儿", "女装", "装修", "三黄片", "中国共产党", "宝鸡巴士", "20100506", "grass", "陆家容", "颜值"),
        *("测试", "管理", "你在干嘛", "台湾当局", "国家级经济技术开发区", "最高人民法院", "最低生活保障"),
        *(
            "大学生村官",
            "蒙古国",
            "可以经常",
            "其中介绍人",
            "十四届全国人大一次会议",
            "全国政协十四届一次会议",
        ),
        *("国家发展和改革委员会", "全国人大监察和司法委员会", "北京市市长", "中华人民共和国", "区政府办"),
    ],
)
def test_false_alarms_reported_by_users_of_other_tools_stay_away(engine: Engine, lawful: str) -> None:
    for text in (lawful, f"会议指出，{lawful}的有关情况正常。"):
        assert [f.rule.code for f in engine.check(text).findings] == []
