"""Who may come in: keys are asked for before anything of a request is read.

Without any key the service is open to its own machine, and to nobody else whatever it listens on.
"""

from __future__ import annotations

import math
import time
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems import MEDIA_TYPE, TITLES, problem_response
from app.api.roles import ROLES, Place, place_of, require_complete
from app.keys.allowance import Allowances, is_address, is_loopback
from app.keys.key import Key
from app.live_keys import LiveKeys

KEY = "shenjiao.key"
BEARER = "bearer "
CHALLENGE = 'Bearer realm="shenjiao"'
NO_KEY_YET = (
    "还没有密钥，只接受本机的请求。请管理员先用命令制作：shenjiao keys create --name 名称 --role admin。"
)
ANOTHER_SITE = (
    "还没有密钥，只接受本机的程序和本服务自己的网页；这个请求的 Host 或 Origin 是别的网站。"
    "经由代理访问的，请管理员先制作密钥（shenjiao keys create --name 名称 --role admin），或者在 SHENJIAO_HOST_NAMES 中写明域名。"
)
WEB = frozenset({"http", "https"})
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "密钥，以 sj_ 开头。"},
    "api_key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "同上，二者择一。"},
}


class Door:
    """ASGI middleware within the Guard: lets in who has a key with the role that the route asks for."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application whose state has `live_keys` and `allowances`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        place = place_of(scope)
        if place.is_open:
            return None
        keys: LiveKeys = scope["app"].state.live_keys
        # The peer of the connection. What a header says of where a request comes from, anybody can write.
        address = scope["client"][0] if scope.get("client") else ""
        if keys.needed:
            return self._key_refusal(scope, keys, place, address) or _nowhere(place)
        if not is_loopback(address):
            return problem_response(403, NO_KEY_YET)
        if _is_of_another_site(scope):
            return problem_response(403, ANOTHER_SITE)
        return _nowhere(place)

    def _key_refusal(self, scope: Scope, keys: LiveKeys, place: Place, address: str) -> Response | None:
        now = time.monotonic()
        secret = secret_of(scope)
        if secret is None:
            return problem_response(401, headers={"WWW-Authenticate": CHALLENGE})
        allowances: Allowances = scope["app"].state.allowances
        key = keys.key_of(secret)
        if key is None:
            # A right key is never held up by wrong ones from the same address: behind a gateway all
            # have one, and what cannot be guessed need not be protected from guessing.
            if wait := allowances.take_attempt(address, now):
                return _too_many(wait, "来自这个地址的错误密钥过多。")
            challenge = f'{CHALLENGE}, error="invalid_token"'
            return problem_response(401, "密钥有误或已撤销。", headers={"WWW-Authenticate": challenge})
        if wait := allowances.take_request(key, now):
            return _too_many(wait, f"这个密钥每分钟至多 {key.rate} 次请求。")
        role = key.role
        if place.exists and not role.includes(place.role):
            return problem_response(
                403, f"此操作要求“{place.role.label}”角色的密钥，所用的是“{role.label}”。"
            )
        scope[KEY] = key
        return None


def _is_of_another_site(scope: Scope) -> bool:
    """Tell whether a browser of this machine asks on behalf of a page of elsewhere, as far as its headers say.

    A page of any site can send a form to an address of the machine, and one whose name is made to lead here can
    read the answers, too. Without keys nothing else would stop either. What is no page, an extension or a program
    with an origin of its own, is let in.
    """
    headers = {
        name: value.decode("latin-1") for name, value in scope["headers"] if name in {b"host", b"origin"}
    }
    host, origin = headers.get(b"host", ""), headers.get(b"origin")
    try:
        name = urlsplit(f"//{host}").hostname or ""
        page = urlsplit(origin or "")
    except ValueError:
        return True
    own: frozenset[str] = scope["app"].state.host_names
    # A name of one word is one of the local network; whoever can make a name lead here has a domain.
    is_own = name in own or "." not in name or name.endswith(".localhost") or is_address(name)
    is_page = origin == "null" or page.scheme in WEB
    return not is_own or (is_page and page.netloc != host and page.hostname not in own)


def _nowhere(place: Place) -> Response | None:
    """Refuse what leads to no route.

    The router is not asked: what the table of roles does not know cannot be open by oversight.
    """
    if place.exists:
        return None
    if place.methods:
        return problem_response(405, headers={"Allow": ", ".join(sorted(place.methods))})
    return problem_response(404)


def secret_of(scope: Scope) -> bytes | None:
    """Read the key of a request; whatever else a gateway may have put into Authorization is none."""
    named: bytes | None = None
    for name, value in scope["headers"]:
        if name == b"authorization" and value[: len(BEARER)].lower() == BEARER.encode():
            return bytes(value[len(BEARER) :].strip())
        if name == b"x-api-key":
            named = bytes(value.strip())
    return named


def _too_many(wait: float, what: str) -> Response:
    seconds = math.ceil(wait)
    return problem_response(429, f"{what}请在 {seconds} 秒后再试。", headers={"Retry-After": str(seconds)})


async def _key(request: Request) -> Key | None:
    return request.scope.get(KEY)


KeyOf = Annotated[Key | None, Depends(_key)]
"""The key of a request; none where the service has no keys."""


async def _key_name(key: KeyOf) -> str:
    return key.name if key else ""


KeyNameOf = Annotated[str, Depends(_key_name)]
"""The name of that key, as it is written down beside what was done with it; empty without keys."""


def install(app: FastAPI) -> None:
    """Put the door before an application that has all its routes, and say so in the OpenAPI document."""
    require_complete(app)
    app.add_middleware(Door)
    undescribed = app.openapi

    def openapi() -> dict[str, Any]:
        document = undescribed()
        document["components"]["securitySchemes"] = SCHEMES
        problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                role = ROLES[path][method.upper()]
                if role is None:
                    continue
                operation["security"] = [{scheme: []} for scheme in SCHEMES]
                operation["description"] = f"{operation.get('description', '')}（角色：{role.value}）"
                for status in (401, 403, 429):
                    operation["responses"][str(status)] = {"description": TITLES[status], "content": problem}
        return document

    app.openapi = openapi  # type: ignore[method-assign]
