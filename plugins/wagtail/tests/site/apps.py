"""The site as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The application of the site's page types."""

    name = "tests.site"
    label = "site_of_tests"
    default_auto_field = "django.db.models.BigAutoField"
