"""For administrators: who is told of what happens to reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import ConfigDict, Field
from starlette.exceptions import HTTPException

from app.api.door import KeyNameOf
from app.api.idempotency import OnceOf
from app.api.links import link, then
from app.api.problems import documented
from app.store.endpoint_store import EndpointStore
from app.store.outbox import Outbox
from app.store.writing import UnknownError
from app.webhooks.event import LONGEST_URL, Delivery, Endpoint, EventKind, State, number_of
from app.wire import Text, WireModel

NO_SUCH_ENDPOINT = "没有这个编号的接收地址。"
KINDS = "review.blocked 有须改的问题，review.overdue 逾期未处理，review.decided 作了处理。"


class EndpointRequest(WireModel):
    """An endpoint that shall be told."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"url": "https://cms.example.org/hook", "events": ["review.blocked"]}]
        }
    )

    url: Annotated[
        Text, Field(description=f"以 http:// 或 https:// 开头，至多 {LONGEST_URL} 个字符。", min_length=1)
    ]
    events: Annotated[list[EventKind], Field(min_length=1, max_length=10, description=KINDS)]


class EndpointModel(WireModel):
    """An endpoint."""

    id: str
    url: str
    events: list[EventKind]
    created_at: Annotated[str, Field(description="UTC 时间，ISO 8601。")]
    created_by: Annotated[str, Field(description="用哪个密钥添加的；没有密钥的服务为空。")]
    pending: Annotated[int, Field(description="还没有送达、还要再试的消息数。")]
    given_up: Annotated[int, Field(description="试了三天没有送达、不再试的消息数；30 天之内的。")]

    @classmethod
    def of(cls, endpoint: Endpoint, counts: dict[State, int]) -> EndpointModel:
        """Show an endpoint."""
        return cls(
            id=endpoint.id,
            url=endpoint.url,
            events=list(endpoint.events),
            created_at=endpoint.created_at,
            created_by=endpoint.created_by,
            pending=counts.get(State.PENDING, 0),
            given_up=counts.get(State.GIVEN_UP, 0),
        )


class NewEndpointModel(EndpointModel):
    """An endpoint that was just added, with its secret."""

    secret: Annotated[str, Field(description="核对签名用的密钥，按 Standard Webhooks；只显示这一次。")]


class EndpointList(WireModel):
    """All endpoints."""

    webhooks: list[EndpointModel]


class DeliveryModel(WireModel):
    """A message on its way to an endpoint."""

    number: int
    message: Annotated[str, Field(description="消息的名称，即 webhook-id 头；重发时不变。")]
    kind: EventKind
    created_at: str
    state: State
    attempts: int
    last_outcome: Annotated[str | None, Field(description="最近一次的应答，或没有应答的原因。")]
    settled_at: str | None

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryModel:
        """Show a message."""
        return cls.model_validate({name: getattr(delivery, name) for name in cls.model_fields})


class DeliveryList(WireModel):
    """Messages, the last one first."""

    deliveries: list[DeliveryModel]


router = APIRouter(prefix="/v1/webhooks", tags=["通知"], responses=documented(503))


async def _endpoints(request: Request) -> EndpointStore:
    endpoints: EndpointStore = request.app.state.webhook_endpoints
    return endpoints


EndpointsOf = Annotated[EndpointStore, Depends(_endpoints)]
EndpointPath = Annotated[str, Path(description="接收地址的编号，如 W0001。")]


@router.get(
    "",
    summary="列出接收地址",
    description="连同各有多少消息没有送达。",
    responses=then(
        200, deliveries=link("listDeliveries", takes={"webhook_id": "$response.body#/webhooks/0/id"})
    ),
)
def list_endpoints(endpoints: EndpointsOf) -> EndpointList:
    """List the endpoints."""
    return EndpointList(webhooks=[EndpointModel.of(*one) for one in endpoints.listed()])


@router.post(
    "",
    summary="添加接收地址",
    description="此后的事件按 Standard Webhooks 签名发送，消息中没有文稿内容。内网地址须由 SHENJIAO_WEBHOOK_NETWORKS 允许。",
    status_code=201,
    response_model=NewEndpointModel,
    responses={
        **documented(400, 409, 413, 422),
        **then(
            201,
            remove=link("removeWebhook", takes={"webhook_id": "$response.body#/id"}),
            deliveries=link("listDeliveries", takes={"webhook_id": "$response.body#/id"}),
        ),
    },
)
async def add_endpoint(
    draft: EndpointRequest, endpoints: EndpointsOf, once: OnceOf, key_name: KeyNameOf
) -> Response:
    """Add an endpoint."""

    def work() -> NewEndpointModel:
        endpoint = endpoints.add(draft.url, draft.events, key_name)
        return NewEndpointModel(**EndpointModel.of(endpoint, {}).model_dump(), secret=endpoint.secret)

    return await once.run_shown_once(work, 201, _place, _added_before)


def _place(endpoint: Mapping[str, Any]) -> dict[str, str]:
    return {"location": f"{router.prefix}/{endpoint['id']}", "cache-control": "no-store"}


def _added_before(endpoint: NewEndpointModel) -> str:
    return (
        f"这个请求已经办过，添加了 {endpoint.id}；核对签名用的密钥只显示一次。"
        f"没有收到的，请移除 {endpoint.id}，换一个 Idempotency-Key 另行添加。"
    )


@router.delete(
    "/{webhook_id}",
    operation_id="removeWebhook",
    summary="移除接收地址",
    description="还没有送达的消息不再发送。",
    status_code=204,
    response_class=Response,
    responses=documented(404, 409, 422),
)
async def remove_endpoint(
    webhook_id: EndpointPath, endpoints: EndpointsOf, once: OnceOf, key_name: KeyNameOf
) -> Response:
    """Remove an endpoint."""

    def work() -> None:
        try:
            endpoints.remove(number_of(webhook_id) or 0, key_name)
        except UnknownError:
            raise HTTPException(404, NO_SUCH_ENDPOINT) from None

    return await once.run(work, 204)


@router.get(
    "/{webhook_id}/deliveries",
    operation_id="listDeliveries",
    summary="查看发送情况",
    description="最近的在前，保留 30 天；before 用于翻页。",
    responses=documented(404, 422),
)
def list_deliveries(
    webhook_id: EndpointPath,
    endpoints: EndpointsOf,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="只列号码小于它的。")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="至多列多少条。")] = 100,
) -> DeliveryList:
    """List the messages to an endpoint."""
    try:
        endpoint = endpoints.get(number_of(webhook_id) or 0)
    except UnknownError:
        raise HTTPException(404, NO_SUCH_ENDPOINT) from None
    found = Outbox(endpoints.database).listed(endpoint.number, limit, before)
    return DeliveryList(deliveries=[DeliveryModel.of(one) for one in found])
