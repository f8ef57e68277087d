"""Looking through the chain: the first place at which something is not as it was written."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from app.gate.chain import BEGINNING, Record, digest, link, seal


@dataclass(frozen=True, slots=True)
class Break:
    """Where the records do not hold, and why; Chinese."""

    number: int
    """Of the record; 0 where it is about the whole."""
    reason: str

    def __str__(self) -> str:
        return f"第 {self.number} 号记录：{self.reason}" if self.number else self.reason


@dataclass(frozen=True, slots=True)
class SealedHead:
    """The last record as the database names and signs it."""

    number: int
    hash: str
    seal: str


def chain_breaks(records: Iterable[Record], purged_through: int) -> Iterator[Break]:
    """Find where records do not follow from each other or are not what they were.

    Args:
        records: all of them, in order.
        purged_through: the number of the last record whose contents the chain says to have gone.
    """
    previous, expected = BEGINNING, 1
    for record in records:
        if record.number != expected:
            yield Break(expected, "缺失")
        elif record.previous != previous:
            yield Break(record.number, "与前一条接不上：前一条被改动，或有增删")
        elif link(asdict(record)) != record.hash:
            yield Break(record.number, "时间、种类等被改动")
        elif record.content is None:
            if record.number > purged_through:
                yield Break(record.number, "内容缺失，而没有清除记录")
        elif digest(record.content) != record.content_hash:
            yield Break(record.number, "内容被改动")
        previous, expected = record.hash, record.number + 1


def head_breaks(last: tuple[int, str], head: SealedHead | None, secret: bytes | None) -> Iterator[Break]:
    """Find whether the chain ends where its signed head says.

    Args:
        last: number and hash of the last record that is there; 0 and the beginning where there is none.
        head: what the database says to be the last one.
        secret: what the head is signed with.
    """
    number, hashed = last
    if head is None or secret is None:
        if number:
            yield Break(0, "末条标记缺失")
    elif not hmac.compare_digest(seal(head.number, head.hash, secret), head.seal):
        yield Break(0, "末条标记的签名不对")
    elif head.number > number:
        yield Break(number + 1, f"末尾被截去：应到第 {head.number} 号")
    elif (head.number, head.hash) != (number, hashed):
        yield Break(head.number + 1, "末条标记之后有未经签名的记录")


def note_breaks(notes: Mapping[int, str], hashes: Mapping[int, str]) -> Iterator[Break]:
    """Find whether hashes that were noted down elsewhere are still those of the chain.

    Args:
        notes: the hash that was noted, by number.
        hashes: the hash of the record of that number, where there is one.
    """
    for number, noted in sorted(notes.items()):
        if hashes.get(number) != noted:
            yield Break(number, "与此前记下的校验值不符：记录被整体改写或截去")
