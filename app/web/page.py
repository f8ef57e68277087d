"""The pages: an HTML file each and their assets, all from this service."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # The scripts change with the service: the browser asks each time whether they have.
    "Cache-Control": "no-cache",
}


class Assets(StaticFiles):
    """The scripts and styles of the pages, under the same terms as the pages."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer as usual, with the page's headers."""
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response


router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def page() -> FileResponse:
    """Serve the editor's page; its scripts may talk to this service only."""
    return FileResponse(STATIC / "index.html", headers=HEADERS)


@router.api_route("/lexicon", methods=["GET", "HEAD"])
async def lexicon_page() -> FileResponse:
    """Serve the page of the site lexicon, under the same terms."""
    return FileResponse(STATIC / "lexicon.html", headers=HEADERS)


def install(app: FastAPI) -> None:
    """Add the pages to an application."""
    app.include_router(router)
    app.mount("/static", Assets(directory=STATIC), name="static")
