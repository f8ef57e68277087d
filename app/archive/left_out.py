"""Files of a folder that are not to be checked: which, why, and how that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SUFFIX = 10
"""Of what comes after a full stop; what is longer, or not in plain letters and digits, is hardly a kind of file."""
MOST_NAMED = 5


class Reason(StrEnum):
    """Why a file is left out."""

    PICTURE = "picture"
    UNKNOWN = "unknown"
    LOCK = "lock"
    BROKEN_LINK = "broken_link"
    FOLDER_LINK = "folder_link"
    SPECIAL = "special"

    @property
    def label(self) -> str:
        """What editors read."""
        return {
            Reason.PICTURE: "图片",
            Reason.UNKNOWN: "读不了的类型",
            Reason.LOCK: "办公软件打开文件时的临时文件",
            Reason.BROKEN_LINK: "断开的链接",
            Reason.FOLDER_LINK: "指向目录的链接",
            Reason.SPECIAL: "管道、设备等",
        }[self]

    @property
    def has_kinds(self) -> bool:
        """Tell whether the ends of names say more."""
        return self in {Reason.PICTURE, Reason.UNKNOWN}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files that are left out for one reason, and whose names end alike."""

    reason: Reason
    suffix: str = ""
    """With a full stop, in small letters; empty where it says nothing."""

    @classmethod
    def of(cls, reason: Reason, suffix: str) -> LeftOut:
        """Sort a file in."""
        plain = suffix.isascii() and suffix[1:].isalnum() and len(suffix) <= LONGEST_SUFFIX + 1
        return cls(reason, suffix.lower() if plain and reason.has_kinds else "")


def by_reason(left_out: Mapping[LeftOut, int]) -> dict[Reason, int]:
    """Count files by reason alone, in the order of the reasons."""
    counted = {
        reason: sum(files for kind, files in left_out.items() if kind.reason is reason) for reason in Reason
    }
    return {reason: files for reason, files in counted.items() if files}


def told(left_out: Mapping[LeftOut, int]) -> str:
    """Say how many files are left out, and why; nothing where there are none."""
    if not left_out:
        return ""
    reasons = "，".join(
        f"{reason.label} {files}{_kinds(left_out, reason)}" for reason, files in by_reason(left_out).items()
    )
    return f"另有 {sum(left_out.values())} 个文件没有检查：{reasons}。"


def _kinds(left_out: Mapping[LeftOut, int], reason: Reason) -> str:
    if not reason.has_kinds:
        return ""
    files = Counter({kind.suffix: files for kind, files in left_out.items() if kind.reason is reason})
    # The rest last, and of equal numbers by name: the same line however the run went.
    ordered = sorted(files.items(), key=lambda one: (not one[0], -one[1], one[0]))
    named = "、".join(f"{suffix or '其他'} {number}" for suffix, number in ordered[:MOST_NAMED])
    more = f"等 {len(ordered)} 种" if len(ordered) > MOST_NAMED else ""
    return f"（{named}{more}）"
