"""Landlines: an office number is lawful, a home number is not.

Every lawful notice prints an office telephone, with or without area code. The rule therefore speaks
only where the text itself says that the line is somebody's home, or says nothing at all.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
HOME_CUE = regex.compile(
    r"(?:家庭|住宅|家中|家里|宅)(?:联系)?(?:固定)?电话[为是]?(?:号码)?[:：]?\s*$", regex.ASCII
)
OFFICE_CUE = regex.compile(
    r"电\s*话|传\s*真|热线|拨打|致电|咨询|举报|监督|投诉|联系|服务|客服|总机|值班|座机|办公|Tel|TEL|Fax",
    regex.ASCII,
)
HOME_REACH, OFFICE_REACH = 12, 60
TABLE_REACH = 2_000
"""Code points above a table row in which its head may name the column."""
KEPT_HEAD, KEPT_TAIL = 0, 2

HOME = Rule(
    code="PI020",
    name="住宅电话",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="住宅电话属于个人信息，公开前应删去或遮盖；对外联系通常用单位座机。",
    source=SOURCE,
    hits=(
        "赵小明，家庭电话⟦010-66668888⟧。",
        "住宅电话：⟦3128019⟧",
        "姓名\t家庭电话\n赵小明\t⟦010-66668888⟧",
    ),
    misses=("（联系电话：3128019 传真：3128239）", "办公电话：010-66668888"),
)
UNNAMED = Rule(
    code="PI021",
    name="用途不明的固定电话",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="附近没有“联系电话”“传真”等字样，请确认这是单位电话，而不是个人住宅电话。",
    source=SOURCE,
    hits=("赵小明，⟦010-66668888⟧，幸福小区。",),
    misses=("公示期间如有异议，请拨打010-66668888。", "项目编号2023-427038-73。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    masked = (mask(match.group(), KEPT_HEAD, KEPT_TAIL),)
    if place.is_cued(HOME_CUE, HOME_REACH):
        return Judgement(HOME, masked)
    if match["area"] is None or OFFICE_CUE.search(place.heading) or place.is_contact:
        return None
    reach = OFFICE_REACH if place.table is None else TABLE_REACH
    if OFFICE_CUE.search(place.text, max(0, place.start - reach), place.start):
        return None
    # Without a sign between them, ten or twelve digits may be anything.
    return Judgement(UNNAMED, masked) if not match.group().isdigit() or place.has_name else None


DETECTOR = PersonalPattern(
    rules=(HOME, UNNAMED),
    expression=regex.compile(
        r"[(（02-8](?<![0-9A-Za-z.-].)"
        r"(?:(?P<area>(?<=[(（])0\d{2,3}[)）][ -]?|(?<=0)(?:10|2\d|[3-9]\d{2})[ -]?)[2-8]|(?<=[2-8]))"
        r"\d{6,7}(?![0-9A-Za-z]|\.\d|-\d{5})",
        regex.ASCII,
    ),
    judge=_judge,
)
