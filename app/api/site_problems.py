"""What can go wrong with the site lexicon, as problems."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.api.problems import FieldFault, problem_response
from app.site.acceptance import RefusedError
from app.site_files.columns import FileRefusedError
from app.store.database import DatabaseError
from app.store.writing import ClashError, StaleError, UnknownError


async def _on_refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    faults = [FieldFault(field=fault.field, detail=fault.reason) for fault in error.faults]
    return problem_response(422, "；".join(f"{fault.field}：{fault.detail}" for fault in faults), faults)


async def _on_refused_file(_: Request, error: Exception) -> Response:
    assert isinstance(error, FileRefusedError)
    faults = [FieldFault(field=fault.place, detail=fault.reason) for fault in error.faults]
    return problem_response(422, f"文件没有导入。{error}", faults)


async def _on_clash(_: Request, error: Exception) -> Response:
    return problem_response(409, str(error))


async def _on_stale(_: Request, __: Exception) -> Response:
    return problem_response(412)


async def _on_unknown(_: Request, __: Exception) -> Response:
    return problem_response(404, "没有这个条目或这一号变更。")


async def _on_database_error(_: Request, error: Exception) -> Response:
    return problem_response(503, str(error))


def install(app: FastAPI) -> None:
    """Answer the errors of the site lexicon with problems."""
    app.add_exception_handler(RefusedError, _on_refused)
    app.add_exception_handler(FileRefusedError, _on_refused_file)
    app.add_exception_handler(ClashError, _on_clash)
    app.add_exception_handler(StaleError, _on_stale)
    app.add_exception_handler(UnknownError, _on_unknown)
    app.add_exception_handler(DatabaseError, _on_database_error)
