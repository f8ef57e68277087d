"""Near misses of right forms: slips are found wherever they fall, lawful wordings near a form stay silent."""

from __future__ import annotations

from datetime import date

import pytest

from app.engine import Engine
from detectors.expressions.near_miss import NearMisses
from detectors.kernel.alignment import Change, edits
from detectors.kernel.confusion import Likeness, characters_of
from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.right_forms import RightForm, letters_of, shared_ends
from detectors.kernel.sources import LEXICONS

CHARACTERS = characters_of(LEXICONS)
SOURCE = Source("试用", "试用", "2026")
LONG = "铸牢中华民族共同体意识"


def rule(code: str = "FX9001", severity: Severity = Severity.ERROR) -> Rule:
    return Rule(code, code, Category.EXPRESSION, severity, "试用。", SOURCE, ("x",), ("x",))


def engine_of(*forms: str, allow: frozenset[str] = frozenset(), is_name: bool = False) -> Engine:
    right = [
        RightForm.of(rule(f"FX9{number:03}"), form, is_name=is_name) for number, form in enumerate(forms)
    ]
    return Engine([], [NearMisses(right, allow, CHARACTERS)], "test")


def found(engine: Engine, text: str) -> list[tuple[str, str, str]]:
    return [(f.span.of(text), f.replacements[0], f.rule.severity.value) for f in engine.check(text).findings]


@pytest.mark.parametrize(
    ("wrong", "severity"),
    [
        ("筑牢中华民族共同体意识", "error"),
        ("铸牢中华名族共同体意识", "error"),
        ("铸牢中华民族共同意识", "warning"),
        ("铸牢中华民族共同体体意识", "error"),
        ("铸牢中华民族同共体意识", "error"),
        ("铸牢中华民族共同体竟识", "error"),
    ],
)
def test_one_slip_in_a_long_form_is_found_and_mended(wrong: str, severity: str) -> None:
    assert found(engine_of(LONG), f"要{wrong}，抓好落实。") == [(wrong, LONG, severity)]


def test_a_slip_is_found_through_blanks_and_the_marks_of_the_text_are_kept() -> None:
    engine = engine_of("不忘初心、牢记使命")

    assert found(engine, "坚持不忘初 心，劳记使命。") == [
        ("不忘初 心，劳记使命", "不忘初心，牢记使命", "error")
    ]


@pytest.mark.parametrize("seam", ["铸牢中华族民共同体意识", "中国特色会社主义法治体系"])
def test_two_letters_that_changed_places_across_a_cut_are_found(seam: str) -> None:
    assert len(found(engine_of(LONG, "中国特色社会主义法治体系"), f"要{seam}。")) == 1


def test_long_forms_are_recognised_through_two_slips_and_very_long_ones_through_three() -> None:
    form = "坚持和完善中国特色社会主义制度、推进国家治理体系和治理能力现代化"
    wrong = "坚持和完善中国特色社会主义制渡、推进国家治理体系和智理能力现代话"

    assert [mended for _, mended, _ in found(engine_of(form), f"要{wrong}。")] == [form]


@pytest.mark.parametrize(("wrong", "right"), [("共同富欲", "共同富裕"), ("民主集中志", "民主集中制")])
def test_short_forms_are_found_by_their_wrong_variants(wrong: str, right: str) -> None:
    assert [mended for _, mended, _ in found(engine_of(right), f"坚持{wrong}。")] == [right]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (LONG, "铸牢中华着民族共同体意识"),
        (LONG, "铸牢中华民族共自同体意识"),
        ("意识形态", "意识国形态"),
        ("改革开放", "改革开在放"),
        ("组织生活会", "组织生里活会"),
        ("中国式现代化", "中国式现这代化"),
        ("固定资产投资", "固定一资产投资"),
        ("国家市场监督管理局", "国家市场监子督管理局"),
    ],
)
def test_a_letter_put_into_a_word_or_between_two_is_found(form: str, wrong: str) -> None:
    assert found(engine_of(form), f"围绕{wrong}开展工作。") == [(wrong, form, "warning")]


