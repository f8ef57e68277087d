"""Reviews as rows and as the contents of records, and back. A row says what its record says, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.gate.review import (
    Action,
    Decision,
    Form,
    Found,
    Review,
    Signing,
    Stage,
    StageVerdict,
    Submitted,
)
from app.offsets import OffsetUnit
from detectors.kernel.finding import Category, Severity

Columns = dict[str, Any]


def review_row(number: int, name: str, at: str, submitted: Submitted) -> Columns:
    """Write a review, without what it has come to by now."""
    return {
        "number": number,
        "id": name,
        "created_at": at,
        "document_id": submitted.document_id,
        "revision": submitted.revision,
        "channel": submitted.channel,
        "title": submitted.title,
        "published_on": submitted.published_on and submitted.published_on.isoformat(),
        "form": submitted.form.value,
        "text_hash": submitted.text_hash,
        "offset_unit": submitted.offset_unit.value,
        "lexicon_version": submitted.lexicon_version,
        "site_lexicon_version": submitted.site_lexicon_version,
        "text": submitted.kept_text,
    }


def finding_rows(number: int, findings: Iterable[Found]) -> list[Columns]:
    """Write the findings of a review."""
    return [
        {
            "review": number,
            "place": place,
            "fingerprint": found.fingerprint,
            "rule": found.rule,
            "category": found.category.value,
            "severity": found.severity.value,
            "start": found.start,
            "end": found.end,
            "word": found.word,
            "excerpt": found.excerpt,
            "message": found.message,
            "replacements": list(found.replacements),
            "source": dict(found.source),
            "due_on": found.due_on and found.due_on.isoformat(),
        }
        for place, found in enumerate(findings)
    ]


def decision_row(record: int, review: int, decision: Decision) -> Columns:
    """Write a decision."""
    return {
        "record": record,
        "review": review,
        "finding": decision.finding,
        "action": decision.action.value,
        "reason": decision.reason,
        "actor": decision.actor,
        "second_actor": decision.second_actor,
        "at": decision.at,
    }


def stage_row(record: int, review: int, signing: Signing) -> Columns:
    """Write a stage."""
    return {
        "record": record,
        "review": review,
        "stage": signing.stage.value,
        "verdict": signing.verdict.value,
        "actor": signing.actor,
        "comment": signing.comment,
        "at": signing.at,
    }


def found_of(row: Mapping[str, Any]) -> Found:
    """Read a finding."""
    return Found(
        fingerprint=row["fingerprint"],
        rule=row["rule"],
        category=Category(row["category"]),
        severity=Severity(row["severity"]),
        start=row["start"],
        end=row["end"],
        word=row["word"],
        excerpt=row["excerpt"],
        message=row["message"],
        replacements=tuple(row["replacements"]),
        source=row["source"],
        due_on=_day(row["due_on"]),
    )


def decision_of(row: Mapping[str, Any]) -> Decision:
    """Read a decision."""
    return Decision(
        finding=row["finding"],
        action=Action(row["action"]),
        reason=row["reason"],
        actor=row["actor"],
        second_actor=row["second_actor"],
        at=row["at"],
    )


def signing_of(row: Mapping[str, Any]) -> Signing:
    """Read a stage."""
    return Signing(Stage(row["stage"]), StageVerdict(row["verdict"]), row["actor"], row["comment"], row["at"])


def review_of(
    row: Row[Any],
    findings: Sequence[Found],
    decisions: Mapping[str, Decision],
    signings: Sequence[Signing],
    *,
    superseded: bool,
) -> Review:
    """Read a review."""
    submitted = Submitted(
        document_id=row.document_id,
        revision=row.revision,
        channel=row.channel,
        title=row.title,
        published_on=_day(row.published_on),
        form=Form(row.form),
        text_hash=row.text_hash,
        offset_unit=OffsetUnit(row.offset_unit),
        lexicon_version=row.lexicon_version,
        site_lexicon_version=row.site_lexicon_version,
        findings=tuple(findings),
        kept_text=row.text,
    )
    return Review(row.number, row.id, row.created_at, submitted, decisions, tuple(signings), superseded)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
