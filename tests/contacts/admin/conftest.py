"""Browsers in which the cast is signed in, and the contacts that they look at."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from contacts.access import Actor
from contacts.models import Project, User
from tests.builders import PASSWORD, actor_for, join, make_user

Browser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Forget the language that a request was answered in; the next test has the usual one."""
    yield
    translation.deactivate()


@pytest.fixture
def browser_of() -> Browser:
    """Return a maker of browsers in which a user has signed in by the form."""

    def signed_in(user: User) -> Client:
        client = Client()
        answer = client.post(
            "/admin/login/", {"username": user.username, "password": PASSWORD, "next": "/admin/"}
        )
        assert answer.status_code == 302, "signing in was refused"
        return client

    return signed_in


@pytest.fixture
def at_ada(ada: User, browser_of: Browser) -> Client:
    """Return the browser of the administrator."""
    return browser_of(ada)


@pytest.fixture
def at_alice(alice: User, browser_of: Browser) -> Client:
    """Return the browser of a manager of the project."""
    return browser_of(alice)


@pytest.fixture
def at_bob(bob: User, browser_of: Browser) -> Client:
    """Return the browser of a developer in the project."""
    return browser_of(bob)


@pytest.fixture
def at_rita(project: Project, browser_of: Browser) -> Client:
    """Return the browser of somebody who may only read and add notes."""
    user = make_user("rita", first_name="Rita", last_name="Reporter")
    join(user, project, "Reporter")
    return browser_of(user)


@pytest.fixture
def owner(alice: User) -> Actor:
    """Return alice as the services see her."""
    return actor_for(alice)


@pytest.fixture
def outsider(charlie: User) -> Actor:
    """Return charlie, who is in another project."""
    return actor_for(charlie)
