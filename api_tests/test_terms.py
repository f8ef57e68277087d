"""Listed forms: one automaton, whole words, longest match, allowed spans, context."""

from __future__ import annotations

import time
from datetime import date

import pytest

from api_tests.terms_kit import engine_of, entry, found
from app.engine import Engine
from detectors.kernel.finding import Category, Severity
from detectors.kernel.term_list import TermList
from detectors.kernel.terms import PIECE, Terms
from detectors.kernel.text import Text


def test_short_forms_count_only_as_whole_words() -> None:
    engine = engine_of(entry("TY1", "以经"), entry("TY2", "中介人"))

    assert found(engine, "可以经常联系，事情以经办完。") == [("TY1", "以经")]
    assert found(engine, "其中介绍人很多") == []


def test_a_form_is_found_through_blanks_width_and_invisible_characters() -> None:
    engine = engine_of(entry("TY1", "ＡＢ布署"))

    assert found(engine, "工作ＡＢ布 署完毕") == [("TY1", "ＡＢ布 署")]


def test_the_longest_of_overlapping_forms_wins() -> None:
    engine = engine_of(entry("TY1", "截止目前", "目前为止的"), entry("TY2", "截止目前为止"))

    assert found(engine, "截止目前为止的情况") == [("TY2", "截止目前为止")]


def test_an_allowed_span_silences_every_hit_inside_it_and_no_other() -> None:
    engine = engine_of(entry("ST1", "共产", boundary=False, exceptions=("共产党",)))

    assert found(engine, "中国共产党") == []
    assert found(engine, "共产党与共产二字") == [("ST1", "共产")]


def test_an_allowed_span_that_only_touches_a_hit_does_not_silence_it() -> None:
    engine = engine_of(entry("ST1", "三黄片", "片区内", boundary=False, exceptions=("三黄片剂",)))

    assert found(engine, "三黄片区内") == [("ST1", "三黄片")]
    assert found(engine, "三黄片剂") == []


def test_a_needed_neighbour_must_stand_in_the_same_sentence() -> None:
    engine = engine_of(entry("ST1", "署长", near=("审计署",)))

    assert found(engine, "审计署的署长讲话。") == [("ST1", "署长")]
    assert found(engine, "他是署长。审计署另有安排。") == []


def test_a_forbidden_neighbour_silences_the_form_in_its_sentence_only() -> None:
    engine = engine_of(entry("ST1", "罪犯", not_near=("宣判",)))

    assert found(engine, "宣判后，罪犯被押走。") == []
    assert found(engine, "法庭宣判。罪犯二字不妥。") == [("ST1", "罪犯")]


@pytest.mark.parametrize(
    "quoted", ["“台独”分裂行径", "‘台独’", "「台独」", "所谓“反对台独的人”", '"台独"分子']
)
def test_a_word_that_must_stand_in_quotes_is_lawful_in_quotes(quoted: str) -> None:
    engine = engine_of(entry("ST1", "台独", quote_ok=True))

    assert found(engine, quoted) == []


@pytest.mark.parametrize(
    "bare", ["反对台独", "“一中”与台独不容", "“统一”、台独、“融合”", "台独”", "“\n台独”"]
)
def test_a_word_that_must_stand_in_quotes_is_found_outside_them(bare: str) -> None:
    engine = engine_of(entry("ST1", "台独", quote_ok=True, boundary=False))

    assert [code for code, _ in found(engine, bare)] == ["ST1"]


def test_dated_rules_apply_to_pages_of_their_time_only() -> None:
    engine = engine_of(entry("FX1", "国家某某局", valid_from=date(2018, 3, 17), valid_to=date(2023, 3, 10)))

    assert found(engine, "国家某某局", published_on=date(2016, 5, 1)) == []
    assert found(engine, "国家某某局", published_on=date(2018, 3, 17))
    assert found(engine, "国家某某局", published_on=date(2023, 3, 10))
    assert found(engine, "国家某某局", published_on=date(2023, 3, 11)) == []


def test_an_expired_longer_form_does_not_hide_a_shorter_one_in_force() -> None:
    engine = engine_of(entry("FX1", "甲乙丙丁戊", valid_to=date(2000, 1, 1)), entry("FX2", "乙丙丁戊"))

    assert found(engine, "甲乙丙丁戊", published_on=date(2024, 1, 1)) == [("FX2", "乙丙丁戊")]


def test_rules_on_trial_are_hidden_unless_asked_for() -> None:
    engine = engine_of(entry("TY1", "布署工作", trial=True))

    assert found(engine, "布署工作") == []
    assert found(engine, "布署工作", trial=True)


def test_a_hit_that_lies_across_two_pieces_of_a_long_text_is_found() -> None:
    engine = engine_of(entry("TY1", "截止目前"))
    for shift in range(14):
        text = "x" * (PIECE - 1 - shift) + "截止目前"

        assert found(engine, text) == [("TY1", "截止目前")]


def test_no_hit_of_a_long_text_is_lost_or_heard_of_twice() -> None:
    terms = Terms([TermList([entry("TY1", "截止目前", "目前", "前截")])])
    text = Text.of("截止目前" * PIECE)

    hits = terms.scan(text)[0]

    assert len(hits) == len(set(hits)) == 3 * PIECE - 1
    assert [hit.end for hit in hits] == sorted(hit.end for hit in hits)
    assert all(text.folded[hit.start : hit.end] == hit.form for hit in hits)


def test_half_a_surrogate_pair_hides_nothing_and_moves_no_place() -> None:
    engine = engine_of(entry("TY1", "截止目前"))

    assert [f.span.start for f in engine.check("\ud800截止目前\udfff").findings] == [1]


@pytest.mark.parametrize(
    "unit",
    [
        "发展与改革委托",
        "，电话13800138000",
        "“台独",
        "共产党共产",
        "创新、某某、",
        "中国特色社会主义",
        "《中华人民共和国政府信息公开条列》",
        "湖南省宜昌",
        "人民政府，",
    ],
)
def test_the_time_for_one_very_long_line_grows_with_its_length_only(engine: Engine, unit: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        engine.check(unit * (length // len(unit)))
        return time.process_time() - begun

    short = min(seconds(6_000) for _ in range(3))
    # 16 times the length; a square would take 256 times as long.
    assert min(seconds(96_000) for _ in range(2)) < 64 * short


def test_several_detectors_share_one_automaton_and_each_hears_of_its_own() -> None:
    first, second = TermList([entry("TY1", "甲乙丙丁")]), TermList([entry("FX1", "乙丙丁", "甲乙丙丁")])

    hits = Terms([first, second]).scan(Text.of("甲乙丙丁"))

    assert [hit.form for hit in hits[0]] == ["甲乙丙丁"]
    assert sorted(hit.form for hit in hits[1]) == ["乙丙丁", "甲乙丙丁"]


def test_findings_of_different_categories_may_overlap() -> None:
    engine = engine_of(
        entry("TY1", "布署工作"),
        entry("ST1", "署工作会", category=Category.SENSITIVE, severity=Severity.INFO),
    )

    assert found(engine, "布署工作会议") == [("TY1", "布署工作"), ("ST1", "署工作会")]


def test_an_engine_without_any_form_finds_nothing() -> None:
    assert Engine([], [], "test").check("任何文字").findings == ()