@pytest.mark.parametrize(
    ("form", "lawful"),
    [
        ("改革开放", "推进改革和开放。"),
        ("改革开放", "推进改革大开放。"),
        ("志愿服务", "开展志愿者服务。"),
        ("基层组织", "建强基层党组织。"),
        ("森林防火", "森林防灭火指挥机构。"),
        ("市场监督管理局", "市场监督管理总局发布公告。"),
        ("扩大内需战略", "扩大内需是战略之举。"),
        ("安全生产", "做到安全地生产。"),
        ("对外开放", "研究对对外开放有利的措施。"),
    ],
)
def test_what_may_stand_between_two_words_is_no_slip(form: str, lawful: str) -> None:
    assert found(engine_of(form, is_name=form.endswith("局")), lawful) == []


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("反腐倡廉", "反腐廉"),
        ("基层组织", "基组织"),
        ("卓越工程师", "卓越工师"),
        ("人才是第一资源", "人才是第资源"),
        ("坚持以人民为中心", "坚持人民为中心"),
    ],
)
def test_a_lost_letter_is_found(form: str, wrong: str) -> None:
    assert found(engine_of(form), f"围绕{wrong}开展工作。") == [(wrong, form, "warning")]


@pytest.mark.parametrize(
    ("form", "wrong", "severity"),
    [
        ("以习近平同志为核心的党中央", "以习近平同志核心的党中央", "error"),
        ("以国际法为基础的国际秩序", "以国际法基础的国际秩序", "error"),
        ("以党的政治建设为统领", "以党的政治建设统领", "warning"),
        ("坚持以人民为中心的发展思想", "坚持人民为中心的发展思想", "warning"),
    ],
)
def test_an_attribute_that_is_none_without_the_lost_letter_is_an_error(
    form: str, wrong: str, severity: str
) -> None:
    assert found(engine_of(form), f"围绕{wrong}开展工作。") == [(wrong, form, severity)]


@pytest.mark.parametrize(
    ("form", "lawful"),
    [
        ("网络安全", "推进网络全覆盖。"),
        ("网络安全", "保障供水管网安全。"),
        ("学前教育", "深化研学教育。"),
        ("党的十一届三中全会", "党的十届三中全会。"),
        ("民主生活会", "开好民主生活。"),
        ("地方性法规", "制定地方法规。"),
        ("国家主权、安全、发展利益", "捍卫两国主权、安全、发展利益。"),
        ("人民调解", "提前告知被投诉人调解的时间。"),
        ("坚持弘扬科学家精神", "坚持弘扬科学精神"),
    ],
)
def test_letters_that_a_shorter_wording_lacks_are_not_lost(form: str, lawful: str) -> None:
    assert found(engine_of(form), lawful) == []


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("全球文明倡议", "全球瘟明，倡议"),
        ("实事求是", "室事，求是"),
        ("社会保障", "社会，包障"),
        ("不怕牺牲、英勇斗争", "不爬牺牲，英勇斗争"),
        ("增强“四个意识”", "增强四个意试"),
    ],
)
def test_a_slip_is_found_beside_a_mark_that_the_form_lacks(form: str, wrong: str) -> None:
    assert len(found(engine_of(form), f"坚持{wrong}。")) == 1


@pytest.mark.parametrize(
    ("form", "lawful"),
    [
        ("党员干部", "组织党员、干部学习。"),
        ("改革开放", "深化改革，开放合作。"),
        ("污染防治", "防治污染、防止破坏。"),
        ("乡镇卫生院", "到乡、镇卫生院登记。"),
    ],
)
def test_a_mark_where_two_words_meet_parts_no_short_form(form: str, lawful: str) -> None:
    assert found(engine_of(form), lawful) == []


@pytest.mark.parametrize("wrong", ["“打虎”“拍蝇”“猎狐狐”", "“打打虎”“拍蝇”“猎狐”"])
def test_a_letter_doubled_at_an_end_is_found_inside_quotation_marks(wrong: str) -> None:
    assert len(found(engine_of("“打虎”“拍蝇”“猎狐”"), f"开展{wrong}。")) == 1


