"""Two columns that together rebuild an identity number.

A mask hides the birth date, and the date stands in the next column; or two masks of one number hide different
digits. What the row lays bare is laid together, place by place, and graded like a single mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.glance import LONG_NUMBER
from detectors.kernel.personal.identity import (
    BIRTH,
    LENGTH,
    has_region,
    has_valid_check_character,
    is_birth_date,
)
from detectors.kernel.personal.masking import MASK, SIGNS
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

MASKED = regex.compile(
    rf"(?<![0-9A-Za-z*.])[1-8]\d(?=\d*[{SIGNS}xX])[\d{SIGNS}xX]{{16}}(?![0-9A-Za-z{SIGNS}])", regex.ASCII
)
DAY = regex.compile(
    r"(?<![0-9])(?P<year>(?:19|20)\d{2})(?:(?P<mark>[-./年])(?P<month>\d{1,2})(?:[-./月])(?P<day>\d{1,2})(?:日|(?![0-9]))"
    r"|(?P<short>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![0-9]))",
    regex.ASCII,
)
HARDLY_HIDDEN = 3
"""As with a single mask: so few are worked out with the check character."""
LONGEST_ROW = 400
KEPT_HEAD, KEPT_TAIL = 2, 3
HIDDEN = ""

REBUILT = Rule(
    code="PI008",
    name="两处合起来可还原身份证号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="遮住的几位在同一行的别处（如出生日期一栏）写着，合起来就是完整的号码；可只保留前2位和后3位，或者删去出生日期。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "姓名\t身份证号\t出生日期\n赵小明\t⟦110105********002X⟧\t1949-12-31",
        "赵小明，1949年12月31日生，身份证号⟦110105********002X⟧。",
        "1\t赵小明\t⟦110105********002X⟧\t⟦1101051949123*****⟧",
    ),
    misses=(
        "姓名\t身份证号\t公示日期\n赵小明\t11*************02X\t2024-03-01",
        "姓名\t身份证号\t出生日期\n赵小明\t110***********02X\t1949-12-31",
        "赵小明，1949年12月30日生；钱小红，身份证号110105********002X。",
    ),
)
BIRTH_CUE = regex.compile(r"出生|生日|生于|生[，。；）)]|生$", regex.ASCII)
CUE_REACH = 12


def _known(masked: str) -> list[str]:
    # An X in the last place is the check character, elsewhere it is a mask.
    digits = [char if char.isdigit() else HIDDEN for char in masked[:-1]]
    return [*digits, masked[-1].upper() if masked[-1] in "0123456789Xx" else HIDDEN]


def _laid_together(one: list[str], other: list[str]) -> list[str] | None:
    """Lay two forms over each other; None if they are not of one number."""
    if any(a != b for a, b in zip(one, other, strict=True) if a and b):
        return None
    return [a or b for a, b in zip(one, other, strict=True)]


def _is_laid_bare(number: list[str]) -> bool:
    """Tell whether the rest can be worked out; a number that is whole must be one, or two persons were mixed up."""
    hidden = number.count(HIDDEN)
    return has_valid_check_character("".join(number)) if not hidden else hidden <= HARDLY_HIDDEN


def _birth(match: regex.Match[str], text: Text) -> list[str] | None:
    """Give what a birth date says of a number; None if it is some other day."""
    month_and_day = match["short"] or f"{int(match['month']):02}{int(match['day']):02}"
    digits = match["year"] + month_and_day
    before = text.folded[max(0, match.start() - CUE_REACH) : match.start()]
    after = text.folded[match.end() : match.end() + 4]
    table = text.tables.at(match.start())
    heading = text.tables.column(table, match.start()) if table else ""
    if not is_birth_date(digits) or not any(map(BIRTH_CUE.search, (heading, before, after))):
        return None
    return [*[HIDDEN] * BIRTH.start, *digits, *[HIDDEN] * (LENGTH - BIRTH.stop)]


class _RebuiltId:
    """Lays together what one row shows of a number."""

    rules = (REBUILT,)
    look = LONG_NUMBER

    def find(self, text: Text) -> Iterable[Finding]:
        """Find the masked numbers that the rest of their row completes."""
        return self._find(text) if text.number_zones else ()

    def _find(self, text: Text) -> Iterator[Finding]:
        folded = text.folded
        masks = [
            match
            for first, last in text.number_zones
            for match in MASKED.finditer(folded, first, last)
            # With X for its check character a whole number looks like a mask, too.
            if HIDDEN in _known(match.group())
        ]
        for number, match in enumerate(masks):
            start = max(folded.rfind("\n", 0, match.start()) + 1, match.start() - LONGEST_ROW)
            end = folded.find("\n", match.end(), match.end() + LONGEST_ROW)
            end = match.end() + LONGEST_ROW if end < 0 else end
            own = _known(match.group())
            if own.count(HIDDEN) <= HARDLY_HIDDEN or not has_region(match.group()):
                continue
            others = [
                _known(other.group())
                for other in masks[max(0, number - 1) : number + 2]
                if other is not match and start <= other.start() < end
            ]
            others += [day for found in DAY.finditer(folded, start, end) if (day := _birth(found, text))]
            for other in others:
                together = _laid_together(own, other)
                if together is not None and _is_laid_bare(together):
                    span = text.span(match.start(), match.end())
                    yield Finding(REBUILT, span, (_masked(own),))
                    break


def _masked(own: list[str]) -> str:
    tail = "".join(char or MASK for char in own[-KEPT_TAIL:])
    return "".join(own[:KEPT_HEAD]) + MASK * (LENGTH - KEPT_HEAD - KEPT_TAIL) + tail


DETECTOR = _RebuiltId()
