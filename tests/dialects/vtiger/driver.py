"""Say in this dialect's requests what the contract suite wants to do."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse

from api.base.dialect import Dialect
from contacts.models import Project, User
from tests.dialects.contract import driver
from tests.dialects.contract.driver import Values
from tests.dialects.vtiger.calling import Caller, caller

NAMES = {"first_name": "firstname", "last_name": "lastname"}


class Driver(driver.Driver):
    """A user with a session."""

    create_address: ClassVar[str] = "/webservice.php?operation=create"
    too_many: ClassVar[int] = 200
    unknown_address: ClassVar[str] = "/webservice.php/no/such/thing"

    def __init__(self, dialect: Dialect, user: User | None, project: Project) -> None:
        self.user = user
        super().__init__(dialect, user, project)
        self.caller = caller(user, project_id=project.pk) if user else Caller()
        self.caller.client = self.client

    def headers(self) -> dict[str, str]:
        """Return none: the session's name is a parameter."""
        return {}

    def create(self, values: Values, **headers: str) -> HttpResponse:
        """Create a contact."""
        element = {"assigned_user_id": self.caller.user_id, **self._element(values)}
        return self._send("create", headers, elementType="Contacts", element=json.dumps(element))

    def read(self, contact_id: int) -> HttpResponse:
        """Retrieve a contact."""
        return self._get("retrieve", id=f"12x{contact_id}")

    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """Query by last name."""
        quoted = last_name.replace("'", "''")
        text = f"SELECT * FROM Contacts WHERE lastname = '{quoted}' LIMIT {offset}, {limit};"
        return self._get("query", query=text)

    def update(self, contact_id: int, values: Values) -> HttpResponse:
        """Revise a contact."""
        element = {"id": f"12x{contact_id}", **self._element(values)}
        return self._send("revise", {}, element=json.dumps(element))

    def delete(self, contact_id: int) -> HttpResponse:
        """Delete a contact."""
        return self._send("delete", {}, id=f"12x{contact_id}")

    def id_of(self, answer: HttpResponse) -> int:
        """Return the number behind the x."""
        return int(answer.json()["result"]["id"].partition("x")[2])

    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the names."""
        record = answer.json()["result"]
        return {key: record[name] for key, name in NAMES.items()}

    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the numbers of the rows."""
        return [int(row["id"].partition("x")[2]) for row in answer.json()["result"]]

    def is_refusal(self, answer: HttpResponse) -> bool:
        """Look into the envelope: the status is always 200."""
        return answer.json()["success"] is False

    def _element(self, values: Values) -> dict[str, str]:
        return {NAMES[key]: value for key, value in values.items()}

    def _get(self, operation: str, **params: str) -> HttpResponse:
        whole = {"operation": operation, "sessionName": self.caller.session, **params}
        return self.caller.send("GET", whole)

    def _send(self, operation: str, headers: Mapping[str, str], **params: str) -> HttpResponse:
        whole = {"operation": operation, "sessionName": self.caller.session, **params}
        return self.caller.send("POST", {}, whole, **headers)
