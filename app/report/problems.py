"""The second part of the notice, 存在的主要问题: a paragraph for each kind of problem that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.archive.freshness import State
from app.report.figures import SEVERE, AccountFigures, Figures
from app.report.wording import KINDS, MEDIA, WEBSITES, by_unit, enumerated, named
from detectors.kernel.finding import Category


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered paragraph: its lead, and what follows."""

    lead: str
    words: str


def problems_of(figures: Figures) -> Iterator[Point]:
    """Say what is wrong, the gravest first; nothing if nothing is."""
    severe = figures.whole.total.severe
    if severe:
        units = [(unit.name, unit.share.total.severe) for unit in figures.units]
        yield Point("内容审核把关不严。", _counted(f"查出{SEVERE}{severe}处", units))
    others = figures.whole.categories[Category.EXPRESSION].standing - severe
    if others:
        units = [
            (unit.name, unit.share.categories[Category.EXPRESSION].standing - unit.share.total.severe)
            for unit in figures.units
        ]
        yield Point("规范表述不够准确。", _counted(f"查出其他{KINDS[Category.EXPRESSION]}{others}处", units))
    for category, lead in (
        (Category.TYPO, "文字校对不够细致。"),
        (Category.SENSITIVE, "用语不够规范。"),
        (Category.PRIVACY, "个人信息保护不到位。"),
        (Category.FORMAT, "标点、数字用法不够规范。"),
        (Category.LINK, "链接维护不及时。"),
    ):
        if count := figures.whole.categories[category].standing:
            yield Point(lead, _counted(f"查出{KINDS[category]}{count}处", by_unit(figures.units, category)))
    if stale := tuple(_stale(figures)):
        yield Point("内容更新不及时。", "".join(stale))
    if overdue := figures.whole.total.overdue:
        units = [(unit.name, unit.share.total.overdue) for unit in figures.units]
        yield Point("问题整改不及时。", _counted(f"超过期限没有改正的问题{overdue}处", units))


def _counted(count: str, units: Sequence[tuple[str, int]]) -> str:
    listed = named(units)
    return f"{count}，涉及{listed}。" if listed else f"{count}。"


def _stale(figures: Figures) -> Iterator[str]:
    for state, words in ((State.STALE, "应更新未更新的栏目"), (State.EMPTY, "空白栏目")):
        counted = [(one.place.account, one.freshness.count(state)) for one in figures.websites]
        if total := sum(count for _, count in counted):
            names = [f"{name}（{count}个）" for name, count in counted if count]
            yield f"{words}{total}个，分布在{enumerated(names, '个网站')}。"
    for name, accounts in ((WEBSITES, figures.websites), (MEDIA, figures.media)):
        late = [account for account in accounts if account.freshness.whole.state is State.STALE]
        if late:
            what = "首页" if name == WEBSITES else ""
            names = [f"{one.place.account}（{_limit(one)}）" for one in late]
            yield f"{what}超过期限没有更新的{name}{len(late)}个：{enumerated(names, '个')}。"


def _limit(account: AccountFigures) -> str:
    limit = account.freshness.whole.limit
    return f"期限{limit.label}" if limit else ""
