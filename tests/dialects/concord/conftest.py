"""The cast with tokens, speaking this dialect."""

from collections.abc import Callable

import pytest

from contacts.models import Project, User
from tests.builders import join, make_user
from tests.dialects.concord.calling import Caller, caller


@pytest.fixture
def speak() -> Callable[[User], Caller]:
    return caller


@pytest.fixture
def as_reader(project: Project) -> Caller:
    """Return rita, who may read in the project and do little else."""
    user = make_user("rita", first_name="Rita", last_name="Reporter")
    join(user, project, "Reporter")
    return caller(user)


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller()
