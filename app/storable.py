"""Texts as every database holds them."""

from __future__ import annotations


def storable(text: str) -> str:
    """Write a text so that every database holds it: PostgreSQL holds no NUL, UTF-8 no half of a pair."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
