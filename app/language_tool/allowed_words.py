"""The words that editors add to their dictionary in a client: what the site allows, under a signature of its own.

Who sits at the client is not known here, so the author is always the same; the name of the key stands beside it. Deleted is only what came the same
way: what the site has allowed for a reason of its own is changed where it was made.
"""

from __future__ import annotations

from datetime import date

from app.language_tool.parameters import ParameterError
from app.site.acceptance import RefusedError
from app.site.entry import Kept, Kind, Signature, SiteEntry
from app.site_lexicon import SiteLexicon
from app.store.writing import ClashError, StaleError, UnknownError

UNIT = "LanguageTool 客户端"
REASON = "编辑在 LanguageTool 客户端中加入词典"


def allowed_words(lexicon: SiteLexicon) -> list[str]:
    """List the words that the site allows whatever the rule, by number of their entry."""
    layer = lexicon.live.refresh()
    entries = (layer.entries.get(number) for number in sorted(layer.entries))
    return [
        kept.entry.text
        for kept in entries
        if kept and _allows_all(kept) and kept.entry.counts_on(date.today())
    ]


def add_word(lexicon: SiteLexicon, word: str, key_name: str) -> bool:
    """Allow a word; False if the site already says something about it.

    Raises:
        ParameterError: it cannot be kept.
        DatabaseError: see there.
    """
    try:
        lexicon.add(_entry(word), _signature(key_name))
    except RefusedError as error:
        raise ParameterError("；".join(f"word：{fault.reason}" for fault in error.faults)) from None
    except ClashError:
        return False
    # The client asks again at once, and the word must not come back marked.
    lexicon.live.refresh()
    return True


def delete_word(lexicon: SiteLexicon, word: str, key_name: str) -> bool:
    """Take back a word that was added here; False if there is none.

    Raises:
        DatabaseError: see there.
    """
    kept = lexicon.live.refresh().holder(_entry(word))
    if kept is None or kept.entry.unit != UNIT:
        return False
    try:
        lexicon.retire(kept.number, _signature(key_name), kept.change)
    except (StaleError, UnknownError):
        # Somebody was quicker, and has seen what they did.
        return False
    lexicon.live.refresh()
    return True


def _signature(key_name: str) -> Signature:
    return Signature(UNIT, key_name=key_name)


def _entry(word: str) -> SiteEntry:
    return SiteEntry(Kind.ALLOW, word, REASON, UNIT)


def _allows_all(kept: Kept) -> bool:
    return kept.entry.kind is Kind.ALLOW and not kept.entry.scope
