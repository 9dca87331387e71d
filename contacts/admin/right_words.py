"""Rights in words, and who sees a screen."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ADMINISTRATOR = "administrator"
RIGHT_LABELS = {
    "view_contacts": gettext_lazy("see contacts"),
    "view_private_contacts": gettext_lazy("see private contacts of others"),
    "add_contacts": gettext_lazy("add contacts"),
    "edit_contacts": gettext_lazy("change contacts"),
    "delete_contacts": gettext_lazy("archive, restore and delete contacts"),
    "manage_contacts": gettext_lazy("manage web forms and what they bring"),
    "add_notes": gettext_lazy("write notes"),
    "delete_notes": gettext_lazy("change and delete notes of others"),
    "delete_own_notes": gettext_lazy("change and delete own notes"),
    "view_activities": gettext_lazy("see activities"),
    "add_activities": gettext_lazy("add activities"),
    "edit_activities": gettext_lazy("change activities"),
    "delete_activities": gettext_lazy("delete activities"),
    "view_deals": gettext_lazy("see deals"),
    "add_deals": gettext_lazy("add deals"),
    "edit_deals": gettext_lazy("change deals"),
    "delete_deals": gettext_lazy("delete deals"),
    "view_tickets": gettext_lazy("see tickets"),
    "add_tickets": gettext_lazy("add tickets"),
    "edit_tickets": gettext_lazy("change tickets"),
    "delete_tickets": gettext_lazy("delete tickets"),
}


def seen_by(right: str) -> str:
    """Return who sees the screens that need a right; "" is no right at all."""
    if not right:
        return _("Everybody who signs in sees this screen, with what their roles allow.")
    if right == ADMINISTRATOR:
        return _("Administrators see this screen.")
    text = _("This screen is seen by administrators and by those who may %(right)s.")
    return text % {"right": RIGHT_LABELS[right]}
