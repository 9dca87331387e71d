"""Change one field of a contact where it stands: the part of the form that its link leads to.

Without scripts the link opens a page with that field alone; with them `crm/inline.js` puts the same
form in the field's place.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contacts.access import Actor, find_readable
from contacts.admin.address_book.form import NAMES, ContactForm, groups_of
from contacts.admin.address_book.words import CHANNELS

Document = Mapping[str, Any]

PARAMETER = "only"
# Several fields that are one thing to people.
NAME = "name"


def editable(actor: Actor, kind: str) -> frozenset[str]:
    """Return what can be changed where it stands, by the keys of the form."""
    keys = {key for _title, names in groups_of(actor, kind) for key in names} | CHANNELS
    fields = (find_readable(actor, "contact", key) for key in keys)
    return frozenset({field.key for field in fields if field is not None and field.is_writable})


def narrow(request: HttpRequest, form: ContactForm, kind: str) -> str:
    """Leave only what the address asks for in a form; returns its title, "" for the whole form."""
    only = request.GET.get(PARAMETER, "")
    names = NAMES[kind] if only == NAME else [only]
    if not form.narrow(names):
        return ""
    if only == NAME:
        return _("Name")
    return str(form.fields[only].label if only in form.fields else form.rows[0].label)
