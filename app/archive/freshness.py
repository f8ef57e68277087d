"""Which columns and accounts are kept up to date (应更新未更新), by the days on which articles were published.

The lines are those of the inspections: 《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）, 单项否决. Dates show
no more than this: an empty column is seen only where a list says that there is one, and a home page counts as
updated when anything on the website was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.archive.columns import Expected, Level, Seen, is_website
from app.archive.update_limit import Unit, UpdateLimit

HOME_PAGE = "首页"
WHOLE_ACCOUNT = "（账号）"
NEWS_ENDINGS = ("动态", "要闻", "新闻")
NOTICE_ENDINGS = ("公告", "通知", "政策", "文件")
"""What a column that no list names is called when it is surely of the two kinds with a limit of their own."""
CLOSED = ("历史", "归档", "废止", "失效", "往届")
"""Such columns get nothing new."""
TWO_WEEKS = UpdateLimit(14, Unit.DAY)
HALF_A_YEAR = UpdateLimit(6, Unit.MONTH)
MOST_MARGIN = 4
"""Days: of a home page's 14, it is told of from the tenth on."""


class State(StrEnum):
    """What the dates show of a column or an account."""

    FRESH = "正常"
    DUE = "将到期"
    STALE = "应更新未更新"
    EMPTY = "空白"
    UNKNOWN = "无法判断"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on the inspections object, and from where on it is told before."""

    home: UpdateLimit = TWO_WEEKS
    news: UpdateLimit = TWO_WEEKS
    notices: UpdateLimit = HALF_A_YEAR
    media: UpdateLimit = TWO_WEEKS
    first_level: int = 5
    """Stale columns of the first level that fail a website."""
    stale: int = 10
    """Stale columns of any level that do."""
    empty: int = 5
    empty_warning: int = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A column, a home page or an account, and whether it is kept up to date."""

    unit: str
    column: str
    level: Level
    state: State
    limit: UpdateLimit | None
    newest: date | None


@dataclass(frozen=True, slots=True)
class AccountFreshness:
    """A website or an account of new media with its columns."""

    unit: str
    account: str
    kind: str
    record_number: str
    whole: Judged
    """The home page, or the account itself."""
    columns: tuple[Judged, ...]
    vetoes: tuple[str, ...]
    """Which lines of 单项否决 it has crossed, in Chinese."""
    warnings: tuple[str, ...]
    """Which it comes near to."""

    def count(self, state: State) -> int:
        """Count its columns in a state, without the home page."""
        return sum(judged.state is state for judged in self.columns)


def usual_limit(column: str, thresholds: Thresholds) -> UpdateLimit | None:
    """Give the limit of a column by its name; None where the name does not say."""
    if any(word in column for word in CLOSED):
        return None
    if column.endswith(NEWS_ENDINGS):
        return thresholds.news
    return thresholds.notices if column.endswith(NOTICE_ENDINGS) else None


def first_days(expected: Iterable[Expected], thresholds: Thresholds, day: date) -> tuple[date, ...]:
    """Give the days from which on articles have to be counted."""
    usual = (thresholds.home, thresholds.news, thresholds.notices, thresholds.media)
    limits = {*usual, *(one.limit for one in expected if one.limit)}
    return tuple(sorted({first for limit in limits for first in (limit.since(day), _tight(limit, day))}))


def judge(
    expected: Sequence[Expected], seen: Sequence[Seen], thresholds: Thresholds, day: date
) -> tuple[AccountFreshness, ...]:
    """Judge all accounts as of a day, in the order of their names.

    Args:
        expected: the list of columns, if there is one.
        seen: what was published; counted from all of `first_days` on.
        thresholds: the lines.
        day: of the inspection.
    """
    columns: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        if one.account:
            columns.setdefault((one.account, one.kind), []).append(one)
    listed: dict[tuple[str, str], list[Expected]] = {}
    for row in expected:
        listed.setdefault((row.account, _kind_of(row, columns)), []).append(row)
    return tuple(
        _account(key, listed.get(key, []), columns.get(key, []), thresholds, day)
        for key in sorted({*columns, *listed})
    )


def _kind_of(row: Expected, columns: Mapping[tuple[str, str], object]) -> str:
    # The list may call a website otherwise than the manifest does: two accounts of one would be told of for nothing.
    kinds = sorted(kind for account, kind in columns if account == row.account)
    if row.kind in kinds or (row.kind and not is_website(row.kind)):
        return row.kind
    return next(filter(is_website, kinds), row.kind or next(iter(kinds), ""))


