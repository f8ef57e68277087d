"""For those who run the service: is it alive, is it ready."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.api.service import ProofreaderOf
from app.working_days import LAST_KNOWN_YEAR, calendar_warning, today

router = APIRouter(tags=["运维"])


class Health(BaseModel):
    """Alive."""

    status: str = "ok"


class Readiness(BaseModel):
    """Ready, and with which lexicons."""

    status: str
    lexicon_version: str
    site_lexicon_version: int
    rules: int
    working_calendar_until: Annotated[int, Field(description="工作日历到哪一年；此后按周一至周五计算。")]
    warnings: Annotated[list[str], Field(description="不影响运行、但应处理的情况。")]


@router.get("/healthz", summary="进程是否存活", description="进程在运行即返回 200。")
async def healthz() -> Health:
    """Tell that the process lives."""
    return Health()


@router.get(
    "/readyz",
    summary="是否可以接受请求",
    description="词库已载入即返回 200。服务在载入之后才开始监听，因此载入前不会有应答。",
)
async def readyz(proofreader: ProofreaderOf) -> Readiness:
    """Tell that the lexicons are loaded, and which."""
    engine = proofreader.engine
    return Readiness(
        status="ready",
        lexicon_version=engine.lexicon_version,
        site_lexicon_version=proofreader.layer.version,
        rules=len(engine.rules),
        working_calendar_until=LAST_KNOWN_YEAR,
        warnings=[warning] if (warning := calendar_warning(today())) else [],
    )
