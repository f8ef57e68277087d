"""For the page: drafts from Word and back to Word. Files come and go in memory; nothing is stored."""

from __future__ import annotations

from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field
from starlette.exceptions import HTTPException

from app.api.problems import documented
from app.word import review_sheet, writing
from app.word.content import Block, Part, Words
from app.word.reading import UnreadableDocumentError, read
from app.word.review_sheet import ReviewSheet

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_PATH = "/v1/documents/open"
BINARY = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {DOCX: BINARY}}}
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {DOCX: BINARY}}}


class Opened(Part):
    """A draft that was read from a file."""

    blocks: list[Block]
    pictures: Annotated[int, Field(description="没有带入的图片、文本框等的个数。")]


class MarkedDraft(Part):
    """A draft with comments and tracked changes, to be written."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "blocks": [
                        {
                            "kind": "paragraph",
                            "runs": [
                                {"text": "截止", "change": "deleted"},
                                {"text": "截至", "change": "inserted"},
                                {"text": "目前，各单位已完成"},
                                {"text": "布署", "comments": [0]},
                                {"text": "。"},
                            ],
                        }
                    ],
                    "comments": ["须改　错别字\n“部署”不作“布署”。"],
                }
            ]
        }
    )

    blocks: list[Block]
    comments: tuple[Words, ...] = ()


router = APIRouter(prefix="/v1/documents", tags=["文稿"], responses=documented(413, 422, 500))


@router.post(
    "/open",
    summary="读取 .docx 文件",
    description="请求体就是文件。返回段落、表格和字体等；修订按接受后读取，自动编号成为文字。文件不保存。",
    responses=documented(415),
    openapi_extra=BODY,
)
async def open_document(request: Request) -> Opened:
    """Read a .docx file."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != DOCX:
        raise HTTPException(415, f"Content-Type 应是 {DOCX}。")
    content = await request.body()
    try:
        draft = await to_thread.run_sync(read, content)
    except UnreadableDocumentError as error:
        raise HTTPException(422, str(error)) from None
    return Opened(blocks=draft.blocks, pictures=draft.pictures)


@router.post(
    "/marked",
    summary="生成带批注和修订的 .docx",
    description="标注成为批注，已采纳的改动成为修订；全部拒绝修订，即得采纳之前的文稿。文稿不保存。",
    response_class=Response,
    responses={**documented(400), **FILE},
)
def write_marked(draft: MarkedDraft) -> Response:
    """Write a draft with comments and tracked changes."""
    return Response(writing.write(draft.blocks, draft.comments), media_type=DOCX)


@router.post(
    "/review-sheet",
    summary="生成审校单（.docx）",
    description="稿件、时间、结论、逐条问题和处理结果，留有初审、复审、终审的签名处。内容不保存。",
    response_class=Response,
    responses={**documented(400), **FILE},
)
def write_review_sheet(sheet: ReviewSheet) -> Response:
    """Write a review sheet."""
    return Response(review_sheet.write(sheet), media_type=DOCX)
