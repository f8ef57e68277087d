"""Whether a page may go live as the text that it now is."""

import logging
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils import timezone

from shenjiao_wagtail.configuration import Configuration, Down, Review, configuration
from shenjiao_wagtail.page_text import PageText, text_of
from shenjiao_wagtail.record import ProofreadingRecord
from shenjiao_wagtail.service import DownError, RejectedError, Service
from shenjiao_wagtail.wording import lines_of

logger = logging.getLogger("shenjiao")


class State(StrEnum):
    """What the gate says of a text."""

    PASSED = "passed"
    TO_VERIFY = "to_verify"
    """Warnings only; no person has taken them upon himself yet."""
    REFUSED = "refused"
    DOWN = "down"
    UNCHECKED = "unchecked"
    """The service is down and the site lets texts pass meanwhile."""


SAYINGS = {
    State.PASSED: "机器校对通过",
    State.TO_VERIFY: "机器校对发现须核实之处，未发布；核实无误的，再次发布即可",
    State.REFUSED: "机器校对未通过，未发布",
    State.DOWN: "审校服务没有应答，未发布；请稍后再试，或与管理员联系",
    State.UNCHECKED: "审校服务没有应答，未经校对即予放行",
}
HELD = "机器校对发现须核实之处，未发布；请在审校服务中处理，或记录终审通过"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer for one text of one page."""

    state: State
    saying: str
    lines: tuple[str, ...] = ()
    record: ProofreadingRecord | None = field(default=None, repr=False)

    @property
    def may_go_live(self) -> bool:
        """Tell whether this very text may be published now."""
        return self.state in {State.PASSED, State.UNCHECKED}

    @property
    def asks_a_person(self) -> bool:
        """Tell whether a person who has seen the lines may publish the text nevertheless."""
        return self.state is State.TO_VERIFY


class NotPublishableError(Exception):
    """A text does not go live; says why in Chinese, for editors."""

    def __init__(self, page: Any, outcome: Outcome) -> None:
        super().__init__(outcome.saying)
        self.page = page
        self.outcome = outcome


def decide(page: Any, *, person: Any = None, text: PageText | None = None) -> Outcome:
    """Ask the service about a page as it is in memory.

    Where warnings wait for a person, one who publishes after they were shown has taken them upon himself;
    this is remembered for the very text, so that it also holds when the page goes live later by the clock.
    """
    settings = configuration()
    text = text or text_of(page)
    try:
        verdict, publishable, record = _ask(Service(settings), page, text, settings)
    except RejectedError as error:
        return Outcome(State.REFUSED, f"未发布：{error}")
    except DownError:
        logger.warning("the proofreading service does not answer; page %s", page.pk)
        state = State.UNCHECKED if settings.when_down is Down.PASS else State.DOWN
        return Outcome(state, SAYINGS[state])
    if verdict == "review" and not publishable and settings.review is Review.PERSON:
        return _in_a_persons_hands(record, person)
    state = State.PASSED if publishable else State.REFUSED
    saying = HELD if verdict == "review" and not publishable else SAYINGS[state]
    return Outcome(state, saying, tuple(record.lines.values()), record)


def _in_a_persons_hands(record: ProofreadingRecord, person: Any) -> Outcome:
    if person is not None and record.shown and record.taken_by_id is None:
        record.taken_by = person
        record.save(update_fields=["taken_by", "at"])
    lines = tuple(record.lines.values())
    if record.taken_by_id is None:
        return Outcome(State.TO_VERIFY, SAYINGS[State.TO_VERIFY], lines, record)
    return Outcome(State.PASSED, f"须核实之处已由{record.taken_by}核实", lines, record)


def remember_shown(outcome: Outcome) -> None:
    """Note that an editor has the lines before him.

    Written anew if need be: what refused the text has often rolled back all that was written meanwhile.
    """
    record = outcome.record
    if record is None:
        return
    kept = {name: getattr(record, name) for name in ("revision", "review_id", "token", "lines")}
    ProofreadingRecord.objects.update_or_create(
        document_id=record.document_id, digest=record.digest, defaults={**kept, "shown": True}
    )


def _ask(
    service: Service, page: Any, text: PageText, settings: Configuration
) -> tuple[str, bool, ProofreadingRecord]:
    """Verify the token of this text, if it has one that still holds; else have it reviewed."""
    own = f"{settings.documents}:{page.pk}"
    # What an alias shows is its source's text, and was reviewed as such.
    names = [own, f"{settings.documents}:{page.alias_of_id}"]
    for record in ProofreadingRecord.objects.filter(document_id__in=names, digest=text.digest):
        answer = service.verify(
            token=record.token, html=text.html, document_id=record.document_id, revision=record.revision
        )
        if answer["valid"]:
            if not answer["publishable"]:
                standing = service.standing(record.review_id)
                record.lines = {name: line for name, line in record.lines.items() if name in standing}
            return answer["verdict"], answer["publishable"], record
    return _review(service, page, text, own)


def _review(service: Service, page: Any, text: PageText, own: str) -> tuple[str, bool, ProofreadingRecord]:
    revision = str(page.latest_revision_id or text.digest[:16])
    goes_live = page.go_live_at
    later = goes_live is not None and goes_live > timezone.now()
    review = service.review(
        document_id=own,
        revision=revision,
        title="".join(filter(str.isprintable, page.title))[:200],
        html=text.html,
        published_on=timezone.localdate(goes_live).isoformat() if later else None,
        offset_unit="codepoint",
    )
    record = ProofreadingRecord.objects.filter(document_id=own, digest=text.digest).first()
    record = record or ProofreadingRecord(document_id=own, digest=text.digest)
    record.revision, record.review_id, record.token = revision, review["id"], review["token"]
    lines = lines_of(review, text)
    # What a person has taken upon himself stays his when the token has run out, unless there is more to see now.
    if lines != record.lines:
        record.lines, record.shown, record.taken_by = lines, False, None
    record.save()
    return review["verdict"], review["publishable"], record
