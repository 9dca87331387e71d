"""Write contacts as this protocol shows them; pure functions of the contact's document."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from api.base.blank_forms import BlankForm
from api.wildapricot.mapping.disclosures import levels_of
from api.wildapricot.mapping.drafts import Pick
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.meanings.moments import in_account_zone
from api.wildapricot.mapping.meanings.pictures import Picture
from api.wildapricot.mapping.memberships import membership_of
from api.wildapricot.mapping.table import Table

Wire = dict[str, object]
Document = dict[str, Any]  # JSON of any shape

Entry = Callable[[Document], Wire]


class Layout(NamedTuple):
    """The fields of contacts at one membership level, and what writes them."""

    fields: list[WireField]
    form: BlankForm[Wire]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer is read: the address of the account in the version of the request."""

    account_url: str

    def contact(self, contact_id: object) -> str:
        """Return the address of a contact."""
        return f"{self.account_url}/Contacts/{contact_id}"

    def level(self, level_id: object) -> str:
        """Return the address of a membership level."""
        return f"{self.account_url}/MembershipLevels/{level_id}"

    def file(self, folder: str, name: object) -> str:
        """Return the address of a picture or of another file."""
        return f"{self.account_url}/{folder}/{name}"


class ContactWriter:
    """Writes contacts; ``selected`` are the codes of the fields that are shown."""

    def __init__(self, table: Table, place: Place, selected: Collection[str] | None = None) -> None:
        """Prepare what is the same for all contacts."""
        self.place = place
        shown = [each for each in table.fields if selected is None or each.system_code in selected]
        self.entries = [(each, self._entry(each)) for each in shown]
        self.by_level: dict[object, Layout] = {}

    def write(self, document: Document) -> Wire:
        """Return one contact; top-level keys are complete whatever fields are selected."""
        number = document["id"]
        return {
            **names_of(document),
            "ProfileLastUpdated": precise(document["updated_at"]),
            **membership_of(document, self.place.level),
            "FieldValues": self._field_values(document),
            "Id": number,
            "Url": self.place.contact(number),
            "IsAccountAdministrator": bool(document.get("own_is_administrator")),
            "TermsOfUseAccepted": True,
        }

    def _field_values(self, document: Document) -> list[Wire]:
        layout = self._layout(document.get("membership_level_id"))
        values = layout.form.filled(document)
        wishes = levels_of(document)
        if not wishes:
            return values
        return [
            {"CustomAccessLevel": wishes[key], **value}
            if (key := "".join(field.meaning.keys)) in wishes
            else value
            for field, value in zip(layout.fields, values, strict=True)
        ]

    def _layout(self, level_id: object) -> Layout:
        """Return the entries of contacts at a membership level, the same for all of them."""
        if level_id not in self.by_level:
            there = [each for each in self.entries if each[0].is_there_for(level_id)]
            form = BlankForm([entry for _field, entry in there])
            self.by_level[level_id] = Layout([field for field, _entry in there], form)
        return self.by_level[level_id]

    def _entry(self, field: WireField) -> Entry:
        """Return the function that writes one entry of FieldValues."""
        name, code = field.name, field.system_code
        read: Callable[[Document], object] = field.meaning.read
        if isinstance(field.meaning, Picture):
            read = self._file(read, field.meaning.place)

        def entry(document: Document) -> Wire:
            return {"FieldName": name, "Value": read(document), "SystemCode": code}

        return entry

    def _file(
        self, read: Callable[[Document], object], folder: str
    ) -> Callable[[Document], object]:
        def with_address(document: Document) -> object:
            value = read(document)
            if not isinstance(value, dict):
                return None
            return {**value, "Url": self.place.file(folder, value["Id"])}

        return with_address


@lru_cache(maxsize=64)
def _writer(table: Table, place: Place, selected: frozenset[str] | None) -> ContactWriter:
    return ContactWriter(table, place, selected)


def writer_for(
    table: Table, place: Place, selected: Collection[str] | None = None
) -> Callable[[Document], Wire]:
    """Return what writes contacts for an answer; the same for all that show the same fields."""
    return _writer(table, place, None if selected is None else frozenset(selected)).write


def names_of(document: Document) -> Wire:
    """Return the names at the top of a contact: text, never null."""
    first = document.get("first_name", "")
    last = document.get("last_name") or document.get("household_name", "")
    organization = document.get("organization_name") or document.get("company", "")
    email = email_of(document)
    return {
        "FirstName": first,
        "LastName": last,
        "Email": email,
        "DisplayName": display_name(first, last, organization, email),
        "Organization": organization,
    }


def email_of(document: Document) -> str:
    """Return the primary e-mail address, or ""."""
    main = Pick().find(document.get("emails", []))
    return str(main.get("address", "")) if main else ""


def display_name(first: str, last: str, organization: str, email: str) -> str:
    """Return "Last, First", or what there is of it, or the next best name."""
    named = ", ".join(part for part in (last, first) if part)
    return named or organization or email


def precise(text: str) -> str:
    """Return a kept moment in the account's zone with its offset."""
    return in_account_zone(text, "milliseconds")
