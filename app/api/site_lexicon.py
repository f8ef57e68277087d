"""For those who look after the site lexicon: list, add, change, retire, try.

What waits for a database runs in threads: plain functions do by themselves, writes through `OnceOf`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import regex
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from app.api.door import KeyNameOf
from app.api.idempotency import OnceOf
from app.api.links import link, then
from app.api.problems import documented
from app.site.entry import Kind, number_of
from app.site_lexicon import SiteLexicon
from app.site_schemas import (
    DryRunRequest,
    DryRunResponse,
    EntryModel,
    EntryPage,
    SignatureModel,
    SignedDraft,
    TrialModel,
)
from app.site_trial import try_on
from app.store.entry_store import Sought
from app.store.writing import StaleError, UnknownError
from app.wire import without_lone_surrogates

PAGE = 100
MOST = 1000
ETAG = regex.compile(r'"(\d{1,9})"', regex.ASCII)

router = APIRouter(prefix="/v1/site-lexicon", tags=["本站词库"], responses=documented(422, 503))


async def _lexicon(request: Request) -> SiteLexicon:
    lexicon: SiteLexicon = request.app.state.site_lexicon
    return lexicon


LexiconOf = Annotated[SiteLexicon, Depends(_lexicon)]
EntryPath = Annotated[str, Path(description="条目编号，如 S00001。")]
IfMatch = Annotated[
    str | None, Header(description="所见条目的 ETag，即它的 version 加双引号；别人已改过时返回 412。")
]
SoughtWords = Annotated[
    str,
    # PostgreSQL takes no NUL, and nobody looks for the others.
    Query(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$", description="要查找的文字。"),
    AfterValidator(without_lone_surrogates),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="至多列多少条。")]
Offset = Annotated[int, Query(ge=0, le=2**31 - 1, description="跳过前面多少条。")]


def seen(if_match: str | None) -> int:
    """Read which version a client has seen.

    Raises:
        HTTPException: it does not say so.
        StaleError: it names none of ours.
    """
    if if_match is None:
        raise HTTPException(428, "请用 If-Match 头写明所见条目的 ETag，以免盖掉别人的改动。")
    match = ETAG.fullmatch(if_match)
    if match is None:
        raise StaleError
    return int(match[1])


def entry_number(entry_id: str) -> int:
    """Read the number of an entry out of its id.

    Raises:
        UnknownError: it is none of ours.
    """
    number = number_of(entry_id)
    if number is None or number >= 2**31:
        raise UnknownError
    return number


ENTRY, ENTRY_VERSION = "$response.body#/id", "$response.body#/version"
SEEN = {"entry_id": ENTRY, "if-match": "$response.header.etag"}
NEXT = {
    "show": link("showEntry", takes={"entry_id": ENTRY}),
    "change": link("changeEntry", takes=SEEN),
    "retire": link("retireEntry", takes=SEEN),
    "history": link("listChanges", takes={"entry": ENTRY}),
    "show_change": link("showChange", takes={"number": ENTRY_VERSION}),
    "undo": link("undoChange", takes={"number": ENTRY_VERSION}),
    "compare": link("compare", takes={"last": ENTRY_VERSION}),
}
"""What can be done with an entry."""


def _tag(entry: Mapping[str, Any]) -> dict[str, str]:
    """Make the headers of the answer that shows an entry."""
    return {"etag": f'"{entry["version"]}"'}


def _tag_and_place(entry: Mapping[str, Any]) -> dict[str, str]:
    return {**_tag(entry), "location": f"{router.prefix}/entries/{entry['id']}"}


@router.get(
    "/entries",
    operation_id="listEntries",
    summary="列出、查找条目",
    description="按编号列出；words 在词语、改为、理由、单位、改动人中查找。",
    responses=then(200, show=link("showEntry", takes={"entry_id": "$response.body#/entries/0/id"})),
)
def list_entries(  # noqa: PLR0913 each is one field of the query
    lexicon: LexiconOf,
    words: SoughtWords = "",
    kind: Annotated[Kind | None, Query(description="只列这一种。")] = None,
    *,
    retired: Annotated[bool, Query(description="只列已停止使用的。")] = False,
    expired: Annotated[bool, Query(description="只列已到期的。")] = False,
    limit: Limit = PAGE,
    offset: Offset = 0,
) -> EntryPage:
    """List entries."""
    sought = Sought(words, kind, retired, expired_by=date.today() if expired else None)
    version, total, kept = lexicon.store.listed(sought, limit, offset)
    return EntryPage(site_lexicon_version=version, total=total, entries=[EntryModel.of(one) for one in kept])


@router.post(
    "/entries",
    operation_id="addEntry",
    summary="新增条目",
    description="一秒之内在各进程生效。",
    status_code=201,
    response_model=EntryModel,
    responses={**documented(400, 409), **then(201, **NEXT)},
)
async def add_entry(lexicon: LexiconOf, draft: SignedDraft, once: OnceOf, key_name: KeyNameOf) -> Response:
    """Add an entry."""

    def work() -> EntryModel:
        return EntryModel.of(lexicon.add(draft.entry.entry(), draft.signature(key_name)))

    return await once.run(work, 201, _tag_and_place)


@router.get(
    "/entries/{entry_id}",
    operation_id="showEntry",
    summary="查看条目",
    description="带 ETag，改动时要用。",
    responses={**documented(404), **then(200, change=NEXT["change"], retire=NEXT["retire"])},
)
def show_entry(lexicon: LexiconOf, entry_id: EntryPath, response: Response) -> EntryModel:
    """Show an entry."""
    entry = EntryModel.of(lexicon.store.get(entry_number(entry_id)))
    response.headers.update(_tag(entry.model_dump()))
    return entry


@router.put(
    "/entries/{entry_id}",
    operation_id="changeEntry",
    summary="改动条目",
    description="改动后的条目整条提交；已停止使用的由此恢复使用。",
    response_model=EntryModel,
    responses={**documented(400, 404, 409, 412, 428), **then(200, **NEXT)},
)
async def change_entry(  # noqa: PLR0913, PLR0917 each is one part of the request
    lexicon: LexiconOf,
    entry_id: EntryPath,
    draft: SignedDraft,
    once: OnceOf,
    key_name: KeyNameOf,
    if_match: IfMatch = None,
) -> Response:
    """Change an entry."""
    number, version = entry_number(entry_id), seen(if_match)

    def work() -> EntryModel:
        return EntryModel.of(lexicon.change(number, draft.entry.entry(), draft.signature(key_name), version))

    return await once.run(work, 200, _tag)


@router.post(
    "/entries/{entry_id}/retire",
    operation_id="retireEntry",
    summary="停止使用条目",
    description="条目和编号仍保留，可以撤销。",
    response_model=EntryModel,
    responses={**documented(400, 404, 409, 412, 428), **then(200, change=NEXT["change"], undo=NEXT["undo"])},
)
async def retire_entry(  # noqa: PLR0913, PLR0917 each is one part of the request
    lexicon: LexiconOf,
    entry_id: EntryPath,
    signature: SignatureModel,
    once: OnceOf,
    key_name: KeyNameOf,
    if_match: IfMatch = None,
) -> Response:
    """Retire an entry."""
    number, version = entry_number(entry_id), seen(if_match)

    def work() -> EntryModel:
        return EntryModel.of(lexicon.retire(number, signature.signature(key_name), version))

    return await once.run(work, 200, _tag)


@router.post(
    "/dry-run",
    summary="试改",
    description="拟作的改动会使给出的文本新增、减少哪些标注；词库不变，文本不保存。",
    responses=documented(400, 404, 409),
)
def try_changes(lexicon: LexiconOf, request: DryRunRequest) -> DryRunResponse:
    """Try changes against texts."""
    version, trials = try_on(lexicon, request.proposal, request.texts, request.published_on)
    return DryRunResponse(
        lexicon_version=lexicon.engine.lexicon_version,
        site_lexicon_version=version,
        offset_unit=request.offset_unit,
        texts=[TrialModel.of(trial, request.offset_unit) for trial in trials],
    )
