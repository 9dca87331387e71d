"""What is in a project goes with it only when somebody says so, and nothing is lost unseen."""

import pytest

from contacts.errors import ConflictError
from contacts.index import drifts_of
from contacts.models import Change, Contact, Deal, Project, User
from contacts.services.contacts import restore_contact
from contacts.services.deals import create_deal
from contacts.services.projects import delete_project
from contacts.services.users import create_user
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


def test_a_project_is_deleted_with_its_contents_when_that_is_asked_for(
    ada: User, project: Project, elsewhere: Project
) -> None:
    actor = actor_for(ada)
    only_here = make_contact(actor, projects=[project.pk])
    also_there = make_contact(actor, projects=[project.pk, elsewhere.pk])
    user = create_user(actor, {"username": "dora"})
    own = Contact.objects.get(user__pk=user["id"])
    create_deal(actor, {"name": "Big", "project": project.pk})
    with pytest.raises(ConflictError):
        delete_project(actor, project.pk)
    delete_project(actor, project.pk, with_contents=True)
    assert not Project.objects.filter(pk=project.pk).exists()
    assert Contact.objects.get(pk=only_here.pk).archived_at is not None
    assert list(also_there.project_links.values_list("project_id", flat=True)) == [elsewhere.pk]
    own.refresh_from_db()
    assert own.archived_at is None
    assert list(own.project_links.values_list("project_id", flat=True)) == [elsewhere.pk]
    assert not Deal.objects.exists()
    assert Change.objects.filter(record_kind="deal", action="deleted").exists()
    assert drifts_of([only_here.pk, also_there.pk, own.pk]) == []


def test_contact_whose_project_is_gone_is_restored_into_the_default_one(
    ada: User, project: Project, elsewhere: Project
) -> None:
    """A restored contact was in no project, where nobody but administrators could see it."""
    actor = actor_for(ada)
    contact = make_contact(actor, projects=[project.pk])
    delete_project(actor, project.pk, with_contents=True)

    assert restore_contact(actor, contact.pk)["projects"] == [elsewhere.pk]
    assert drifts_of([contact.pk]) == []
