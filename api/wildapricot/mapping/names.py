"""Find fields by the names that clients use, and name them where the domain speaks of its own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from api.wildapricot.mapping.fields import CUSTOM_FROM, WireField

# Keys at the top of a contact, and names of other versions; all of one field's code.
ALIASES: Mapping[str, str] = {
    "id": "memberid",
    "profilelastupdated": "lastupdated",
    "e-mail": "email",
    "member id": "memberid",
    "contact id": "memberid",
    "is member": "ismember",
    "membership level": "membershiplevelid",
    "membershiplevel": "membershiplevelid",
    "user id": "memberid",
}
SUFFIXES = ("id", "label", "value")

_SQUEEZED = re.compile(r"[\s\-_/]+")
_SUFFIX = re.compile(r"^(.+?)\s*\.\s*(id|label|value)$", re.IGNORECASE)

# What faults of the domain are about, in the words of this protocol.
KEY_NAMES: Mapping[str, str] = {
    "first_name": "First name",
    "last_name": "Last name",
    "household_name": "Last name",
    "organization_name": "Organization",
    "company": "Organization",
    "emails": "Email",
    "phones": "Phone",
    "addresses": "Address",
    "websites": "Website",
    "background": "Notes",
    "job_title": "Job title",
    "middle_name": "Middle name",
    "birthday": "Birthday",
    "balance": "Balance",
    "total_donated": "Total donated",
    "kind": "Contact type",
    "tags": "Tags",
    "projects": "Projects",
    "owner": "Assigned to",
    "avatar": "Avatar",
    "source": "Source",
    "groups": "Group participation",
    "membership_level": "Membership level ID",
    "membership_status": "Membership status",
    "member_since": "Member since",
    "renewal_due": "Renewal due",
    "is_membership_enabled": "Membership enabled",
    "bundle": "Bundle ID",
    "member_role": "Member role",
    "label": "FieldName",
    "help_text": "FieldInstructions",
    "options": "AllowedValues",
    "default": "AllowedValues",
    "position": "Order",
    "title": "Name",
    "name": "Name",
    "description": "Description",
}


def name_of_key(key: str) -> str:
    """Return the name of what a fault of the domain is about."""
    if key.startswith("custom_"):
        number = key.removeprefix("custom_")
        return f"custom-{CUSTOM_FROM + int(number)}" if number.isdecimal() else key
    return KEY_NAMES.get(key, key)


@dataclass(frozen=True)
class Names:
    """The fields by every name; the first meaning of a name counts."""

    by_name: dict[str, WireField] = field(default_factory=dict)
    by_code: dict[str, WireField] = field(default_factory=dict)
    squeezed: dict[str, WireField] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Iterable[WireField]) -> "Names":
        """Return the names of some fields."""
        names = cls()
        for each in fields:
            names.by_name.setdefault(each.name.casefold(), each)
            names.by_code.setdefault(each.system_code.casefold(), each)
        for table in (names.by_name, names.by_code):
            for name, each in table.items():
                names.squeezed.setdefault(_SQUEEZED.sub("", name), each)
        return names

    def find(self, name: str) -> tuple[WireField, str] | None:
        """Return the field and the suffix of a name (id, label, value or ""), or None."""
        found = self.exact(name)
        if found is not None:
            return found, ""
        suffixed = _SUFFIX.match(name.strip())
        if suffixed is None:
            return None
        found = self.exact(suffixed[1])
        return (found, suffixed[2].casefold()) if found is not None else None

    def exact(self, name: str) -> WireField | None:
        """Return the field of a name without a suffix, or None."""
        key = name.strip().casefold()
        found = self.by_name.get(key) or self.by_code.get(key)
        if found is not None:
            return found
        bare = _SQUEEZED.sub("", key)
        code = ALIASES.get(key) or ALIASES.get(bare)
        return self.by_code.get(code or "") or self.squeezed.get(bare)
