"""Changes of the site lexicon are tried against texts before they count; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.engine import Engine
from app.site.acceptance import Fault, RefusedError
from app.site.entry import Kept, SiteEntry
from app.site.layer import SiteLayer
from app.site_lexicon import SiteLexicon
from app.store.writing import ClashError
from app.text_report import Report

FIRST_TRIAL = 900_000_000
"""Entries that are only tried are numbered from here: no site has so many."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody means to change."""

    add: Sequence[SiteEntry] = ()
    change: Mapping[int, SiteEntry] = field(default_factory=dict)
    """By the number of the entry; a retired one is brought back."""
    retire: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do to one text: reports that hold the differences only."""

    appearing: Report
    disappearing: Report


def try_on(
    lexicon: SiteLexicon, proposal: Proposal, texts: Sequence[str], day: date | None
) -> tuple[int, Iterator[Trial]]:
    """Say what would newly fire and what would fall silent, and on which version that rests.

    Args:
        lexicon: stays as it is.
        proposal: what is tried.
        texts: what is checked with and without the changes.
        day: when the texts are published.

    Raises:
        RefusedError, UnknownError, ClashError, DatabaseError: it could not be changed so.
    """
    now = lexicon.live.refresh()
    would_be = _would_be(lexicon, proposal)
    _refuse_clashes(now, would_be)
    then = now.changed(would_be, now.version)
    return now.version, (_trial(lexicon.engine, text, (now, then), day) for text in texts)


def _would_be(lexicon: SiteLexicon, proposal: Proposal) -> list[Kept]:
    if not proposal.change.keys().isdisjoint(proposal.retire):
        raise RefusedError([Fault("retire", "同一条不能既改动又停止使用")])
    get, today = lexicon.store.get, date.today().isoformat()
    changed = [
        replace(get(number), entry=lexicon.judged(entry), retired=False)
        for number, entry in proposal.change.items()
    ]
    retired = [replace(get(number), retired=True) for number in proposal.retire]
    added = [
        Kept(FIRST_TRIAL + place, lexicon.judged(entry), 0, today, "")
        for place, entry in enumerate(proposal.add)
    ]
    return changed + retired + added


def _refuse_clashes(layer: SiteLayer, would_be: Sequence[Kept]) -> None:
    # What is changed itself may let go of its words: two entries may exchange them.
    moved = {one.number for one in would_be}
    owners: dict[str, int] = {}
    for one in would_be:
        if one.retired:
            continue
        holder = layer.holder(one.entry)
        if holder and holder.number not in moved:
            raise ClashError.taken(holder.number)
        if owners.setdefault(one.entry.key, one.number) != one.number:
            raise ClashError("拟作的改动中有两条说的是同样的词语或规则")


def _trial(engine: Engine, text: str, layers: tuple[SiteLayer, SiteLayer], day: date | None) -> Trial:
    before, after = (engine.check(text, published_on=day, layer=layer) for layer in layers)
    return Trial(appearing=_without(after, before), disappearing=_without(before, after))


def _without(report: Report, other: Report) -> Report:
    known = frozenset(other.findings)
    return replace(report, findings=tuple(finding for finding in report.findings if finding not in known))
