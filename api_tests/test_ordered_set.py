"""Ordered sets: lost, exchanged and misspelt members are found; partial and loose uses are lawful."""

from __future__ import annotations

import pytest

from app.engine import Engine
from detectors.kernel.finding import Category

FOUR = "政治意识、大局意识、核心意识、看齐意识"
FIVE = "创新、协调、绿色、开放、共享"


def expressions(engine: Engine, text: str) -> list[tuple[str, str]]:
    findings = engine.check(text, categories={Category.EXPRESSION}).findings
    return [(f.span.of(text), f.replacements[0]) for f in findings]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("政治意识、核心意识、看齐意识", FOUR),
        ("政治意识、大局意识、看齐意识、核心意识", FOUR),
        ("政治意识、大局意识、核新意识、看齐意识", FOUR),
        ("创新、绿色、协调、开放、共享", FIVE),
        ("创新、协调、绿色、共享", FIVE),
        ("创新、协调、绿色、开方、共享", FIVE),
    ],
)
def test_a_faulty_run_is_found_and_mended(engine: Engine, wrong: str, right: str) -> None:
    assert expressions(engine, f"要牢固树立{wrong}，抓好落实。") == [(wrong, right)]


@pytest.mark.parametrize(
    "lawful",
    [
        f"要牢固树立{FOUR}。",
        f"完整、准确、全面贯彻{FIVE}的新发展理念。",
        "个别党员“四个意识”不强。",
        "坚定文化自信，讲好中国故事。",
        "走绿色、低碳发展之路。",
        "推动绿色、开放发展。",
        "政治意识、大局意识不强的要批评教育。",
        "带头做到“两个维护”。",
    ],
)
def test_the_whole_set_and_loose_uses_are_lawful(engine: Engine, lawful: str) -> None:
    assert expressions(engine, lawful) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("湖南省宜昌市", "湖北省宜昌市"),
        ("广东河池", "广西河池"),
        ("《中华人民共和国政府信息公开条列》", "《中华人民共和国政府信息公开条例》"),
        ("恩施土家族自治州", "恩施土家族苗族自治州"),
    ],
)
def test_names_of_places_and_laws_are_held_to_their_lists(engine: Engine, wrong: str, right: str) -> None:
    text = f"依据{wrong}有关情况办理。"
    mended = {
        text[: f.span.start] + replacement + text[f.span.end :]
        for f in engine.check(text).findings
        for replacement in f.replacements
    }

    assert text.replace(wrong, right) in mended


@pytest.mark.parametrize(
    "lawful",
    [
        "上海南京路",
        "北京朝阳区",
        "西藏长治久安",
        "内蒙古大兴安岭",
        "《公务员法》",
        "《刑事诉讼法》",
        "北京中山公园",
    ],
)
def test_streets_idioms_and_short_titles_are_left_alone(engine: Engine, lawful: str) -> None:
    assert expressions(engine, f"报道介绍了{lawful}的情况。") == []


@pytest.mark.parametrize(
    "wrong",
    [
        "“四个自信”即道路自信、理论自信、制度自信、民族自信。",
        "“四个自信”是指民族自信、理论自信、制度自信、文化自信。",
        "“四风”：形式主义、官僚主义、享乐主义和自由主义。",
    ],
)
def test_another_word_at_either_end_is_found_where_the_name_says_what_the_members_are(
    engine: Engine, wrong: str
) -> None:
    assert len(expressions(engine, wrong)) == 1


@pytest.mark.parametrize(
    "lawful",
    [
        "统筹经济建设、政治建设、文化建设、社会建设、党的建设。",
        "“五位一体”总体布局要求，经济建设、政治建设、文化建设、社会建设和党的建设同步推进。",
        "“两不愁三保障”，义务教育、基本医疗、住房安全和饮水安全都有保障。",
    ],
)
def test_a_list_that_names_other_things_as_well_is_left_alone(engine: Engine, lawful: str) -> None:
    assert expressions(engine, lawful) == []
