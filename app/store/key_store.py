"""The keys as they are kept. Of a secret only its digest is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update

from app.keys.key import Key, KeyDraft, Role, digest_of, new_secret
from app.store.access_records import KEYS_RECORDED, record_begun, record_ended
from app.store.database import Database
from app.store.journal import now
from app.store.tables import KEYS, UNREVOKED
from app.store.writing import ClashError, UnknownError


class KeyStore:
    """The table of keys in one database."""

    def __init__(self, database: Database) -> None:
        """Use a database; what does not exist yet holds no key."""
        self.database = database

    def listed(self) -> list[Key]:
        """Give all keys, revoked or not, by number."""
        if not self.database.exists:
            return []
        with self.database.reading() as connection:
            return [_key(row) for row in connection.execute(select(KEYS).order_by(KEYS.c.number))]

    def create(self, draft: KeyDraft, created_by: str) -> tuple[Key, str]:
        """Make a key; give it, and its secret, which nobody will see again.

        Raises:
            RefusedError: the name or the rate will not do.
            ClashError: another key has this name.
        """
        draft.require_sound()
        secret = new_secret()
        with self.database.writing() as connection:
            if connection.scalar(select(KEYS.c.number).where(UNREVOKED, KEYS.c.name == draft.name)):
                raise ClashError("已有这个名称的密钥；请换一个名称，或先撤销原来的")
            key = Key(
                number=(connection.scalar(select(func.max(KEYS.c.number))) or 0) + 1,
                name=draft.name,
                role=draft.role,
                digest=digest_of(secret.encode()),
                rate=draft.rate,
                created_at=now(),
                created_by=created_by,
            )
            row = asdict(key) | {"role": key.role.value}
            record_begun(connection, KEYS_RECORDED, row, created_by)
            connection.execute(insert(KEYS), row)
        return key, secret

    def revoke(self, number: int, revoked_by: str) -> Key:
        """Revoke a key; one that is revoked already stays as it is.

        Args:
            number: of the key.
            revoked_by: name of the key with which it is revoked, or BY_COMMAND.

        Raises:
            UnknownError: there is none of that number.
        """
        if not self.database.exists:
            raise UnknownError
        with self.database.writing() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.number == number)).one_or_none()
            if row is None:
                raise UnknownError
            key = _key(row)
            if key.revoked_at is not None:
                return key
            revoked = replace(key, revoked_at=now())
            record_ended(connection, KEYS_RECORDED, number, revoked.revoked_at or "", revoked_by)
            revoking = update(KEYS).where(KEYS.c.number == number)
            connection.execute(revoking.values(revoked_at=revoked.revoked_at))
            return revoked

    def mark_used(self, numbers: Collection[int], day: str) -> None:
        """Note on which day keys were last used; a later day that stands there already stays."""
        earlier = or_(KEYS.c.last_used_on.is_(None), KEYS.c.last_used_on < day)
        with self.database.writing() as connection:
            connection.execute(
                update(KEYS).where(KEYS.c.number.in_(numbers), earlier).values(last_used_on=day)
            )


def _key(row: Row[Any]) -> Key:
    fields = row._asdict()
    return Key(**fields | {"role": Role(fields["role"])})
