"""For administrators: make, list and revoke keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Request, Response
from pydantic import ConfigDict, Field
from starlette.exceptions import HTTPException

from app.api.door import KeyNameOf, KeyOf
from app.api.idempotency import OnceOf
from app.api.links import link, then
from app.api.problems import documented
from app.keys.key import HIGHEST_RATE, LONGEST_NAME, USUAL_RATE, Key, KeyDraft, Role, number_of
from app.live_keys import LiveKeys
from app.store.writing import UnknownError
from app.wire import Text, WireModel

FIRST_BY_COMMAND = "第一个密钥只能用命令制作：shenjiao keys create --name 名称 --role admin。"
NO_SUCH_KEY = "没有这个编号的密钥。"


class KeyRequest(WireModel):
    """A key that shall be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "门户网站", "role": "check"}]})

    name: Annotated[
        Text, Field(description=f"名称，至多 {LONGEST_NAME} 字；在用的密钥不能同名。", min_length=1)
    ]
    role: Annotated[Role, Field(description="check 检查，review 审核，admin 管理；后者包括前者的全部权限。")]
    rate: Annotated[
        int, Field(ge=1, le=HIGHEST_RATE, description="每分钟至多多少次请求，一台机器的各进程合并计算。")
    ] = USUAL_RATE


class KeyModel(WireModel):
    """What is kept of a key."""

    id: str
    name: str
    role: Role
    rate: int
    created_at: Annotated[str, Field(description="UTC 时间，ISO 8601。")]
    created_by: Annotated[str, Field(description="用哪个密钥制作的。")]
    revoked_at: str | None
    last_used_on: Annotated[str | None, Field(description="最近使用的日期，一分钟之内记下。")]

    @classmethod
    def of(cls, key: Key) -> KeyModel:
        """Show a key."""
        return cls.model_validate({name: getattr(key, name) for name in KeyModel.model_fields})


class NewKeyModel(KeyModel):
    """A key that was just made, with its secret."""

    key: Annotated[str, Field(description="密钥；只显示这一次，服务只保存它的 SHA-256。")]


class KeyList(WireModel):
    """All keys."""

    keys: list[KeyModel]


router = APIRouter(prefix="/v1/keys", tags=["密钥"], responses=documented(503))


@router.get(
    "",
    operation_id="listKeys",
    summary="列出密钥",
    description="连同已撤销的；密钥本身没有保存，不能再显示。",
)
def list_keys(request: Request) -> KeyList:
    """List the keys."""
    live: LiveKeys = request.app.state.live_keys
    return KeyList(keys=[KeyModel.of(key) for key in live.store.listed()])


@router.post(
    "",
    summary="制作密钥",
    description="两秒之内在各进程生效。",
    status_code=201,
    response_model=NewKeyModel,
    responses={
        **documented(400, 403, 409, 413, 422),
        **then(201, revoke=link("revokeKey", takes={"key_id": "$response.body#/id"})),
    },
)
async def create_key(draft: KeyRequest, request: Request, once: OnceOf, by: KeyOf) -> Response:
    """Make a key."""
    if by is None:
        raise HTTPException(403, FIRST_BY_COMMAND)
    live: LiveKeys = request.app.state.live_keys

    def work() -> NewKeyModel:
        key, secret = live.store.create(KeyDraft(draft.name, draft.role, draft.rate), by.name)
        return NewKeyModel(**KeyModel.of(key).model_dump(), key=secret)

    answer = await once.run_shown_once(work, 201, _place, _made_before)
    await to_thread.run_sync(live.refresh)
    return answer


def _place(key: Mapping[str, Any]) -> dict[str, str]:
    return {"location": f"{router.prefix}/{key['id']}", "cache-control": "no-store"}


def _made_before(key: NewKeyModel) -> str:
    return f"这个请求已经办过，制作了 {key.id}；密钥只显示一次。没有收到的，请撤销 {key.id}，换一个 Idempotency-Key 另行制作。"


@router.delete(
    "/{key_id}",
    operation_id="revokeKey",
    summary="撤销密钥",
    description="两秒之内在各进程失效，不能恢复；编号和使用记录仍保留。",
    response_model=KeyModel,
    responses={
        **documented(404, 409, 422),
        **then(200, again=link("revokeKey", takes={"key_id": "$response.body#/id"}), list=link("listKeys")),
    },
)
async def revoke_key(
    key_id: Annotated[str, Path(description="密钥编号，如 K0001。")],
    request: Request,
    once: OnceOf,
    key_name: KeyNameOf,
) -> Response:
    """Revoke a key."""
    live: LiveKeys = request.app.state.live_keys

    def work() -> KeyModel:
        try:
            # No key has the number nought, nor one that the column could not hold.
            return KeyModel.of(live.store.revoke(number_of(key_id) or 0, key_name))
        except UnknownError:
            raise HTTPException(404, NO_SUCH_KEY) from None

    answer = await once.run(work, 200)
    await to_thread.run_sync(live.refresh)
    return answer
