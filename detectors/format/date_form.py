"""How a date is written: one kind of digits, 〇 and not 零, the year in full, no leading zeros at the end."""

from __future__ import annotations

from datetime import date

import regex

from detectors.kernel.context import line_before
from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere, both, characters, either
from detectors.kernel.numerals import DIGITS as NUMERALS
from detectors.kernel.numerals import NUMERAL, value_of
from detectors.kernel.sources import cite

OF_YEAR = str.maketrans(f"〇{NUMERALS}", "0123456789")
ZEROS = str.maketrans(dict.fromkeys("零○0Oo", "〇"))
STANDARD_IN_FORCE = date(2012, 7, 1)
LUNAR = regex.compile(r"农历|阴历|旧历|夏历", regex.ASCII)
LUNAR_REACH = 12

ZERO = Rule(
    code="FM032",
    name="年份中的“〇”有误",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="用汉字数字写年份（编号）时，“0”写作“〇”，不写作“零”、符号“○”或字母“O”。",
    source=cite("gb-t-15835-2011", "5.2.5"),
    hits=(
        "⟦二零二三年⟧十月一日",
        "⟦二○二三年⟧十月一日",
        "⟦二O二三年⟧十月一日",
        "⟦二〇一O年⟧十月一日",
        "⟦一九九○年⟧以来",
    ),
    misses=("二〇二三年十月一日", "全长二百零三年来首次", "2023年10月1日"),
    # Pages in GB/T 2312, which lacks 〇, had no other way.
    valid_from=date(2011, 11, 1),
)
MIXED = Rule(
    code="FM033",
    name="日期混用两种数字",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="同一个日期中，年、月、日应统一用阿拉伯数字或者统一用汉字数字。",
    source=cite("gb-t-15835-2011", "5.3"),
    hits=(
        "于⟦2023年十月⟧1日施行。",
        "于⟦二〇二三年10月⟧1日施行。",
        "于⟦2023年十月一日⟧施行。",
        "于⟦十月1日⟧施行。",
    ),
    misses=(
        "于2023年10月1日施行。",
        "于二〇二三年十月一日施行。",
        "农历2023年八月十五",
        "2023年八月十五，天安门广场",
        "农历2023年八月十五日",
    ),
)
PADDED = Rule(
    code="FM034",
    name="成文日期编了虚位",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="成文日期的月、日不编虚位（1 不写作 01）。",
    source=cite("gb-t-9704-2012", "7.3.5.4"),
    hits=("某区人民政府办公室\n⟦2024年03月05日⟧\n",),
    misses=(
        "某区人民政府办公室\n2024年3月5日\n",
        "发布日期：2024年03月05日",
        "某区人民政府办公室\n2024年10月20日\n",
    ),
    valid_from=STANDARD_IN_FORCE,
)
HAN_DATE = Rule(
    code="FM035",
    name="成文日期未用阿拉伯数字",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="公文的成文日期用阿拉伯数字将年、月、日标全。",
    source=cite("gb-t-9704-2012", "7.3.5.4"),
    hits=("某区人民政府办公室\n⟦二〇二四年三月五日⟧\n",),
    misses=(
        "某区人民政府办公室\n2024年3月5日\n",
        "二〇二四年三月五日，会议在京召开。",
        "国务院\n二〇〇四年六月十六日\n",
        "某区人民政府办公室\n二〇二四年三月二三十日\n",
        "某区人民政府办公室\n二〇二四年十十月五日\n",
    ),
    valid_from=STANDARD_IN_FORCE,
)
SHORT_YEAR = Rule(
    code="FM036",
    name="年份简写",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="四位数字表示的年份不应简写为两位数字。",
    source=cite("gb-t-15835-2011", "5.1.4"),
    hits=("材料于⟦24年3月5日⟧前报送。",),
    misses=("材料于2024年3月5日前报送。", "被判处有期徒刑13年6个月", "第24年3月"),
)
NO_DAY = Rule(
    code="FM038",
    name="日期漏了“日”",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="几月几日的“日”不能省：“3月15日前”。",
    source=cite("gb-t-15835-2011", "5.1.4"),
    hits=("请于⟦3月15⟧前报送材料。", "2024年⟦12月1⟧之前完成整改。"),
    misses=("请于3月15日前报送材料。", "前3月15家企业通过验收。", "3月15前后", "用水3月1.5前后"),
)


def _judge_zero(match: regex.Match[str]) -> Judgement | None:
    right = match[0].translate(ZEROS)
    return None if right == match[0] else Judgement(ZERO, (right,))


