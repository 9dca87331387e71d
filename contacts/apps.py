"""Register the domain with Django."""

from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    """The one Django app that owns every table of the product."""

    name = "contacts"
    label = "contacts"
    verbose_name = _("Contacts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let no contact go without its being told to the numbers of contacts."""
        # Not at the top: the tables are not loaded yet when this module is.
        from contacts.index.circles import count_out  # noqa: PLC0415 - see above

        pre_delete.connect(count_out, sender=self.get_model("Contact"))
