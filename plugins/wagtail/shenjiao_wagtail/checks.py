"""What `manage.py check` says of a site that has left a way open."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 (Django calls it so)
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Page

from shenjiao_wagtail.configuration import configuration
from shenjiao_wagtail.gated_page import ProofreadBeforePublishing

MIDDLEWARE = "shenjiao_wagtail.middleware.ExplainRefusals"


def set_up(**_: Any) -> list[CheckMessage]:
    """Look for settings that cannot be meant, and for page types without a gate."""
    found: list[CheckMessage] = []
    try:
        configuration()
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="shenjiao.E001"))
    if MIDDLEWARE not in settings.MIDDLEWARE:
        hint = f"在 MIDDLEWARE 末尾加上 {MIDDLEWARE}。"
        found.append(Warning("未通过校对的原因无法显示给编辑。", hint=hint, id="shenjiao.W001"))
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page and not issubclass(model, ProofreadBeforePublishing):
            hint = "基类中把 ProofreadBeforePublishing 写在 Page 之前。"
            message = "这种页面不经校对也能发布。"
            found.append(Warning(message, hint=hint, obj=model, id="shenjiao.W002"))
    return found
