"""Register the assembly with Django."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


def make_cache_table(*, using: str, verbosity: int, **_: object) -> None:
    """Make the table of the shared cache where it is missing."""
    call_command("createcachetable", database=using, verbosity=0)


def teach_connection(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Give each new connection the functions that the domain's queries call."""
    # Not at the top: the domain's tables are not loaded yet when this module is.
    from contacts.fields.storage.lookups import teach_sqlite_to_fold  # noqa: PLC0415 - see above

    teach_sqlite_to_fold(connection)


class CrmConfig(AppConfig):
    """Brings the commands that need domain and dialects together."""

    name = "crm"
    verbose_name = "Rosetta CRM"

    def ready(self) -> None:
        """Have the cache table whenever there are tables at all."""
        # Sent only for apps that have models, and this one has none.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("contacts"))
        connection_created.connect(teach_connection)
