"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

from collections.abc import Mapping, Sequence

from api.base.dialect import Credentials
from api.base.examples import Known, Step


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that list contacts."""
    headers = {"X-Redmine-API-Key": str(credentials["api_key"])}
    return [Step(path="/contacts.json", query={"limit": "5"}, headers=headers)]


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact; all kinds are contacts here."""
    return Known(str(document["id"]), f"/contacts/{document['id']}.json")


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"custom_fields id {number}"
