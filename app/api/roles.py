"""Which role each route asks for: the one place where it is said. What is not said here does not exist.

`require_complete` sees to it when the application is built, so a new route cannot be left open by oversight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount, compile_path
from starlette.types import Scope

from app.keys.key import Role

OPEN = None
"""For everybody: pages and probes, which hold nothing of the site and nothing of a draft."""
_CHECK, _REVIEW, _ADMIN = Role.CHECK, Role.REVIEW, Role.ADMIN
ROLES: Mapping[str, Mapping[str, Role | None]] = {
    "/": {"GET": OPEN, "HEAD": OPEN},
    "/lexicon": {"GET": OPEN, "HEAD": OPEN},
    "/static/{path:path}": {"GET": OPEN, "HEAD": OPEN},
    "/openapi.json": {"GET": OPEN, "HEAD": OPEN},
    "/healthz": {"GET": OPEN},
    "/readyz": {"GET": OPEN},
    "/metrics": {"GET": _CHECK},
    "/v1/proofread": {"POST": _CHECK},
    "/v1/redact": {"POST": _CHECK},
    "/v1/false-alarms": {"POST": _CHECK},
    "/v1/rules": {"GET": _CHECK},
    "/v1/rules/{code}": {"GET": _CHECK},
    "/v1/documents/open": {"POST": _CHECK},
    "/v1/documents/marked": {"POST": _CHECK},
    "/v1/documents/review-sheet": {"POST": _CHECK},
    "/v1/site-lexicon/entries": {"GET": _CHECK, "POST": _REVIEW},
    "/v1/site-lexicon/entries/{entry_id}": {"GET": _CHECK, "PUT": _REVIEW},
    "/v1/site-lexicon/entries/{entry_id}/retire": {"POST": _REVIEW},
    "/v1/site-lexicon/history": {"GET": _CHECK},
    "/v1/site-lexicon/history/{number}": {"GET": _CHECK},
    "/v1/site-lexicon/history/{number}/undo": {"POST": _REVIEW},
    "/v1/site-lexicon/diff": {"GET": _CHECK},
    "/v1/site-lexicon/dry-run": {"POST": _CHECK},
    "/v1/site-lexicon/import": {"POST": _REVIEW},
    "/v1/site-lexicon/export": {"GET": _CHECK},
    "/v1/site-lexicon/template": {"GET": _CHECK},
    "/v1/reviews": {"GET": _REVIEW, "POST": _CHECK},
    "/v1/reviews/verify": {"POST": _CHECK},
    "/v1/reviews/{review_id}": {"GET": _CHECK},
    "/v1/reviews/{review_id}/text": {"GET": _REVIEW},
    "/v1/reviews/{review_id}/decisions": {"POST": _REVIEW},
    "/v1/reviews/{review_id}/stages": {"POST": _REVIEW},
    "/v1/scans": {"GET": _ADMIN, "POST": _ADMIN},
    "/v1/scans/{number}": {"GET": _ADMIN},
    "/v1/scans/{number}/findings": {"GET": _ADMIN},
    "/v1/scans/{number}/report/{file}": {"GET": _ADMIN},
    "/v1/scans/{number}/resume": {"POST": _ADMIN},
    "/v1/scans/{number}/decisions": {"POST": _ADMIN},
    "/v1/audit": {"GET": _ADMIN},
    "/v2/check": {"GET": _CHECK, "POST": _CHECK, "HEAD": _CHECK},
    "/v2/languages": {"GET": OPEN},
    "/v2/info": {"GET": OPEN},
    "/v2/configinfo": {"GET": _CHECK},
    "/v2/maxtextlength": {"GET": OPEN},
    "/v2/healthcheck": {"GET": OPEN},
    "/v2/words": {"GET": _CHECK},
    "/v2/words/add": {"POST": _REVIEW},
    "/v2/words/delete": {"POST": _REVIEW},
    "/v1/webhooks": {"GET": _ADMIN, "POST": _ADMIN},
    "/v1/webhooks/{webhook_id}": {"DELETE": _ADMIN},
    "/v1/webhooks/{webhook_id}/deliveries": {"GET": _ADMIN},
    "/v1/keys": {"GET": _ADMIN, "POST": _ADMIN},
    "/v1/keys/{key_id}": {"DELETE": _ADMIN},
}

_EXACT = {path: methods for path, methods in ROLES.items() if "{" not in path}
_PATTERNS = [(compile_path(path)[0], methods) for path, methods in ROLES.items() if "{" in path]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request wants to go."""

    method: str
    methods: Mapping[str, Role | None]
    """The methods that are known there; none where nothing is."""

    @property
    def exists(self) -> bool:
        """Tell whether there is a route."""
        return self.method in self.methods

    @property
    def is_open(self) -> bool:
        """Tell whether everybody may go there."""
        return self.exists and self.methods[self.method] is OPEN

    @property
    def role(self) -> Role:
        """The role that a route asks for which exists and is not open."""
        role = self.methods[self.method]
        assert role is not None
        return role


def place_of(scope: Scope) -> Place:
    """Find where a request wants to go."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    # As the router does it; where the two should ever differ, a place is not found and nothing is opened.
    if root and path.startswith(f"{root}/"):
        path = path[len(root) :]
    methods = _EXACT.get(path)
    if methods is None:
        methods = next((known for pattern, known in _PATTERNS if pattern.match(path)), {})
    return Place(scope["method"], methods)


def require_complete(app: FastAPI) -> None:
    """See to it that every route of an application has a role, and every role a route.

    Raises:
        RuntimeError: there is one without the other.
    """
    declared = {(method, path) for path, methods in ROLES.items() for method in methods}
    differing = sorted(declared ^ set(routes_of(app)))
    if differing:
        names = ", ".join(f"{method} {path}" for method, path in differing)
        raise RuntimeError(f"routes without a role in app.api.roles, or roles without a route: {names}")


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Give method and path of every route of an application."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, Mount):
            yield from ((method, f"{context.path}/{{path:path}}") for method in ("GET", "HEAD"))
        else:
            # What has no methods, as a socket, shows up as a route that nobody declared.
            yield from ((method, str(context.path)) for method in context.methods or {"ANY"})
