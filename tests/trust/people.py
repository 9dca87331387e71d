"""Every kind of user, speaking a dialect through the driver of its contract suite."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse

from api.base.dialect import Dialect
from contacts.access import FORM_KEY
from contacts.fields import reference
from contacts.models import Credential
from contacts.query.totals import forget_totals
from tests.dialects.contract.driver import Driver
from tests.trust.world import World

SIGNED_IN = ("administrator", "manager", "member", "reader", "none", "outsider")
# Who sees nothing of the hidden project, whatever they send.
BLIND = ("outsider", "none", "form key", "nobody")
KINDS = (*SIGNED_IN, "read-only", "form key", "nobody")


def speak(kind: str, dialect: Dialect, driver: type[Driver], world: World) -> Driver:
    """Return a driver for somebody of this kind.

    A read-only credential is one of the manager; so is what stands for the key of a web form:
    nothing but its kind tells it from a key that opens everything.
    """
    if kind == "nobody":
        return driver(dialect, None, world.project)
    is_twisted = kind in ("read-only", "form key")
    user = world.people["manager" if is_twisted else kind]
    last = max(Credential.objects.values_list("pk", flat=True), default=0)
    # Keys of people from elsewhere belong to the project that they are in.
    place = world.elsewhere if kind in ("outsider", "none") else world.project
    spoken = driver(dialect, user, place)
    made = Credential.objects.filter(pk__gt=last)
    if kind == "read-only":
        made.update(scope=Credential.Scope.READ)
    elif kind == "form key":
        made.update(kind=FORM_KEY)
    elif kind == "administrator":
        made.update(project=None)
    return spoken


# Written for every request, or for nothing but the request: no effects.
_RESTLESS = (
    "contacts_credential",
    # Counts of requests and of guesses.
    "crm_cache",
    "contacts_storedanswer",
    "contacts_storedsearch",
    "django_session",
)
_WRITING = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@dataclass
class Effects:
    """The tables that a request has written to, and what the check of its effects found."""

    tables: set[str] = field(default_factory=set)
    found: bool = False

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note the table of a writing statement, and run it."""
        told = _WRITING.match(sql)
        if told and told[1] not in _RESTLESS:
            self.tables.add(told[1])
        return execute(sql, params, many, context)


def asked(
    send: Callable[[], HttpResponse], check: Callable[[], bool] = lambda: False
) -> tuple[HttpResponse, Effects]:
    """Send a request and undo what it did; ``check`` looks at what it wrote, if it wrote at all."""
    effects = Effects()
    with transaction.atomic():
        with connection.execute_wrapper(effects.watch):
            answer = send()
        if answer.streaming:
            # A file, read while it is there.
            read = b"".join(answer)  # type: ignore[arg-type] # it streams
            answer = HttpResponse(read, status=answer.status_code, headers=answer.headers)
        effects.found = bool(effects.tables) and check()
        transaction.set_rollback(True)
    if effects.tables:
        # The process has read what is undone now.
        reference.forget()
        forget_totals()
    return answer, effects
