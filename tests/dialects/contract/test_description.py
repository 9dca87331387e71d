"""A dialect describes itself completely, and its table of errors has no holes."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from django.urls import Resolver404

from api.base import errors as request_errors
from api.base.dialect import Dialect
from api.base.discovery import dialects
from api.base.errors import REQUIRED_ROWS
from api.base.views import DialectView
from api.wire.errors import LimitError, MalformedError
from contacts import errors
from contacts.models import Project, User
from tests.dialects.contract.driver import Driver, driver_of, has_driver

FILES = ("urls", "auth", "grammar", "mapping", "errors", "envelope", "views")
SECRET = "a sentence that must not leave the house"

REFUSALS = [
    errors.InvalidError(
        [errors.Fault("first_name", "blank"), errors.Fault("custom_7", "too_long")]
    ),
    errors.NotFoundError("contact", 7),
    errors.ForbiddenError("edit_contacts", "contact"),
    errors.AuthenticationError("unknown"),
    errors.ConflictError("idempotency_key_reused"),
    errors.StaleError("contact", 7),
    errors.ThrottledError(3),
    errors.UnknownFieldError("name", 3),
    errors.BadOperatorError("name", "like", 3),
    errors.BadValueError("name", "x", 3),
    errors.TooComplexError("depth", 32),
    request_errors.UnknownAddressError(),
    request_errors.WrongMethodError("BREW"),
    request_errors.NotAcceptableError(),
    request_errors.UnreadableTypeError("x/y"),
    request_errors.MalformedRequestError("bad"),
    request_errors.TooLargeError("body"),
    MalformedError("bad", 3),
    LimitError("parts", 3),
    Resolver404({"path": SECRET}),
]


def words_of(error: Exception) -> Iterator[str]:
    """Yield the class names by which an answer would give away its origin."""
    yield from (ancestor.__name__ for ancestor in type(error).__mro__ if ancestor is not object)


def base_view(dialect: Dialect) -> type[DialectView]:
    """Return the view that the description names."""
    view: type[DialectView] = getattr(dialect.part("views"), dialect.base_view)
    return view


def test_every_dialect_of_the_server_has_a_driver() -> None:
    assert [driver_of(dialect) for dialect in dialects() if not has_driver(dialect)] == []


def test_it_has_the_files_that_every_dialect_has(dialect: Dialect) -> None:
    for file in FILES:
        assert dialect.part(file).__doc__, file


def test_it_names_its_base_view_and_itself(dialect: Dialect) -> None:
    view = base_view(dialect)
    assert issubclass(view, DialectView)
    assert view.dialect is dialect
    assert dialect.title
    assert dialect.version
    assert dialect.package.endswith(f".{dialect.name}")


def test_every_error_finds_a_row(dialect: Dialect) -> None:
    assert base_view(dialect).dialect_errors.keys() >= REQUIRED_ROWS


# The label of a custom field is data.
@pytest.mark.django_db
@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_every_error_has_words_that_tell_nothing_of_our_classes(
    error: Exception, dialect: Dialect, speaker: tuple[Dialect, type[Driver]]
) -> None:
    request = RequestFactory().get(speaker[1].unknown_address)
    answer = base_view(dialect).refuse(request, error)
    assert answer.status_code < 500
    text = answer.content.decode()
    assert "<html" not in text.lower()
    assert SECRET not in text
    assert not [word for word in words_of(error) if word in text]


def test_what_nobody_foresaw_is_told_without_its_text(
    dialect: Dialect, speaker: tuple[Dialect, type[Driver]]
) -> None:
    request = RequestFactory().get(speaker[1].unknown_address)
    answer = base_view(dialect).refuse(request, RuntimeError(SECRET))
    assert SECRET not in answer.content.decode()
    assert "<html" not in answer.content.decode().lower()


@pytest.mark.django_db
def test_its_sample_request_is_ready_to_paste(
    dialect: Dialect, alice: User, project: Project
) -> None:
    credentials = dialect.credentials(alice, project)
    sample = dialect.sample_request("http://crm.example", credentials)
    assert "http://crm.example/" in sample
    assert any(str(secret) in sample for secret in credentials.values() if secret)
