"""Names of persons where they stand beside a title, at the head of what they say, or in a row of names.

Given names are written with whatever letters parents like (韩琳局长, 市长韦正雯), which a language model takes for slips.
"""

from __future__ import annotations

import regex

from detectors.kernel.finding import Span
from detectors.kernel.personal.person_names import SURNAME

REACH = 16
"""Code points on either side that are looked at: a title, or two more names of a row."""
GIVEN = r"[\u4e00-\u9fff]{1,2}"
OF_POSTS = r"书记|[省市州县区镇乡局厅处科股部司院校所站队会社行厂村]长|主任|主席|委员长|常委|委员|理事长|董事长|总经理|经理|秘书长|检察长|组长|总监|总裁|参谋长|司令员|政委|指导员"
OF_PERSONS = r"教授|院士|同志|先生|女士|博士|研究员|研究生|律师|烈士|老人"
"""Titles that stand behind no body (教育局局长), only behind a name."""
OF_ROLES = r"村民|居民|记者|民警|教师|医生|护士|选手|运动员|讲解员|负责人|队员|战士|导演|演员|作家"
"""What stands before a name only."""
SPEAKS = r"说|表示|告诉|介绍|指出|认为|强调|回忆|坦言|直言|感慨|的[父母妻丈儿女爷奶家]"
"""What persons do in reports, and who is theirs: behind a name with which a clause begins."""
TITLE_BEFORE = regex.compile(
    rf"(?:{OF_POSTS}|{OF_PERSONS}|{OF_ROLES})(?P<name>{SURNAME}{GIVEN})", regex.ASCII
)
TITLE_BEHIND = regex.compile(
    rf"(?P<name>{SURNAME}{GIVEN})(?=副?(?:{OF_PERSONS}))|(?<![\u4e00-\u9fff])(?P<name>{SURNAME}{GIVEN})(?=(?:副|原)?(?:{OF_POSTS}|{SPEAKS}))",
    regex.ASCII,
)
ROW = regex.compile(
    rf"(?<![\u4e00-\u9fff]){SURNAME}{GIVEN}(?:[、\u3000 \n]{SURNAME}{GIVEN}){{2,}}(?![\u4e00-\u9fff])",
    regex.ASCII,
)
"""Three names or more, with nothing else between them."""


def is_in_name(text: str, place: Span) -> bool:
    """Tell whether a place of a text as submitted, with the blanks between names, is in the name of a person."""
    first, last = max(0, place.start - REACH), place.end + REACH
    return any(
        match.start(group) <= place.start and place.end <= match.end(group)
        for expression, group in ((TITLE_BEFORE, "name"), (TITLE_BEHIND, "name"), (ROW, 0))
        for match in expression.finditer(text, first, last, overlapped=True)
    )
