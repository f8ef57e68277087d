"""Dates of meetings, events and days, counts of years, bodies that were no more, and names of bodies that lost a word."""

from __future__ import annotations

import pytest

from app.engine import Engine

DATES = {"FX3049", "FX3050", "FX3051", "FX3052"}
YEARLY, NTH = {"FX3054", "FX3055", "FX3056", "FX3057", "FX3058"}, "FX3110"
COUNT, DISSOLVED, SHORTENED, POST = "FX3108", "FX3053", "FX3109", "FX3015"


def found(engine: Engine, text: str) -> dict[str, tuple[str, ...]]:
    return {one.rule.code: one.replacements for one in engine.check(text).findings}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("党的十八大于2013年11月召开。", "党的十八大于2012年11月"),
        ("十八届三中全会（2014年11月）作出决定。", "十八届三中全会（2013年11月"),
        ("1978年12月召开的党的十一届四中全会作出决策。", "1978年12月召开的党的十一届三中全会"),
        (
            "2020年5月22日在第十三届全国人民代表大会第二次会议上的报告。",
            "2020年5月22日在第十三届全国人民代表大会第三次会议",
        ),
        ("2024年3月，全国政协十四届三次会议开幕。", "2024年3月，全国政协十四届二次会议"),
        ("抗美援朝战争胜利于1955年7月。", "抗美援朝战争胜利于1953年7月"),
    ],
)
def test_a_date_that_is_not_that_of_the_meeting_is_found_and_either_is_offered(
    text: str, right: str, engine: Engine
) -> None:
    suggested = [one for code, offered in found(engine, text).items() if code in DATES for one in offered]

    assert right in suggested


@pytest.mark.parametrize(
    "text",
    [
        "2018年12月，党的十一届三中全会召开40周年座谈会举行。",
        "2023年，党的二十大召开后的第一年，全市经济回升向好。",
        "2024年，党的二十大精神深入人心。",
        "2022年10月至2024年7月，党的二十届三中全会召开。",
        "2019年1月，团的十八届二中全会召开。",
        "2008年，汶川地震灾后重建启动。",
        "2022年，香港回归祖国25周年。",
        "1921年至1949年，新中国成立。",
    ],
)
def test_what_the_sentence_says_of_later_days_has_its_own_date(text: str, engine: Engine) -> None:
    assert not DATES & found(engine, text).keys()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2024年是中华人民共和国成立70周年。", ("75周年",)),
        ("2021年是中国共产党成立100周年，也是辛亥革命100周年。", ("110周年",)),
        ("2025年，我市隆重纪念抗日战争胜利八十周年；2021年是建党九十周年。", ()),
    ],
)
def test_years_are_counted_from_the_event(text: str, right: tuple[str, ...], engine: Engine) -> None:
    assert found(engine, text)[COUNT] == right


@pytest.mark.parametrize(
    "text",
    [
        "2019年是新中国成立70周年、五四运动100周年。",
        "2021年是中国共产党成立一百周年。",
        "2018年筹备庆祝新中国成立70周年。",
        "2020年至2021年是建党100周年宣传期。",
        "2031年是中国共产党成立一百一十周年。",
    ],
)
def test_a_count_that_is_right_or_of_another_year_is_left_alone(text: str, engine: Engine) -> None:
    assert COUNT not in found(engine, text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2019年，国家工商行政管理总局公布名录。", ("国家市场监督管理总局",)),
        ("2021年5月，市环境保护局公示环评结果。", ("生态环境局",)),
        ("2024年3月，国家乡村振兴局印发文件。", ("农业农村部",)),
    ],
)
def test_a_body_that_was_no_more_in_the_year_named_is_found(
    text: str, right: tuple[str, ...], engine: Engine
) -> None:
    assert found(engine, text)[DISSOLVED] == right


