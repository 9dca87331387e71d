"""Actors for the services: the cast, as they come through one door."""

import pytest

from contacts.access import Actor, system_actor
from contacts.models import Project, User
from tests.builders import actor_for, join, make_user


@pytest.fixture
def administrator(ada: User) -> Actor:
    """Return ada, who may do everything."""
    return actor_for(ada)


@pytest.fixture
def owner(alice: User) -> Actor:
    """Return alice, a manager of the project."""
    return actor_for(alice)


@pytest.fixture
def member(bob: User) -> Actor:
    """Return bob, a developer in the project."""
    return actor_for(bob)


@pytest.fixture
def outsider(charlie: User) -> Actor:
    """Return charlie, who is in another project."""
    return actor_for(charlie)


@pytest.fixture
def reporter(project: Project) -> Actor:
    """Return rita, who may read in the project and do little else."""
    user = make_user("rita", first_name="Rita", last_name="Reporter")
    join(user, project, "Reporter")
    return actor_for(user)


@pytest.fixture
def system(db: None) -> Actor:
    """Return whoever operates the instance."""
    return system_actor("test")
