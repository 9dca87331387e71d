"""Whoever knows the key of a web form can fill in that form, whatever they send, and nothing else.

The key is one that works: by each of the doors that take it, hostile variants of a submission that
is right are sent, and every address of every protocol is asked with it.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Contact, WebForm
from contacts.services.web_forms import form_key_of
from tests.builders import actor_for
from tests.trust.figures import enough, tell
from tests.trust.hostile import Hostile, variants
from tests.trust.people import Effects, asked
from tests.trust.rows import rows_of
from tests.trust.rows.filling import hidden_in
from tests.trust.rows.probe import FORM, JSON, Probe
from tests.trust.test_hostile_input import SEED, SHOWN
from tests.trust.test_permission_matrix import IDS
from tests.trust.world import MARK, World

pytestmark = pytest.mark.django_db

# What the sending of a form never writes to.
NEVER = ("contacts_user", "contacts_credential", "contacts_project", "contacts_role")


@pytest.fixture
def form(world: World) -> tuple[WebForm, str]:
    """Return a form that anybody may fill in often, and its key."""
    row = WebForm.objects.get(pk=world.hidden["form"])
    WebForm.objects.filter(pk=row.pk).update(per_hour=1_000_000, min_seconds=0)
    key = form_key_of(actor_for(world.people["administrator"]), row.pk)
    assert key is not None
    return row, key


def doors(row: WebForm, key: str) -> Iterator[Probe]:
    """Yield a submission that is right, for each door."""
    values = {"contact[first_name]": "Ann", "contact[last_name]": "Lee", "contact[phone]": "1"}
    sent = {"key": key, "project_id": row.project.identifier, **values}
    for ending in ("json", "xml"):
        yield Probe("form", "POST", f"/contacts.{ending}", urlencode(sent), FORM)
    contact = {"first_name": "Ann", "custom_fields": [{"id": 1, "value": "x"}]}
    body = json.dumps({"key": key, "contact": contact})
    yield Probe("form", "POST", f"/contacts.json?key={key}", body, JSON)
    plain = urlencode({"first_name": "Ann", "last_name": "Lee", "emails": "ann@a.example"})
    yield Probe("form", "POST", f"/forms/{row.public_id}", plain, FORM)
    yield Probe("form", "POST", f"/forms/f/{row.public_id}", plain, FORM)
    yield Probe("form", "POST", f"/forms/f/{row.public_id}", '{"first_name": "Ann"}', JSON)


def fault_of(answer: HttpResponse, effects: Effects) -> str:
    """Return what is wrong with an answer and where it has written to, or nothing."""
    if answer.status_code >= 500:
        return f"answers {answer.status_code}"
    if answer.status_code >= 400 and effects.found:
        return f"refused, but wrote to {sorted(effects.tables)}"
    if effects.tables & set(NEVER):
        return f"wrote to {sorted(effects.tables & set(NEVER))}"
    return ""


def beyond(contact: Contact, row: WebForm) -> str:
    """Return what a contact has that the form does not ask for, or nothing."""
    places = set(contact.project_links.values_list("project_id", flat=True))
    is_more = contact.job_title or contact.background
    if places == {row.project_id} and not is_more:
        return ""
    return f"made a contact beyond the form: {places} {contact.job_title!r} {contact.background!r}"


def test_hostile_submissions_make_nothing_but_what_the_form_asks_for(
    world: World, form: tuple[WebForm, str]
) -> None:
    row, key = form
    dice, faults, count, made_in_all = random.Random(SEED), [], 0, 0  # nothing secret comes of it
    before = set(Contact.objects.values_list("pk", flat=True))
    for probe in doors(row, key):
        right = Hostile("right", probe.method, probe.path, probe.body.encode(), probe.content_type)
        more = right.body.replace(b"first_name", b"job_title")
        every = list(variants(probe, probe.path, probe.body))
        for hostile in (
            right,
            replace(right, why="another field", body=more),
            *dice.sample(every, min(len(every), enough(6, 400))),
        ):
            count += 1
            told: list[str] = []

            def look(told: list[str] = told) -> bool:
                made = Contact.objects.exclude(pk__in=before)
                told += [beyond(contact, row) for contact in made]
                return bool(told)

            answer, effects = asked(lambda h=hostile: _sent(h), look)  # type: ignore[misc] # a default binds
            made_in_all += len(told)
            fault = fault_of(answer, effects) or "".join(told)
            if fault:
                faults.append(f"{fault}: {hostile}")
    assert "\n".join(faults[:SHOWN]) == "", f"{len(faults)} of {count}"
    assert made_in_all, "not even what was right was taken"
    tell("hostile input", f"{count:,} submissions with the key of a form, 0 beyond the form")


def _sent(hostile: Hostile) -> HttpResponse:
    client = Client(raise_request_exception=False)
    return client.generic(
        hostile.method,
        hostile.path,
        hostile.body,
        content_type=hostile.content_type,
        headers={**hostile.headers},
    )


@pytest.mark.parametrize("dialect", IDS)
def test_the_key_of_a_form_is_none_at_any_address(
    dialect: str, world: World, form: tuple[WebForm, str]
) -> None:
    _row, key = form
    headers = {
        "Authorization": f"Bearer {key}",
        "X-Redmine-API-Key": key,
        "X-Civi-Auth": f"Bearer {key}",
    }
    faults, tried = [], {}
    for probe in rows_of(dialect).probes():
        tried.setdefault(probe.kind, probe)
    for probe in tried.values():
        path, body = hidden_in(world, probe, key)
        plain = Hostile("", probe.method, path, body.encode(), probe.content_type, headers)
        answer, effects = asked(lambda h=plain: _sent(h))  # type: ignore[misc] # a default binds
        text = answer.content.decode("utf-8", "replace")
        is_form = probe.method == "POST" and path.partition("?")[0].endswith("contacts.json")
        # The form is sent there: the answer is the new contact, with its project and its author.
        if is_form or "forms/f/" in path:
            continue
        if MARK in text and "{mark}" not in probe.path + probe.body:
            faults.append(f"{probe.method} {path}: shows what is hidden")
        if effects.tables:
            faults.append(f"{probe.method} {path}: wrote to {sorted(effects.tables)}")
    assert "\n".join(faults) == ""
    tell("hostile input", f"{len(tried)} requests in {dialect} with the key of a form, 0 let in")
