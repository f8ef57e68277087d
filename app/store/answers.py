"""Answers to writes that may be sent twice, kept in the transaction of the write itself.

So either both are there or neither: whoever got no answer sends the same again, and it is done once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select

from app.store.database import Database
from app.store.gate_tables import ANSWERS

KEPT_SECONDS = 24 * 60 * 60


class OtherBodyError(Exception):
    """The key came before, with another request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    body: str = field(repr=False)


class Answers:
    """The answers in one database."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self.database = database

    def known(self, key: str, body_hash: str) -> Answer | None:
        """Give the answer to a request that came before.

        Raises:
            OtherBodyError: the key came with another body.
        """
        if not self.database.exists:
            return None
        chosen = select(ANSWERS).where(ANSWERS.c.key == key, ANSWERS.c.at >= _oldest())
        with self.database.reading() as connection:
            row = connection.execute(chosen).one_or_none()
        if row is None:
            return None
        if row.body_hash != body_hash:
            raise OtherBodyError
        return Answer(row.status, row.answer)

    def once(self, key: str, body_hash: str, work: Callable[[], Answer]) -> Answer:
        """Do some work and keep its answer in one transaction, unless it was done before.

        Raises:
            OtherBodyError: the key came with another body.
        """
        with self.database.writing() as connection:
            # Asked again under the writers' lock: another process may have done it meanwhile.
            if (answer := self.known(key, body_hash)) is not None:
                return answer
            answer = work()
            connection.execute(delete(ANSWERS).where(ANSWERS.c.at < _oldest()))
            row = {"key": key, "body_hash": body_hash, "status": answer.status, "answer": answer.body}
            connection.execute(insert(ANSWERS), {**row, "at": int(time.time())})
            return answer


def _oldest() -> int:
    return int(time.time()) - KEPT_SECONDS
