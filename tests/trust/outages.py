"""What a program hears of a database that is away, in every dialect."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message

from tests.trust.creating import JSON, Creator

PATIENCE_IN_SECONDS = 90
# What the refusal of a dialect says of itself; Redmine refuses without a body, unless there is
# something to do about it.
ENVELOPES = {
    "concord": "message",
    "wildapricot": "code",
    "vtiger": "success",
    "civicrm": "is_error",
}
UNAVAILABLE = 503


@dataclass(frozen=True)
class Answer:
    """What a program gets."""

    status: int
    wait: str
    media_type: str
    body: bytes
    # Whether it is the answer to the same request before.
    is_replayed: bool = False

    @property
    def is_success(self) -> bool:
        """Say whether what was asked for is done."""
        return 200 <= self.status < 300 and not self.wait


def answer_to(request: urllib.request.Request) -> Answer:
    """Send a request and return whatever comes back."""
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_IN_SECONDS) as answer:
            is_replayed = answer.headers["Idempotent-Replayed"] == "true"
            media_type = _type_of(answer.headers)
            return Answer(answer.status, "", media_type, answer.read(), is_replayed)
    except urllib.error.HTTPError as error:
        with error:
            wait = error.headers["Retry-After"] or ""
            return Answer(error.code, wait, _type_of(error.headers), error.read())


def sent(creator: Creator, name: str, *, key: str = "") -> Answer:
    """Send a new contact and return whatever comes back."""
    path, headers, body = creator.request(name, "Outage")
    known = {"Idempotency-Key": key} if key else {}
    return answer_to(
        urllib.request.Request(
            creator.server.base_url + path, data=body, headers={**headers, **known}
        )
    )


def faults_of(creator: Creator, answer: Answer) -> list[str]:
    """Return what an answer lacks of the dialect's own 503 with the seconds to wait."""
    return faults_in(creator.dialect, answer)


def faults_in(dialect: str, answer: Answer) -> list[str]:
    """Return what an answer lacks of a 503 with the seconds to wait and the right envelope."""
    told = f"{dialect}: {answer}"
    if answer.status != UNAVAILABLE or not answer.wait.isdigit():
        return [told]
    if dialect == "redmineup":
        return [told] if answer.body.strip() and b"takes too long" not in answer.body else []
    if dialect not in ENVELOPES:
        return [] if answer.media_type.startswith("text/html") and answer.body else [told]
    if not answer.media_type.startswith(JSON):
        return [told]
    return [] if ENVELOPES[dialect] in json.loads(answer.body) else [told]


def _type_of(headers: Message) -> str:
    return headers.get("Content-Type") or ""