def _account(
    key: tuple[str, str], listed: Sequence[Expected], seen: Sequence[Seen], thresholds: Thresholds, day: date
) -> AccountFreshness:
    account, kind = key
    of_account = next((row for row in listed if not row.column or row.level is Level.HOME), None)
    unit = (
        (of_account.unit if of_account else "")
        or _busiest(seen)
        or next((row.unit for row in listed if row.unit), "")
    )
    numbers = (*(row.record_number for row in listed), *(one.record_number for one in seen))
    number = next(filter(None, numbers), "")
    website = is_website(kind)
    limit = (of_account.limit if of_account else None) or (thresholds.home if website else thresholds.media)
    home = _home_names(listed)
    on_home = [one for one in seen if one.column in home]
    name, level = (HOME_PAGE, Level.HOME) if website else (WHOLE_ACCOUNT, Level.OTHER)
    whole = Judged(unit, name, level, *_state(on_home or seen, limit, day))
    columns = _columns(listed, seen, thresholds, day) if website else ()
    vetoes, warnings = _lines(whole, columns, thresholds, website=website)
    return AccountFreshness(unit, account, kind, number, whole, columns, vetoes, warnings)


def _home_names(listed: Iterable[Expected]) -> set[str]:
    return {HOME_PAGE, *(row.column for row in listed if row.column and row.level is Level.HOME)}


def _busiest(seen: Iterable[Seen]) -> str:
    return max(sorted(seen, key=lambda one: one.unit), key=lambda one: one.articles).unit if seen else ""


def _columns(
    listed: Sequence[Expected], seen: Sequence[Seen], thresholds: Thresholds, day: date
) -> tuple[Judged, ...]:
    by_name: dict[str, list[Seen]] = {}
    for one in seen:
        by_name.setdefault(one.column, []).append(one)
    rows = {row.column: row for row in listed if row.column and row.level is not Level.HOME}
    judged = []
    for name in sorted({*rows, *by_name} - {"", *_home_names(listed)}):
        row, published = rows.get(name), by_name.get(name, [])
        limit = (row.limit if row else None) or usual_limit(name, thresholds)
        unit = (row.unit if row else "") or _busiest(published)
        level = row.level if row else Level.OTHER
        if published:
            judged.append(Judged(unit, name, level, *_state(published, limit, day)))
        else:
            judged.append(Judged(unit, name, level, State.EMPTY, limit, None))
    return tuple(judged)


def _state(
    seen: Sequence[Seen], limit: UpdateLimit | None, day: date
) -> tuple[State, UpdateLimit | None, date | None]:
    newest = max((one.newest for one in seen if one.newest), default=None)
    undated = sum(one.articles - one.dated for one in seen)
    if limit is None:
        return State.UNKNOWN, None, newest
    if _within(seen, limit.since(day)) < limit.items:
        # An article that tells no day may be a new one.
        return (State.UNKNOWN if undated else State.STALE), limit, newest
    due = limit.items == 1 and not _within(seen, _tight(limit, day))
    return (State.DUE if due and not undated else State.FRESH), limit, newest


def _within(seen: Iterable[Seen], first: date) -> int:
    return sum(one.within[first] for one in seen)


def _tight(limit: UpdateLimit, day: date) -> date:
    """Give the day up to which the newest article may have come out before its column is told of as nearly due."""
    margin = min(MOST_MARGIN, limit.rough_days * 2 // 7)
    return limit.since(day) + timedelta(days=margin + 1)


def _lines(
    whole: Judged, columns: Sequence[Judged], thresholds: Thresholds, *, website: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    vetoes, warnings = [], []
    what = HOME_PAGE if website else "账号"
    if whole.state is State.STALE and whole.limit:
        vetoes.append(f"{what}超过{whole.limit.label}未更新")
    elif whole.state is State.DUE and whole.limit:
        warnings.append(f"{what}临近{whole.limit.label}的更新期限")
    stale = [one for one in columns if one.state is State.STALE]
    first = sum(one.level is Level.FIRST for one in stale)
    empty = sum(one.state is State.EMPTY for one in columns)
    if first >= thresholds.first_level:
        vetoes.append(f"{first}个一级栏目应更新未更新")
    if len(stale) >= thresholds.stale:
        vetoes.append(f"{len(stale)}个栏目应更新未更新")
    if empty >= thresholds.empty:
        vetoes.append(f"{empty}个空白栏目")
    elif empty >= thresholds.empty_warning:
        warnings.append(f"{empty}个空白栏目")
    return tuple(vetoes), tuple(warnings)
