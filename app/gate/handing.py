"""A text as it is handed in, to be reviewed or to be published; and why it may be refused."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.gate.review import Form, Review
from app.gate.token import Bound
from app.offsets import OffsetUnit


class Refusal(StrEnum):
    """Why a text is not what its token says."""

    EDITED = "edited"
    FORGED = "forged"
    OTHER_DOCUMENT = "other_document"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"

    @property
    def detail(self) -> str:
        """What editors read."""
        return DETAILS[self]


DETAILS = {
    Refusal.EDITED: "文稿在审校之后改动过，请重新审校。",
    Refusal.FORGED: "凭证不是本服务签发的，或已被改动。",
    Refusal.OTHER_DOCUMENT: "凭证属于另一份文稿或另一个渠道。",
    Refusal.SUPERSEDED: "这份文稿已有新的修订或新的审校，请用最近一次审校的凭证。",
    Refusal.EXPIRED: "凭证已过期，请重新审校。",
}


@dataclass(frozen=True, slots=True)
class Handed:
    """A revision as it was handed in. Its repr shows no text."""

    document_id: str
    revision: str
    channel: str
    title: str | None
    form: Form
    text: str
    published_on: date | None
    offset_unit: OffsetUnit

    def __repr__(self) -> str:
        return f"Handed({self.form}, {len(self.text)} code points)"


@dataclass(frozen=True, slots=True)
class Presented:
    """A text that is about to be published, and what the publisher knows of it."""

    token: str
    form: Form
    text: str
    document_id: str | None = None
    revision: str | None = None
    channel: str | None = None

    def __repr__(self) -> str:
        return f"Presented({self.form}, {len(self.text)} code points)"


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a text may be published."""

    review: Review | None
    refusal: Refusal | None
    publishable: bool


def refusal_of(presented: Presented, hashed: str, bound: Bound, review: Review) -> Refusal | None:
    """Say why a text is not what its token says, or nothing where it is.

    Args:
        presented: the text, and what the publisher knows of it.
        hashed: its hash.
        bound: what the token says.
        review: the review that the token names, as it is now.
    """
    submitted = review.submitted
    if presented.document_id not in {None, submitted.document_id}:
        return Refusal.OTHER_DOCUMENT
    if presented.channel not in {None, submitted.channel}:
        return Refusal.OTHER_DOCUMENT
    if (hashed, presented.form) != (submitted.text_hash, submitted.form) or hashed != bound.text:
        return Refusal.EDITED
    if review.superseded or presented.revision not in {None, submitted.revision}:
        return Refusal.SUPERSEDED
    return Refusal.EXPIRED if time.time() >= bound.expires else None
