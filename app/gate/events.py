"""What is told of reviews to those who asked for it: names, counts and days, never words of a text."""

from __future__ import annotations

from datetime import date

from app.gate.review import Decision, Review, Submitted
from app.webhooks.event import Event, EventKind
from detectors.kernel.finding import Severity


def blocked(review: Review) -> Event:
    """Say that a new review stands in the way of publishing."""
    found = review.submitted.findings
    data = {
        **_named(review.id, review.submitted),
        "verdict": review.verdict.value,
        "errors": sum(one.severity is Severity.ERROR for one in found),
        "warnings": sum(one.severity is Severity.WARNING for one in found),
        "due_on": _day(min((one.due_on for one in found if one.due_on), default=None)),
    }
    return Event(f"{review.id}.blocked", EventKind.BLOCKED, review.created_at, data)


def decided(review: Review, decision: Decision, record: int) -> Event:
    """Say that a finding was decided.

    Who did it, and the reason given, are for the records.

    Args:
        review: as it is afterwards.
        decision: what was decided.
        record: the number under which it stands in the chain.
    """
    rule = next(one.rule for one in review.submitted.findings if one.fingerprint == decision.finding)
    data = {
        **_named(review.id, review.submitted),
        "verdict": review.verdict.value,
        "finding": decision.finding,
        "rule": rule,
        "action": decision.action.value,
    }
    return Event(f"{review.id}.decided.{record}", EventKind.DECIDED, decision.at, data)


def overdue(name: str, document: dict[str, str], due_on: date, findings: int, at: str) -> Event:
    """Say that findings of a review were not settled in time.

    Args:
        name: of the review.
        document: its document_id, revision and channel.
        due_on: the day on which the first of them was due.
        findings: how many there are.
        at: when it was noticed.
    """
    data = {"review": name, **document, "due_on": due_on.isoformat(), "findings": findings}
    return Event(overdue_message(name), EventKind.OVERDUE, at, data)


def overdue_message(name: str) -> str:
    """Give the name of the message that says so of a review."""
    return f"{name}.overdue"


def _named(name: str, submitted: Submitted) -> dict[str, object]:
    return {
        "review": name,
        "document_id": submitted.document_id,
        "revision": submitted.revision,
        "channel": submitted.channel,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
