"""What the site says in its settings, under SHENJIAO; the only reader of them."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Review(StrEnum):
    """What becomes of a text with warnings and no errors."""

    PERSON = "person"
    """Goes live when a person who has seen the warnings publishes it."""
    HOLD = "hold"
    """Goes live when the service says so: its warnings are decided, or a 终审 was recorded there."""


class Down(StrEnum):
    """What becomes of a text while the service does not answer."""

    HOLD = "hold"
    PASS = "pass"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings, checked."""

    url: str = "http://127.0.0.1:8000"
    key: str = field(default="", repr=False)
    channel: str = "网站"
    review: Review = Review.PERSON
    when_down: Down = Down.HOLD
    timeout: float = 10.0
    """Seconds until a service that does not answer counts as down."""
    documents: str = "wagtail"
    """Stands before the number of a page; sites that share a service need different ones."""


def configuration() -> Configuration:
    """Read the settings as they are now: tests, and nobody else, change them while the site runs."""
    given: dict[str, Any] = {name.lower(): value for name, value in getattr(settings, "SHENJIAO", {}).items()}
    unknown = given.keys() - {known.name for known in fields(Configuration)}
    if unknown:
        raise ImproperlyConfigured(f"SHENJIAO 中没有这样的设置：{'、'.join(sorted(unknown)).upper()}")
    try:
        if "review" in given:
            given["review"] = Review(given["review"])
        if "when_down" in given:
            given["when_down"] = Down(given["when_down"])
    except ValueError as error:
        raise ImproperlyConfigured(f"SHENJIAO 的设置有误：{error}") from error
    if not str(given.get("url", "http://")).startswith(("http://", "https://")):
        raise ImproperlyConfigured("SHENJIAO 的 URL 应以 http:// 或 https:// 开头。")
    return Configuration(**given)