@pytest.mark.parametrize(
    ("phrase", "lawful"),
    [
        ("稳岗就业", "着力稳就业。"),
        ("企事业单位", "重点耗能的企业单位。"),
        ("党建引领", "由党建来引领。"),
        ("旧貌换新颜", "旧貌新颜，变化很大。"),
        ("市场监管", "应当会同市市场监管、公安等部门。"),
        ("重大事项报告", "重大事项不报告的，依规处理。"),
    ],
)
def test_a_common_phrase_with_a_letter_more_or_less_may_be_another_one(phrase: str, lawful: str) -> None:
    common = RightForm.of(rule("FX9000"), phrase, is_common=True)
    engine = Engine([], [NearMisses([common], frozenset(), CHARACTERS)], "test")

    assert found(engine, lawful) == []


@pytest.mark.parametrize("lawful", ["全国青年职业技能大赛", "中国书写辉煌篇章", "科技发展和改革举措"])
def test_words_in_the_place_of_words_at_the_end_of_a_name_are_no_slips(engine: Engine, lawful: str) -> None:
    assert engine.check(f"报道说，{lawful}。", categories={Category.EXPRESSION}).findings == ()


def test_another_word_is_a_slip_only_in_a_very_long_wording() -> None:
    assert found(engine_of("基本消除城市黑臭水体"), "基本消除城乡黑臭水体") == []
    very_long = "坚持和完善中国特色社会主义行政体制"
    assert found(engine_of(very_long), "坚持和完善中国特色社会主义行政管制") != []


@pytest.mark.parametrize(
    "lawful",
    [
        "要铸牢中华民族共同体意识。",
        "要铸牢“中华民族共同体”意识。",
        "共同体意识不断增强，中华民族大家庭和睦。",
        "增强中华民族凝聚力。",
        "铸牢中华民族的共同体意识。",
    ],
)
def test_the_form_itself_and_lawful_wordings_near_it_stay_silent(lawful: str) -> None:
    assert found(engine_of(LONG), lawful) == []


def test_an_allowed_wording_covers_what_lies_inside_it() -> None:
    engine = engine_of(LONG, allow=frozenset({"共铸中华民族共同体意识"}))

    assert found(engine, "两岸同胞共铸中华民族共同体意识。") == []


def test_in_names_even_and_is_fixed() -> None:
    engine = engine_of("国家发展和改革委员会", is_name=True)

    assert found(engine, "国家发展与改革委员会发布通知。") == [
        ("国家发展与改革委员会", "国家发展和改革委员会", "error")
    ]


@pytest.mark.parametrize("lawful", ["西班牙国王访华", "巴基斯坦国防部", "可以色列成表格"])
def test_words_that_run_on_beyond_a_name_are_no_slips(engine: Engine, lawful: str) -> None:
    assert engine.check(f"报道说，{lawful}。", categories={Category.EXPRESSION}).findings == ()


@pytest.mark.parametrize("wrong", ["国家发展和改革委会印发通知。", "贯彻黄河保护发，推进治理。"])
def test_committees_without_a_letter_and_short_names_of_laws_are_found(engine: Engine, wrong: str) -> None:
    assert [finding.rule.code[:2] for finding in engine.check(wrong).findings] == ["FX"]


@pytest.mark.parametrize(
    "lawful", ["国家发展和改革委会同有关部门", "保障道路交通安全，法规另有规定", "推进黄河保护发展"]
)
def test_a_verb_behind_a_committee_and_words_that_run_on_are_no_slips(engine: Engine, lawful: str) -> None:
    assert not [f for f in engine.check(lawful).findings if f.rule.code.startswith("FX")]


def test_a_comma_between_two_clauses_makes_no_form(engine: Engine) -> None:
    text = "及时准确公开政府信息，应公开的信息要及时公开；在行政诉讼中，人民法院依法审理。"

    assert engine.check(text).findings == ()


