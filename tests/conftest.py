"""The cast of the tests.

alice owns the project and is a manager there, bob is a member (developer) of it, charlie is an
outsider with a project of his own, ada is the administrator.
"""

from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from api.base.throttling import usual_pace
from api.base.unchanged import forget_sent
from contacts.access.guessing import forget_fine
from contacts.access.view_counts import forget_views
from contacts.fields import reference
from contacts.models import Project, User
from contacts.query.broad import forget_breadths
from contacts.query.crowds import forget_crowds
from contacts.query.hints import forget_words
from contacts.query.kept_lists import forget_lists
from contacts.query.places import forget_places
from contacts.query.sizes import note_last_id
from contacts.query.titles import forget_titles
from contacts.query.totals import forget_totals
from tests import migrated
from tests.builders import join, make_project, make_user

# A busy machine is no fault of a test.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Begin with a database that is migrated already, where an earlier run has left one."""
    with django_db_blocker.unblock():
        held = migrated.restore()
    yield
    if held is not None:
        held.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Leave the migrated database to later runs."""
    with django_db_blocker.unblock():
        migrated.keep()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put the first rows back that a test with transactions of its own has flushed.

    Such tests come last, but a worker that has run its own takes others over from the next worker.
    Behind the last test of all the database is gone.
    """
    result = yield
    if nextitem is None:
        return result
    if "transactional_db" in getattr(item, "fixturenames", ()) or any(
        mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")
    ):
        with item.config.stash[blocking_manager_key].unblock():
            for each in connections.all(initialized_only=True):
                held = getattr(each, "_test_serialized_contents", None)
                if held is not None:
                    each.creation.deserialize_db_from_string(held)
    return result


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Forget what a process keeps in memory: the next test has another database."""
    reference.forget()
    forget_totals()
    # Known to a server that runs; how many statements a page takes is counted.
    note_last_id(DEFAULT_DB_ALIAS, 0)
    forget_places()
    forget_lists()
    forget_breadths()
    forget_words()
    forget_titles()
    forget_crowds()
    forget_sent()
    forget_fine()
    forget_views()
    usual_pace.forget()
    yield
    reference.forget()


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada", first_name="Ada", last_name="Admin", is_superuser=True)


@pytest.fixture
def project(ada: User) -> Project:
    return make_project("Demo project", identifier="demo")


@pytest.fixture
def alice(project: Project) -> User:
    user = make_user("alice", first_name="Alice", last_name="Owner")
    join(user, project, "Manager")
    return user


@pytest.fixture
def bob(project: Project) -> User:
    user = make_user("bob", first_name="Bob", last_name="Member")
    join(user, project, "Developer")
    return user


@pytest.fixture
def elsewhere(ada: User) -> Project:
    return make_project("Elsewhere")


@pytest.fixture
def charlie(elsewhere: Project) -> User:
    user = make_user("charlie", first_name="Charlie", last_name="Outsider")
    join(user, elsewhere, "Manager")
    return user
