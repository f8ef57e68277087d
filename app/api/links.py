"""What can be done with an answer, as OpenAPI links: which operation comes next, and what of the answer it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Links = dict[int | str, dict[str, Any]]


def link(
    operation: str, *, takes: Mapping[str, str] | None = None, body: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """Describe one operation that may follow.

    Args:
        operation: its operationId.
        takes: its parameters, as expressions over the answer.
        body: fields of its body, likewise.
    """
    said: dict[str, Any] = {"operationId": operation}
    if takes:
        said["parameters"] = dict(takes)
    if body:
        said["requestBody"] = dict(body)
    return said


def then(status: int, **links: dict[str, Any]) -> Links:
    """Describe what may follow an answer with this status; goes among the `responses` of a route."""
    return {status: {"links": links}}
