"""What can go wrong at the gate, as problems."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.api.problems import problem_response
from app.gate.policy import OutOfTurnError, UnknownReviewError


async def _on_unknown(_: Request, error: Exception) -> Response:
    return problem_response(404, str(error))


async def _on_out_of_turn(_: Request, error: Exception) -> Response:
    return problem_response(409, str(error))


def install(app: FastAPI) -> None:
    """Answer the errors of the gate with problems."""
    app.add_exception_handler(UnknownReviewError, _on_unknown)
    app.add_exception_handler(OutOfTurnError, _on_out_of_turn)
