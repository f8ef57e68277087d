"""Entries of a site, for the tests of its lexicon."""

from __future__ import annotations

from typing import Any

from app.engine import Engine
from app.site.acceptance import accepted
from app.site.entry import Kept, Kind, Signature, SiteEntry
from app.site.layer import NO_LAYER, SiteLayer

UNIT = "某市政府办公室"
AUTHOR = "赵小明"
SIGNED = Signature(AUTHOR)
KNOWN_RULES = frozenset({"TY0001", "PI001"})


def site_entry(kind: Kind, text: str, **fields: Any) -> SiteEntry:
    """Make an entry that could be kept."""
    return accepted(SiteEntry(kind, text, "试用的理由。", UNIT, **fields), KNOWN_RULES)


def forbid(text: str, **fields: Any) -> SiteEntry:
    """Forbid a wording."""
    return site_entry(Kind.FORBID, text, **fields)


def replace_by(text: str, *uses: str, **fields: Any) -> SiteEntry:
    """Say what is right instead."""
    return site_entry(Kind.REPLACE, text, uses=uses, **fields)


def allow(text: str, *scope: str, **fields: Any) -> SiteEntry:
    """Allow a wording."""
    return site_entry(Kind.ALLOW, text, scope=scope, **fields)


def switch(code: str, **fields: Any) -> SiteEntry:
    """Switch a shipped rule off or down."""
    return site_entry(Kind.SWITCH, code, **fields)


def kept(number: int, entry: SiteEntry, *, retired: bool = False) -> Kept:
    """Number and sign an entry."""
    return Kept(number, entry, number, "2026-11-22", AUTHOR, retired)


def layer_of(*entries: SiteEntry) -> SiteLayer:
    """Make a layer of entries, numbered from 1."""
    return NO_LAYER.changed([kept(number, entry) for number, entry in enumerate(entries, 1)], len(entries))


def found(engine: Engine, text: str, layer: SiteLayer, **how: Any) -> list[tuple[str, str]]:
    """Find (rule, matched text) in the order of the text."""
    return [(f.rule.code, f.span.of(text)) for f in engine.check(text, layer=layer, **how).findings]
