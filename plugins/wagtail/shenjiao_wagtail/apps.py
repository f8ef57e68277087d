"""The application as Django knows it."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class ShenjiaoConfig(AppConfig):
    """Named in INSTALLED_APPS."""

    name = "shenjiao_wagtail"
    label = "shenjiao_wagtail"
    verbose_name = "审校"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the set-up of the site checked with everything else that Django checks."""
        from shenjiao_wagtail import checks  # noqa: PLC0415 (models are there only now)

        register(checks.set_up, Tags.compatibility)
