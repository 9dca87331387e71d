"""Say one intention in every dialect that can, and run what was said on behalf of the reader."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest

from api.base import discovery, in_house
from api.base.dialect import Dialect
from api.base.examples import Step
from api.base.intentions import Intention, UnsayableError, signed_by, told_by
from api.base.shell_code import request_line, shell_code
from contacts.access import Actor
from contacts.access.credentials import require_program_use
from contacts.admin.doors import Answer
from contacts.errors import NotFoundError
from contacts.models import User
from crm.pages.docs import Placeholders


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that can be run here, known by its name; ``writes`` says it may change something.

    ``line`` is the request as it goes over the wire, ``command`` a shell's, with placeholders.
    """

    name: str
    title: str
    step: Step
    writes: bool = False
    line: str = ""
    command: str = ""

    @property
    def door(self) -> str:
        """Return the name of the dialect."""
        return self.name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Way:
    """How one dialect says it: requests with remarks, or the sentence why it cannot."""

    title: str
    requests: Sequence[Asked] = ()
    remarks: Sequence[str] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a request, and whether it was only rehearsed."""

    title: str
    answer: Answer
    is_rehearsal: bool


def ways_of(actor: Actor, intention: Intention, *, but: str = "") -> list[Way]:
    """Return how every dialect that is switched on says it; those without words are left out."""
    spoken = [each for each in discovery.dialects() if each.name != but]
    found = (_way(actor, dialect, intention) for dialect in spoken)
    return [way for way in found if way is not None]


def requests_of(ways: Sequence[Way]) -> list[Asked]:
    """Return all requests of all ways."""
    return [request for way in ways for request in way.requests]


def ran_of(request: HttpRequest, actor: Actor, known: Sequence[Asked]) -> Ran:
    """Run the request that a form names; raises NotFoundError, ForbiddenError."""
    if isinstance(request.user, User):
        require_program_use(request.user)
    name = request.POST.get("through") or known[0].name
    asked = next((each for each in known if each.name == name), None)
    if asked is None:
        raise NotFoundError("request", name)
    is_rehearsal = asked.writes and request.POST.get("dry_run") == "1"
    started = time.perf_counter()
    response = in_house.asked_as(
        replace(actor, dialect=asked.door), request, asked.step, is_rehearsal=is_rehearsal
    )
    spent = round((time.perf_counter() - started) * 1000)
    answer = Answer(
        response.status_code, in_house.pretty(response), spent, in_house.is_good(response)
    )
    return Ran(asked.title, answer, is_rehearsal)


def _way(actor: Actor, dialect: Dialect, intention: Intention) -> Way | None:
    if find_spec(f"{dialect.package}.showing") is None:
        return None
    part = dialect.part("showing")
    try:
        told = told_by(part, actor, intention)
    except UnsayableError as error:
        return Way(dialect.title, sentence=error.sentence)
    if told is None:
        return None
    secrets = Placeholders(username=actor.username)
    requests = [
        Asked(
            name=f"{dialect.name}:{place}",
            title=dialect.title,
            step=step,
            writes=intention.writes,
            line=request_line(step),
            command=shell_code(signed_by(part, secrets, step), settings.BASE_URL),
        )
        for place, step in enumerate(told.steps)
    ]
    return Way(dialect.title, requests, told.remarks)