@pytest.mark.parametrize(
    ("written", "form", "changes"),
    [
        ("甲乙丙丁", "甲乙丙丁", []),
        ("甲丙乙丁", "甲乙丙丁", [Change.SWAPPED]),
        ("甲乙丁", "甲乙丙丁", [Change.MISSING]),
        ("甲乙乙丙丁", "甲乙丙丁", [Change.ADDED]),
        ("一路一带", "一带一路", [Change.SWAPPED]),
    ],
)
def test_changes_are_told_apart(written: str, form: str, changes: list[Change]) -> None:
    found_edits = edits(written, form, 2)

    assert found_edits is not None
    assert [edit.change for edit in found_edits] == changes


def test_more_changes_than_allowed_are_no_near_miss() -> None:
    assert edits("甲戊己丁", "甲乙丙丁", 1) is None


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("筑", "铸", Likeness.SOUND),
        ("命", "民", Likeness.NEAR_SOUND),
        ("未", "末", Likeness.SHAPE),
        ("和", "化", None),
        ("甲", "A", None),
    ],
)
def test_characters_are_confused_by_sound_near_sound_or_shape(
    one: str, other: str, likeness: Likeness | None
) -> None:
    assert CHARACTERS.likeness(one, other) is likeness
    assert CHARACTERS.likeness(other, one) is likeness


def test_pieces_cover_the_form_and_avoid_word_edges() -> None:
    form = RightForm.of(rule(), "国家发展和改革委员会")

    pieces = [piece.written for piece in form.pieces(form.cuts(shared_ends([form])))]

    assert "".join(pieces) == form.letters
    assert "国家发展" not in pieces


def test_soft_marks_are_no_letters() -> None:
    assert letters_of("不忘初心、牢记“使命”") == "不忘初心牢记使命"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("把“铸牢”误写为“筑牢中华民族共同体意识”的，要及时改正。", "info"),
        ("“筑牢中华民族共同体意识”应为“铸牢中华民族共同体意识”。", "info"),
        ("会议提出“筑牢中华民族共同体意识”。", "error"),
        ("要筑牢中华民族共同体意识，错误写法要改。", "error"),
    ],
)
def test_a_page_that_quotes_an_error_to_report_it_draws_a_hint_only(
    engine: Engine, text: str, severity: str
) -> None:
    assert [f.rule.severity.value for f in engine.check(text).findings] == [severity]


PAGE_OF_2016 = "国家质检总局、国务院扶贫办、国务院法制办、国家工商总局联合发布公告。"


def test_a_page_of_2016_keeps_the_names_of_2016(engine: Engine) -> None:
    assert engine.check(PAGE_OF_2016, published_on=date(2016, 5, 1)).findings == ()


def test_the_same_page_dated_today_has_every_rename_found(engine: Engine) -> None:
    found_names = [f.span.of(PAGE_OF_2016) for f in engine.check(PAGE_OF_2016).findings]

    assert found_names == ["国家质检总局", "国务院扶贫办", "国务院法制办", "国家工商总局"]


@pytest.mark.parametrize(
    "of_the_past", ["原国家质检总局印发的通知", "2018年，国家质检总局职责整合组建新机构"]
)
def test_a_sentence_that_says_it_speaks_of_the_past_is_left_alone(engine: Engine, of_the_past: str) -> None:
    assert engine.check(of_the_past).findings == ()


PAGE_OF_2005 = "湖北省襄樊市、云南省思茅市、北京市崇文区、江苏省铜山县联合举办农产品展销会。"


def test_a_page_of_2005_keeps_the_places_of_2005(engine: Engine) -> None:
    assert engine.check(PAGE_OF_2005, published_on=date(2005, 5, 1)).findings == ()


def test_every_old_place_in_the_same_page_of_today_is_a_hint_with_its_name_of_today(engine: Engine) -> None:
    found = engine.check(PAGE_OF_2005).findings
    assert [(f.span.of(PAGE_OF_2005), f.replacements, f.rule.severity) for f in found] == [
        ("襄樊市", ("襄阳市",), Severity.INFO),
        ("思茅市", ("普洱市",), Severity.INFO),
        ("崇文区", (), Severity.INFO),
        ("铜山县", ("铜山区",), Severity.INFO),
    ]
