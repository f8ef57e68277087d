"""How figures are said in Chinese, the same in the notice, the workbook and the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from app.archive.freshness import State
from app.report.figures import NO_UNIT, SEVERE, AccountFigures, Share, UnitFigures
from app.report.tally import Tally
from detectors.kernel.finding import Category

NAMED = 10
"""So many units are named in a sentence; the tables name all."""
KINDS: Mapping[Category, str] = {
    Category.EXPRESSION: "错误表述",
    Category.SENSITIVE: "敏感和禁慎用词",
    Category.TYPO: "错别字",
    Category.PRIVACY: "隐私泄露",
    Category.FORMAT: "标点数字格式问题",
    Category.LINK: "链接问题",
}
"""What notices call the categories."""
WEBSITES, MEDIA = "政府网站", "政务新媒体"


def chinese_day(day: date) -> str:
    """Write a day as official documents do."""
    return f"{day.year}年{day.month}月{day.day}日"


def quarter_of(day: date) -> str:
    """Name the quarter of a day."""
    return f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度"


def percent(rate: Fraction | None) -> str:
    """Write a share with one decimal."""
    if rate is None:
        return "—"
    # What is not whole is not said to be.
    return f"{min(round(rate * 1000), 1000 if rate == 1 else 999) / 10:.1f}%"


def kinds_of(share: Share) -> tuple[str, ...]:
    """Say how many of each kind stand, severe errors first and apart from other wrong expressions."""
    severe = share.total.severe
    counts = {category: tally.standing for category, tally in share.categories.items()}
    said = [f"{SEVERE}{severe}处"] if severe else []
    if others := counts[Category.EXPRESSION] - severe:
        said.append(f"其他{KINDS[Category.EXPRESSION]}{others}处")
    said += [
        f"{KINDS[category]}{count}处"
        for category, count in counts.items()
        if count and category is not Category.EXPRESSION
    ]
    return tuple(said)


def unit_problems(unit: UnitFigures) -> tuple[str, ...]:
    """Say what is wrong with a unit; nothing if nothing is."""
    columns = ((unit.stale, "应更新未更新{}项"), (unit.empty, "空白栏目{}个"))
    return (*kinds_of(unit.share), *(words.format(count) for count, words in columns if count))


def account_problems(account: AccountFigures) -> tuple[str, ...]:
    """Say what is wrong with an account; nothing if nothing is."""
    freshness = account.freshness
    columns = ((State.STALE, "{}个栏目应更新未更新"), (State.EMPTY, "{}个空白栏目"))
    counted = ((freshness.count(state), words) for state, words in columns)
    # That of the home page or the whole account is the first of them.
    whole = freshness.vetoes[:1] if freshness.whole.state is State.STALE else ()
    return (*kinds_of(account.share), *whole, *(words.format(count) for count, words in counted if count))


def named(units: Sequence[tuple[str, int]]) -> str:
    """Name units with their counts, the greatest first; nothing where no unit is known."""
    known = sorted(((name, count) for name, count in units if count and name != NO_UNIT), key=_by_count)
    if not known:
        return ""
    listed = "、".join(f"{name}（{count}处）" for name, count in known[:NAMED])
    return listed if len(known) == 1 else f"{listed}等{len(known)}家单位"


def enumerated(names: Sequence[str], measure: str) -> str:
    """Name the first ones; with more of them, say how many there are."""
    listed = "、".join(names[:NAMED])
    return listed if len(names) <= NAMED else f"{listed}等{len(names)}{measure}"


def by_unit(units: Iterable[UnitFigures], category: Category) -> list[tuple[str, int]]:
    """Count what stands of a category, unit by unit."""
    return [(unit.name, unit.share.categories[category].standing) for unit in units]


def tally_sentence(tally: Tally) -> str:
    """Say what became of the findings of the run before."""
    return f"已修改{tally.mended}处、未修改{tally.remaining}处，整改率{percent(tally.rate)}"


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]
