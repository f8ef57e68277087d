"""The wire models of the gate, version 1: what it is asked."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from app.gate.handing import Handed, Presented
from app.gate.review import Action, Decision, Form, Signing, Stage, StageVerdict
from app.offsets import OffsetUnit
from app.wire import PublishedOn, Text, Unit, WireModel, without_lone_surrogates

ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""Something that can be seen, and nothing that breaks a line."""
LONGEST = 200
LONGEST_WORDS = 1000


Line = Annotated[str, Field(max_length=LONGEST, pattern=ONE_LINE), AfterValidator(without_lone_surrogates)]
Words = Annotated[
    str, Field(max_length=LONGEST_WORDS, pattern=ONE_LINE), AfterValidator(without_lone_surrogates)
]
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
