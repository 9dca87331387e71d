"""Load the operations when the server starts: ours first, so that others may replace them."""

from importlib import import_module
from importlib.metadata import entry_points

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

BUILT_IN = (
    "files",
    "leads",
    "passwords",
    "relations",
    "session",
    "metadata",
    "records",
    "queries",
    "syncing",
    "translations",
)
MODULE = "vtiger_operations"
ENTRY_POINTS = "contacts_crm.vtiger_operations"


class VtigerConfig(AppConfig):
    """The dialect as an app of Django's."""

    name = "api.vtiger"
    label = "vtiger"

    def ready(self) -> None:
        """Read the modules in which operations are declared."""
        load_operations()


def load_operations() -> None:
    """Declare the built-in operations, those of other apps and those of installed packages."""
    for name in BUILT_IN:
        import_module(f"api.vtiger.operations.{name}")
    autodiscover_modules(MODULE)
    for entry in entry_points(group=ENTRY_POINTS):
        entry.load()
