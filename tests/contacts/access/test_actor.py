"""What an actor may do, and how a credential narrows it."""

from typing import Any

import pytest

from contacts.access import Actor, actor_of_secret, system_actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.fields import reference
from contacts.models import Credential, Project, User
from contacts.query import Query, get_contact, search
from contacts.services.contacts import create_contact, update_contact
from tests.builders import actor_for, make_contact, make_key

pytestmark = pytest.mark.django_db


def actor_with(user: User, **options: Any) -> Actor:
    return actor_of_secret(make_key(user, "test_key", **options), ["test_key"], dialect="test")


def test_the_system_may_everything_and_is_nobody(project: Project) -> None:
    actor = system_actor("command")
    assert (actor.user_id, actor.dialect, actor.is_administrator) == (None, "command", True)
    actor.require("delete_contacts", [project.pk])
    actor.require_administrator()


def test_an_actor_cannot_be_changed(alice: User) -> None:
    actor = actor_for(alice)
    with pytest.raises(AttributeError):
        actor.is_administrator = True  # type: ignore[misc]  # that is the point


def test_a_right_counts_in_its_project_only(
    project: Project, elsewhere: Project, alice: User
) -> None:
    actor = actor_for(alice)
    assert actor.has("edit_contacts", [elsewhere.pk, project.pk])
    assert not actor.has("edit_contacts", [elsewhere.pk])
    assert not actor.has("edit_contacts", [])
    with pytest.raises(ForbiddenError) as refused:
        actor.require("edit_contacts", [elsewhere.pk], "contact")
    assert (refused.value.right, refused.value.kind) == ("edit_contacts", "contact")


def test_only_administrators_administer(alice: User, ada: User) -> None:
    actor_for(ada).require_administrator()
    with pytest.raises(ForbiddenError):
        actor_for(alice).require_administrator()


def test_a_read_only_credential_reads_and_writes_nothing(alice: User, ada: User) -> None:
    contact = make_contact(actor_for(alice))
    for user in (alice, ada):
        reader = actor_with(user, scope=Credential.Scope.READ)
        assert get_contact(reader, contact.pk)["id"] == contact.pk
        for write in (
            lambda actor=reader: create_contact(actor, {"first_name": "Tom"}),
            lambda actor=reader: update_contact(actor, contact.pk, {"first_name": "Tim"}),
            reader.require_administrator,
        ):
            with pytest.raises(ForbiddenError):
                write()


def test_a_credential_of_one_project_sees_and_changes_nothing_elsewhere(
    project: Project, elsewhere: Project, ada: User
) -> None:
    here, there = make_contact(projects=[project.pk]), make_contact(projects=[elsewhere.pk])
    bound = actor_with(ada, project_id=elsewhere.pk)
    assert not bound.is_administrator
    assert bound.default_project_id == elsewhere.pk
    assert search(bound, Query()).ids == [there.pk]
    with pytest.raises(NotFoundError):
        get_contact(bound, here.pk)
    made = create_contact(bound, {"first_name": "New"})
    assert made["projects"] == [elsewhere.pk]
    with pytest.raises(ForbiddenError):
        bound.require_administrator()


@pytest.mark.parametrize("status", [Project.Status.CLOSED, Project.Status.ARCHIVED])
def test_a_credential_of_one_project_can_no_more_than_the_project(
    status: int, project: Project, ada: User
) -> None:
    """Bound credentials of administrators once wrote into closed and archived projects."""
    contact = make_contact(projects=[project.pk])
    Project.objects.filter(pk=project.pk).update(status=status)
    reference.bump("people")
    bound = actor_with(ada, project_id=project.pk)
    with pytest.raises((ForbiddenError, NotFoundError)):
        update_contact(bound, contact.pk, {"first_name": "Tim"})
    assert bound.has("view_contacts", [project.pk]) == (status == Project.Status.CLOSED)


def test_a_credential_of_a_project_left_behind_gives_nothing(project: Project, bob: User) -> None:
    make_contact(projects=[project.pk], visibility=1)
    secret = make_key(bob, "test_key", project_id=project.pk)
    bob.memberships.all().delete()
    reference.bump("people")
    actor = actor_of_secret(secret, ["test_key"], dialect="test")
    assert search(actor, Query()).total == 0


def test_the_same_actor_comes_through_another_door(alice: User) -> None:
    actor = actor_for(alice).through("form", request_id="r1", locale="ru")
    assert (actor.user_id, actor.dialect, actor.request_id, actor.locale) == (
        alice.pk, "form", "r1", "ru"
    )  # fmt: skip
