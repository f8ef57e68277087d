"""Letters, words and phrases written twice side by side, where Chinese never doubles them.

Reduplication is lawful (看看, 天天, 一个个, 的的确确), words meet their like across a seam (目的|的, 为了|了解,
本规定|规定的), and headlines run together. So a doubled letter counts only if no word of the dictionary holds
it together with a neighbour; a doubled word, only if it is one that is never repeated for effect; a doubled
phrase, only if words end where it begins, is repeated and ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import rjieba

from detectors.kernel.boundaries import WINDOW, word_edges
from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

NEVER_DOUBLED = frozenset("的了在和与及将为是把被从向于其并而之也就都让使")
"""Function words of one letter; 有 对 等 会 要 可 are left out: 有有组织犯罪, 对对台工作."""
FUNCTION_WORDS = frozenset(
    "我们 他们 它们 以及 关于 对于 由于 因为 所以 但是 并且 而且 或者 如果 虽然 根据 按照 依照 为了 其中 同时 已经 应当 "
    "必须 不得 可以 能够 予以 加以 通过 进行 目前 此外 另外 因此 为此 从而 不仅 以下 以上 之间 包括".split()
)
OTHER_WORDS = frozenset(
    "有关 相关 各级 全面 积极 及时 切实 认真 深入 加强 确保 提高 推进 落实 贯彻 坚持 实施 开展 促进 完善 深化 强化 优化 健全 "
    "提升 扩大 增强 通知 要求 会议 我市 我省 我县 我区 我国 全市 全省 全县 全区 全国 群众 问题 情况 措施 任务 作用 方面".split()
)
"""Words that reports are made of, doubled only by a slip of the hand."""
REPORTING_WORDS = FUNCTION_WORDS | OTHER_WORDS
LONGEST = 16
LONG = 5
"""So long a phrase stands twice by a slip, whatever its words; shorter ones may be the names in two headlines."""
COUNTED = frozenset("一很好越再每半某不的")
"""A phrase that begins so is counted off (一个村一个村), stressed, or what stands before belongs to it."""

LETTER = Rule(
    code="TY9021",
    name="重字",
    category=Category.TYPO,
    severity=Severity.ERROR,
    why="这个字多写了一个：它与前后都不成词，也不能重叠。",
    source=cite("xiandai-hanyu-cidian-7"),
    hits=("对直接负责⟦的的⟧主管人员给予处分。", "材料报送市局⟦和和⟧相关部门。", "工作取得⟦了了⟧明显成效。"),
    misses=(
        "以公益为目的的社会团体，为了了解实情，逐户走访。",
        "现在在建项目五个，负责人的的确确到了现场。",
        "他明知他人有有组织犯罪行为。",
        "对基层情况不甚了了。",
    ),
)
FUNCTION_WORD = Rule(
    code="TY9022",
    name="重词",
    category=Category.TYPO,
    severity=Severity.ERROR,
    why="这个词连写了两遍：它不能重叠，删去一个。",
    source=cite("xiandai-hanyu-cidian-7"),
    hits=("对重点区域⟦进行进行⟧排查。", "请⟦根据根据⟧实际情况填报。"),
    misses=("对重点区域进行排查。", "大家在一起讨论讨论，再商量商量。", "把实事一件一件办好。"),
)
PHRASE = Rule(
    code="TY9023",
    name="重复词语",
    category=Category.TYPO,
    severity=Severity.WARNING,
    why="同样的词语挨着写了两遍，多半是复制或修改时留下的。请核实，删去一个。",
    source=cite("xiandai-hanyu-cidian-7"),
    hits=("要⟦加强组织领导加强组织领导⟧，压实责任。", "现将⟦有关有关⟧事项通知如下。"),
    misses=(
        "要加强组织领导，加强组织协调。",
        "总书记一个点一个点地看，一个细节一个细节地问。",
        "针对企业对企业、企业对个人等模式。",
        "选举产生工会委员会委员。",
        "各单位履行本规定规定的职责。",
    ),
)


@dataclass(frozen=True, slots=True)
class Doubled:
    """Reads a text for what stands twice."""

    rules: tuple[Rule, ...] = (LETTER, FUNCTION_WORD, PHRASE)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find what stands twice side by side, in the original, too: what blanks part are two headlines."""
        for length, start in _doubles(text.folded):
            rule = _rule(text.folded, start, length)
            if rule is None:
                continue
            span = text.span(start, start + 2 * length)
            if span.end - span.start == 2 * length:
                yield Finding(rule, span, (text.folded[start : start + length],))


def _doubles(folded: str) -> Iterator[tuple[int, int]]:
    """List how long a row of Han letters is that stands exactly twice, and where."""
    # Half as wide is three times as quick; what lies beyond the basic plane is compared once more by `_rule`.
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint16)
    width = len(codes)
    han = (codes >= 0x4E00) & (codes <= 0x9FFF)
    # A row for each length: the text moved on by so many letters. Behind the end nothing is a Han letter.
    padded = np.concatenate((codes, np.zeros(LONGEST, np.uint16)))
    moved = np.ndarray((LONGEST, width), np.uint16, padded, codes.itemsize, (codes.itemsize, codes.itemsize))
    same = (moved == codes) & han
    # Three letters in a row agree so seldom that hardly any length is left.
    three = same[2:, :-2] & same[2:, 1:-1] & same[2:, 2:]
    lengths = (1, 2, *(np.flatnonzero(three.any(axis=1)) + 3).tolist())
    # One byte a place. A search among bytes costs a tenth of what a further array operation does.
    found = same.tobytes()
    for length in lengths:
        row, last = b"\1" * length, length * width
        start = found.find(row, last - width, last)
        while start >= 0:
            end = found.find(b"\0", start)
            if end - start == length:
                yield length, start - last + width
            start = found.find(row, end, last)


def _rule(folded: str, start: int, length: int) -> Rule | None:
    wording = folded[start : start + length]
    if not folded.startswith(wording, start + length):
        return None
    if length == 1:
        return LETTER if wording in NEVER_DOUBLED and _is_alone(folded, start) else None
    half = wording[: length // 2]
    if half * 2 == wording or len(set(wording)) == 1 or wording[0] in COUNTED:
        return None
    if not (length >= LONG or _holds_word(wording)) or not _is_whole(folded, start, length):
        return None
    return FUNCTION_WORD if wording in FUNCTION_WORDS else PHRASE


def _holds_word(wording: str) -> bool:
    return any(wording[place : place + 2] in REPORTING_WORDS for place in range(len(wording) - 1))


def _is_alone(folded: str, start: int) -> bool:
    """Tell whether a doubled letter makes no word with what stands before or behind it."""
    has = rjieba.has_word
    before = range(max(0, start - 3), start)
    behind = range(start + 3, min(len(folded), start + 5) + 1)
    return not (
        any(has(folded[first : start + 1]) or has(folded[first : start + 2]) for first in before)
        or any(has(folded[start + 1 : last]) or has(folded[start:last]) for last in behind)
    )


def _is_whole(folded: str, start: int, length: int) -> bool:
    """Tell whether words end where a doubled wording begins, is repeated and ends."""
    first, end = max(0, start - WINDOW), start + 2 * length
    edges = {first + edge for edge in word_edges(folded[first : end + WINDOW])} | {first}
    return {start, start + length, end} <= edges


DETECTOR = Doubled()
