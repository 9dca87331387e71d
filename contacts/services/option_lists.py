"""Set up lists of options; the options themselves: see `options`."""

import re
from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visible_setup import visible_option_lists
from contacts.errors import ConflictError, Fault
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.models import Option, OptionList
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "option_list"
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def create_option_list(actor: Actor, values: Values) -> Document:
    """Make a list; its name follows from its title unless given.

    Raises ForbiddenError, InvalidError.
    """
    actor.require_administrator()
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        if not cleaned.get("name"):
            title = fold(str(cleaned.get("title") or ""))
            cleaned["name"] = _NOT_WORDS.sub("_", title).strip("_")[:50] or "list"
        row = OptionList()
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        document = store_new(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def update_option_list(actor: Actor, list_id: int, values: Values) -> Document:
    """Change what a list is called; its machine name stays.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, list_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        if cleaned.get("name", row.name) != row.name:
            faults.append(Fault("name", "read_only"))
        require_no_faults(faults)
        document = store_change(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def delete_option_list(actor: Actor, list_id: int) -> None:
    """Delete a list with its options: what records have is of lists that the CRM itself needs.

    Raises ConflictError "built_in" for one of those; NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, list_id)
        if row.is_reserved:
            raise ConflictError("built_in")
        for option in Option.objects.filter(list_name=row.name):
            delete_setup(actor, option, "option")
        delete_setup(actor, row, KIND)
        reference.bump("catalogue")


def _locked(actor: Actor, list_id: int) -> OptionList:
    actor.require_administrator()
    return locked(visible_option_lists(actor), KIND, list_id)
