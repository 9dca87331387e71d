"""Relationships of a contact: shown from its side, added and ended on its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.address_book.rows import contact_url
from contacts.admin.choosing import ContactField
from contacts.admin.record_forms import RecordForm
from contacts.index import EMPLOYEE_OF
from contacts.models import Relationship, RelationshipType

MOST_TIES = 200
FORWARD, BACKWARD = "ab", "ba"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship seen from one of its contacts."""

    id: int
    label: str
    name: str
    url: str


def ties_of(contact_id: int) -> list[Relationship]:
    """Return the relationships of a contact besides those to companies."""
    ties = Relationship.objects.filter(Q(contact_a=contact_id) | Q(contact_b=contact_id))
    ties = ties.filter(is_active=True).exclude(type__name_a_b=EMPLOYEE_OF)
    return list(ties.select_related("type")[:MOST_TIES])


def other_end(tie: Relationship, contact_id: int) -> int:
    """Return the contact at the other end."""
    return tie.contact_b_id if tie.contact_a_id == contact_id else tie.contact_a_id


def shown_ties(ties: list[Relationship], contact_id: int, names: Mapping[int, str]) -> list[Tie]:
    """Return the ties to contacts that the reader sees."""
    return [
        Tie(
            tie.pk,
            tie.type.name_a_b if tie.contact_a_id == contact_id else tie.type.name_b_a,
            names[other_end(tie, contact_id)],
            contact_url(other_end(tie, contact_id)),
        )
        for tie in ties
        if other_end(tie, contact_id) in names
    ]


def tie_form(actor: Actor, kind: str) -> RecordForm:
    """Return an empty form for a relationship of a contact of this kind."""
    return RecordForm(
        {
            "type": inputs.one_of(_("Relationship"), choices_for(kind)),
            "contact_b": ContactField(actor, label=str(_("To whom"))),
        },
        aliases={"contact_a": "contact_b"},
    )


def choices_for(kind: str) -> list[tuple[str, str]]:
    """Return the relationships that a kind of contact can have, in both directions."""
    types = RelationshipType.objects.filter(is_active=True).exclude(name_a_b=EMPLOYEE_OF)
    choices: dict[str, tuple[str, str]] = {}
    for each in types:
        if each.kind_a in ("", kind):
            choices.setdefault(each.name_a_b, (f"{FORWARD}:{each.pk}", each.name_a_b))
        if each.kind_b in ("", kind):
            choices.setdefault(each.name_b_a, (f"{BACKWARD}:{each.pk}", each.name_b_a))
    return list(choices.values())


def tie_values(form: RecordForm, contact_id: int) -> dict[str, object]:
    """Return what a filled-in form says, for the service."""
    direction, _colon, type_id = str(form.cleaned_data["type"] or "").partition(":")
    ends = [contact_id, form.cleaned_data["contact_b"]]
    if direction == BACKWARD:
        ends.reverse()
    return {
        "type": int(type_id) if type_id else None,
        "contact_a": ends[0],
        "contact_b": ends[1],
    }
