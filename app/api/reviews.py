"""For publishing systems: the gate. A revision is reviewed, its findings are decided, its text is verified."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import metrics
from app.api.door import KeyNameOf
from app.api.idempotency import OnceOf
from app.api.links import link, then
from app.api.problems import documented
from app.api.service import ProofreaderOf, ReviewsOf
from app.review_answers import NewReview, ReviewLine, ReviewModel, VerifyResponse
from app.review_schemas import DecisionRequest, Line, ReviewRequest, StageRequest, VerifyRequest
from app.store.review_store import SoughtReviews
from app.text_report import Verdict
from app.working_days import today

PAGE, MOST = 50, 200
LARGEST = 2**31 - 1

router = APIRouter(prefix="/v1/reviews", tags=["发布把关"], responses=documented(422, 503))


REVIEW = "$response.body#/id"
THEN = then(
    201,
    show=link("showReview", takes={"review_id": REVIEW}),
    sign=link("signStage", takes={"review_id": REVIEW}),
    decide=link("decide", takes={"review_id": REVIEW}, body={"finding": "$response.body#/findings/0/id"}),
    verify=link(
        "verify",
        body={"token": "$response.body#/token", "document_id": "$response.body#/document_id"},
    ),
    revise=link("makeReview", body={"document_id": "$response.body#/document_id"}),
)
ReviewPath = Annotated[str, Path(description="审校的编号。", pattern=r"^rv_[0-9a-f]{24}$")]


@router.post(
    "",
    operation_id="makeReview",
    summary="审校一份修订",
    description="返回结论、逐条标注和凭证。凭证绑定这份文稿的每一个字；同一文稿此前的处理，标注未变的继续有效。"
    "文稿不保存（除非设置 SHENJIAO_KEEP_TEXTS）。",
    status_code=201,
    response_model=NewReview,
    responses={**documented(400, 409, 413), **THEN},
)
async def make_review(
    request: ReviewRequest, reviews: ReviewsOf, proofreader: ProofreaderOf, once: OnceOf, by: KeyNameOf
) -> Response:
    """Review a revision."""
    if (answer := await once.known()) is not None:
        return answer
    handed, layer = request.submission(), proofreader.layer
    submitted, report, texts = await proofreader.run(handed.text, lambda: reviews.check(handed, layer))
    metrics.count(report)

    def keep() -> NewReview:
        review, token = reviews.keep(submitted, by)
        return NewReview.made(review, token, texts, reviews.required)

    return await once.run(keep, 201)


@router.get(
    "",
    summary="列出审校",
    description="最近的在前；before 用于翻页。",
    responses=then(
        200,
        show=link("showReview", takes={"review_id": "$response.body#/0/id"}),
        text=link("showText", takes={"review_id": "$response.body#/0/id"}),
    ),
)
def list_reviews(  # noqa: PLR0913 each is one field of the query
    reviews: ReviewsOf,
    document_id: Annotated[Line | None, Query(description="只列这份文稿的。")] = None,
    verdict: Annotated[Verdict | None, Query(description="只列现在结论如此的。")] = None,
    before: Annotated[int | None, Query(ge=1, le=LARGEST, description="只列 number 小于它的。")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="至多列多少条。")] = PAGE,
    *,
    overdue: Annotated[
        bool, Query(description="只列逾期未处理的（只说要改、还没有改的也算），以每份文稿最近一次审校为准。")
    ] = False,
) -> list[ReviewLine]:
    """List reviews."""
    sought = SoughtReviews(document_id, verdict, today() if overdue else None, before)
    return [ReviewLine.of(review, reviews.required) for review in reviews.store.listed(sought, limit)]


@router.post(
    "/verify",
    operation_id="verify",
    summary="发布前核对",
    description="这份文稿是否就是审校过的那一份，能否发布。改动一个字、一个空格都不通过；未通过的记入审校记录。",
    responses=documented(400, 413),
)
def verify(request: VerifyRequest, reviews: ReviewsOf, by: KeyNameOf) -> VerifyResponse:
    """Tell whether this very text may be published."""
    return VerifyResponse.of(reviews.verify(request.presented(), by))


@router.get(
    "/{review_id}",
    operation_id="showReview",
    summary="查看一次审校",
    description="现在的结论和处理情况。没有保存文稿的，标注的 text 是遮盖了个人信息的上下文。",
    responses=documented(404),
)
def show_review(review_id: ReviewPath, reviews: ReviewsOf) -> ReviewModel:
    """Show a review."""
    return ReviewModel.shown(reviews.store.get(review_id), reviews.required)


@router.get(
    "/{review_id}/text",
    operation_id="showText",
    summary="查看审校的文稿",
    description="只在设置了 SHENJIAO_KEEP_TEXTS 时保存；个人信息已遮盖。",
    response_class=Response,
    responses={**documented(404, 409), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def show_text(review_id: ReviewPath, reviews: ReviewsOf) -> Response:
    """Show the text of a review."""
    # Never as a page: what was handed in may be one, with scripts.
    headers = {"x-content-type-options": "nosniff", "content-disposition": "attachment"}
    return Response(reviews.text(review_id), media_type="text/plain", headers=headers)


@router.post(
    "/{review_id}/decisions",
    operation_id="decide",
    summary="处理一条标注",
    description="须改的问题按误报或豁免处理，须有理由和第二人。处理随文稿的下一次修订继续有效，已改（fixed）除外。",
    status_code=201,
    response_model=ReviewModel,
    responses=documented(400, 404, 409),
)
async def decide(  # noqa: PLR0913, PLR0917 each is one part of the request
    review_id: ReviewPath,
    request: DecisionRequest,
    reviews: ReviewsOf,
    proofreader: ProofreaderOf,
    once: OnceOf,
    by: KeyNameOf,
) -> Response:
    """Decide about a finding."""
    layer = proofreader.layer

    def write() -> ReviewModel:
        return ReviewModel.shown(reviews.decide(review_id, request.decision(), layer, by), reviews.required)

    return await once.run(write, 201)


@router.post(
    "/{review_id}/stages",
    operation_id="signStage",
    summary="签署初审、复审、终审",
    description="依次进行，由三个不同的人签署；退回之后须修改并重新审校。",
    status_code=201,
    response_model=ReviewModel,
    responses=documented(400, 404, 409),
)
async def sign_stage(  # noqa: PLR0913, PLR0917 each is one part of the request
    review_id: ReviewPath,
    request: StageRequest,
    reviews: ReviewsOf,
    proofreader: ProofreaderOf,
    once: OnceOf,
    by: KeyNameOf,
) -> Response:
    """Sign one of the three reviews."""
    layer = proofreader.layer

    def write() -> ReviewModel:
        return ReviewModel.shown(reviews.sign(review_id, request.signing(), layer, by), reviews.required)

    return await once.run(write, 201)
