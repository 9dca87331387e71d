"""Forms are defined by managers of their project, and say nothing that a page could not keep."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.access import Actor, find_form, form_actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.models import Change, Contact, Credential, Project, Submission, WebForm
from contacts.services import web_forms
from tests.builders import make_custom_field

USUAL: dict[str, Any] = {"title": "Contact", "fields": ["first_name"]}


def define(actor: Actor, project: Project, **said: Any) -> dict[str, Any]:
    """Define a form that asks for a first name."""
    return web_forms.create_web_form(actor, {**USUAL, "project": project.pk, **said})


def test_form_is_made_with_an_address_and_a_key(owner: Actor, project: Project) -> None:
    document = define(owner, project)

    key = web_forms.form_key_of(owner, document["id"])
    assert key
    found = find_form(key)
    assert found is not None
    assert found.pk == document["id"]
    assert str(uuid.UUID(document["public_id"])) == document["public_id"]
    assert document["fields"] == [
        {
            "key": "first_name",
            "label": "",
            "help": "",
            "is_required": False,
            "default": "",
            "is_hidden": False,
            "width": "full",
        }
    ]


def test_actor_of_a_form_may_add_contacts_in_its_project_and_nothing_else(
    owner: Actor, project: Project, elsewhere: Project
) -> None:
    form = WebForm.objects.get(pk=define(owner, project)["id"])

    actor = form_actor(form)

    assert actor.rights == {project.pk: frozenset({"add_contacts"})}
    assert not actor.is_administrator
    assert not actor.has("add_contacts", [elsewhere.pk])
    assert actor.user_id == owner.user_id


def test_history_tells_of_the_form_and_never_of_its_key(owner: Actor, project: Project) -> None:
    document = define(owner, project)
    web_forms.update_web_form(owner, document["id"], {"title": "Write to us"})
    key = web_forms.rotate_form_key(owner, document["id"])

    entries = Change.objects.filter(record_kind="web_form").order_by("id")
    assert [entry.action for entry in entries] == ["created", "updated", "key_rotated"]
    assert (entries[1].before, entries[1].after) == (
        {"title": "Contact"},
        {"title": "Write to us"},
    )
    assert key not in "".join(str((entry.before, entry.after)) for entry in entries)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"title": " "}, ("title", "blank")),
        ({"fields": []}, ("fields", "blank")),
        ({"fields": ["job_title"]}, ("fields", "blank")),
        ({"fields": ["first_name", "first_name"]}, ("fields", "taken")),
        ({"fields": ["first_name", "visibility"]}, ("fields", "unknown")),
        ({"fields": ["first_name", "owner"]}, ("fields", "unknown")),
        ({"fields": ["first_name", "balance"]}, ("fields", "unknown")),
        ({"fields": ["first_name", "nonsense"]}, ("fields", "unknown")),
        ({"fields": [{"key": "first_name", "is_hidden": True}]}, ("fields", "blank")),
        ({"fields": [{"key": "first_name", "colour": "red"}]}, ("fields", "invalid")),
        ({"fields": "first_name"}, ("fields", "invalid")),
        ({"redirect_to": "javascript:alert(1)"}, ("redirect_to", "invalid")),
        ({"redirect_to": "//evil.example"}, ("redirect_to", "invalid")),
        ({"redirect_to": "https://a.example\\@b.example"}, ("redirect_to", "invalid")),
        ({"redirect_to": "https://a.example/\r\nX: 1"}, ("redirect_to", "invalid")),
        ({"redirect_hosts": ["https://a.example"]}, ("redirect_hosts", "invalid")),
        ({"allowed_sites": ["*"]}, ("allowed_sites", "invalid")),
        ({"allowed_sites": ["https://a.example; script-src *"]}, ("allowed_sites", "invalid")),
        ({"allowed_sites": ["https://a.example/path"]}, ("allowed_sites", "invalid")),
        ({"notify": ["a@b.example\nBcc: c@d.example"]}, ("notify", "invalid")),
        ({"notify": ["nobody"]}, ("notify", "invalid")),
        ({"language": "xx"}, ("language", "not_in_list")),
        ({"on_duplicate": "guess"}, ("on_duplicate", "not_in_list")),
        ({"honeypot": "two words"}, ("honeypot", "invalid")),
        ({"honeypot": "first_name"}, ("honeypot", "taken")),
        ({"min_seconds": -1}, ("min_seconds", "too_small")),
        ({"per_hour": "many"}, ("per_hour", "not_an_integer")),
        ({"owner": 10**6}, ("owner", "unknown")),
        ({"is_active": "yes"}, ("is_active", "not_a_boolean")),
        ({"credential": 1}, ("credential", "unknown")),
        ({"public_id": "mine"}, ("public_id", "unknown")),
        ({"project": None}, ("project", "blank")),
        ({"project": 10**6}, ("project", "unknown")),
    ],
)
def test_what_makes_no_form_is_refused(
    owner: Actor, project: Project, said: dict[str, Any], fault: tuple[str, str]
) -> None:
    with pytest.raises(InvalidError) as caught:
        web_forms.create_web_form(owner, {**USUAL, "project": project.pk, **said})

    assert [(each.key, each.code) for each in caught.value.faults] == [fault]
    assert not WebForm.objects.exists()
    assert not Credential.objects.exists()


def test_fields_that_only_administrators_read_are_asked_for_by_no_form(
    administrator: Actor, project: Project
) -> None:
    secret = make_custom_field("Secret", access="administrators")

    with pytest.raises(InvalidError):
        define(administrator, project, fields=["first_name", f"custom_{secret.pk}"])


def test_form_moves_to_another_project_only_with_fields_that_it_has_there(
    administrator: Actor, project: Project, elsewhere: Project
) -> None:
    local = make_custom_field("Local")
    local.projects.add(project)
    document = define(administrator, project, fields=["first_name", f"custom_{local.pk}"])

    with pytest.raises(InvalidError):
        web_forms.update_web_form(administrator, document["id"], {"project": elsewhere.pk})
    moved = web_forms.update_web_form(
        administrator, document["id"], {"project": elsewhere.pk, "fields": ["first_name"]}
    )

    assert moved["project_id"] == elsewhere.pk
    assert Credential.objects.get().project == elsewhere


def test_members_may_not_define_and_outsiders_see_no_forms(
    owner: Actor, member: Actor, outsider: Actor, project: Project
) -> None:
    form_id = define(owner, project)["id"]

    with pytest.raises(ForbiddenError):
        define(member, project)
    with pytest.raises(InvalidError):
        define(outsider, project)
    for call in (
        lambda actor: web_forms.update_web_form(actor, form_id, {"title": "x"}),
        lambda actor: web_forms.delete_web_form(actor, form_id),
        lambda actor: web_forms.rotate_form_key(actor, form_id),
        lambda actor: web_forms.form_key_of(actor, form_id),
    ):
        with pytest.raises(ForbiddenError):
            call(member)
        with pytest.raises(NotFoundError):
            call(outsider)
    assert WebForm.objects.get().title == "Contact"


def test_replaced_keys_work_until_their_days_are_over_however_often_they_are_replaced(
    owner: Actor, project: Project
) -> None:
    form_id = define(owner, project)["id"]
    first = web_forms.form_key_of(owner, form_id)
    second = web_forms.rotate_form_key(owner, form_id, keep_days=10)
    third = web_forms.rotate_form_key(owner, form_id, keep_days=20)

    assert [find_form(key or "") is not None for key in (first, second, third)] == [True] * 3
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        assert [find_form(key or "") is not None for key in (first, second, third)] == [
            False,
            True,
            True,
        ]
    assert web_forms.form_key_of(owner, form_id) == third


def test_revoking_the_key_closes_the_form_with_all_its_former_keys(
    owner: Actor, project: Project
) -> None:
    form_id = define(owner, project)["id"]
    former = web_forms.form_key_of(owner, form_id) or ""
    web_forms.rotate_form_key(owner, form_id)
    Credential.objects.filter(parent=None).update(revoked_at=timezone.now())

    assert find_form(former) is None


def test_form_goes_on_when_the_one_who_made_it_is_locked(owner: Actor, project: Project) -> None:
    form_id = define(owner, project)["id"]
    key = web_forms.form_key_of(owner, form_id) or ""
    form = WebForm.objects.get()
    assert form.author is not None
    form.author.is_active = False
    form.author.save()

    assert find_form(key) == form


def test_deleting_a_form_deletes_its_keys_and_submissions_and_keeps_the_contacts(
    owner: Actor, project: Project
) -> None:
    form_id = define(owner, project)["id"]
    web_forms.rotate_form_key(owner, form_id)
    contact = Contact.objects.create(
        first_name="Ann", created_at=timezone.now(), updated_at=timezone.now()
    )
    Submission.objects.create(form_id=form_id, contact=contact, created_at=timezone.now())

    web_forms.delete_web_form(owner, form_id)

    assert not WebForm.objects.exists()
    assert not Credential.objects.exists()
    assert not Submission.objects.exists()
    assert Contact.objects.get() == contact
