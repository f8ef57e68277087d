"""For those who look after the site lexicon: what was changed, by whom, and how to undo it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.door import KeyNameOf
from app.api.idempotency import OnceOf
from app.api.links import link, then
from app.api.problems import documented
from app.api.site_lexicon import PAGE, LexiconOf, Limit, Offset, entry_number
from app.site_schemas import ChangeDetail, ChangeModel, Difference, ItemModel, SignatureModel

CHANGE = "$response.body#/0/number"
ChangePath = Annotated[int, Path(description="变更号。", ge=1, le=2**31 - 1)]
Version = Annotated[int, Query(ge=0, le=2**31 - 1)]

router = APIRouter(prefix="/v1/site-lexicon", tags=["本站词库"], responses=documented(422, 503))


@router.get(
    "/history",
    operation_id="listChanges",
    summary="列出变更",
    description="最近的在前；before 用于翻页。",
    responses={
        **documented(404),
        **then(
            200,
            show=link("showChange", takes={"number": CHANGE}),
            undo=link("undoChange", takes={"number": CHANGE}),
        ),
    },
)
def list_changes(
    lexicon: LexiconOf,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="只列变更号小于它的。")] = None,
    entry: Annotated[str | None, Query(description="只列涉及这个条目的。")] = None,
    limit: Limit = PAGE,
) -> list[ChangeModel]:
    """List changes."""
    number = None if entry is None else entry_number(entry)
    return [ChangeModel.of(change) for change in lexicon.history.changes(limit, before, number)]


@router.get(
    "/history/{number}",
    operation_id="showChange",
    summary="查看一次变更",
    description="每个条目改动前后的内容。",
    responses=documented(404),
)
def show_change(
    lexicon: LexiconOf, number: ChangePath, limit: Limit = PAGE, offset: Offset = 0
) -> ChangeDetail:
    """Show a change."""
    change, items = lexicon.history.change(number, limit, offset)
    return ChangeDetail(change=ChangeModel.of(change), items=[ItemModel.of(item) for item in items])


@router.post(
    "/history/{number}/undo",
    operation_id="undoChange",
    summary="撤销一次变更",
    description="所涉条目恢复原样；其后又改过的不能撤销。撤销本身也是变更，也可撤销。",
    response_model=ChangeModel,
    responses={
        **documented(400, 404, 409),
        **then(200, undo=link("undoChange", takes={"number": "$response.body#/number"})),
    },
)
async def undo_change(
    lexicon: LexiconOf, number: ChangePath, signature: SignatureModel, once: OnceOf, key_name: KeyNameOf
) -> Response:
    """Undo a change."""

    def work() -> ChangeModel:
        return ChangeModel.of(lexicon.undo(number, signature.signature(key_name)))

    return await once.run(work, 200)


@router.get(
    "/diff",
    operation_id="compare",
    summary="比较两个版本",
    description="版本即变更号，0 为空词库。",
    responses=documented(404),
)
def compare(lexicon: LexiconOf, first: Version, last: Version, limit: Limit = PAGE) -> Difference:
    """Say what differs between two versions."""
    total, items = lexicon.difference(first, last, limit)
    return Difference(first=first, last=last, total=total, items=[ItemModel.of(item) for item in items])
