"""What is derived never drifts from the tables, whatever people do."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import index
from contacts.access import Actor
from contacts.errors import DomainError
from contacts.fields import reference
from contacts.index import drifts_of
from contacts.models import (
    Contact,
    ContactAccess,
    ContactDocument,
    ContactKey,
    ContactText,
    Project,
    User,
)
from contacts.services import contacts as services
from tests.builders import actor_for, join, make_contact, make_custom_field

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(["", "Ada", "Пётр", "Ёлка", "Straße", "O'Neil", "李", "  b  ", "x" * 255])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["person", "organization", "household"]),
        "first_name": NAMES,
        "last_name": NAMES,
        "organization_name": NAMES,
        "company": st.sampled_from(["", "Acme", "ACME", "Straße"]),
        "emails": st.lists(st.sampled_from(["a@x.org", "Ä@x.org", ""]), max_size=3),
        "phones": st.lists(st.sampled_from(["+7 111 22", "+999-999-999", "12"]), max_size=3),
        "addresses": st.lists(
            st.sampled_from([{"city": "Köln", "country": "DE"}, {"street1": "1", "country": "Oz"}]),
            max_size=2,
        ),
        "tags": st.lists(st.sampled_from(["vip", "VIP", "на контроле"]), max_size=3),
        "visibility": st.sampled_from([0, 1, 2]),
        "stage": st.sampled_from(["contact", "lead"]),
        "projects": st.sampled_from([[0], [1], [0, 1]]),
        "background": NAMES,
        "formal_title": st.sampled_from(["", "Dr.", "Ö"]),
        "preferred_language": st.sampled_from(["", "en_US"]),
        "is_deceased": st.booleans(),
        "no_newsletters": st.booleans(),
        "custom": NAMES,
    },
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["create", "update", "archive", "restore", "delete"]), VALUES),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, choice=st.randoms(use_true_random=False))
def test_derived_data_follows_from_the_tables_after_any_changes(
    steps: list[tuple[str, dict[str, Any]]], choice: Any, alice: User, elsewhere: Project
) -> None:
    with transaction.atomic():
        join(alice, elsewhere)
        _live(steps, choice, actor_for(alice))
        transaction.set_rollback(True)
    reference.forget()


def _live(steps: list[tuple[str, dict[str, Any]]], choice: Any, actor: Actor) -> None:
    field = make_custom_field("Field", is_searchable=True)
    places = sorted(actor.rights)
    for action, values in steps:
        named = dict(values)
        if "custom" in named:
            named[f"custom_{field.pk}"] = named.pop("custom")
        if "projects" in named:
            named["projects"] = [places[each] for each in named["projects"]]
        ids = list(Contact.objects.values_list("pk", flat=True))
        pk = choice.choice(ids) if ids else 0
        # Refusals are part of life; they must leave nothing behind either.
        try:
            _act(actor, action, pk, named)
        except DomainError:
            continue
    everything = list(Contact.objects.values_list("pk", flat=True))
    assert drifts_of(everything) == []
    orphans = [
        model.objects.exclude(contact_id__in=everything).count()
        for model in (ContactDocument, ContactText, ContactKey, ContactAccess)
    ]
    assert orphans == [0, 0, 0, 0]
    assert index.differences() == {}


def _act(actor: Any, action: str, pk: int, values: dict[str, Any]) -> None:
    if action == "create":
        services.create_contact(actor, values)
    elif action == "update":
        services.update_contact(actor, pk, values)
    else:
        getattr(services, f"{action}_contact")(actor, pk)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda pk: ContactDocument.objects.filter(pk=pk).update(body='{"id":1}'), "document"),
        (lambda pk: ContactText.objects.filter(pk=pk).update(narrow="other"), "search text"),
        (lambda pk: ContactText.objects.filter(pk=pk).update(sort_name="other"), "search text"),
        (lambda pk: ContactKey.objects.filter(contact=pk).delete(), "comparison keys"),
        (lambda pk: ContactAccess.objects.filter(contact=pk).delete(), "access rows"),
        (lambda pk: Contact.objects.filter(pk=pk).update(sort_name="zz"), "names"),
    ],
)
def test_verify_finds_what_drifted_and_rebuild_mends_it(spoil: Any, what: str, alice: User) -> None:
    contact = make_contact(actor_for(alice), emails=["tom@example.com"])
    spoil(contact.pk)
    assert what in [drift.what for drift in drifts_of([contact.pk])]
    with pytest.raises(CommandError):
        call_command("reindex", "--verify", "--json")
    list(index.rebuild())
    assert drifts_of([contact.pk]) == []
    call_command("reindex", "--verify", "--json")


@pytest.mark.parametrize(
    "left",
    [
        ContactDocument(body="{}"),
        ContactText(narrow="", wide=""),
        ContactKey(code=1, text="ann"),
        ContactAccess(principal=1),
    ],
)
def test_verify_finds_what_is_left_of_contacts_that_are_gone(left: Any, alice: User) -> None:
    gone = make_contact(actor_for(alice)).pk + 1000
    left.contact_id = gone
    left.save(force_insert=True)
    assert (gone, "the contact is gone") in [
        (drift.contact_id, drift.what) for drift in index.verify() if isinstance(drift, index.Drift)
    ]
    list(index.rebuild())
    call_command("reindex", "--verify", "--json")


def test_a_renamed_company_is_renamed_on_its_people(alice: User) -> None:
    actor = actor_for(alice)
    person = make_contact(actor, company="Acme")
    company = make_contact(actor, kind="organization", organization_name="acme")
    services.update_contact(actor, company.pk, {"organization_name": "Acme Europe"})
    person.refresh_from_db()
    assert (person.company, person.employer_id) == ("Acme Europe", company.pk)
    assert drifts_of([person.pk, company.pk]) == []


def test_membership_changes_need_no_rewrite(project: Project, alice: User, bob: User) -> None:
    make_contact(actor_for(alice))
    before = list(ContactAccess.objects.order_by("pk").values_list("pk", "principal"))
    bob.memberships.all().delete()
    join(bob, project, "Reporter")
    assert list(ContactAccess.objects.order_by("pk").values_list("pk", "principal")) == before
