"""Typing errors found without a model, entries that ask it, and a site's words that nothing corrects."""

from __future__ import annotations

import pytest

from api_tests.site_kit import allow, found, layer_of
from app.engine import Engine
from detectors.kernel.finding import Category, Severity
from detectors.kernel.lexicon import Entry, LexiconFolder
from detectors.kernel.sources import LEXICONS, load_sources
from detectors.kernel.text import Text
from detectors.typos.doubled import DETECTOR as DOUBLED
from detectors.typos.foreign_letter import DETECTOR as FOREIGN
from detectors.typos.foreign_letter import LETTERS, LOOKALIKES, STANDARD

ENTRIES = LexiconFolder("typos", Category.TYPO, "TY", Severity.ERROR).read(LEXICONS, load_sources(LEXICONS))
TYPOS = {"categories": {Category.TYPO}}


def codes(engine: Engine, text: str) -> list[tuple[str, str]]:
    findings = engine.check(text, categories={Category.TYPO}).findings
    return [(finding.rule.code, finding.span.of(text)) for finding in findings]


def test_the_lexicon_holds_more_than_twelve_hundred_judged_entries() -> None:
    assert len(ENTRIES) >= 1_200


def test_no_two_entries_have_the_same_examples() -> None:
    hits = [hit for entry in ENTRIES for hit in entry.rule.hits]
    assert len(hits) == len(set(hits))


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.needs_model], ids=lambda e: str(e.rule.code))
def test_where_the_model_has_a_say_a_miss_holds_the_very_form(entry: Entry) -> None:
    """Otherwise nothing would prove that the form is right in other places."""
    assert any(form in miss for form in entry.forms for miss in entry.rule.misses)
    assert entry.rule.severity is Severity.WARNING


def test_a_form_that_is_right_elsewhere_is_left_to_the_model(engine: Engine) -> None:
    assert codes(engine, "请各单位做好已下工作。") == [("TY1387", "已下")]
    assert codes(engine, "有关通知已下发各单位。") == []


def test_no_letter_of_the_tables_is_standard_and_every_letter_they_give_is() -> None:
    for letter, right in LETTERS.items():
        assert not letter.encode(STANDARD, "ignore"), letter
        assert right.encode(STANDARD), right


@pytest.mark.parametrize(
    ("letter", "right"), [("⼈", "人"), ("⻅", "见"), ("⾨", "门"), ("\uf9dd", "利"), ("⽓", "气")]
)
def test_radicals_and_compatibility_ideographs_give_the_letter_itself(letter: str, right: str) -> None:
    assert LOOKALIKES[letter] == right


def test_names_with_rare_letters_are_left_alone() -> None:
    assert not list(FOREIGN.find(Text.of("评审专家吴喆、李堃、王珺、赵赟、陈镕到会。")))


def test_a_quotation_in_traditional_letters_is_left_alone() -> None:
    assert not list(FOREIGN.find(Text.of("碑上刻有“國富民強，眾志成城，氣壯山河”等字，説明其來歷。")))


def test_japanese_text_is_left_alone() -> None:
    assert not list(FOREIGN.find(Text.of("展板日文为“毎年の増加について”，供外宾参阅。")))


def test_a_text_full_of_radicals_shows_the_first_one() -> None:
    text = "⼈⼈参与，⼯作到位，⼤⼒推进，⾼质量发展，⾃主创新。"
    (only,) = FOREIGN.find(Text.of(text))

    assert only.span.start == 0
    assert only.rule.why.endswith("全文大多如此，这里只标出第一处。")


def test_what_blanks_part_is_not_doubled() -> None:
    assert not list(DOUBLED.find(Text.of("加强组织领导 加强组织领导")))


@pytest.mark.parametrize(
    "text",
    [
        "看看、想想、天天、人人、方方面面、形形色色、的的确确、一个个、清清楚楚。",
        "以盈利为目的的活动，为了了解情况，现在在建的项目，存在在校生流失。",
        "把问题一个一个解决，一件事一件事落实，一代一代传承。",
        "各单位要研究研究、讨论讨论、商量商量。",
        "本市履行本规定规定的职责，按上一年度年度报告公布。",
        "某县和和县结对，企业对企业对接。",
    ],
)
def test_lawful_repetition_is_left_alone(text: str) -> None:
    assert not list(DOUBLED.find(Text.of(text)))


def test_a_doubled_phrase_is_found_whole_and_once() -> None:
    text = "各部门要切实加强组织领导切实加强组织领导，压实责任。"
    (only,) = DOUBLED.find(Text.of(text))

    assert only.span.of(text) == "切实加强组织领导切实加强组织领导"
    assert only.replacements == ("切实加强组织领导",)


def test_a_word_that_the_site_allows_is_not_corrected_by_the_language_model(engine: Engine) -> None:
    text = "审计机关一发进行监督。"

    assert found(engine, text, layer_of(), **TYPOS) == [("TY9006", "一发")]
    assert found(engine, text, layer_of(allow("一发")), **TYPOS) == []


def test_a_guess_that_reaches_into_an_allowed_word_would_break_it(engine: Engine) -> None:
    text = "审计机关一发进行监督。"

    assert found(engine, text, layer_of(allow("机关一")), **TYPOS) == []
    assert found(engine, text, layer_of(allow("审计机关")), **TYPOS) == [("TY9006", "一发")]


def test_an_allowed_word_silences_the_lists_and_the_model_behind_them(engine: Engine) -> None:
    text = "省级平台名为决策布署系统。"

    assert found(engine, text, layer_of(), **TYPOS)
    assert found(engine, text, layer_of(allow("布署")), **TYPOS) == []


def test_an_allowed_word_does_not_hide_the_next_slip(engine: Engine) -> None:
    text = "依法追纠有关人员的责任，维护当事人的和法权益。"

    spans = [span for _, span in found(engine, text, layer_of(allow("追纠")), **TYPOS)]

    assert spans
    assert all("和" in span for span in spans)
