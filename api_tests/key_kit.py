"""Keys, for the tests of the door."""

from __future__ import annotations

from app.keys.key import BY_COMMAND, USUAL_RATE, Key, KeyDraft, Role
from app.store.database import Database
from app.store.key_store import KeyStore


def new_key(
    database_url: str, role: Role, name: str = "", rate: int = USUAL_RATE
) -> tuple[Key, dict[str, str]]:
    """Make a key as the command does; give it, and the headers of whoever holds it."""
    database = Database(database_url)
    try:
        key, secret = KeyStore(database).create(KeyDraft(name or role.label, role, rate), BY_COMMAND)
    finally:
        database.close()
    return key, bearer(secret)


def bearer(secret: str) -> dict[str, str]:
    """Give the headers of whoever holds a key."""
    return {"Authorization": f"Bearer {secret}"}
