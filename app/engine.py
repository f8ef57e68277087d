"""The engine: all detectors over one text, and the report that comes of it."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

import detectors
from app.collector import resting_collector
from app.overlaps import WORDING, settled
from app.row_counts import with_row_counts
from app.site.layer import NO_LAYER, SiteLayer
from app.text_report import Report
from detectors.kernel import boundaries
from detectors.kernel.context import is_reported_as_wrong
from detectors.kernel.detector import Detector, Prepared, look_of, without_hints
from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.glance import Glance, Look, any_of
from detectors.kernel.language.masked_model import MaskedModel
from detectors.kernel.sources import LEXICONS, LexiconError, load_sources, read_toml
from detectors.kernel.terms import FromLexicons, TermDetector, Terms
from detectors.kernel.text import Link, Text

KERNEL = "detectors.kernel"
VERSION_DIGITS = 12


class Engine:
    """Detectors ready to run. Has no state of its own: safe to share between threads."""

    def __init__(
        self,
        pattern_detectors: Sequence[Detector],
        term_detectors: Sequence[TermDetector],
        lexicon_version: str,
    ) -> None:
        """Build the automaton of all listed forms."""
        self.pattern_detectors = tuple(pattern_detectors)
        self._terms = Terms(term_detectors)
        self.lexicon_version = lexicon_version
        self._term_categories = tuple(frozenset(detector.categories) for detector in self._terms.detectors)
        self._choices = tuple(
            (
                {True: detector, False: without_hints(detector)},
                frozenset(rule.category for rule in detector.rules),
                frozenset(rule.code for rule in detector.rules),
            )
            for detector in self.pattern_detectors
        )
        self._looks = {category: look for category in Category if (look := self._look_for(category))}
        every: tuple[Detector | TermDetector, ...] = (*self.pattern_detectors, *self._terms.detectors)
        self.rules: Mapping[str, Rule] = _by_code(rule for detector in every for rule in detector.rules)
        boundaries.warm_up()

    @classmethod
    def load(cls, lexicons: Path = LEXICONS, masked_model: Path | None = None) -> Self:
        """Load every detector of the `detectors` folders with the lexicons of a folder.

        Args:
            lexicons: their folder.
            masked_model: folder of a masked language model, if the site has one.

        Raises:
            LexiconError: a lexicon file is not right; the message is Chinese and says where.
            MaskedModelError: the masked language model cannot be used; likewise.
        """
        with resting_collector():
            return cls._load(lexicons, MaskedModel.load(masked_model) if masked_model else None)

    @classmethod
    def _load(cls, lexicons: Path, opinion: MaskedModel | None) -> Self:
        version = lexicon_version(lexicons)
        sources = load_sources(lexicons)
        patterns: list[Detector] = []
        terms: list[TermDetector] = []
        for declared in _declared_detectors():
            if isinstance(declared, FromLexicons):
                terms.append(declared.load(lexicons, sources))
            elif isinstance(declared, Prepared):
                detector = declared.load(lexicons, sources)
                patterns.append(
                    declared.advised(detector, opinion) if declared.advised and opinion else detector
                )
            else:
                patterns.append(declared)
        return cls(patterns, terms, version)

    @property
    def term_detectors(self) -> tuple[TermDetector, ...]:
        """The detectors that share the automaton."""
        return self._terms.detectors

    def check(  # noqa: PLR0913 - all but the text are given by name
        self,
        text: str,
        *,
        published_on: date | None = None,
        categories: Collection[Category] = frozenset(Category),
        trial: bool = False,
        rules: Collection[str] | None = None,
        hints: bool = False,
        links: Iterable[Link] = (),
        layer: SiteLayer = NO_LAYER,
    ) -> Report:
        """Find all faults of a text.

        Args:
            text: the text exactly as its offsets shall be counted.
            published_on: decides which dated rules apply; today if not given.
            categories: the kinds of fault that are wanted.
            trial: show rules that are still on probation, too.
            hints: show typing errors on weak grounds, too, as information.
            rules: codes of the only rules to heed, so that no other finding hides theirs.
            links: the links of the page, where the text was read from HTML.
            layer: what the site has laid over the shipped rules.
        """
        day = published_on or date.today()
        if len(categories) == 1:
            look = self._looks.get(next(iter(categories)))
            if look and not look(Glance(text)):
                return Report(text, (), self.lexicon_version, day, layer.version)
        wanted = self.findings_of(
            Text.of(text, links),
            day=day,
            categories=categories,
            trial=trial,
            rules=rules,
            hints=hints,
            layer=layer,
        )
        told = tuple(with_row_counts(wanted, text))
        return Report(text, told, self.lexicon_version, day, layer.version)

    def findings_of(  # noqa: PLR0913 - all but the text are given by name
        self,
        text: Text,
        *,
        day: date,
        categories: Collection[Category],
        trial: bool = False,
        rules: Collection[str] | None = None,
        hints: bool = False,
        layer: SiteLayer = NO_LAYER,
    ) -> list[Finding]:
        """Find all faults of a text, or of a piece of one, without telling in how many rows they are; see `check`."""
        return settled(
            _reported(finding, text.original)
            for finding in layer.over(text, self._find(text, categories, rules, hints=hints), date.today())
            if finding.rule.category in categories
            and finding.rule.in_force(day)
            and (trial or not finding.rule.trial)
            and (hints or not finding.is_hint)
            and (rules is None or finding.rule.code in rules)
        )

    def _find(
        self, text: Text, categories: Collection[Category], rules: Collection[str] | None, *, hints: bool
    ) -> Iterator[Finding]:
        if text.glance.is_empty:
            return
        for with_hints, own_categories, own_codes in self._choices:
            if own_categories.isdisjoint(categories) or (rules is not None and own_codes.isdisjoint(rules)):
                continue
            yield from with_hints[hints].find(text)
        wanted = {
            number for number, kinds in enumerate(self._term_categories) if not kinds.isdisjoint(categories)
        }
        if wanted:
            for number, hits in self._terms.scan(text).items():
                if number in wanted:
                    yield from self._terms.detectors[number].judge(text, hits)

    def _look_for(self, category: Category) -> Look | None:
        """Give what tells at a glance that nothing of a category will be found in a text, if all its detectors know."""
        # What a site adds is about wording.
        if category in WORDING or any(category in kinds for kinds in self._term_categories):
            return None
        return any_of(look_of(detector[True]) for detector, kinds, _ in self._choices if category in kinds)


def _by_code(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    known: dict[str, Rule] = {}
    for rule in rules:
        # One list may serve two detectors; two rules may not share a code.
        if known.get(rule.code, rule) != rule:
            raise LexiconError(f"编号 {rule.code} 用了两次：“{known[rule.code].name}”和“{rule.name}”")
        known[rule.code] = rule
    return known


def _declared_detectors() -> Iterator[Detector | FromLexicons | Prepared]:
    """Import every module of the category folders, in name order."""
    for module in sorted(pkgutil.walk_packages(detectors.__path__, "detectors."), key=lambda m: m.name):
        if not module.ispkg and not module.name.startswith(KERNEL):
            yield importlib.import_module(module.name).DETECTOR


def _reported(finding: Finding, text: str) -> Finding:
    """Lower a finding to a hint where the page quotes the wording in order to call it wrong."""
    rule, span = finding.rule, finding.span
    if rule.category not in WORDING or not is_reported_as_wrong(text, span.start, span.end):
        return finding
    return replace(finding, rule=rule.at_most(Severity.INFO))


def lexicon_version(lexicons: Path) -> str:
    """Name the lexicons: the day of their release and a hash of all their files.

    Raises:
        LexiconError: release.toml is missing or holds no day.
    """
    released = read_toml(lexicons / "release.toml").get("released")
    if not isinstance(released, date):
        raise LexiconError("release.toml：应有 released = 年-月-日")
    digest = hashlib.sha256()
    for path in sorted(path for path in lexicons.rglob("*") if path.suffix in {".toml", ".txt"}):
        digest.update(path.relative_to(lexicons).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return f"{released:%Y.%m.%d}-{digest.hexdigest()[:VERSION_DIGITS]}"
