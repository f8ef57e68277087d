"""Marks that come in pairs: open and closed, not crossed, and another form inside than outside.

A quotation may run over several paragraphs, and a bracket over a line that was broken by hand; 1） and ’ in
English words are no pairs. Nearly all texts are proved whole on their punctuation alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "〔": "〕",
    "【": "】",
    "「": "」",
    "『": "』",
}
OPENINGS = {closing: opening for opening, closing in PAIRS.items()}
WIDE = {"(": "（", ")": "）"}
QUOTES = "“‘"
INNER = {"“": "‘{}’", "《": "〈{}〉"}
ALL_MARKS = "".join(PAIRS) + "".join(PAIRS.values()) + "()"
MARK = regex.compile(rf"[{regex.escape(ALL_MARKS)}\"\n]", regex.ASCII)
ENUMERATOR = regex.compile(r"(?:^|[\n\t 。；：])[\dA-Za-z一二三四五六七八九十]{1,2}$", regex.ASCII)
ENUMERATOR_REACH = 3
INDENT = 4
"""Blanks at the beginning of a paragraph."""
MOST_OPEN = 40
"""So many pairs may be open at a time; of more, the oldest is given up, or a long text would cost its square."""
SWAP_REACH = 60
"""Code points; two closings further apart than this do not belong to one crossing."""


def _whole(depth: int, outside: str = "") -> str:
    """Spell an expression for punctuation whose pairs are closed, none inside another of its own kind."""
    rest = f"[^{re.escape(ALL_MARKS)}]"
    if not depth:
        return f"{rest}*+"
    pairs = [(re.escape(opening), re.escape(closing)) for opening, closing in [*PAIRS.items(), ("(", ")")]]
    closed = "|".join(
        opening + _whole(depth - 1, opening) + closing for opening, closing in pairs if opening != outside
    )
    return f"(?:{rest}++|{closed})*+"


# Here `re` is four times as quick as `regex`.
WHOLE = re.compile(_whole(2))

UNPAIRED = Rule(
    code="FM050",
    name="成对的标点缺了一半",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="引号、括号、书名号由前后两部分组成，成对使用，这里只有一半。",
    source=cite("gb-t-15834-2011", "5.1.3"),
    hits=(
        "印发《关于开展检查的通知⟦（⟧试行》的函",
        "⟦”⟧五四精神”的时代价值。",
        "学习⟦《⟧民法典，提高能力。",
        "弘扬“五四精神⟦“⟧的时代价值。",
        "落实市委⟦）⟧要求。",
    ),
    misses=(
        "印发《关于开展检查的通知（试行）》的函",
        "“各单位要高度重视。\n“要认真落实。”会议指出。",
        "1）加强领导。\n2）加强监督。",
        "People’s Republic（中华人民共和国）",
        "一、办理地点（市政务服务中心\n二楼）",
    ),
)
CROSSED = Rule(
    code="FM051",
    name="成对的标点交叉",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="引号、括号、书名号可以一层套一层，不能互相交叉。",
    source=cite("gb-t-15834-2011", "5.1.3"),
    hits=("印发《关于开展检查的通知（试行⟦》）⟧。",),
    misses=("印发《关于开展检查的通知（试行）》。",),
)
NESTED = Rule(
    code="FM052",
    name="引号、书名号里层用了相同的形式",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="引号里面还用引号、书名号里面还用书名号的，外面一层用双的，里面一层用单的。",
    source=cite("gb-t-15834-2011"),
    hits=("转发《关于印发⟦《检查办法》⟧的通知》", "他说：“要增强⟦“四个意识”⟧。”"),
    misses=("转发《关于印发〈检查办法〉的通知》", "他说：“要增强‘四个意识’。”", "《检查办法》《考核办法》"),
)


WIDTHS = Rule(
    code="FM053",
    name="括号一半全角一半半角",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="括号的前后两部分应当一致，中文用全角“（）”。",
    source=cite("gb-t-15834-2011", "5.1.3"),
    hits=("管理办法（试行⟦)⟧", "管理办法⟦(⟧试行）"),
    misses=("管理办法（试行）", "人工智能(AI)"),
)


@dataclass(slots=True)
class Opened:
    """A mark that waits for its other half."""

    mark: str
    place: int
    line: int
    crossed_at: int | None = None
    inner: list[tuple[int, int]] = field(default_factory=list)
    """Closed pairs of the same form inside."""


@dataclass(slots=True)
class Pairing:
    """The pairs of one text, read from its beginning to its end."""

    folded: str = field(repr=False)
    open: list[Opened] = field(default_factory=list)
    halves: list[tuple[int, str, int]] = field(default_factory=list)
    """Place, mark and line of what has no other half."""
    judged: list[tuple[Rule, int, int, str | None]] = field(default_factory=list)
    """Rule, place and replacement of the other faults."""
    straight: set[int] = field(default_factory=set)
    """Lines with straight quotation marks, which may be the other half; they have a rule of their own."""

    def read(self) -> None:
        """Go through all marks."""
        line = line_start = 0
        for match in MARK.finditer(self.folded):
            mark, place = match[0], match.start()
            if mark == "\n":
                line, line_start = line + 1, place + 1
                # A bracket may run over a line that was broken by hand, a quotation over paragraphs.
                self._give_up([o for o in self.open if o.mark not in QUOTES and o.line < line - 1])
            elif mark == '"':
                self.straight.add(line)
            elif WIDE.get(mark, mark) in PAIRS:
                begins_line = place - line_start <= INDENT and self.folded[line_start:place].isspace()
                self._begin(Opened(mark, place, line), begins_line=begins_line or place == line_start)
            else:
                self._end(mark, place, line)
        self._give_up(list(self.open))

    def _give_up(self, given_up: list[Opened]) -> None:
        for opened in given_up:
            self.open.remove(opened)
            self.halves.append((opened.place, opened.mark, opened.line))

    def _begin(self, opened: Opened, *, begins_line: bool) -> None:
        goes_on = any(o.mark == opened.mark and o.line < opened.line for o in self.open)
        # Each paragraph of a long quotation opens it anew.
        if not (opened.mark in QUOTES and begins_line and goes_on):
            self.open.append(opened)
            self._give_up(self.open[:-MOST_OPEN])

    def _end(self, mark: str, place: int, line: int) -> None:
        opening = OPENINGS[WIDE.get(mark, mark)]
        depth = next((d for d in range(len(self.open) - 1, -1, -1) if self._is(d, opening)), None)
        if depth is None:
            self.halves.append((place, mark, line))
            return
        opened = self.open.pop(depth)
        if (opened.mark in WIDE) != (mark in WIDE):
            half = place if mark in WIDE else opened.place
            self.judged.append((WIDTHS, half, half + 1, WIDE[self.folded[half]]))
        if opened.line != line:
            return
        for other in self.open[depth:]:
            other.crossed_at = place
        if opened.crossed_at is not None and place - opened.crossed_at <= SWAP_REACH:
            swapped = mark + self.folded[opened.crossed_at] if place == opened.crossed_at + 1 else None
            self.judged.append((CROSSED, opened.crossed_at, place + 1, swapped))
        self._note_inner(opened, place)

    def _is(self, depth: int, opening: str) -> bool:
        return WIDE.get(self.open[depth].mark, self.open[depth].mark) == opening

    def _note_inner(self, opened: Opened, place: int) -> None:
        outer = next(
            (o for o in reversed(self.open) if o.mark == opened.mark and o.line == opened.line), None
        )
        if outer is not None and opened.mark in INNER:
            outer.inner.append((opened.place, place + 1))
        elif opened.inner:
            self.judged += [
                (NESTED, first, last, INNER[opened.mark].format(self.folded[first + 1 : last - 1]))
                for first, last in opened.inner
            ]

    def unpaired(self) -> Iterator[tuple[int, str | None]]:
        """Give the place of each half; of two alike in one line, the one that should be the other, mended."""
        waiting: tuple[int, str, int] | None = None
        for half in sorted(half for half in self.halves if self._counts(*half)):
            place, mark, line = half
            if waiting is None:
                waiting = half
            elif waiting[1:] == (mark, line):
                yield (place, PAIRS[mark]) if mark in PAIRS else (waiting[0], OPENINGS[mark])
                waiting = None
            else:
                yield waiting[0], None
                waiting = half
        if waiting is not None:
            yield waiting[0], None

    def _counts(self, place: int, mark: str, line: int) -> bool:
        before = self.folded[max(0, place - ENUMERATOR_REACH) : place]
        if mark in WIDE or (mark == "’" and before[-1:].isascii()):
            return False
        if mark == "）" and ENUMERATOR.search(before if place > ENUMERATOR_REACH else "\n" + before):
            return False
        return mark not in "“”" or line not in self.straight


@dataclass(frozen=True, slots=True)
class PairedMarks:
    """Finds the faults of pairs where the punctuation is not whole."""

    rules: Sequence[Rule] = (UNPAIRED, CROSSED, NESTED, WIDTHS)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find halves without the other half, crossings, and pairs inside pairs of the same form."""
        if WHOLE.fullmatch(text.skeleton):
            return
        pairing = Pairing(text.folded)
        pairing.read()
        for rule, first, last, replacement in pairing.judged:
            yield Finding(rule, text.span(first, last), (replacement,) if replacement else ())
        for place, replacement in pairing.unpaired():
            yield Finding(UNPAIRED, text.span(place, place + 1), (replacement,) if replacement else ())


DETECTOR = PairedMarks()
