"""For those who look after the site lexicon: a whole table in, a whole table out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from app.api.door import KeyNameOf
from app.api.idempotency import OnceOf
from app.api.links import link, then
from app.api.problems import documented
from app.api.site_lexicon import IfMatch, LexiconOf, seen
from app.site.entry import Signature
from app.site_import import export_table, import_table, read_table, template_table
from app.site_schemas import Imported

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORT_PATH = "/v1/site-lexicon/import"
FILE_NAME = "本站词库"


class Form(StrEnum):
    """How the table is written."""

    CSV = "csv"
    XLSX = "xlsx"


FORMS = {"text/csv": Form.CSV, XLSX: Form.XLSX}
MEDIA_TYPES = {Form.CSV: "text/csv; charset=utf-8", Form.XLSX: XLSX}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMS},
    }
}
FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMS}}
}

router = APIRouter(prefix="/v1/site-lexicon", tags=["本站词库"], responses=documented(422, 503))


@router.post(
    "/import",
    summary="导入表格",
    description="请求体就是文件（CSV 或 xlsx）。全部导入或全不导入；错误指明工作表、行、列和原因。"
    "有编号的行改动那一条，没有的按词语对应，对不上的新增。",
    response_model=Imported,
    responses={
        **documented(409, 412, 413, 415),
        **then(200, undo=link("undoChange", takes={"number": "$response.body#/site_lexicon_version"})),
    },
    openapi_extra=BODY,
)
async def import_file(  # noqa: PLR0913, PLR0917 each is one part of the request
    request: Request,
    lexicon: LexiconOf,
    once: OnceOf,
    key_name: KeyNameOf,
    author: Annotated[str, Query(description="改动人，记入变更记录。")],
    note: Annotated[str, Query(description="改动的缘由，记入变更记录；可空。")] = "",
    *,
    replace: Annotated[bool, Query(description="停用表中没有的条目。")] = False,
    if_match: IfMatch = None,
) -> Response:
    """Import a table."""
    form = FORMS.get(request.headers.get("content-type", "").split(";")[0].strip().lower())
    if form is None:
        raise HTTPException(415, f"Content-Type 应是 {' 或 '.join(FORMS)}。")
    version = None if if_match is None else seen(if_match)
    if (answer := await once.known()) is not None:
        return answer
    content = await request.body()
    lines = await to_thread.run_sync(read_table, lexicon, form, content)

    def work() -> Imported:
        signed = Signature(author, note, key_name)
        change = import_table(lexicon, lines, signed, replace=replace, seen=version)
        if change is None:
            return Imported(site_lexicon_version=lexicon.store.version(), changed=0)
        return Imported(site_lexicon_version=change.number, changed=change.entries)

    return await once.run(work, 200)


@router.get(
    "/export",
    summary="导出表格",
    description="在用的全部条目；改好可以再导入。xlsx 的类型、类别等列可以下拉选择。",
    response_class=Response,
    responses=FILES,
)
def export_file(
    lexicon: LexiconOf, form: Annotated[Form, Query(alias="format", description="文件格式。")] = Form.XLSX
) -> Response:
    """Export a table."""
    version, content = export_table(lexicon.store, form)
    return _file(content, form, f"{FILE_NAME}-{version}", etag=f'"{version}"')


@router.get(
    "/template",
    summary="取得空表",
    description="只有列名的表格，填好可以导入。xlsx 的类型、类别等列可以下拉选择。",
    response_class=Response,
    responses=FILES,
)
async def template_file(
    form: Annotated[Form, Query(alias="format", description="文件格式。")] = Form.XLSX,
) -> Response:
    """Give an empty table."""
    return _file(template_table(form), form, f"{FILE_NAME}-空表")


def _file(content: bytes, form: Form, name: str, **headers: str) -> Response:
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)
