"""The wire models of the gate, version 1."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from app.engine import Verdict
from app.gate.review import Action, Decision, Form, Found, Review, Signing, Stage, StageVerdict
from app.offsets import OffsetUnit
from app.reviews import Answered, Handed, Presented, Refusal
from app.schemas import (
    Counts,
    FindingModel,
    PublishedOn,
    SiteVersion,
    SourceModel,
    Text,
    Unit,
    WireModel,
)
from detectors.kernel.finding import Severity

ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""Something that can be seen, and nothing that breaks a line."""
LONGEST = 200
LONGEST_WORDS = 1000


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "lone surrogate") from None
    return text


Line = Annotated[str, Field(max_length=LONGEST, pattern=ONE_LINE), AfterValidator(_encodable)]
Words = Annotated[str, Field(max_length=LONGEST_WORDS, pattern=ONE_LINE), AfterValidator(_encodable)]
DocumentId = Annotated[Line, Field(description="文稿在发布系统中的编号；同一份文稿的各次修订相同。")]
Revision = Annotated[Line, Field(description="修订的编号。")]
Channel = Annotated[Line, Field(description="发布渠道，如网站、公众号；各渠道分别审校。")]
EITHER: JsonDict = {"oneOf": [{"required": ["text"]}, {"required": ["html"]}]}


class _OneText(WireModel):
    """A text or the source of a page: exactly one of them."""

    text: Annotated[Text, Field(description="纯文本；与 html 二者恰有其一。")] = ""
    html: Annotated[Text, Field(description="网页源码；位置按此源码计算。")] = ""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if len(self.model_fields_set & {"text", "html"}) != 1:
            raise PydanticCustomError("text_or_html", "exactly one of text and html")
        return self

    @property
    def form(self) -> Form:
        """As what the text was handed in."""
        return Form.HTML if "html" in self.model_fields_set else Form.TEXT

    @property
    def handed(self) -> str:
        """The text as it was handed in."""
        return self.html if self.form is Form.HTML else self.text


class ReviewRequest(_OneText):
    """A revision that is to be published."""

    model_config = ConfigDict(
        json_schema_extra={
            **EITHER,
            "examples": [
                {
                    "document_id": "article-1024",
                    "revision": "3",
                    "channel": "网站",
                    "title": "关于开展整改工作的通知",
                    "text": "截止目前，各单位已完成整改。",
                }
            ],
        }
    )

    document_id: DocumentId
    revision: Revision
    channel: Channel
    title: Annotated[Line | None, Field(description="标题；其中的个人信息遮盖之后保存。")] = None
    published_on: PublishedOn = None
    offset_unit: Unit = OffsetUnit.CODEPOINT

    def submission(self) -> Handed:
        """Read the revision."""
        return Handed(
            document_id=self.document_id,
            revision=self.revision,
            channel=self.channel,
            title=self.title,
            form=self.form,
            text=self.handed,
            published_on=self.published_on,
            offset_unit=self.offset_unit,
        )


class VerifyRequest(_OneText):
    """A text that is about to be published, with the token of its review."""

    model_config = ConfigDict(
        json_schema_extra={
            **EITHER,
            "examples": [
                {"token": "sjr1.…", "text": "截至目前，各单位已完成整改。", "document_id": "article-1024"}
            ],
        }
    )

    token: Annotated[Text, Field(description="审校时给出的凭证。", max_length=2000)]
    document_id: Annotated[DocumentId | None, Field(description="给出时须与审校的相同。")] = None
    revision: Annotated[Revision | None, Field(description="给出时须与审校的相同。")] = None
    channel: Annotated[Channel | None, Field(description="给出时须与审校的相同。")] = None

    def presented(self) -> Presented:
        """Read the question."""
        return Presented(self.token, self.form, self.handed, self.document_id, self.revision, self.channel)


class DecisionRequest(WireModel):
    """A decision about a finding."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "finding": "042d8de995fe9af9",
                    "action": "waived",
                    "reason": "引用原文，保留原貌。",
                    "actor": "赵小明",
                    "second_actor": "钱小红",
                }
            ]
        }
    )

    finding: Annotated[str, Field(description="标注的 id。", pattern=r"^[0-9a-f]{16,32}$")]
    action: Annotated[
        Action,
        Field(
            description="fixed 已改，accepted 将改，false_alarm 误报，waived 豁免；后两种使标注不再阻止发布。"
        ),
    ]
    reason: Annotated[Words | None, Field(description="理由；须改的问题按误报或豁免处理时必填。")] = None
    actor: Annotated[Line, Field(description="处理人。")]
    second_actor: Annotated[
        Line | None, Field(description="确认的第二人；须改的问题按误报或豁免处理时必填。")
    ] = None

    def decision(self) -> Decision:
        """Read the decision."""
        return Decision(self.finding, self.action, self.reason, self.actor, self.second_actor)


class StageRequest(WireModel):
    """One of the three reviews, done."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"stage": "初审", "verdict": "pass", "actor": "赵小明"}]}
    )

    stage: Annotated[Stage, Field(description="依次为初审、复审、终审，由三个不同的人进行。")]
    verdict: Annotated[StageVerdict, Field(description="pass 通过，return 退回修改。")]
    actor: Annotated[Line, Field(description="审校人。")]
    comment: Annotated[Words | None, Field(description="意见。")] = None

    def signing(self) -> Signing:
        """Read the stage."""
        return Signing(self.stage, self.verdict, self.actor, self.comment)


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
