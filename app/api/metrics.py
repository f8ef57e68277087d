"""Prometheus metrics: how many, how fast, which rules; never what."""

from __future__ import annotations

import os

from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY
from starlette.types import Scope

from app.text_report import Report

METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})
REQUESTS = Histogram(
    "shenjiao_request_seconds",
    "Time to answer a request, by method, route and status.",
    ["method", "route", "status"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
CHECKED = Counter("shenjiao_checked_characters", "Code points of text checked.")
FINDINGS = Counter("shenjiao_findings", "Findings, by rule.", ["rule"])
FALSE_ALARMS = Counter(
    "shenjiao_false_alarms", "False alarms that editors reported, by rule and reason.", ["rule", "reason"]
)
WEBHOOKS = Counter("shenjiao_webhooks", "Attempts to send a webhook, by outcome.", ["outcome"])
SITE = "site"
"""A site may have 100,000 rules: one label serves them all."""

router = APIRouter(tags=["运维"])


def observe(scope: Scope, status: int, seconds: float) -> None:
    """Count a request. Only routes of the service become labels, never an address as asked for."""
    route = getattr(scope.get("route"), "path", "unmatched")
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, route, status).observe(seconds)


def count(report: Report) -> None:
    """Count a checked text."""
    CHECKED.inc(len(report.text))
    for finding in report.findings:
        FINDINGS.labels(SITE if finding.rule.site else finding.rule.code).inc()


def count_false_alarm(rule: str, reason: str) -> None:
    """Count a false alarm; `rule` is the code of a shipped rule, or SITE."""
    FALSE_ALARMS.labels(rule, reason).inc()


def count_webhook(outcome: str) -> None:
    """Count an attempt to send a webhook: sent, failed or given_up."""
    WEBHOOKS.labels(outcome).inc()


@router.get("/metrics", summary="Prometheus 指标", response_class=Response)
async def show_metrics() -> Response:
    """Show the metrics of all worker processes."""
    registry = REGISTRY
    # The client library itself keeps to this variable; `shenjiao serve` sets it for several workers.
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
