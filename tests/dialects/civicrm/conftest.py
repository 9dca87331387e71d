"""The cast with keys, speaking this dialect."""

from collections.abc import Callable

import pytest

from contacts.models import Project, User
from tests.dialects.civicrm.calling import Caller, caller, site_key


@pytest.fixture
def speak() -> Callable[[User], Caller]:
    return caller


@pytest.fixture
def as_ada(ada: User, project: Project) -> Caller:
    return caller(ada)


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller(site_key())
