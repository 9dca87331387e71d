"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

from collections.abc import Mapping, Sequence

from api.base.dialect import Credentials
from api.base.examples import Known, Step

FOLDERS = {"person": "contacts", "organization": "companies"}


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that list contacts."""
    headers = {"Authorization": f"Bearer {credentials['token']}", "Accept": "application/json"}
    return [Step(path="/api/contacts", query={"per_page": "5"}, headers=headers)]


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact: people and companies are apart, households unknown."""
    folder = FOLDERS.get(str(document["kind"]))
    return Known(str(document["id"]), f"/api/{folder}/{document['id']}") if folder else None


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"cf_{slug}"
