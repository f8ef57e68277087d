"""What stands around a place: its line, its sentence, its quotation marks."""

from __future__ import annotations

import regex

SENTENCE_END = regex.compile(r"[。！？；\n]", regex.ASCII)
SENTENCE_REACH = 200
"""Code points looked at on either side; a sentence that is longer is a list."""
LINE_REACH = 400
"""Likewise for lines: a page without line breaks must not cost its square."""
PAIRED_MARKS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"))


REPORTING = regex.compile(
    r"误写|错写|误为|误作|误称|写成|错成|写为|写作|应为|应写|应作|应改|改为|应称|应当使用|不得使用|不得称|不使用|不能写|不要写|"
    r"不应写|不能称|不称|错误表述|规范表述|正确表述|错误写法|正确写法|错别字|表述有误|不规范",
    regex.ASCII,
)
"""What a page says that quotes an error in order to report it."""

FORMER = regex.compile(r"(?:原|前|时任|曾任|历任|前身[为是]?)[^，。；]{0,12}$", regex.ASCII)
OF_THE_PAST = regex.compile(
    r"更名|改名|改称|改组|组建|并入|撤销|整合|前身|曾任|时任|历任|\d{4}年\d{0,2}月?，?任", regex.ASCII
)
"""What tells that a sentence uses an old name as such: before the name, or anywhere."""


def line_around(text: str, start: int, end: int) -> str:
    """Return the line that holds a range, cut off where it is very long."""
    before = line_before(text, start, LINE_REACH)
    last = text.find("\n", end, end + LINE_REACH)
    return before + text[start : end + LINE_REACH if last < 0 else last]


def line_before(text: str, start: int, reach: int) -> str:
    """Return at most `reach` code points that stand before a place, on its own line."""
    first = max(0, start - reach)
    return text[max(text.rfind("\n", first, start) + 1, first) : start]


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds a range, without its end mark."""
    first, last = sentence_bounds(text, start, end)
    return text[first:last]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Find where the sentence that holds a range begins, and where its end mark stands."""
    before = text[max(0, start - SENTENCE_REACH) : start]
    first = start - len(before)
    for mark in SENTENCE_END.finditer(before):
        first = start - len(before) + mark.end()
    close = SENTENCE_END.search(text, end, min(len(text), end + SENTENCE_REACH))
    return first, close.start() if close else min(len(text), end + SENTENCE_REACH)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether a range stands between quotation marks or title marks on its line."""
    line = line_around(text, start, end)
    before = line_before(text, start, LINE_REACH)
    after = line[len(before) + end - start :]
    for opening, closing in PAIRED_MARKS:
        if before.rfind(opening) > before.rfind(closing) and closing in after:
            return True
    return before.count('"') % 2 == 1 and '"' in after


def is_reported_as_wrong(text: str, start: int, end: int) -> bool:
    """Tell whether a range is quoted in a sentence that speaks of right and wrong wording."""
    # Nearly nothing is quoted, and the marks are looked for quicker than the words.
    return is_quoted(text, start, end) and REPORTING.search(sentence_around(text, start, end)) is not None
