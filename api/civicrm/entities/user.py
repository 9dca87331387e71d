"""User and UFMatch: who signs in, and which contact each of them is."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.civicrm.actions import reading
from api.civicrm.actions.writing import is_given
from api.civicrm.calls import Call, Operation, Record, Records
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import missing_params
from api.civicrm.mapping.declaring import integer, points_to, record_id, text
from api.civicrm.permissions import CLOSED
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.query import Query, search

MOST = 100_000


def _users(actor: Actor) -> list[Mapping[str, Any]]:
    return list(search(actor, Query("user", limit=MOST, total=False)).documents)


def _user_rows(actor: Actor) -> Iterable[Record]:
    for user in _users(actor):
        if user.get("contact_id"):
            yield {
                "id": str(user["id"]),
                "name": str(user.get("username") or ""),
                "contact_id": str(user["contact_id"]),
            }


def _match_rows(actor: Actor) -> Iterable[Record]:
    for user in _users(actor):
        if user.get("contact_id"):
            yield {
                "id": str(user["id"]),
                "domain_id": "1",
                "uf_id": str(user["id"]),
                "uf_name": str(user.get("email") or user.get("username") or ""),
                "contact_id": str(user["contact_id"]),
            }


def _get(call: Call) -> Records:
    if not any(is_given(call.params.get(name)) for name in ("contact_id", "id")):
        raise missing_params("contact_id")
    return reading.get(call)


ENTITIES = (
    Entity(
        name="User",
        source=TableSource(_user_rows),
        fields=fixed(
            record_id("User ID"),
            text("name", "User Name", is_writable=False),
            points_to("Contact", "contact_id", "Contact ID", path="contact_id", is_writable=False),
        ),
        permissions=CLOSED,
        actions={"get": Operation(_get, is_reading=True)},
        label="name",
    ),
    Entity(
        name="UFMatch",
        source=TableSource(_match_rows),
        fields=fixed(
            record_id("UF Match ID"),
            integer("domain_id", "Domain ID", is_writable=False),
            integer("uf_id", "CMS ID", is_writable=False),
            text("uf_name", "CMS Unique Identifier", is_writable=False),
            points_to("Contact", "contact_id", "Contact ID", path="contact_id", is_writable=False),
        ),
        permissions=CLOSED,
        label="uf_name",
    ),
)
