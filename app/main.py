"""The ASGI application. Servers call `create_app`."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from app.api import guard, health, metrics, problems, proofread, rules
from app.api.service import Proofreader
from app.engine import Engine
from app.settings import Settings, settings
from app.web import page

DESCRIPTION = "发布前校对中文公文稿件：固定表述、敏感与禁慎用词、错别字、隐私泄露、标点数字格式。"


def create_app(chosen: Settings | None = None) -> FastAPI:
    """Build the application; the lexicons are loaded before it serves the first request."""
    options = chosen or settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.proofreader = Proofreader(Engine.load(options.lexicons), options.long_text)
        # The lexicons stay as long as the process: the collector need not walk them again and again.
        gc.freeze()
        yield

    app = FastAPI(
        title="审校 Shenjiao",
        description=DESCRIPTION,
        version=version("shenjiao"),
        lifespan=lifespan,
        # The interactive pages would load their scripts from outside.
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(guard.Guard, body_limit=options.body_limit)
    problems.install(app)
    for router in (proofread.router, rules.router, health.router, metrics.router):
        app.include_router(router)
    page.install(app)
    return app
