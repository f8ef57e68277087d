"""What the notice (通报) says: 总体情况, 存在的主要问题, 工作要求, and the tables behind it; words only, no layout.

It names what stands in what is published on the day of the report. What must be verified is counted with the rest and
said to be so: whoever signs the notice decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.deadlines import Deadlines
from app.report.figures import Figures
from app.report.problems import Point, problems_of
from app.report.wording import (
    KINDS,
    MEDIA,
    WEBSITES,
    account_problems,
    chinese_day,
    kinds_of,
    quarter_of,
    tally_sentence,
    unit_problems,
)

ISSUER = "政务公开主管部门"
BASIS = "《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）"
MEDIA_COLUMNS = (
    ("备案单号", 45),
    ("政务新媒体名称", 35),
    ("类型", 15),
    ("所属组织", 26),
    ("存在的突出问题", 35),
)
UNIT_COLUMNS = (("序号", 14), ("责任单位", 50), ("存在的突出问题", 92))
"""Headings, and widths in millimetres."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the notice is called and who issues it; what is empty is said neutrally."""

    title: str = ""
    issuer: str = ""
    period: str = ""
    """2026年第三季度."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the notice."""

    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """A table behind the notice."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole notice."""

    title: str
    opening: str
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    issuer: str
    day: str


def notice_of(figures: Figures, names: Names, deadlines: Deadlines) -> Notice:
    """Write the notice of a report."""
    issuer = names.issuer or ISSUER
    what = _what(figures)
    period = names.period or quarter_of(figures.day)
    problems = tuple(problems_of(figures))
    if not problems:
        problems = (Point("未发现突出问题。", "本次检查的内容中，没有须改正或者须核实的问题。"),)
    return Notice(
        title=names.title or f"关于{period}{what}检查情况的通报",
        opening=f"按照{BASIS}要求，{issuer}对{what}已发布的内容进行了检查，现将截至{chinese_day(figures.day)}的情况通报如下：",
        sections=(
            Section("总体情况", tuple(_overview(figures))),
            Section("存在的主要问题", problems),
            Section("工作要求", tuple(_demands(figures, deadlines))),
        ),
        annexes=tuple(_annexes(figures)),
        issuer=issuer,
        day=chinese_day(figures.day),
    )


def _what(figures: Figures) -> str:
    if not figures.media:
        return WEBSITES
    return f"{WEBSITES}与{MEDIA}" if figures.websites else MEDIA


def _left_out(figures: Figures) -> str:
    left_out = figures.run.left_out
    reasons = "、".join(f"{reason.label}{files}个" for reason, files in left_out.items())
    return f"另有文件{sum(left_out.values())}个未纳入检查（{reasons}）。" if left_out else ""


def _overview(figures: Figures) -> Iterator[Point]:
    documents, standing = figures.whole.documents, figures.whole.total
    covered = [
        f"{words}{count}{measure}"
        for words, count, measure in (
            ("责任单位", len(figures.units), "家"),
            (WEBSITES, len(figures.websites), "个"),
            (MEDIA, len(figures.media), "个"),
        )
        if count
    ]
    parts = f"、附件{documents.parts}件" if documents.parts else ""
    failed = f"其中{documents.failed}件未能读取，须由人工查看。" if documents.failed else ""
    yield Point(
        "检查范围。",
        f"检查覆盖{'、'.join(covered)}，读取文章{documents.articles}篇{parts}，共{documents.characters}字。{failed}{_left_out(figures)}",
    )
    if standing.standing:
        yield Point(
            "检查结果。",
            f"已发布的内容中现有问题{standing.standing}处，其中须改正{standing.errors}处、须由人工核实{standing.warnings}处。"
            f"分类统计：{'、'.join(kinds_of(figures.whole))}。{_passing(figures)}",
        )
    else:
        yield Point("检查结果。", f"已发布的内容中没有查出问题。{_passing(figures)}")
    if not figures.run.is_first:
        kinds = "；".join(
            f"{KINDS[category]}{tally_sentence(tally)}"
            for category, tally in figures.whole.categories.items()
            if tally.followed_up
        )
        others = [
            f"{words}{count}处"
            for words, count in (
                ("新增", standing.new),
                ("确认为误报", standing.false_alarms),
                ("无法核实", standing.unverified),
            )
            if count
        ]
        yield Point(
            "整改情况。",
            f"上次检查查出的问题{tally_sentence(standing)}。"
            + (f"分类统计：{kinds}。" if kinds else "")
            + (f"另有{'、'.join(others)}。" if others else ""),
        )


def _passing(figures: Figures) -> str:
    said = []
    for name, accounts in ((WEBSITES, figures.websites), (MEDIA, figures.media)):
        failing = sum(bool(account.vetoes) for account in accounts)
        if accounts:
            said.append(f"{name}{len(accounts)}个，其中触及单项否决指标的{failing}个")
    return f"检查{'；'.join(said)}。" if said else ""


def _demands(figures: Figures, deadlines: Deadlines) -> Iterator[Point]:
    listed = "对照附件" if any(_annexes(figures)) else "对照检查要求"
    yield Point(
        "限期完成整改。",
        f"各单位要{listed}逐条核实，固定表述错误在{deadlines.expression}个工作日内改正，"
        f"其他问题在{deadlines.other}个工作日内改正；认为属于误报的，写明理由后反馈。",
    )
    yield Point(
        "严格审核发布。",
        "坚持先审后发，落实三审三校，正文、附件和表格都要在发布前校对；涉及个人信息的，依法公开前作去标识化处理。",
    )
    yield Point(
        "保证更新频次。",
        "按照规定期限更新首页、栏目和账号，空白栏目尽快补充内容；长期无力维护的，按程序整合或者关停。",
    )
    yield Point(
        "做好日常巡查。", "安排专人值班读网，定期回看已发布的内容，发现问题及时改正，防止同类问题再次出现。"
    )


def _annexes(figures: Figures) -> Iterator[Annex]:
    accounts = [(account, account_problems(account)) for account in figures.media]
    rows = [
        (
            account.place.record_number or "—",
            account.place.account,
            account.place.kind,
            account.place.unit or "—",
            "、".join(problems),
        )
        for account, problems in accounts
        if problems
    ]
    if rows:
        yield Annex(f"{MEDIA}检查发现的问题清单", MEDIA_COLUMNS, tuple(rows))
    units = [(unit.name, unit_problems(unit)) for unit in figures.website_units]
    found = [(name, problems) for name, problems in units if problems]
    if found:
        listed = tuple((str(n), name, "、".join(problems)) for n, (name, problems) in enumerate(found, 1))
        yield Annex(f"{WEBSITES}检查发现的问题清单", UNIT_COLUMNS, listed)
