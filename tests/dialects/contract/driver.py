"""Say in a dialect's own requests what the contract suite wants to do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from django.http import HttpResponse
from django.test import Client

from api.base.dialect import Dialect
from api.base.discovery import dialects
from contacts.models import Project, User

Values = Mapping[str, str]

TOY = "tests.toy_dialects"


class Driver(ABC):
    """A user who speaks one dialect.

    Values are by field key, and a driver has to know ``first_name`` and ``last_name``. Lists are
    asked for by an exact last name. What a dialect has no word for is left out of ``can``.
    """

    can: ClassVar[frozenset[str]] = frozenset({"update", "delete", "pages"})
    urlconf: ClassVar[str] = "crm.urls"
    # An address at which contacts are created, and one below the dialect's that nobody knows.
    create_address: ClassVar[str]
    # The status for who asks too often.
    too_many: ClassVar[int] = 429
    unknown_address: ClassVar[str]

    def __init__(self, dialect: Dialect, user: User | None, project: Project) -> None:
        self.dialect = dialect
        self.project = project
        self.credentials = dict(dialect.credentials(user, project)) if user else {}
        self.client = Client(headers=self.headers(), raise_request_exception=False)

    @abstractmethod
    def headers(self) -> dict[str, str]:
        """Return the headers that carry the credentials; none when there are none."""

    @abstractmethod
    def create(self, values: Values, **headers: str) -> HttpResponse:
        """Create a contact in the project; the headers are further ones."""

    @abstractmethod
    def read(self, contact_id: int) -> HttpResponse:
        """Read a contact."""

    @abstractmethod
    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """List contacts with this last name."""

    def update(self, contact_id: int, values: Values) -> HttpResponse:
        """Change a contact."""
        raise NotImplementedError

    def delete(self, contact_id: int) -> HttpResponse:
        """Put a contact into the trash, or what comes nearest."""
        raise NotImplementedError

    @abstractmethod
    def id_of(self, answer: HttpResponse) -> int:
        """Return the contact's id from an answer to create or read."""

    @abstractmethod
    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the two names from an answer to read."""

    @abstractmethod
    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the ids from an answer to list."""

    def is_refusal(self, answer: HttpResponse) -> bool:
        """Say whether an answer is a no; some protocols say it with status 200."""
        return answer.status_code >= 400

    def post(self, body: bytes, content_type: str) -> HttpResponse:
        """Send any body to the address where contacts are created."""
        return self.client.generic("POST", self.create_address, body, content_type=content_type)


def driver_of(dialect: Dialect) -> str:
    """Return the name of the module in which the driver of a dialect has to be."""
    return f"tests.dialects.{dialect.name}.driver"


def has_driver(dialect: Dialect) -> bool:
    """Say whether the module is there."""
    folder = Path(__file__).resolve().parents[1] / dialect.name
    return (folder / "driver.py").is_file()


def speakers() -> list[tuple[Dialect, type[Driver]]]:
    """Return every dialect that has a driver, with it."""
    found = [
        (dialect, import_module(driver_of(dialect)).Driver)
        for dialect in dialects()
        if has_driver(dialect)
    ]
    (toy,) = dialects(TOY)
    return [*found, (toy, import_module(f"{TOY}.driver").Driver)]
