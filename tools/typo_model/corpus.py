"""The texts to learn from, one paragraph a line."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.symbols import Symbols
from detectors.kernel.text import fold

HELD_OUT = {"news": 10, "government": 18, "work_reports_2000on": 12, "laws": 2}
"""Of so many paragraphs in a hundred the judgement learns, with a model that has not seen them."""
SHORTEST = 20
"""Code points of a paragraph that is worth holding out."""
THIRD_PARTY = "news"
"""Text of others: what it holds only once never goes into the table."""
OF_LAWS, OF_NEWS = 12, 18
"""Of so many paragraphs in a hundred a stranger to the news learns, and so many of the news are put before it."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Paragraphs by source."""

    learned: dict[str, list[str]]
    held_out: list[str]

    @classmethod
    def read(cls, folder: Path) -> Corpus:
        """Read the files train_*.txt.xz of a folder; a checksum of each paragraph decides its part."""
        learned: dict[str, list[str]] = {}
        held_out: list[str] = []
        for path in sorted(folder.glob("train_*.txt.xz")):
            name = path.name.removeprefix("train_").removesuffix(".txt.xz")
            paragraphs = lzma.decompress(path.read_bytes()).decode().splitlines()
            share = HELD_OUT.get(name, 0)
            apart = [len(p) > SHORTEST and zlib.crc32(p.encode()) % 100 < share for p in paragraphs]
            learned[name] = [p for p, is_apart in zip(paragraphs, apart, strict=True) if not is_apart]
            held_out += [p for p, is_apart in zip(paragraphs, apart, strict=True) if is_apart]
        if not learned:
            raise SystemExit(f"no train_*.txt.xz in {folder}")
        return cls(learned, held_out)

    def for_a_stranger(self) -> tuple[dict[str, list[str]], list[str]]:
        """Give texts by source for a model that knows no news, and news to put before it (docs/decisions/0045)."""
        sources = {name: paragraphs for name, paragraphs in self.learned.items() if name != THIRD_PARTY}
        sources["laws"] = _part(sources.get("laws", []), OF_LAWS)
        return sources, _part(self.learned.get(THIRD_PARTY, []), OF_NEWS)

    def whole(self) -> dict[str, list[str]]:
        """Give all paragraphs by source, those held out among them under a name of their own."""
        return {**self.learned, "held_out": self.held_out}


def _part(paragraphs: Sequence[str], share: int) -> list[str]:
    """Choose so many in a hundred, by a checksum other than that of what is held out."""
    return [one for one in paragraphs if zlib.adler32(one.encode()) % 100 < share]


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """All symbols in one row; third-party text comes last."""

    codes: npt.NDArray[np.uint64]
    third_party_from: int


def stream_of(sources: Mapping[str, Sequence[str]]) -> Stream:
    """Put the symbols of all paragraphs into one row."""
    parts = [np.zeros(1, np.uint64)]
    for name in sorted(sources, key=lambda name: (name in (THIRD_PARTY, "held_out"), name)):
        if name in (THIRD_PARTY, "held_out"):
            break
        parts.append(codes_of(sources[name]))
    own = sum(map(len, parts))
    parts += [codes_of(sources[name]) for name in (THIRD_PARTY, "held_out") if name in sources]
    return Stream(np.concatenate(parts), own)


def codes_of(paragraphs: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Read paragraphs as symbols, with a clause end behind the last."""
    return Symbols.of(fold("\n".join(paragraphs))).codes[1:].astype(np.uint64)
