"""The cast with tokens, speaking this dialect."""

from collections.abc import Callable

import pytest

from contacts.models import User
from tests.dialects.wildapricot.calling import Caller, caller


@pytest.fixture
def speak() -> Callable[[User], Caller]:
    return caller


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller()
