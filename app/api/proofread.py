"""For CMS plug-ins and the page: check a text, mask a text."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from fastapi import APIRouter, Response

from app.api import metrics
from app.api.answers import answer
from app.api.form_bodies import FORM, FormOrJsonRoute
from app.api.links import link, then
from app.api.problems import documented
from app.api.service import ProofreaderOf
from app.documents import Document
from app.offsets import OffsetUnit
from app.redaction import redact
from app.schemas import (
    ProofreadRequest,
    ProofreadResponse,
    RedactRequest,
    RedactResponse,
    TextFormat,
    head_of,
)
from detectors.kernel.finding import Category


def _one_of(names: type[StrEnum]) -> dict[str, Any]:
    """Describe a field of a form that names something, or was left empty."""
    return {"type": "string", "enum": ["", *(name.value for name in names)]}


AS_FORM = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string"},
        "published_on": {"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]},
        "categories": _one_of(Category),
        "hints": {"type": "string", "enum": ["", "true", "false"]},
        "offset_unit": _one_of(OffsetUnit),
        "format": _one_of(TextFormat),
    },
}

SAME_TEXT = {"text": "$request.body#/text"}

router = APIRouter(prefix="/v1", tags=["审校"], responses=documented(400, 413, 422, 500))


async def proofread(request: ProofreadRequest, proofreader: ProofreaderOf) -> Response:
    """Check a text."""
    layer = proofreader.layer

    def work() -> Response:
        draft = Document.of(request.text, is_page=request.format is TextFormat.HTML)
        report = proofreader.engine.check(
            draft.text,
            published_on=request.published_on,
            categories=request.categories or frozenset(Category),
            hints=request.hints,
            links=draft.links,
            layer=layer,
        )
        metrics.count(report)
        return answer(head_of(report, request.offset_unit), report, request.offset_unit, draft)

    return await proofreader.run(request.text, work)


router.add_api_route(
    "/proofread",
    proofread,
    methods=["POST"],
    response_model=ProofreadResponse,
    summary="检查文本，返回结论和逐条标注",
    description="结论 block 表示有须改的问题，不应发布；review 表示须人工核实；pass 表示未发现问题。"
    "也可以提交表单；GBK、GB18030 须在 Content-Type 或字段 charset 中写明。表单的 categories 可以重复，也可以用逗号分隔。",
    operation_id="proofread",
    responses=then(200, review=link("makeReview", body=SAME_TEXT), redact=link("redact", body=SAME_TEXT)),
    openapi_extra={"requestBody": {"content": {FORM: {"schema": AS_FORM}}}},
    # The decorator does not let the kind of route be chosen.
    route_class_override=FormOrJsonRoute,
)


@router.post(
    "/redact",
    operation_id="redact",
    response_model=RedactResponse,
    summary="遮盖文本中的个人信息",
    description="返回遮盖后的文本，并由引擎再检查一遍；findings 是原文中查到的个人信息，位置按原文（网页按源码）计算。",
    responses=then(200, check=link("proofread", body={"text": "$response.body#/text"})),
)
async def redact_text(request: RedactRequest, proofreader: ProofreaderOf) -> Response:
    """Mask the personal data of a text."""
    layer = proofreader.layer

    def work() -> Response:
        draft = Document.of(request.text, is_page=request.format is TextFormat.HTML)
        redacted = redact(
            proofreader.engine,
            draft,
            masking=request.masking,
            everything=request.everything,
            layer=layer,
        )
        metrics.count(redacted.report)
        report = redacted.report
        head = {
            "text": redacted.document.source,
            "clean": redacted.clean,
            "offset_unit": request.offset_unit,
            "lexicon_version": report.lexicon_version,
            "site_lexicon_version": report.site_lexicon_version,
        }
        return answer(head, report, request.offset_unit, draft)

    return await proofreader.run(request.text, work)
