"""Choose contacts in a form by typing: a name, or a name with the contact's number.

A list of all contacts would be too long for a page, so the box takes text. Scripts offer names
while typing (`crm/choosing.js` asks `suggestions`); without them a name that fits one contact is
enough.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import Actor
from contacts.fields.text import fold

SEPARATOR = ";"
OFFERED = 8
NUMBER = re.compile(r"(?:^|\s)#(\d{1,18})$")
LEAST_TYPED = 2


def written(contact: Mapping[str, Any]) -> str:
    """Return how a chosen contact stands in the box."""
    name = str(contact.get("name") or contact.get("display_name") or "")
    return f"{name} #{contact['id']}".strip()


class ContactField(forms.CharField):
    """A box for one contact, or for several separated by ";"."""

    def __init__(self, actor: Actor, *, several: bool = False, kind: str = "", **more: Any) -> None:
        self.actor = actor
        self.several = several
        self.kind = kind
        attributes = {"data-contacts": "several" if several else "one", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **more)

    def prepare_value(self, value: object) -> object:
        """Return the text for chosen contacts (documents with id and name)."""
        if isinstance(value, Mapping):
            return written(value)
        if isinstance(value, list | tuple):
            return f"{SEPARATOR} ".join(written(each) for each in value)
        return value

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether somebody typed something else; what is hidden from them stays as it is."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def clean(self, value: object) -> int | list[int] | None:
        """Return what was chosen; raises ValidationError where a name fits none or several."""
        typed = [part.strip() for part in str(value or "").split(SEPARATOR) if part.strip()]
        if not self.several:
            typed = [str(value).strip()] if str(value or "").strip() else []
        found = [self._find(part) for part in typed]
        if self.several:
            return list(dict.fromkeys(found))
        return found[0] if found else None

    def _find(self, typed: str) -> int:
        numbered = NUMBER.search(typed)
        if numbered:
            return int(numbered.group(1))
        documents = self._named(typed)
        exact = [each for each in documents if fold(str(each["display_name"])) == fold(typed)]
        if len(exact) == 1 or len(documents) == 1:
            return int((exact or documents)[0]["id"])
        if not documents:
            raise ValidationError(_("No contact is called “%(name)s”.") % {"name": typed})
        names = ", ".join(written(each) for each in (exact or documents)[:OFFERED])
        text = _("Several contacts fit: %(names)s. Write the number too.")
        raise ValidationError(text % {"names": names})

    def _named(self, typed: str) -> list[dict[str, Any]]:
        condition = None
        if self.kind:
            condition = query.where(self.actor, "kind", "eq", self.kind)
        asked = query.Query(
            search=typed, lenient=True, condition=condition, limit=OFFERED + 1, total=False
        )
        return list(query.search(self.actor, asked).documents)


def suggested(actor: Actor, typed: str) -> Iterable[str]:
    """Return what the box may be filled with for what has been typed so far."""
    if len(typed.strip()) < LEAST_TYPED:
        return []
    asked = query.Query(search=typed, lenient=True, limit=4 * OFFERED, total=False)
    # Whose name has what was typed comes before whose address or job has it.
    found = sorted(
        query.search(actor, asked).documents,
        key=lambda each: fold(typed.strip()) not in fold(str(each["display_name"])),
    )
    return [written(document) for document in found[:OFFERED]]
