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
        ("邓小平理论、科学发展观、“三个代表”重要思想", "邓小平理论、“三个代表”重要思想、科学发展观"),
        ("邓小平理论和毛泽东思想", "毛泽东思想和邓小平理论"),
        (
            "毛泽东思想、邓小平理论、科学发展观、习近平新时代中国特色社会主义思想",
            "毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观、习近平新时代中国特色社会主义思想",
        ),
    ],
)
def test_of_an_unbroken_set_even_a_few_members_stand_in_their_order(
    engine: Engine, wrong: str, right: str
) -> None:
    assert expressions(engine, f"学习{wrong}，抓好落实。") == [(wrong, right)]


@pytest.mark.parametrize(
    "lawful",
    [
        "学习“三个代表”重要思想、科学发展观。",
        "学习毛泽东思想、科学发展观的基本观点。",
        "坚持邓小平理论，毛泽东思想的旗帜要高举。",
    ],
)
def test_a_few_members_in_their_order_are_lawful(engine: Engine, lawful: str) -> None:
    assert expressions(engine, lawful) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("系统治理、综合治理、依法治理、源头治理", "系统治理、依法治理、综合治理、源头治理"),
        ("系统治理、依法治理、综合整顿、源头治理", "系统治理、依法治理、综合治理、源头治理"),
        (
            "党委统一领导、政府组织落实、社会各界监督、信访部门推动、各方齐抓共管",
            "党委统一领导、政府组织落实、信访工作联席会议协调、信访部门推动、各方齐抓共管",
        ),
        (
            "职能科学、权责法定、执法严明、公开公正、廉洁诚信、人民满意的法治政府",
            "职能科学、权责法定、执法严明、公开公正、智能高效、廉洁诚信、人民满意的法治政府",
        ),
    ],
)
def test_parts_of_a_formula_are_held_to_its_other_parts(engine: Engine, wrong: str, right: str) -> None:
    assert expressions(engine, f"要做到{wrong}，抓好落实。") == [(wrong, right)]


@pytest.mark.parametrize(
    "lawful",
    [
        "处分应当事实清楚、证据确凿、定性准确、处理恰当、程序合法、手续完备。",
        "健全党委统一领导、政府组织落实、联席会议协调、信访部门推动、各方齐抓共管的格局。",
        "坚持保护合法、制止非法、抵御渗透、打击犯罪。",
        "加强自我管理、自我教育、自我服务、自我监督。",
        "推动工业化、信息化、城镇化、农业现代化融合发展。",
    ],
)
def test_versions_of_a_formula_with_another_end_or_fewer_parts_are_lawful(
    engine: Engine, lawful: str
) -> None:
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
