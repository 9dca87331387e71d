"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from api.base.dialect import Credentials
from api.base.examples import Known, Step
from api.base.intentions import Intention, Told
from api.concord import telling

if TYPE_CHECKING:
    from contacts.access import Actor

FOLDERS = {"person": "contacts", "organization": "companies"}


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that list contacts."""
    headers = {"Accept": "application/json"}
    return signed(credentials, Step(path="/api/contacts", query={"per_page": "5"}, headers=headers))


def signed(credentials: Credentials, step: Step) -> Sequence[Step]:
    """Return a request with the token in it."""
    token = {"Authorization": f"Bearer {credentials['token']}"}
    return [replace(step, headers={**token, **step.headers})]


def tell(actor: "Actor", intention: Intention) -> Told:
    """Return how this dialect says what is wanted; raises UnsayableError."""
    return telling.told(actor, intention)


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact: people and companies are apart, households unknown."""
    folder = FOLDERS.get(str(document["kind"]))
    return Known(str(document["id"]), f"/api/{folder}/{document['id']}") if folder else None


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"cf_{slug}"
