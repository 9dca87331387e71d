"""Find in several resources at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope, grammar
from api.concord.filters import asked_of, found_of
from api.concord.mapping import choices
from api.concord.mapping.contacts import email_of
from api.concord.resources import RESOURCES
from api.concord.resources.table import Document, Wire
from api.concord.views.base import ConcordViewSet

MOST_EACH = 10
SEARCHED: Mapping[str, tuple[str, str]] = {
    "contacts": ("Contacts", "Users"),
    "companies": ("Companies", "OfficeBuilding"),
    "deals": ("Deals", "Folder"),
    "activities": ("Activities", "Calendar"),
    "products": ("Products", "ShoppingBag"),
}
# In the order of the original, whose clients take the first group.
ADDRESSED = ("companies", "contacts", "users")
ADDRESS_FIELDS = {
    "contacts": "first_name;last_name;full_name;email",
    "companies": "name;email",
}


class EverythingSet(ConcordViewSet):
    """What is found in several resources."""

    def list(self, request: DialectRequest) -> Response:
        """Return what is found, by resource, at most ten of each."""
        params = request.params
        if grammar.search_of(params) is None:
            return envelope.listed([])
        groups = []
        for name in _names(params, SEARCHED):
            found = _found(request, name, {"q": params["q"]})
            groups.append(_group(name, [_hit(name, document) for document in found]))
        return envelope.listed(groups)


class AddressSearchSet(ConcordViewSet):
    """Who has an e-mail address, in several resources."""

    def list(self, request: DialectRequest) -> Response:
        """Return the addresses that are found, by resource, at most ten of each."""
        params = request.params
        if grammar.search_of(params) is None:
            return envelope.listed([])
        groups = []
        for name in _names(params, ADDRESSED):
            fields = "name;email:=" if name == "users" else ADDRESS_FIELDS[name]
            asked = {"q": params["q"], "search_fields": fields}
            found = _found(request, name, asked)
            groups.append(_group(name, list(_addresses(name, found))))
        return envelope.listed(groups)


def _names(params: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    only = params.get("only")
    named = only.split(",") if isinstance(only, str) and "," in only else grammar.names_of(only)
    return [name for name in named if name in known] if named else list(known)


def _found(request: DialectRequest, name: str, params: Mapping[str, Any]) -> list[Document]:
    asked = asked_of(request.actor, RESOURCES[name], params)
    return list(found_of(request.actor, asked, take=MOST_EACH).documents)


def _group(name: str, hits: Sequence[Wire]) -> Wire:
    title, icon = SEARCHED.get(name, ("Users", "User"))
    return {
        "title": title,
        "resource_name": name,
        "icon": icon,
        "action": "float",
        "data": hits,
    }


def _addresses(name: str, found: Iterable[Document]) -> Iterator[Wire]:
    for document in found:
        is_user = name == "users"
        address = choices.email_of_user(document["id"]) if is_user else email_of(document)
        if address:
            yield {
                "id": document["id"],
                "address": address,
                "name": document.get("display_name") or document.get("name"),
                "path": f"/{name}/{document['id']}",
                "resourceName": name,
            }


def _hit(name: str, document: Mapping[str, Any]) -> Wire:
    title = document.get("display_name") or document.get("name") or document.get("subject")
    return {
        "id": document["id"],
        "path": f"/{name}/{document['id']}",
        "display_name": title,
        "created_at": document.get("created_at"),
        "resourceName": name,
    }
