"""The ASGI application. Servers call `create_app`."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI

from app import overdue_watch
from app.api import (
    audit,
    door,
    false_alarms,
    guard,
    health,
    keys,
    language_tool,
    language_tool_key,
    metrics,
    problems,
    proofread,
    review_problems,
    reviews,
    rules,
    scan_findings,
    scan_report,
    scans,
    site_files,
    site_history,
    site_lexicon,
    site_problems,
    webhooks,
    word,
)
from app.api.roles import ROLES
from app.api.service import Proofreader
from app.archive.inbox import Inbox
from app.beside import Looker, running_beside
from app.deadlines import Deadlines
from app.engine import Engine
from app.gate.review import Stage
from app.keys.allowance import Allowances
from app.keys.counters import Counters, SharedCounters
from app.live_keys import LiveKeys
from app.reading_limits import limits_of
from app.reviews import Reviews
from app.scan_reports import ScanReports, reporting_by
from app.scan_requests import Places, ScanRequests
from app.scan_watch import ScanWatch
from app.settings import Settings, settings
from app.site_lexicon import SiteLexicon
from app.store.database import Database
from app.store.endpoint_store import EndpointStore
from app.store.key_store import KeyStore
from app.store.outbox import Outbox
from app.web import page
from app.webhook_sender import Sender

DESCRIPTION = "发布前校对中文公文稿件：固定表述、敏感与禁慎用词、错别字、隐私泄露、标点数字格式。"


def create_app(chosen: Settings | None = None, loaded: Engine | None = None) -> FastAPI:
    """Build the application; the lexicons are loaded before it serves the first request.

    Args:
        chosen: other settings than those of the environment.
        loaded: an engine that is at hand already.
    """
    options = chosen or settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = loaded or Engine.load(options.lexicons, options.masked_model)
        database = Database(options.database)
        lexicon = SiteLexicon(engine, database)
        # Whoever keeps a site lexicon relies on it: without it the service does not start.
        lexicon.live.refresh()
        live_keys = LiveKeys(KeyStore(database))
        live_keys.refresh()
        app.state.site_lexicon = lexicon
        app.state.live_keys = live_keys
        app.state.host_names = frozenset(name.lower() for name in options.host_names or ())
        app.state.allowances = Allowances(
            SharedCounters(options.shared_counters) if options.shared_counters else Counters(),
            options.wrong_keys,
        )
        app.state.database = database
        app.state.running_writes = set()
        app.state.reviews = Reviews(
            engine,
            database,
            token_hours=options.token_hours,
            required=tuple(map(Stage, options.required_stages or ())),
            keep_texts=options.keep_texts,
            deadlines=Deadlines(options.expression_days, options.other_days),
        )
        app.state.language_tool_limit = options.language_tool_limit
        inbox = Inbox(options.inbox)
        places = Places(inbox, options.archives, limits_of(options))
        app.state.scans = ScanRequests(database, places, engine)
        app.state.scan_reports = ScanReports(options.database)
        app.state.reporting = reporting_by(options)
        app.state.webhook_endpoints = EndpointStore(database)
        sender = Sender(Outbox(database), options.webhook_networks or (), metrics.count_webhook)
        app.state.proofreader = Proofreader(engine, lexicon.live, options.long_text)
        # The lexicons stay as long as the process: the collector need not walk them again and again.
        gc.freeze()
        lookers: tuple[Looker, ...] = (
            lexicon.live.keep_fresh,
            live_keys.keep_fresh,
            live_keys.keep_noting,
            sender.keep_sending,
            partial(overdue_watch.keep_watching, database),
            *(
                [ScanWatch(database, inbox, options.as_environment()).keep_watching]
                if options.scan_workers
                else []
            ),
        )
        async with running_beside(*lookers):
            yield
        await live_keys.note_quietly()
        database.close()

    app = FastAPI(
        title="审校 Shenjiao",
        description=DESCRIPTION,
        version=version("shenjiao"),
        lifespan=lifespan,
        # The interactive pages would load their scripts from outside.
        docs_url=None,
        redoc_url=None,
        # The way to an address with one slash more or less would be written as the Host header says.
        redirect_slashes=False,
    )
    problems.install(app)
    site_problems.install(app)
    review_problems.install(app)
    scans.install(app)
    scan_report.install(app)
    language_tool.install(app)
    routers = (
        proofread,
        false_alarms,
        rules,
        site_lexicon,
        site_history,
        site_files,
        reviews,
        scans,
        scan_findings,
        scan_report,
        audit,
        word,
        language_tool,
        keys,
        webhooks,
        health,
        metrics,
    )
    for router in (module.router for module in routers):
        app.include_router(router)
    page.install(app)
    door.install(app)
    app.add_middleware(language_tool_key.KeyParameter)
    limits = {path: options.language_tool_limit for path in ROLES if path.startswith(problems.LANGUAGE_TOOL)}
    limits |= {site_files.IMPORT_PATH: options.import_limit, word.OPEN_PATH: options.import_limit}
    app.add_middleware(
        guard.Guard,
        body_limit=options.body_limit,
        other_limits=limits,
        body_seconds=options.body_seconds,
    )
    return app
