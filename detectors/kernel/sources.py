"""The public documents that rules rest on: lexicons/sources.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from detectors.kernel.finding import Source
from detectors.kernel.system_errors import reason_of

LEXICONS = Path(__file__).parents[2] / "lexicons"
FIELDS = {"title", "issuer", "date"}


class LexiconError(Exception):
    """A lexicon file cannot be used; the message is Chinese and names file and entry."""


def read_toml(path: Path) -> dict[str, object]:
    """Read one TOML file.

    Raises:
        LexiconError: it is missing, not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LexiconError(f"{path.name}：读不到文件（{reason_of(error)}）") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path.name}：不是 UTF-8 编码（第 {error.start} 字节）") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}：TOML 格式有误：{error}") from error


def load_sources(lexicons: Path) -> Mapping[str, Source]:
    """Read the sources of a lexicon folder, by key.

    Raises:
        LexiconError: the file cannot be read, or a source lacks title, issuer or date.
    """
    sources = {}
    for key, fields in read_toml(lexicons / "sources.toml").items():
        if not isinstance(fields, dict) or set(fields) != FIELDS:
            raise LexiconError(f"sources.toml：[{key}] 应恰有 title、issuer、date 三项")
        if not all(isinstance(value, str) and value.strip() for value in fields.values()):
            raise LexiconError(f"sources.toml：[{key}] 的各项都应是非空的字符串")
        sources[key] = Source(**fields)
    return sources


@cache
def _shipped() -> Mapping[str, Source]:
    return load_sources(LEXICONS)


def cite(key: str, clause: str | None = None) -> Source:
    """Name a source of the shipped lexicons, for rules that are written in code."""
    return replace(_shipped()[key], clause=clause)