def _judge_in_text(match: regex.Match[str]) -> Judgement | None:
    if not (match["year"] or match["han_year"] or match["month_alone"]):
        # Which century is the writer's to say.
        return Judgement(SHORT_YEAR)
    if LUNAR.search(line_before(match.string, match.start(), LUNAR_REACH)):
        return None
    if match["han_day"]:
        return Judgement(
            MIXED, (f"{match['year']}年{value_of(match['han_month'])}月{value_of(match['han_day'])}日",)
        )
    if match["month_alone"]:
        return Judgement(MIXED, (f"{value_of(match['month_alone'])}月{match['day']}日",))
    if match["han_month"]:
        return Judgement(MIXED, (f"{match['year']}年{value_of(match['han_month'])}月",))
    return Judgement(MIXED, (f"{match['han_year'].translate(OF_YEAR)}年{match['month']}月",))


def _judge_last_line(match: regex.Match[str]) -> Judgement | None:
    year, month, day = (group for group in match.groups() if group)
    if int(year.translate(OF_YEAR)) < STANDARD_IN_FORCE.year:
        # Older documents are quoted as they were signed.
        return None
    if month.isascii():
        right = f"{year}年{month.lstrip('0')}月{day.lstrip('0')}日"
        return None if right == match[0] else Judgement(PADDED, (right,))
    return Judgement(HAN_DATE, (f"{year.translate(OF_YEAR)}年{value_of(month)}月{value_of(day)}日",))


DETECTOR = Patterns(
    (
        Pattern(
            rules=(ZERO,),
            expression=regex.compile(
                rf"(?<![{NUMERALS}〇零○十百千万])[一二][{NUMERALS}〇零○0Oo]{{3}}年", regex.ASCII
            ),
            judge=_judge_zero,
            first_look=either(
                characters("○"),
                anywhere(
                    rf"零[{NUMERALS}〇零]{{0,2}}年", *(rf"{zero}(?<=[{NUMERALS}〇]{zero})" for zero in "0Oo")
                ),
            ),
        ),
        Pattern(
            rules=(MIXED, SHORT_YEAR),
            expression=regex.compile(
                # Days in Chinese numerals after an Arabic year are mostly lunar, unless 日 stands behind them: 2023年八月十五.
                rf"(?<!\d)(?P<year>\d{{4}})年(?P<han_month>十[一二]?|[{NUMERALS}])月(?P<han_day>{NUMERAL})日"
                rf"|(?<![\d年{NUMERALS}十])(?P<month_alone>十[一二]?|[{NUMERALS}])月(?P<day>\d{{1,2}})日"
                rf"|(?<!\d)(?P<year>\d{{4}})年(?P<han_month>十[一二]?|[{NUMERALS}])月(?![{NUMERALS}十初廿])"
                rf"|(?P<han_year>[一二][{NUMERALS}〇]{{3}})年(?P<month>\d{{1,2}})月"
                r"|(?<![\d.第近约])\d{2}年\d{1,2}月\d{1,2}日",
                regex.ASCII,
            ),
            judge=_judge_in_text,
            first_look=anywhere(
                rf"月(?<=[{NUMERALS}十]月)\d{{1,2}}日",
                rf"年(?:(?<=\d年)[{NUMERALS}十]{{1,2}}月|(?<=[{NUMERALS}〇]年)\d{{1,2}}月|(?<=\d\d年)(?<!\d\d\d年)\d{{1,2}}月\d)",
            ),
        ),
        Pattern(
            rules=(NO_DAY,),
            expression=regex.compile(
                r"(?<!\d)(?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])(?=前(?![后期])|[以之]前)", regex.ASCII
            ),
            judge=lambda _: Judgement(NO_DAY),
            first_look=anywhere(r"月\d{1,2}[前以之]"),
        ),
        Pattern(
            rules=(PADDED, HAN_DATE),
            expression=regex.compile(
                rf"(?<=(?:^|\n)[ ]*)(?:([12]\d{{3}})年(\d{{1,2}})月(\d{{1,2}})日"
                rf"|([一二][{NUMERALS}〇]{{3}})年({NUMERAL})月({NUMERAL})日)(?=[ ]*(?:\n|$))",
                regex.ASCII,
            ),
            judge=_judge_last_line,
            first_look=both(
                anywhere(r"日[ ]*(?:\n|$)"),
                anywhere(
                    rf"\n[ ]*(?:\d{{4}}|[一二][{NUMERALS}〇]{{3}})年",
                    rf"\A[ ]*(?:\d{{4}}|[一二][{NUMERALS}〇]{{3}})年",
                ),
            ),
        ),
    )
)
