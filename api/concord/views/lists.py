"""Plain lists without pages: countries, currencies, time zones, tags, what is found anywhere."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

import pycountry
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope, grammar
from api.concord.filters import asked_of, found_of
from api.concord.mapping import choices
from api.concord.mapping.bodies import Body
from api.concord.resources import RESOURCES
from api.concord.resources.table import Wire
from api.concord.views.base import ConcordViewSet, number_of, sent_of
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.services.records import together
from contacts.services.tag_setup import create_tag, delete_tag, update_tag

MOST_EACH = 10
SEARCHED: Mapping[str, tuple[str, str]] = {
    "contacts": ("Contacts", "Users"),
    "companies": ("Companies", "OfficeBuilding"),
    "deals": ("Deals", "Folder"),
    "activities": ("Activities", "Calendar"),
}


class CountrySet(ConcordViewSet):
    """All countries."""

    def list(self, request: DialectRequest) -> Response:
        """Return the countries by name."""
        return envelope.listed(choices.countries())


class CurrencySet(ConcordViewSet):
    """All currencies."""

    def list(self, request: DialectRequest) -> Response:
        """Return the currencies by their codes."""
        return envelope.single(
            {each.alpha_3: {"name": each.name, "code": each.numeric} for each in _currencies()}
        )


class TimeZoneSet(ConcordViewSet):
    """All time zones."""

    def list(self, request: DialectRequest) -> Response:
        """Return the names of the time zones."""
        return envelope.listed(sorted(available_timezones()))


class TagSet(ConcordViewSet):
    """Tags: read by everybody, kept by administrators."""

    def list(self, request: DialectRequest) -> Response:
        """Return the tags in their order."""
        return envelope.listed(choices.tags(list(reference.tags().by_id)))

    def create(self, request: DialectRequest, record_id: str) -> Response:
        """Make a tag, or find the one of this name."""
        request.actor.require_administrator()
        values = _tag_values(request)
        present = reference.tags().id_of(key_of(str(values["name"])))
        if present is not None:
            return envelope.single(_tag(present))
        # The address names a type, of which this server's tags have none; see the documentation.
        return envelope.created(_tag(create_tag(request.actor, values)["id"]))

    def update(self, request: DialectRequest, record_id: str) -> Response:
        """Rename, recolour or move a tag."""
        request.actor.require_administrator()
        number = number_of(record_id, "Tag")
        values = _tag_values(request)
        order = sent_of(request).get("display_order")
        update_tag(request.actor, number, values | ({} if order is None else {"position": order}))
        return envelope.single(_tag(number))

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Take a tag off everything and delete it."""
        request.actor.require_administrator()
        delete_tag(request.actor, number_of(record_id, "Tag"))
        return envelope.empty()

    def order(self, request: DialectRequest) -> Response:
        """Put tags in order."""
        request.actor.require_administrator()
        rows = request.data if isinstance(request.data, list) else []
        with together():
            for row in rows:
                if isinstance(row, Mapping) and "id" in row:
                    number = number_of(str(row["id"]), "Tag")
                    update_tag(request.actor, number, {"position": row.get("display_order")})
        return envelope.empty()


class EverythingSet(ConcordViewSet):
    """What is found in several resources."""

    def list(self, request: DialectRequest) -> Response:
        """Return what is found, by resource, at most ten of each."""
        params = request.params
        if grammar.search_of(params) is None:
            return envelope.listed([])
        only = grammar.names_of(params.get("only")) or list(SEARCHED)
        asked = {key: value for key, value in params.items() if key == "q"}
        groups = []
        for name in only:
            if name not in SEARCHED:
                continue
            resource = RESOURCES[name]
            page = found_of(request.actor, asked_of(request.actor, resource, asked), take=MOST_EACH)
            title, icon = SEARCHED[name]
            groups.append(
                {
                    "title": title,
                    "resource_name": name,
                    "icon": icon,
                    "action": "float",
                    "data": [_hit(name, document) for document in page.documents],
                }
            )
        return envelope.listed(groups)


def _hit(name: str, document: Mapping[str, Any]) -> Wire:
    title = document.get("display_name") or document.get("name") or document.get("subject")
    return {
        "id": document["id"],
        "path": f"/{name}/{document['id']}",
        "display_name": title,
        "created_at": document.get("created_at"),
        "resourceName": name,
    }


def _currencies() -> list[Any]:  # pycountry's records have no type
    return list(pycountry.currencies)


def _tag_values(request: DialectRequest) -> dict[str, object]:
    body = Body(sent_of(request), creating=True)
    body.require("name", "swatch_color")
    name, color = body.text("name"), body.text("swatch_color", most=7)
    body.finish()
    return {"name": name, "color": color}


def _tag(tag_id: object) -> Wire:
    (found,) = choices.tags([tag_id])
    return found