@pytest.mark.parametrize(
    "text",
    [
        "2018年，国家工商行政管理总局公布名录。",
        "2021年，原市环境保护局干部退休。",
        "2021年，美国环境保护局发布报告。",
        "2020年，贯彻落实《市环境保护局工作规则》。",
        "2023年，国家乡村振兴局部署工作。",
        "2010年至2021年，市环境保护局历年数据公开。",
    ],
)
def test_a_body_of_its_own_time_or_of_another_state_is_left_alone(text: str, engine: Engine) -> None:
    assert DISSOLVED not in found(engine, text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("国家药品监督局发布公告。", "国家药品监督管理局"),
        ("国务院食品委员会办公室开展督查。", "国务院食品安全委员会办公室"),
        ("中央精神文明指导委员会公布名单。", "中央精神文明建设指导委员会"),
    ],
)
def test_a_central_body_that_lost_a_word_is_found(text: str, right: str, engine: Engine) -> None:
    assert found(engine, text)[SHORTENED] == (right,)


@pytest.mark.parametrize(
    "text",
    [
        "国家知识产权局局长作说明。",
        "美国国家卫生委员会发布公告。",
        "缅甸国家管理委员会通报灾情。",
        "越南祖国阵线中央委员会主席到访。",
        "国家药监局、市场监管总局联合发文。",
    ],
)
def test_a_short_name_and_a_body_of_another_state_are_left_alone(text: str, engine: Engine) -> None:
    assert SHORTENED not in found(engine, text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("民盟市委书记到会。", "民盟市委主委"),
        ("省人民政府副主席到会。", "省人民政府副省长"),
        ("县政法委主任到会。", "政法委书记"),
    ],
)
def test_parties_governments_and_committees_have_their_own_posts(
    text: str, right: str, engine: Engine
) -> None:
    assert found(engine, text)[POST] == (right,)


@pytest.mark.parametrize(
    "text",
    ["西藏自治区人民政府副主席到会。", "中央政法委副秘书长到会。", "全国人大财政经济委员会主任委员到会。"],
)
def test_posts_that_a_body_has_are_left_alone(text: str, engine: Engine) -> None:
    assert POST not in found(engine, text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("12月5日是国家宪法日。", "12月4日"),
        ("4月24日，是一年一度的世界读书日。", "4月23日"),
        ("将每年的8月16日设立为“全国生态日”。", "8月15日"),
        ("国际禁毒日为每年的6月25日。", "6月26日"),
        ("在植树节（3月13日）到来之际，组织义务植树。", "3月12日"),
        ("每年10月1日的烈士纪念日，举行公祭。", "9月30日"),
    ],
)
def test_a_date_that_is_not_that_of_the_day_is_found(text: str, right: str, engine: Engine) -> None:
    offered = [one for code, every in found(engine, text).items() if code in YEARLY for one in every]

    assert offered == [right]


@pytest.mark.parametrize(
    "text",
    [
        "12月5日，全县开展国家宪法日宣传活动。",
        "4月15日至21日为宣传周，4月15日是全民国家安全教育日。",
        "8月16日是全国生态日宣传活动的第二天。",
        "6月4日到6月5日是世界环境日宣传的集中时段。",
    ],
)
def test_what_is_held_for_the_sake_of_a_day_has_its_own_date(text: str, engine: Engine) -> None:
    assert not YEARLY & found(engine, text).keys()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2024年4月15日是第10个全民国家安全教育日。", ("第9个",)),
        ("2024年9月10日，是全国第39个教师节。", ("第40个",)),
        ("2024年12月4日是我国第十二个国家宪法日。", ()),
    ],
)
def test_a_day_is_counted_from_the_first(text: str, right: tuple[str, ...], engine: Engine) -> None:
    assert found(engine, text)[NTH] == right


@pytest.mark.parametrize(
    "text",
    [
        "2024年4月15日是第九个全民国家安全教育日。",
        "2022年3月22日是第三十个世界水日。",
        "2023年以来举办的第三个国家宪法日活动。",
    ],
)
def test_a_day_counted_rightly_is_left_alone(text: str, engine: Engine) -> None:
    assert NTH not in found(engine, text)
