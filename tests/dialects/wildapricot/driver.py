"""Say in this dialect's requests what the contract suite wants to do."""

import json
from typing import Any, ClassVar

from django.http import HttpResponse

from api.base.dialect import Dialect
from api.wildapricot.auth import KEY
from contacts.models import Project, User
from tests.builders import make_key
from tests.dialects.contract.driver import Driver as BaseDriver
from tests.dialects.contract.driver import Values
from tests.dialects.wildapricot.calling import ROOT, Caller

WIRE = {"first_name": "FirstName", "last_name": "LastName"}


class Driver(BaseDriver):
    """A user who speaks Wild Apricot, with a token for a key of the project."""

    # Deleting is for archived contacts, and archived ones stay in lists.
    can: ClassVar[frozenset[str]] = frozenset({"update", "pages"})
    create_address: ClassVar[str] = f"{ROOT}/contacts"
    unknown_address: ClassVar[str] = f"{ROOT}/nothing"

    def __init__(self, dialect: Dialect, user: User | None, project: Project) -> None:
        self.user = user
        super().__init__(dialect, user, project)

    def headers(self) -> dict[str, str]:
        """Return the header with a token."""
        if self.user is None:
            return {}
        caller = Caller(make_key(self.user, KEY, project_id=self.project.pk))
        return {"Authorization": f"Bearer {caller.ask_token().json()['access_token']}"}

    def create(self, values: Values, **headers: str) -> HttpResponse:
        """Create a contact."""
        return self.client.post(
            self.create_address, _body(values), content_type="application/json", headers=headers
        )

    def read(self, contact_id: int) -> HttpResponse:
        """Show a contact."""
        return self.client.get(f"{ROOT}/contacts/{contact_id}")

    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """List by last name."""
        quoted = last_name.replace("'", "''")
        query = {"$async": "false", "$filter": f"'Last name' eq '{quoted}'"}
        return self.client.get(
            f"{ROOT}/contacts", {**query, "$top": str(limit), "$skip": str(offset)}
        )

    def update(self, contact_id: int, values: Values) -> HttpResponse:
        """Change a contact."""
        return self.client.put(
            f"{ROOT}/contacts/{contact_id}", _body(values), content_type="application/json"
        )

    def id_of(self, answer: HttpResponse) -> int:
        """Return the id."""
        return int(answer.json()["Id"])

    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the names."""
        return {key: answer.json()[name] for key, name in WIRE.items()}

    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the ids of a page."""
        return [contact["Id"] for contact in answer.json()["Contacts"]]


def _body(values: Values) -> str:
    return json.dumps({WIRE[key]: value for key, value in values.items()})
