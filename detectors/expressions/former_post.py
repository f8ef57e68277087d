"""The place of 原 and 前 before a former post: between unit and post while the unit exists (市委原书记).

Before the unit the word says that the unit itself is gone (原国家林业局局长). So 原 is judged only before what is known
to exist: an institution of the list, a body of a place of today, a department that every place has. A county
that stands in no list may have become a city. A unit that is gone takes 原, never 前; so 前 is judged before
schools, companies and hospitals, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import regex

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.context import sentence_around
from detectors.kernel.detector import Prepared
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.name_index import NameIndex
from detectors.kernel.names import read_name_lists
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

MISPLACED = Rule(
    code="FX3102",
    name="“原”“前”与职务的位置",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="单位仍然存在时，“原”“前”放在单位和职务之间；“原”放在单位之前，是说单位已经撤销或者更名。",
    source=cite("mishu-gongzuo-qian-yuan"),
    hits=(
        "⟦原市委书记⟧张某某参加座谈。",
        "⟦原湖北省副省长⟧接受审查调查。",
        "⟦原县人民检察院检察长⟧作报告。",
        "⟦原财政部办公厅主任⟧作报告。",
        "邀请⟦前美国总统⟧访华。",
        "讲座由⟦前某某职业技术学院副院长⟧主持。",
    ),
    misses=(
        "市委原书记张某某参加座谈。",
        "原国家林业局局长出席会议。",
        "原农业部办公厅主任出席会议。",
        "太原市委书记到社区调研。",
        "原密云县委书记张某某参加座谈。",
        "原县国土资源局局长张某某参加座谈。",
        "美国前总统访华。",
        "任职前市委书记同他谈话。",
        "金凤区原区委副书记参加座谈。",
    ),
)

HAN = r"[\u4e00-\u9fff]"
WORD = regex.compile(rf"原|(?<!{HAN})前|(?<=[由是为任的和与及请])前", regex.ASCII)
LEVEL = regex.compile("自治区|自治州|[省市县区州盟旗镇乡]", regex.ASCII)
PARTY_PARTS = "组织部|宣传部|统战部|政法委|社会工作部|政研室|办公室|办公厅|党校|巡察办|编办|网信办|台办"
BODY = regex.compile(
    rf"(?:委|党委)(?:{PARTY_PARTS})?|纪委监委|纪委|监委|党工委|人大常委会|人大|政协|(?:人民)?政府(?:办公厅|办公室)?|"
    "(?:中级|高级)?(?:人民)?法院|(?:人民)?检察院|总工会|妇联|团委|工商联|残联|文联|科协",
    regex.ASCII,
)
LOCAL_POST = regex.compile("(?:常务)?副?(?:[省市县区州盟旗镇乡]长|主席)", regex.ASCII)
"""Posts of a whole place, with no body between place and post."""
POST = regex.compile(
    rf"(?P<subunit>{HAN}{{2,10}}?(?:司|局|厅|部|室|处|中心|学院))?(?P<post>(?:第一|常务|专职|执行)?(?:副|代理|代|助理)?"
    "(?:党组成员|(?:党组|党委|党工委|工委|总|机关党委)?书记|常委|委员长|检察长|审计长|秘书长|理事长|会长|董事长|监事长|"
    "总经理|总裁|总干事|总编辑|总工程师|[社台馆校院行署部局厅司处科组所站省市县区州盟旗镇乡]长|主任|主席|主委|政委|司令员|"
    "参谋长|总统|总理|首相|国王|议长))(?![制职团级们])",
    regex.ASCII,
)
SOME_UNIT = regex.compile(
    rf"(?![^，。]{{0,18}}[的在和与及时把])(?:{HAN}|[A-Za-z]){{2,18}}?(?:大学|学院|公司|集团|医院|银行|协会|研究院|研究所|中学|小学|报社)",
    regex.ASCII,
)
UNCERTAIN = regex.compile("原载|撤销|撤并|更名|改名|合并|并入|划归|改制|改组|重组|组建", regex.ASCII)
"""What says that a unit may have gone or become another."""
LOCAL_OFFICE = regex.compile("(?P<name>.+)(?:局|委员会)", regex.ASCII)
FOREIGN = "中国"
"""The one country whose posts do not follow its name directly."""
PROVINCE_ENDINGS = regex.compile("(?:维吾尔|壮族|回族)?自治区$|[省市]$", regex.ASCII)


class FormerPosts:
    """Finds 原 and 前 before a unit that exists."""

    rules = (MISPLACED,)

    def __init__(self, units: Iterable[str], places: Iterable[str], departments: Iterable[str]) -> None:
        """Take what exists: institutions and countries, places in full and in short, departments of a place."""
        self._units = NameIndex(units)
        self._places = NameIndex(places)
        self._departments = NameIndex(departments)
        # 太原 and 固原, also where 市 follows.
        self._ending_so = frozenset(
            short[-2:] for place in self._places.names for short in (place, place[:-1]) if short[-1] == "原"
        )

    def find(self, text: Text) -> Iterator[Finding]:
        """Look behind every 原 and 前 for a unit and a post."""
        folded = text.folded
        for word in _words(folded):
            start = word.start()
            if folded[start - 1 : start + 1] in self._ending_so:
                continue
            found = self._post_of_a_unit(folded, word.end(), word.group())
            if found is None or not is_whole_words(folded, start, found.end()):
                continue
            if UNCERTAIN.search(sentence_around(folded, start, found.end())):
                continue
            unit = folded[word.end() : found.start("post")]
            span = text.span(start, found.end())
            yield Finding(MISPLACED, span, (unit + word.group() + found["post"],), inferred=True)

    def _post_of_a_unit(self, folded: str, start: int, word: str) -> regex.Match[str] | None:
        for end in self._unit_ends(folded, start):
            found: regex.Match[str] | None = POST.match(folded, end)
            if found:
                return found
        unit = SOME_UNIT.match(folded, start) if word == "前" else None
        return POST.match(folded, unit.end()) if unit else None

    def _unit_ends(self, folded: str, start: int) -> Iterator[int]:
        """Give the places where a unit that begins here may end."""
        if unit := self._units.at(folded, start):
            yield start + len(unit)
        for place_end in self._place_ends(folded, start):
            if body := BODY.match(folded, place_end):
                yield body.end()
            if department := self._departments.at(folded, place_end):
                yield place_end + len(department)
            # 原市长 stands by itself: there 原 has no unit to go behind.
            if LOCAL_POST.match(folded, place_end) and place_end - start > 1:
                yield place_end

    def _place_ends(self, folded: str, start: int) -> Iterator[int]:
        """Give the end of a place without its name (市), and of known places that follow one another."""
        # 金凤区原区委副书记: the name of the place stands before the word, which is between it and the post.
        level = LEVEL.match(folded, start)
        if level and folded[start - 2 : start - 1] != level.group()[-1]:
            yield level.end()
        end = start
        while place := self._places.at(folded, end):
            end += len(place)
            if LEVEL.fullmatch(place[-1:]) or place.endswith("自治区"):
                yield end


def _words(folded: str) -> Iterator[regex.Match[str]]:
    """Find every 原 and 前 in question; each letter by itself is found ten times as quickly as either."""
    for letter in "原前":
        start = folded.find(letter)
        while start >= 0:
            if word := WORD.match(folded, start):
                yield word
            start = folded.find(letter, start + 1)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> FormerPosts:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    gone = {row[0] for row in lists.only("renames").rows}
    institutions = {name for number in (0, 1) for name in lists.only("institutions").column(number)} - gone
    countries = {row[0] for row in lists.only("countries").rows} - {FOREIGN}
    # Of a place that was abolished the day stands in a fifth column.
    places = {row[0] for row in lists.only("divisions").rows if len(row) < 5}
    short = {PROVINCE_ENDINGS.sub("", row[0]) for row in lists.only("divisions").rows if row[1] == "1"}
    return FormerPosts(
        institutions | countries, places | short, _departments(lists.only("offices").column(0))
    )


def _departments(offices: Iterable[str]) -> Iterator[str]:
    """Give the departments of places: 财政局 of a city is 财政厅 of a province."""
    for office in offices:
        if found := LOCAL_OFFICE.fullmatch(office):
            yield office
            yield f"{found['name']}厅"
            yield f"{found['name']}委"


DETECTOR = Prepared(_load)
