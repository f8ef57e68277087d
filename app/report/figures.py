"""Every figure of a report in one structure: text, tables and charts are made from it alone, and so agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from app.archive.columns import is_website
from app.archive.freshness import AccountFreshness, State, Thresholds, first_days, judge
from app.deadlines import Deadlines
from app.report.counting import (
    DocumentCount,
    FindingCount,
    Place,
    RunFacts,
    document_counts,
    finding_counts,
    open_by_day,
    published,
    run_facts,
)
from app.report.tally import Tally, tally_of, total
from app.store.scan_columns import columns_for
from detectors.kernel.finding import Category, Severity

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
NO_UNIT = "（未注明单位）"
WEEKS = 26
SEVERE = "严重表述错误"


@dataclass(frozen=True, slots=True)
class Documents:
    """How many there were."""

    articles: int = 0
    parts: int = 0
    failed: int = 0
    characters: int = 0
    undated: int = 0

    @classmethod
    def of(cls, counts: Iterable[DocumentCount]) -> Documents:
        """Add counts up."""
        counted = list(counts)
        return cls(*(sum(getattr(one, field.name) for one in counted) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Share:
    """The documents and findings of a unit, or of an account."""

    documents: Documents
    total: Tally
    categories: Mapping[Category, Tally]
    """All of them, in their order."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit: what it answers for."""

    name: str
    share: Share
    stale: int
    """Columns, home pages and accounts of new media that should have been updated."""
    empty: int
    """Columns with nothing in them."""


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """A website or an account of new media."""

    place: Place
    """The unit is that which publishes most in it."""
    share: Share
    freshness: AccountFreshness

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Which lines of 单项否决 it has crossed, as far as texts and dates show."""
        severe = (f"{SEVERE}{self.share.total.severe}处",) if self.share.total.severe else ()
        return (*severe, *self.freshness.vetoes)


@dataclass(frozen=True, slots=True)
class Figures:
    """The report."""

    run: RunFacts
    day: date
    """As of which it is made."""
    whole: Share
    hints: int
    """Findings that stand and ask for nothing: 可斟酌. They are in no other count."""
    units: tuple[UnitFigures, ...]
    website_units: tuple[UnitFigures, ...]
    """The same without the accounts of new media."""
    websites: tuple[AccountFigures, ...]
    media: tuple[AccountFigures, ...]
    weeks: tuple[tuple[date, int], ...]
    """What stands, by the Monday of the week in which it was published: the last weeks, the newest last."""
    before_weeks: int
    undated: int
    """What stands in articles that tell no day, or one after the day of the report's week."""


def figures_of(
    connection: Connection, run: int, *, day: date | None, thresholds: Thresholds, deadlines: Deadlines
) -> Figures:
    """Count what a report says.

    Args:
        connection: sees one moment.
        run: its number.
        day: as of which; that of the run if None.
        thresholds: of freshness.
        deadlines: of what is found.

    Raises:
        NoReportError: there is no such run, or it is not done.
    """
    facts = run_facts(connection, run)
    day = day or facts.day
    expected = columns_for(connection, run)
    seen = published(connection, run, first_days(expected, thresholds, day), day)
    freshness = judge(expected, seen, thresholds, day)
    found = [(one, tally_of(one, day, deadlines)) for one in finding_counts(connection, run)]
    documents = document_counts(connection, run)
    accounts = tuple(_accounts(found, documents, freshness))
    weeks, earlier, undated = _by_week(open_by_day(connection, run), day)
    return Figures(
        run=facts,
        day=day,
        whole=_share(found, documents),
        hints=sum(one.count for one, _ in found if one.severity is Severity.INFO and one.status.is_open),
        units=_units(found, documents, freshness),
        website_units=_units(
            [pair for pair in found if _on_website(pair[0].place)],
            [one for one in documents if _on_website(one.place)],
            [one for one in freshness if is_website(one.kind)],
        ),
        websites=tuple(one for one in accounts if is_website(one.place.kind)),
        media=tuple(one for one in accounts if not is_website(one.place.kind)),
        weeks=weeks,
        before_weeks=earlier,
        undated=undated,
    )


Found = Sequence[tuple[FindingCount, Tally]]


def _share(found: Found, documents: Iterable[DocumentCount]) -> Share:
    categories = {
        category: total(tally for one, tally in found if one.category is category) for category in Category
    }
    return Share(Documents.of(documents), total(categories.values()), categories)


def _accounts(
    found: Found, documents: Sequence[DocumentCount], freshness: Iterable[AccountFreshness]
) -> Iterator[AccountFigures]:
    of_account = _grouped(found, lambda one: _key(one[0].place))
    kept = _grouped(documents, lambda one: _key(one.place))
    for one in freshness:
        key = one.account, one.kind
        place = Place(one.unit, one.account, one.kind, one.record_number)
        yield AccountFigures(place, _share(of_account.get(key, []), kept.get(key, [])), one)


def _on_website(place: Place) -> bool:
    # What names no account is told of by its unit, else it would be told of nowhere.
    return not place.account or is_website(place.kind)


def _key(place: Place) -> tuple[str, str]:
    return place.account, place.kind


def _units(
    found: Found, documents: Sequence[DocumentCount], freshness: Iterable[AccountFreshness]
) -> tuple[UnitFigures, ...]:
    judged = [judged for account in freshness for judged in (account.whole, *account.columns)]
    states = _grouped(judged, lambda one: one.unit)
    of_unit = _grouped(found, lambda one: one[0].place.unit)
    kept = _grouped(documents, lambda one: one.place.unit)
    return tuple(
        UnitFigures(
            unit or NO_UNIT,
            _share(of_unit.get(unit, []), kept.get(unit, [])),
            sum(one.state is State.STALE for one in states.get(unit, [])),
            sum(one.state is State.EMPTY for one in states.get(unit, [])),
        )
        for unit in sorted({*states, *of_unit, *kept})
    )


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _by_week(
    by_day: Iterable[tuple[date | None, int]], day: date
) -> tuple[tuple[tuple[date, int], ...], int, int]:
    last = _monday(day)
    weeks = {last - timedelta(weeks=number): 0 for number in range(WEEKS - 1, -1, -1)}
    earlier = undated = 0
    for published_on, count in by_day:
        if published_on is None or _monday(published_on) > last:
            undated += count
        elif (week := _monday(published_on)) in weeks:
            weeks[week] += count
        else:
            earlier += count
    return tuple(weeks.items()), earlier, undated


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
