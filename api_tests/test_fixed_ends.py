"""What fixed wordings go on with, what bodies do, titles with another word in them, and the name of a set behind its members."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine import Engine
from detectors.expressions.continuation import Continuations
from detectors.kernel.names import CONTINUATIONS, read_name_lists
from detectors.kernel.sources import LEXICONS, LexiconError, load_sources

LISTS = read_name_lists(LEXICONS / "names", load_sources(LEXICONS), "FX")[CONTINUATIONS]
WORDING, BODY, ACT, DISSOLVED = "FX3059", "FX3060", "FX3062", "FX3053"
EVENTS = {"FX3052", "FX3061"}


def found(engine: Engine, text: str) -> dict[str, tuple[str, ...]]:
    return {one.rule.code: one.replacements for one in engine.check(text).findings}


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ("坚持党对一切工作的绝对领导。", WORDING, "党对一切工作的领导"),
        ("推动共同富裕取得更为明显的实际性进展。", WORDING, "共同富裕取得更为明显的实质性进展"),
        ("守住不发生系统风险的底线。", WORDING, "守住不发生系统性风险"),
        ("发展新质生产率，培育新动能。", WORDING, "新质生产力"),
        ("中国农工民主同盟省委会来访。", BODY, "中国农工民主党"),
        ("国家移民管理委员会公布数据。", BODY, "国家移民管理局"),
    ],
)
def test_what_stands_for_the_right_word_is_replaced_whole(
    text: str, code: str, right: str, engine: Engine
) -> None:
    assert found(engine, text).get(code) == (right,)


@pytest.mark.parametrize(
    "text",
    [
        "学习《习近平法治文选》第一卷。",
        "把权力关进制度的“笼子”里。",
        "以习近平同志为核心的中共中央高度重视。",
        "新质生产要素加快集聚，新质生产关系与之相适应。",
        "不忘初心、牢记嘱托，勇毅前行。",
        "以习近平同志为核心的中央领导集体作出决策。",
        "稳中求进工作总，基调不变。",
        "国家移民管理部门发布提示。",
    ],
)
def test_a_wording_that_is_goes_on_with_something_of_another_kind_is_left_alone(
    text: str, engine: Engine
) -> None:
    assert not {WORDING, BODY} & found(engine, text).keys()


def test_a_wording_stands_once_and_its_beginning_says_what_follows() -> None:
    one = LISTS[0]

    with pytest.raises(LexiconError, match="已有"):
        Continuations([replace(one, rows=(*one.rows, one.rows[0]))])
    for row in (("坚持稳中求进",), ("新质生产", "力", "力")):
        with pytest.raises(LexiconError, match="没有写后面接什么"):
            Continuations([replace(one, rows=(row,))])


@pytest.mark.parametrize(
    "text",
    [
        "公安机关依法对犯罪嫌疑人判处刑事拘留。",
        "县监委以涉嫌受贿罪对李某提起公诉。",
        "县法院对犯罪嫌疑人刑事拘留。",
    ],
)
def test_an_act_of_another_body_is_found(text: str, engine: Engine) -> None:
    assert ACT in found(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "公安机关对犯罪嫌疑人提请批准逮捕。",
        "案件移送检察院后，法院对检察机关提起公诉的案件开庭审理。",
        "法院认为，检察院提起公诉的事实清楚。",
        "检察院建议对被告人判处有期徒刑。",
        "对公安机关以诈骗罪移送审查起诉的案件依法办理。",
        "公安机关等待宣判结果。",
        "公安机关对判处管制的罪犯依法宣告。",
        "人民法院依法对该案立案侦查材料进行审查。",
        "检察院公开宣判旁听活动邀请了人大代表。",
        "监委调查终结，由检察院提起公诉，法院判处。",
    ],
)
def test_who_asks_for_an_act_or_awaits_it_does_not_do_it(text: str, engine: Engine) -> None:
    assert ACT not in found(engine, text)


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("中华人民共和国道路交通管理法", "中华人民共和国道路交通安全法"),
        ("中华人民共和国信息公开条例", "中华人民共和国政府信息公开条例"),
        ("中国共产党纪律处罚条例", "中国共产党纪律处分条例"),
    ],
)
def test_a_title_with_another_word_in_it_is_told(title: str, right: str, engine: Engine) -> None:
    assert (right,) in found(engine, f"学习《{title}》。").values()


@pytest.mark.parametrize(
    "title",
    [
        "中华人民共和国国家公园法",
        "中华人民共和国民族团结进步促进法",
        "中华人民共和国危险化学品安全法",
        "中国共产党工作机关条例（试行）",
        "中华人民共和国海上交通安全条例",
    ],
)
def test_a_title_of_its_own_is_left_alone(title: str, engine: Engine) -> None:
    assert found(engine, f"学习《{title}》。") == {}


@pytest.mark.parametrize(
    "text",
    [
        "统筹推进经济建设、政治建设、文化建设、社会建设、生态建设“五位一体”总体布局。",
        "弘扬和平、发展、公平、正义、民主、平等的全人类共同价值。",
        "做好“六稳”工作，即稳就业、稳金融、稳外贸、稳外资、稳投资、稳物价。",
    ],
)
def test_the_name_behind_the_members_says_that_they_are_all(text: str, engine: Engine) -> None:
    assert engine.check(text).findings


def test_the_year_behind_a_body_that_was_no_more_is_read_too(engine: Engine) -> None:
    assert DISSOLVED in found(engine, "国家工商总局2024年部署反不正当竞争执法。")


@pytest.mark.parametrize(
    "text",
    [
        "国家工商总局2017年部署反不正当竞争执法。",
        "国家工商总局2024年第3号公告。",
        "原国家工商总局2024年以前的文件已经清理。",
    ],
)
def test_a_year_behind_a_body_that_is_not_of_its_acts_is_left_alone(text: str, engine: Engine) -> None:
    assert DISSOLVED not in found(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "1937年9月18日，日本帝国主义制造了九一八事变。",
        "2008年5月22日，四川汶川发生8.0级特大地震。",
        "1921年8月1日，南昌起义打响。",
    ],
)
def test_who_brought_an_event_about_may_stand_between_its_date_and_its_name(
    text: str, engine: Engine
) -> None:
    assert EVENTS & found(engine, text).keys()


@pytest.mark.parametrize(
    "text",
    [
        "1931年9月18日，日本关东军制造了震惊中外的九一八事变。",
        "1932年，日本侵占东北后，九一八事变的影响扩大。",
    ],
)
def test_the_right_date_and_that_of_something_else_are_left_alone(text: str, engine: Engine) -> None:
    assert not EVENTS & found(engine, text).keys()
