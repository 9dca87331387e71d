"""Show people how this dialect is spoken: signing in, and under what it knows a contact."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from api.base.dialect import Credentials
from api.base.examples import CodeSample, Joined, Kept, Known, Step, Value
from api.base.intentions import Intention, Told
from api.vtiger import telling, writing

if TYPE_CHECKING:
    from contacts.access import Actor

ADDRESS = "/webservice.php"


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that sign in and list contacts."""
    query = {"operation": "query", "query": "SELECT * FROM Contacts LIMIT 5;"}
    return signed(credentials, Step(path=ADDRESS, query=query, keeps={"rows": ("result",)}))


def signed(credentials: Credentials, step: Step) -> Sequence[Step]:
    """Return the requests that sign in before another one."""
    username, key = str(credentials["username"]), str(credentials["access_key"])
    answer = Joined((Kept("token"), key), is_md5=True)
    challenge = {"operation": "getchallenge", "username": username}
    login: dict[str, Value] = {"operation": "login", "username": username, "accessKey": answer}
    session: Mapping[str, Value] = {"sessionName": Joined((Kept("session"),))}
    # The operations that change take everything from the body.
    ready = (
        replace(step, form={**step.form, **session})
        if step.form
        else replace(step, query={**step.query, **session})
    )
    return [
        Step(path=ADDRESS, query=challenge, keeps={"token": ("result", "token")}),
        Step(path=ADDRESS, method="POST", form=login, keeps={"session": ("result", "sessionName")}),
        ready,
    ]


def tell(actor: "Actor", intention: Intention) -> Told:
    """Return how this dialect says what is wanted; raises UnsayableError."""
    told = writing.told if intention.writes else telling.told
    return told(actor, intention)


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact; the prefix tells its kind (docs/dialects/vtiger.md)."""
    prefix = 11 if document["kind"] == "organization" else 12
    if document.get("stage") == "lead":
        prefix = 10
    wire_id = f"{prefix}x{document['id']}"
    return Known(wire_id, f"{ADDRESS}?{urlencode({'operation': 'retrieve', 'id': wire_id})}")


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"cf_{number}"


def clients(base_url: str, credentials: Credentials) -> Sequence[CodeSample]:
    """Return how well-known clients are told of this server."""
    said = (base_url, str(credentials["username"]), str(credentials["access_key"]))
    texts = ", ".join(json.dumps(each, ensure_ascii=False) for each in said)
    return [CodeSample("vtigerpy", f"from vtigerpy import Vtiger\ncrm = Vtiger({texts})")]
