"""Register the assembly with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(*, using: str, verbosity: int, **_: object) -> None:
    """Make the table of the shared cache where it is missing."""
    call_command("createcachetable", database=using, verbosity=0)


class CrmConfig(AppConfig):
    """Brings the commands that need domain and dialects together."""

    name = "crm"
    verbose_name = "Rosetta CRM"

    def ready(self) -> None:
        """Have the cache table whenever there are tables at all."""
        post_migrate.connect(make_cache_table, sender=self)
