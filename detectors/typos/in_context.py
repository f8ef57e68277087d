"""Slips that only the context betrays: the language model expects something that sounds or looks alike."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import regex

from detectors.kernel.confusion import characters_of
from detectors.kernel.detector import Detector, Prepared
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.language.changes import Kind
from detectors.kernel.language.corrector import Corrector, Slip, Thresholds
from detectors.kernel.language.fresh_words import is_used_as_word, read_fresh_words, read_trade_words
from detectors.kernel.language.ngrams import SHIPPED
from detectors.kernel.names import BODIES, THINGS, NameLists, read_name_lists
from detectors.kernel.opinion import SecondOpinion
from detectors.kernel.ordered_sets import read_ordered_sets
from detectors.kernel.personal.titled_names import is_in_name
from detectors.kernel.right_forms import SOFT_MARK, read_formulas
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

MODEL = SHIPPED
WARNING_ODDS = {
    Kind.SOUND: 1.0,
    Kind.NEAR_SOUND: 1.0,
    Kind.SHAPE: 1.0,
    Kind.OTHER: 0.4,
    Kind.SWAPPED: 3.0,
    Kind.WORD_SOUND: -0.1,
    Kind.PARTICLE: 3.0,
    Kind.LOST: 2.0,
}
"""Logarithm of the odds from which on a slip is shown. Sound text holds terms and names that sound like
words, but hardly whole words that sound like others: see docs/decisions/0018, 0023 and 0045."""
HINT_ODDS = -1.6
"""From here on a slip is a hint for those who ask."""
THRESHOLDS = Thresholds(WARNING_ODDS, HINT_ODDS)
DOUBTFUL_ODDS = 6.0
"""Needed of what stands twice in a text, with the same neighbours or as a word by itself, more often a term than
a slip; and of what follows a number."""
LATITUDE = 1.5
"""How far a second opinion can raise the odds: what is proposed with so much less is put before it."""
VETO = 7.0
"""How far it can lower them: far enough to silence what is not quite certain."""
NAMES_OF_PLACES = {"divisions": (0,), "countries": (0, 1), "world_places": (0,)}
"""Lists of lexicons/names whose names are never corrected, and the columns that hold them."""
NAMES_OF_BODIES = ("institutions", "offices", BODIES, THINGS)
"""Likewise; the names stand in the first column."""
UNITS_OF_PLACES = "省市区县旗州"
SHORTEST_CLAUSE, LONGEST_KEPT = 4, 14
"""Letters: of what right forms have between their marks, and of anything that is kept."""
TITLE = regex.compile(r"《[^《》\n]{1,80}》", regex.ASCII)
"""Titles are names, and leave out words and letters; those of laws are judged by a detector of their own."""
ODDS_IN_TITLES = 2.0
"""Needed there: a little more than elsewhere."""
CAPITAL_NUMERAL = regex.compile(
    r"[壹贰叁肆柒捌玖佰仟]|(?<=[一式执各第之币壹贰叁肆伍陆柒捌玖拾佰仟万])[伍陆拾]|[伍陆拾](?=[份元圆万亿佰仟拾整年月日天条章套张本册人壹贰叁肆伍陆柒捌玖])",
    regex.ASCII,
)
"""Amounts and copies are written so in contracts, receipts and tenders (支付结算办法, 附件一: 大写金额数字); the model has read few.
Three of these characters have another meaning, too."""
MEANT_AS_WRITTEN = regex.compile(r"(?<=[（(，])合(?=\d)|曰", regex.ASCII)
"""What an area comes to in another unit (18.6公顷，合279亩), and the 曰 of older Chinese, of which the model has read little."""
SOURCE = "xiandai-hanyu-cidian-7"


def _rule(code: str, name: str, why: str, hits: tuple[str, ...], miss: str) -> Rule:
    return Rule(
        code=code,
        name=name,
        category=Category.TYPO,
        severity=Severity.WARNING,
        why=why,
        source=cite(SOURCE),
        hits=hits,
        misses=(miss,),
    )


RULES = {
    Kind.SOUND: _rule(
        "TY9001",
        "同音",
        "这个字放在上下文里不成词、不合文意，应是同音字误用。请核实。",
        (
            "各地要认真贯彻落实党中央决策⟦布⟧署。",
            "维护当事人的⟦和⟧法权益。",
        ),
        "各地要认真贯彻落实党中央决策部署。",
    ),
    Kind.NEAR_SOUND: _rule(
        "TY9002",
        "近音",
        "这个字放在上下文里不成词、不合文意，应是读音相近的字误用。请核实。",
        ("依法保护当事人的陈⟦诉⟧和申辩权利。",),
        "依法保护当事人的陈述和申辩权利。",
    ),
    Kind.SHAPE: _rule(
        "TY9003",
        "形近",
        "这个字放在上下文里不成词、不合文意，应是字形相近的字误用。请核实。",
        ("全力做好防汛抗⟦早⟧工作。",),
        "全力做好防汛抗旱工作。",
    ),
    Kind.OTHER: _rule(
        "TY9004",
        "误字",
        "这个字放在上下文里不成词、不合文意，应是误字。请核实。",
        ("执行国家标⟦椎⟧和行业规范。",),
        "执行国家标准和行业规范。",
    ),
    Kind.SWAPPED: _rule(
        "TY9005",
        "颠倒",
        "这两个字的次序放在上下文里不成词，应是前后颠倒。请核实。",
        ("各部门要密切⟦合配⟧，形成工作合力。",),
        "各部门要密切配合，形成工作合力。",
    ),
    Kind.WORD_SOUND: _rule(
        "TY9006",
        "同音词",
        "这个词放在上下文里不合文意，应是输入时选了另一个同音词。请核实。",
        ("审计机关⟦一发⟧进行监督。",),
        "审计机关依法进行监督。",
    ),
    Kind.PARTICLE: _rule(
        "TY9007",
        "的地得",
        "定语之后用“的”，状语之后用“地”，补语之前用“得”。请核实。",
        ("今后要把工作做⟦的⟧更好。",),
        "今后要把工作做得更好。",
    ),
    Kind.LOST: _rule(
        "TY9009",
        "漏字",
        "这个字前后不成词，像是漏了一个字。请核实。",
        (
            "这项工作取得⟦决⟧性进展。",
            "推动经济高⟦量⟧发展。",
        ),
        "这项工作取得决定性进展。",
    ),
}


@dataclass(frozen=True, slots=True)
class InContext:
    """Reads a text with the language model."""

    corrector: Corrector
    kept: frozenset[str]
    """What is never corrected: names of places, also without their last letter (曾都区, 曾都), fresh words and those of trades, and what stands
    between two marks of a right form (直插现场)."""
    opinion: SecondOpinion | None = None
    """Of a bigger model, if the site has one: it raises or lowers the odds of what this one proposes."""
    hints: bool = True
    """Whether to tell what is not sure, too."""

    @property
    def without_hints(self) -> InContext:
        """The same without hints: it asks the network of a sixth of the places only."""
        return replace(self, hints=False)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """One rule a kind of slip."""
        return tuple(RULES.values())

    def find(self, text: Text) -> Iterator[Finding]:
        """Find the slips that are sure enough."""
        folded = text.folded
        titles = [match.span() for match in TITLE.finditer(folded)]
        for slip in self._proposed(folded):
            # Titles do not overlap: only the last one that begins before a slip can hold it.
            before = bisect_left(titles, (slip.start,))
            in_title = before > 0 and slip.start < titles[before - 1][1]
            if in_title and (slip.kind is Kind.LOST or slip.odds < ODDS_IN_TITLES):
                continue
            if self._is_kept(folded, slip):
                continue
            rule = RULES[slip.kind]
            span = text.span(slip.start, slip.end)
            is_hint = (
                not slip.is_sure
                or (slip.odds < DOUBTFUL_ODDS and _is_doubtful(folded, slip))
                or is_in_name(text.original, span)
            )
            if is_hint and not self.hints:
                continue
            yield Finding(
                rule.at_most(Severity.INFO) if is_hint else rule,
                span,
                slip.rights,
                inferred=True,
                is_hint=is_hint,
            )

    def _proposed(self, folded: str) -> Iterator[Slip]:
        """List the slips whose odds are high enough after the second opinion, if there is one."""
        thresholds = THRESHOLDS if self.hints else replace(THRESHOLDS, hint=math.inf)
        if self.opinion is None:
            yield from self.corrector.slips(folded, thresholds)
            return
        least = {kind: odds - LATITUDE for kind, odds in WARNING_ODDS.items()}
        for slip in self.corrector.slips(folded, replace(thresholds, sure=least)):
            if not slip.is_sure or slip.kind is Kind.LOST:
                # The opinion is asked of what stands; it knows nothing of gaps.
                yield slip
                continue
            gain = self.opinion.gain(folded, slip.start, slip.end, slip.rights[0])
            odds = slip.odds + max(-VETO, min(LATITUDE, gain))
            if odds >= HINT_ODDS:
                yield replace(slip, odds=odds, is_sure=odds >= WARNING_ODDS[slip.kind])

    def _is_kept(self, folded: str, slip: Slip) -> bool:
        numeral = CAPITAL_NUMERAL.search(folded, slip.start, slip.end + 1)
        if numeral and numeral.start() < slip.end:
            return True
        if MEANT_AS_WRITTEN.search(folded, slip.start, slip.end + 1):
            return True
        if slip.kind is Kind.LOST and slip.rights[0] in self.kept:
            # Names are shortened to a letter (德方, 驻港).
            return True
        return any(
            folded[first:last] in self.kept
            for first in range(max(0, slip.end - LONGEST_KEPT), slip.start + 1)
            for last in range(slip.end, min(len(folded), first + LONGEST_KEPT) + 1)
        )


def _is_doubtful(folded: str, slip: Slip) -> bool:
    with_neighbours = folded[max(0, slip.start - 1) : slip.end + 1]
    follows_number = folded[slip.start - 1 : slip.start].isascii() and slip.start > 0
    if follows_number or folded.find(with_neighbours, folded.find(with_neighbours) + 1) >= 0:
        return True
    return slip.end - slip.start == 1 and is_used_as_word(folded, slip.start)


def _places(lists: NameLists) -> Iterator[str]:
    for kind, columns in NAMES_OF_PLACES.items():
        for column in columns:
            for name in lists.only(kind).column(column):
                yield name
                if len(name) > 2 and name[-1] in UNITS_OF_PLACES:
                    yield name[:-1]


def _clauses(lexicons: Path, sources: Mapping[str, Source], lists: NameLists) -> Iterator[str]:
    """Give what right forms, members of sets and names have between two marks."""
    for form in read_formulas(lexicons / "formulas", sources, "FX").forms:
        yield from SOFT_MARK.split(form.form)
    for one in read_ordered_sets(lexicons / "ordered_sets", sources, "FX"):
        yield from one.members
    for kind in NAMES_OF_BODIES:
        for names in lists[kind]:
            yield from names.column(0)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> InContext:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    clauses = {clause for clause in _clauses(lexicons, sources, lists) if len(clause) >= SHORTEST_CLAUSE}
    kept = frozenset(_places(lists)) | clauses | read_fresh_words(lexicons) | read_trade_words(lexicons)
    return InContext(Corrector.load(MODEL, characters_of(lexicons)), kept)


def _advised(detector: Detector, opinion: SecondOpinion) -> Detector:
    assert isinstance(detector, InContext)
    return replace(detector, opinion=opinion)


DETECTOR = Prepared(_load, _advised)
