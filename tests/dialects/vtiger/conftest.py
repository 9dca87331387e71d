"""The cast with sessions, speaking this dialect."""

from collections.abc import Callable

import pytest

from contacts.models import Contact, Project, User
from tests.builders import actor_for, join, make_contact, make_user
from tests.dialects.vtiger.calling import Caller, caller


@pytest.fixture
def speak() -> Callable[[User], Caller]:
    return caller


@pytest.fixture
def as_ada(ada: User, project: Project) -> Caller:
    return caller(ada)


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller()


@pytest.fixture
def reporter(project: Project) -> Caller:
    """Return somebody who may look at everything in the project and change no contact."""
    user = make_user("rita")
    join(user, project, "Reporter")
    return caller(user)


@pytest.fixture
def tom(alice: User, project: Project) -> Contact:
    """Return Tom Smith, whom alice made in her project."""
    return make_contact(actor_for(alice), first_name="Tom", last_name="Smith")
