"""What a site lays over the shipped rules: its own faults, what it allows, what it switches."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_tests.site_kit import UNIT, allow, forbid, found, kept, layer_of, replace_by, switch
from app.engine import Engine
from app.site.acceptance import RefusedError, accepted
from app.site.entry import Kind, Level, Match, SiteEntry
from app.site.layer import NO_LAYER
from app.text_report import Verdict
from detectors.kernel.finding import Category, Severity
from detectors.kernel.form_table import FormTable

FAULT = "截止目前，各项工作有序推进。"
"""A sentence with one shipped finding, TY0001."""
YESTERDAY = date.today() - timedelta(days=1)


def test_a_forbidden_wording_is_found_with_its_reason_and_the_unit_as_source(engine: Engine) -> None:
    report = engine.check("会上印发了红头样稿。", layer=layer_of(forbid("红头样稿")))

    (finding,) = report.findings
    rule = finding.rule
    assert (rule.code, rule.category, rule.severity) == ("S00001", Category.SENSITIVE, Severity.ERROR)
    assert rule.why == "试用的理由。"
    assert (rule.source.title, rule.source.issuer) == ("本站词库", UNIT)
    assert report.verdict is Verdict.BLOCK
    assert report.site_lexicon_version == 1


def test_a_pair_offers_what_is_right(engine: Engine) -> None:
    layer = layer_of(replace_by("市政数局", "市政务服务数据管理局", level=Level.WARNING))

    (finding,) = engine.check("由市政数局负责。", layer=layer).findings

    assert finding.replacements == ("市政务服务数据管理局",)
    assert (finding.rule.category, finding.rule.severity) == (Category.EXPRESSION, Severity.WARNING)


def test_what_is_right_may_hold_what_is_wrong(engine: Engine) -> None:
    layer = layer_of(replace_by("数据局", "市数据局", match=Match.ANYWHERE))

    assert found(engine, "市数据局发文。", layer) == []
    assert found(engine, "数据局发文。", layer) == [("S00001", "数据局")]


def test_a_text_is_read_folded_and_findings_point_into_it_as_submitted(engine: Engine) -> None:
    layer = layer_of(forbid("红头样稿2号"))

    assert found(engine, "印发红头 样稿 ２ 号。", layer) == [("S00001", "红头 样稿 ２ 号")]


def test_a_short_form_must_be_a_word_unless_the_entry_says_otherwise(engine: Engine) -> None:
    text = "其中介绍了情况。"

    assert found(engine, text, layer_of(forbid("中介"))) == []
    assert found(engine, text, layer_of(forbid("中介", match=Match.ANYWHERE))) == [("S00001", "中介")]
    assert found(engine, "委托中介办理。", layer_of(forbid("中介"))) == [("S00001", "中介")]


def test_an_allowed_wording_silences_what_lies_inside_it(engine: Engine) -> None:
    layer = layer_of(allow("截止目前，各项"))

    assert found(engine, FAULT, layer) == []
    assert found(engine, "截止目前，有序推进。", layer) == [("TY0001", "截止目前")]


@pytest.mark.parametrize(
    ("scope", "silent"),
    [((), True), (("typo",), True), (("TY0001",), True), (("privacy",), False), (("PI001", "typo"), True)],
)
def test_an_allowance_silences_what_its_scope_names(
    engine: Engine, scope: tuple[str, ...], *, silent: bool
) -> None:
    assert (found(engine, FAULT, layer_of(allow("截止目前", *scope))) == []) is silent


def test_an_allowance_silences_the_sites_own_rules_too(engine: Engine) -> None:
    layer = layer_of(forbid("红头样稿"), allow("《红头样稿管理办法》"))

    assert found(engine, "依据《红头样稿管理办法》，红头样稿作废。", layer) == [("S00001", "红头样稿")]


def test_what_the_site_has_silenced_is_not_guessed_instead(engine: Engine) -> None:
    guessed = [finding for finding in engine.check(FAULT, rules={"TY9001"}).findings if finding.is_guess]

    assert [FAULT[one.span.start : one.span.end] for one in guessed] == ["止"]
    assert found(engine, FAULT, layer_of(switch("TY0001"))) == []


def test_a_shipped_rule_can_be_switched_off_or_down_but_never_up(engine: Engine) -> None:
    off, down = layer_of(switch("TY0001")), layer_of(switch("TY0001", level=Level.INFO))

    assert found(engine, FAULT, off) == []
    assert [f.rule.severity for f in engine.check(FAULT, layer=down).findings] == [Severity.INFO]
    with pytest.raises(RefusedError):
        switch("TY0001", level=Level.ERROR)


def test_the_sites_own_rule_speaks_where_a_shipped_one_finds_the_same_words(engine: Engine) -> None:
    layer = layer_of(replace_by("截止目前", "截至今日", category=Category.TYPO, level=Level.WARNING))

    assert found(engine, FAULT, layer) == [("S00001", "截止目前")]


@pytest.mark.parametrize("entry", [forbid("各项工作"), allow("截止目前"), switch("TY0001")])
def test_an_expired_entry_counts_no_more(engine: Engine, entry: SiteEntry) -> None:
    expired = accepted(
        SiteEntry(entry.kind, entry.text, entry.reason, entry.unit, level=entry.level, expires_on=YESTERDAY),
        {"TY0001"},
    )

    assert found(engine, FAULT, layer_of(expired)) == found(engine, FAULT, NO_LAYER)
    assert found(engine, FAULT, layer_of(entry)) != found(engine, FAULT, NO_LAYER)


def test_expiry_is_counted_by_the_calendar_and_not_by_the_day_of_publication(engine: Engine) -> None:
    layer = layer_of(forbid("各项工作", expires_on=date.today()))

    assert ("S00001", "各项工作") in found(engine, FAULT, layer, published_on=date(2099, 1, 1))


def test_a_change_gives_a_new_layer_and_leaves_the_old_one_as_it_was(engine: Engine) -> None:
    text = "红头样稿、白头样稿、蓝头样稿"
    first = layer_of(forbid("红头样稿"), forbid("白头样稿"))

    second = first.changed(
        [kept(1, forbid("蓝头样稿")), kept(2, forbid("白头样稿"), retired=True)], version=7
    )

    assert found(engine, text, first) == [("S00001", "红头样稿"), ("S00002", "白头样稿")]
    assert found(engine, text, second) == [("S00001", "蓝头样稿")]
    assert (first.version, second.version) == (2, 7)


def test_two_entries_may_exchange_their_words(engine: Engine) -> None:
    layer = layer_of(forbid("红头样稿"), forbid("白头样稿"))

    swapped = layer.changed([kept(1, forbid("白头样稿")), kept(2, forbid("红头样稿"))], version=3)

    assert found(engine, "红头样稿、白头样稿", swapped) == [("S00002", "红头样稿"), ("S00001", "白头样稿")]


def test_a_layer_shows_the_cards_of_its_rules() -> None:
    layer = layer_of(forbid("红头样稿"), allow("白头样稿"))

    card = layer.rule("S00001")
    assert card is not None
    assert card.name == "本站禁用“红头样稿”"
    assert [layer.rule(code) for code in ("S00002", "S00003", "TY0001")] == [None, None, None]


def test_without_a_layer_reports_carry_version_nought(engine: Engine) -> None:
    assert engine.check(FAULT).site_lexicon_version == 0


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (SiteEntry(Kind.FORBID, "词", "理由", UNIT), "text"),
        (SiteEntry(Kind.FORBID, " 词语", "理由", UNIT), "text"),
        (SiteEntry(Kind.FORBID, "词\n语", "理由", UNIT), "text"),
        (SiteEntry(Kind.FORBID, "词" * 101, "理由", UNIT), "text"),
        (SiteEntry(Kind.FORBID, "红头样稿", "", UNIT), "reason"),
        (SiteEntry(Kind.FORBID, "红头样稿", "理由", "\u200b\n"), "unit"),
        (SiteEntry(Kind.FORBID, "红头样稿", "理由", UNIT, uses=("别的",)), "uses"),
        (SiteEntry(Kind.FORBID, "红头样稿", "理由", UNIT, level=Level.OFF), "level"),
        (SiteEntry(Kind.FORBID, "红头样稿", "理由", UNIT, category=Category.PRIVACY), "category"),
        (SiteEntry(Kind.FORBID, "红头样稿", "理由", UNIT, scope=("typo",)), "scope"),
        (SiteEntry(Kind.REPLACE, "红头样稿", "理由", UNIT), "uses"),
        (SiteEntry(Kind.REPLACE, "红头样稿", "理由", UNIT, uses=("红头样稿",)), "uses"),
        (SiteEntry(Kind.REPLACE, "红头样稿", "理由", UNIT, uses=("别；的",)), "uses"),
        (SiteEntry(Kind.ALLOW, "红头样稿", "理由", UNIT, scope=("XX001",)), "scope"),
        (SiteEntry(Kind.ALLOW, "红头样稿", "理由", UNIT, level=Level.INFO), "level"),
        (SiteEntry(Kind.SWITCH, "XX001", "理由", UNIT), "text"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused_by_field(entry: SiteEntry, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        accepted(entry, {"TY0001"})

    assert field in {fault.field for fault in refused.value.faults}
    assert entry.text == "" or entry.text not in str(refused.value)


FORMS = st.lists(st.text(alphabet="甲乙丙丁戊", min_size=2, max_size=7), max_size=30)


@given(first=FORMS, later=FORMS, text=st.text(alphabet="甲乙丙丁戊", max_size=60))
def test_the_table_finds_what_a_plain_search_finds(first: list[str], later: list[str], text: str) -> None:
    forms = {*first, *later}

    hits = FormTable.of(first).extended(later).hits(text)

    searched = {
        (start, start + len(form))
        for form in forms
        for start in range(len(text))
        if text.startswith(form, start)
    }
    assert sorted({(hit.start, hit.end) for hit in hits if hit.form in forms}) == sorted(searched)
