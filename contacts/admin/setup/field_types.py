"""What a change of type would do to the values of a custom field, and the change itself."""

from dataclasses import dataclass

from django.urls import reverse

from contacts import query
from contacts.access import Actor
from contacts.admin.tables import Cell
from contacts.fields.definition_fields import TYPE_LABELS
from contacts.services.custom_conversion import Conversion
from contacts.services.custom_fields import try_type


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found out about one type."""

    type: str
    label: str
    conversion: Conversion
    refused: list[tuple[Cell, str]]

    @property
    def converts(self) -> int:
        """Return how many values would be kept."""
        return self.conversion.count - self.conversion.failed

    @property
    def hidden(self) -> int:
        """Return how many of the refused ones are not listed."""
        return self.conversion.failed - len(self.refused)


def trial_of(actor: Actor, field_id: int, kind: str, type_name: str) -> Trial:
    """Try a type without changing anything; raises NotFoundError, InvalidError."""
    conversion = try_type(actor, field_id, type_name)
    ids = [pk for pk, _text in conversion.refused]
    names = query.names_of_contacts(actor, ids) if kind == "contact" else {}
    refused = [(_record(pk, kind, names), text) for pk, text in conversion.refused]
    return Trial(type_name, str(TYPE_LABELS.get(type_name, type_name)), conversion, refused)


def _record(pk: int, kind: str, names: dict[int, str]) -> Cell:
    if kind == "contact":
        return Cell(names.get(pk) or f"#{pk}", reverse("admin:contacts_contact_page", args=[pk]))
    return Cell(f"#{pk}")
