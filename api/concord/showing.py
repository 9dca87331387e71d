"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from api.base.dialect import Credentials
from api.base.examples import CodeSample, Known, Step
from api.base.intentions import Intention, Told
from api.concord import telling, writing
from api.concord.labels import custom_name

if TYPE_CHECKING:
    from contacts.access import Actor

FOLDERS = {"person": "contacts", "organization": "companies"}

# Of the search for any text.
SEARCHES = _("It looks for the text as a whole in its usual fields, and forgives no slips.")


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
    told = writing.told if intention.writes else telling.told
    return told(actor, intention)


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact: people and companies are apart, households unknown."""
    folder = FOLDERS.get(str(document["kind"]))
    return Known(str(document["id"]), f"/api/{folder}/{document['id']}") if folder else None


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return custom_name(slug)


def clients(base_url: str, credentials: Credentials) -> Sequence[CodeSample]:
    """Return how well-known clients are told of this server."""
    token = json.dumps(f"Bearer {credentials['token']}")
    return [
        CodeSample(
            "httpx",
            "import httpx\n"
            f"crm = httpx.Client(base_url={json.dumps(f'{base_url}/api')}, "
            f'headers={{"Authorization": {token}, "Accept": "application/json"}})',
        )
    ]
