"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from api.base.dialect import Credentials
from api.base.examples import CodeSample, Known, Step
from api.base.intentions import Intention, Told
from api.redmineup import telling, writing

if TYPE_CHECKING:
    from contacts.access import Actor

# Of the search for any text.
SEARCHES = _("It looks into names, e-mails and the like alone, and forgives no slips.")


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that list contacts."""
    return signed(credentials, Step(path="/contacts.json", query={"limit": "5"}))


def signed(credentials: Credentials, step: Step) -> Sequence[Step]:
    """Return a request with the key in it."""
    key = {"X-Redmine-API-Key": str(credentials["api_key"])}
    return [replace(step, headers={**key, **step.headers})]


def tell(actor: "Actor", intention: Intention) -> Told:
    """Return how this dialect says what is wanted; raises UnsayableError."""
    told = writing.told if intention.writes else telling.told
    return told(actor, intention)


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact; all kinds are contacts here."""
    return Known(str(document["id"]), f"/contacts/{document['id']}.json")


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"custom_fields id {number}"


def clients(base_url: str, credentials: Credentials) -> Sequence[CodeSample]:
    """Return how well-known clients are told of this server."""
    key = str(credentials["api_key"])
    return [
        CodeSample(
            "python-redmine",
            "from redminelib import Redmine\n"
            f"redmine = Redmine({json.dumps(base_url)}, key={json.dumps(key)})",
        ),
        CodeSample("redmine-mcp-server", f"REDMINE_URL={base_url}\nREDMINE_API_KEY={key}"),
    ]
