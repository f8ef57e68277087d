"""The wire models of the gate, version 1: what it answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from app.gate.handing import Answered, Refusal
from app.gate.review import Action, Decision, Found, Review, Stage, StageVerdict
from app.offsets import OffsetUnit
from app.schemas import Counts, FindingModel
from app.text_report import Verdict
from app.wire import SiteVersion, SourceModel, WireModel
from detectors.kernel.finding import Severity


class DecisionModel(WireModel):
    """What was decided about a finding."""

    action: Action
    reason: str | None
    actor: str
    second_actor: str | None
    at: Annotated[str, Field(description="UTC。")]

    @classmethod
    def of(cls, decision: Decision) -> DecisionModel:
        """Show a decision."""
        return cls(
            action=decision.action,
            reason=decision.reason,
            actor=decision.actor,
            second_actor=decision.second_actor,
            at=decision.at,
        )


class ReviewedFinding(FindingModel):
    """A finding of a review, and what was decided about it."""

    state: Annotated[
        str,
        Field(
            description="open 未处理，或处理的结果。",
            json_schema_extra={"enum": ["open", *(action.value for action in Action)]},
        ),
    ]
    decision: DecisionModel | None
    due_on: Annotated[date | None, Field(description="应在这一天之前处理。")]

    @classmethod
    def shown(cls, found: Found, decision: Decision | None, text: str) -> ReviewedFinding:
        """Show a finding."""
        return cls(
            id=found.fingerprint,
            rule=found.rule,
            category=found.category,
            severity=found.severity,
            start=found.start,
            end=found.end,
            text=text,
            message=found.message,
            replacements=list(found.replacements),
            source=SourceModel.model_validate(dict(found.source)),
            state=decision.action.value if decision else "open",
            decision=DecisionModel.of(decision) if decision else None,
            due_on=found.due_on,
        )


class StageModel(WireModel):
    """One of the three reviews."""

    stage: Stage
    verdict: StageVerdict
    actor: str
    comment: str | None
    at: Annotated[str, Field(description="UTC。")]


class ReviewLine(WireModel):
    """A review in a list."""

    id: str
    number: Annotated[int, Field(description="审校记录的序号，用于翻页。")]
    document_id: str
    revision: str
    channel: str
    title: str | None
    created_at: Annotated[str, Field(description="UTC。")]
    published_on: date | None
    verdict: Annotated[
        Verdict, Field(description="block 有须改的问题未放行，review 有须核实的未放行，pass 没有。")
    ]
    publishable: Annotated[bool, Field(description="审校过的文稿能否原样发布。")]
    superseded: Annotated[bool, Field(description="同一渠道已有这份文稿的新审校。")]
    lexicon_version: str
    site_lexicon_version: SiteVersion
    offset_unit: OffsetUnit
    counts: Counts
    stages: list[StageModel]

    @classmethod
    def of(cls, review: Review, required: Collection[Stage]) -> ReviewLine:
        """Show a review in a list."""
        return cls.model_validate(_line(review, required))


class ReviewModel(ReviewLine):
    """A review as it is now."""

    findings: list[ReviewedFinding]

    @classmethod
    def shown(cls, review: Review, required: Collection[Stage]) -> ReviewModel:
        """Show a review out of what was kept."""
        texts = {
            found.fingerprint: found.excerpt if review.submitted.kept_text is None else found.word
            for found in review.submitted.findings
        }
        return cls.model_validate({**_line(review, required), "findings": _findings(review, texts)})


class NewReview(ReviewModel):
    """A review that has just been made."""

    token: Annotated[str, Field(description="凭证，发布前用来核对文稿；只在此时给出。")]

    @classmethod
    def made(
        cls, review: Review, token: str, texts: Mapping[str, str], required: Collection[Stage]
    ) -> NewReview:
        """Show a new review with the matched texts."""
        findings = _findings(review, texts)
        return cls.model_validate({**_line(review, required), "findings": findings, "token": token})


class VerifyResponse(WireModel):
    """Whether a text may be published."""

    valid: Annotated[bool, Field(description="文稿与审校过的一字不差，凭证有效。")]
    publishable: Annotated[bool, Field(description="能否发布；valid 为 false 时总是 false。")]
    verdict: Verdict | None
    review: Annotated[str | None, Field(description="审校的编号。")]
    reason: Annotated[
        Refusal | None,
        Field(
            description="edited 文稿改动过，forged 凭证有假，other_document 属于另一份文稿，"
            "superseded 已有新的修订或审校，expired 已过期。"
        ),
    ]
    detail: str

    @classmethod
    def of(cls, answered: Answered) -> VerifyResponse:
        """Show the answer."""
        review, refusal = answered.review, answered.refusal
        detail = "可以发布。" if answered.publishable else "审校尚未通过，不能发布。"
        return cls(
            valid=refusal is None,
            publishable=answered.publishable,
            verdict=review.verdict if review else None,
            review=review.id if review else None,
            reason=refusal,
            detail=refusal.detail if refusal else detail,
        )


def _line(review: Review, required: Collection[Stage]) -> dict[str, object]:
    submitted = review.submitted
    counts = {severity.value: 0 for severity in Severity}
    for found in submitted.findings:
        counts[found.severity.value] += 1
    return {
        "id": review.id,
        "number": review.number,
        "document_id": submitted.document_id,
        "revision": submitted.revision,
        "channel": submitted.channel,
        "title": submitted.title,
        "created_at": review.created_at,
        "published_on": submitted.published_on,
        "verdict": review.verdict,
        "publishable": review.publishable(required),
        "superseded": review.superseded,
        "lexicon_version": submitted.lexicon_version,
        "site_lexicon_version": submitted.site_lexicon_version,
        "offset_unit": submitted.offset_unit,
        "counts": counts,
        "stages": [
            StageModel(stage=s.stage, verdict=s.verdict, actor=s.actor, comment=s.comment, at=s.at)
            for s in review.signings
        ],
    }


def _findings(review: Review, texts: Mapping[str, str]) -> list[ReviewedFinding]:
    return [
        ReviewedFinding.shown(found, review.decisions.get(found.fingerprint), texts[found.fingerprint])
        for found in review.submitted.findings
    ]
