"""Register the domain with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    """The one Django app that owns every table of the product."""

    name = "contacts"
    label = "contacts"
    verbose_name = _("Contacts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the numbers of contacts of whoever goes, and the database of new indexes."""
        # Not at the top: the tables are not loaded yet when this module is.
        from contacts.index.circles import count_out  # noqa: PLC0415 - see above
        from contacts.index.spread import learn_spread_of_new  # noqa: PLC0415 - see above

        pre_delete.connect(count_out, sender=self.get_model("Contact"))
        post_migrate.connect(lambda **_: learn_spread_of_new(), sender=self, weak=False)
