"""The gate of the service over HTTP: a review of a text, and whether a token still holds."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from shenjiao_wagtail.configuration import Configuration
from shenjiao_wagtail.wording import stands_in_the_way

BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS})
REASONS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "密钥缺失、有误或已撤销",
    HTTPStatus.FORBIDDEN: "密钥的权限不够",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "页面超过了服务的大小限制",
    HTTPStatus.NOT_FOUND: "地址有误，或者服务的版本太旧",
}


class DownError(Exception):
    """The service did not answer, or not now."""


class RejectedError(Exception):
    """The service answered that it will not take the request; the message is Chinese."""


class _NoRedirect(HTTPRedirectHandler):
    """Follows nowhere: the key and the draft are meant for the address in the settings only."""

    def redirect_request(self, *_: Any) -> None:
        """Take the redirect for the failure that it is."""


# Drafts are not led through a proxy that the environment happens to name.
_opener = build_opener(_NoRedirect, ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Service:
    """The service at the address in the settings."""

    configuration: Configuration

    def review(self, **body: str | None) -> dict[str, Any]:
        """Have a text reviewed."""
        return self._ask("/v1/reviews", {"channel": self.configuration.channel, **body})

    def standing(self, review_id: str) -> set[str]:
        """Name the findings of a review that stand in the way after all decisions so far."""
        review = self._ask(f"/v1/reviews/{quote(review_id, safe='')}")
        return {finding["id"] for finding in review["findings"] if stands_in_the_way(finding)}

    def verify(self, **body: str) -> dict[str, Any]:
        """Ask whether this very text may be published on the strength of a token."""
        return self._ask("/v1/reviews/verify", {"channel": self.configuration.channel, **body})

    def _ask(self, route: str, body: dict[str, str | None] | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.configuration.key:
            headers["Authorization"] = f"Bearer {self.configuration.key}"
        content = None
        if body is not None:
            content = json.dumps({name: value for name, value in body.items() if value is not None}).encode()
        request = Request(self.configuration.url.rstrip("/") + route, content, headers)  # noqa: S310 (checked)
        try:
            with _opener.open(request, timeout=self.configuration.timeout) as answer:
                read: dict[str, Any] = json.load(answer)
                return read
        except HTTPError as problem:
            with problem:
                status = problem.code
            # The chain is cut: what was asked holds the draft, and tracebacks are mailed about.
            if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise DownError from None
            reason = REASONS.get(status, f"状态码 {status}")
            raise RejectedError(f"审校服务没有接受请求：{reason}。") from None
        except (OSError, HTTPException, ValueError):
            raise DownError from None
