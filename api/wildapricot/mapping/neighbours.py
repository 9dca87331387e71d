"""Write levels, groups, bundles and saved searches as this protocol shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from contacts.fields import reference

Wire = dict[str, object]
Document = Mapping[str, Any]  # JSON of any shape

# Periods of renewal by months; all others are a number of years.
PERIODS = {None: "Never", 0: "Never", 1: "Monthly", 3: "Quarterly", 6: "TwiceAYear"}
YEARLY = "EveryNYears"
LEVEL_TYPES = {"individual": "Individual", "bundle": "Bundle"}


def linked_level(account_url: str, level_id: int) -> Wire:
    """Return a membership level where only its number and its address are told."""
    return {"Id": level_id, "Url": f"{account_url}/MembershipLevels/{level_id}"}


class Neighbours:
    """Writes the records of one account; their addresses begin with its own."""

    def __init__(self, account_url: str) -> None:
        self.account_url = account_url

    def level(self, document: Document) -> Wire:
        """Return a membership level."""
        return {
            "Id": document["id"],
            "Url": self._url("MembershipLevels", document["id"]),
            "Name": document["name"],
            "Description": document["description"],
            "PublicCanApply": document["is_open"],
            "Type": LEVEL_TYPES[document["type"]],
            "BundleMembersLimit": document["bundle_limit"],
            "MembershipFee": float(document["fee"]),
            "MemberCanChangeToLevels": [
                linked_level(self.account_url, pk) for pk in document["changes_to"]
            ],
            "RenewalPeriod": {"Kind": PERIODS.get(document["renewal_months"], YEARLY)},
        }

    def group(self, document: Document, size: int) -> Wire:
        """Return a group of members and how many are in it."""
        return {
            "Id": document["id"],
            "Url": self._url("MemberGroups", document["id"]),
            "Name": document["title"],
            "Description": document["description"],
            "ContactsCount": size,
        }

    def bundle(self, document: Document) -> Wire:
        """Return a bundle with its members."""
        level_id = document["level_id"]
        administrator = document["administrator"]
        return {
            "Id": document["id"],
            "Url": self._url("Bundles", document["id"]),
            "Email": document["email"],
            "ParticipantsCount": document["member_count"],
            "Administrator": self._contact(administrator) if administrator else None,
            "MembershipLevel": {
                "Id": level_id,
                "Url": self._url("MembershipLevels", level_id),
                "Name": reference.membership_levels().name_of(level_id),
            },
            "SpacesLeft": document["spaces_left"],
            "Members": [self._contact(each) for each in document["members"]],
        }

    def saved_search(self, document: Document, ids: Sequence[int] | None = None) -> Wire:
        """Return a saved search, with the ids of what it finds where they are known."""
        wire: Wire = {
            "Id": document["id"],
            "Url": self._url("SavedSearches", document["id"]),
            "Name": document["name"],
            "Description": document["search"],
        }
        return wire if ids is None else {**wire, "ContactIds": list(ids)}

    def _contact(self, named: Document) -> Wire:
        url = self._url("Contacts", named["id"])
        return {"Id": named["id"], "Url": url, "Name": named["name"]}

    def _url(self, resource: str, record_id: object) -> str:
        return f"{self.account_url}/{resource}/{record_id}"
