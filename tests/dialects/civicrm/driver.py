"""Say in this dialect's requests what the contract suite wants to do."""

import json
from typing import Any, ClassVar

from django.http import HttpResponse

from api.base.dialect import Dialect
from api.civicrm.auth import API_KEY
from contacts.models import Project, User
from tests.builders import make_key
from tests.dialects.contract import driver
from tests.dialects.contract.driver import Values


class Driver(driver.Driver):
    """A user with an API key in a header, who speaks JSON parameters."""

    create_address: ClassVar[str] = "/civicrm/ajax/rest"
    unknown_address: ClassVar[str] = "/civicrm/ajax/no/such/thing"

    def __init__(self, dialect: Dialect, user: User | None, project: Project) -> None:
        self.user = user
        super().__init__(dialect, user, project)

    def headers(self) -> dict[str, str]:
        """Return the header with a key of the project: requests here name none."""
        if self.user is None:
            return {}
        key = make_key(self.user, API_KEY, project_id=self.project.pk)
        return {"X-Civi-Auth": f"Bearer {key}"}

    def call(
        self, action: str, params: dict[str, Any], method: str = "POST", **headers: str
    ) -> HttpResponse:
        """Make a call of Contact."""
        fields = {"entity": "Contact", "action": action, "json": json.dumps(params)}
        if method == "GET":
            return self.client.get(self.create_address, fields, headers=headers)
        return self.client.post(self.create_address, fields, headers=headers)

    def create(self, values: Values, **headers: str) -> HttpResponse:
        """Create a contact."""
        return self.call("create", {"contact_type": "Individual", **values}, **headers)

    def read(self, contact_id: int) -> HttpResponse:
        """Show a contact."""
        return self.call("getsingle", {"id": contact_id}, "GET")

    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """List by last name."""
        options = {"offset": offset, "limit": limit}
        return self.call("get", {"last_name": last_name, "options": options}, "GET")

    def update(self, contact_id: int, values: Values) -> HttpResponse:
        """Change a contact."""
        return self.call("create", {"id": contact_id, **values})

    def delete(self, contact_id: int) -> HttpResponse:
        """Delete a contact."""
        return self.call("delete", {"id": contact_id})

    def id_of(self, answer: HttpResponse) -> int:
        """Return the id."""
        return int(answer.json()["id"])

    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the names."""
        return {key: answer.json()[key] for key in ("first_name", "last_name")}

    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the ids of a page."""
        values = answer.json()["values"]
        return [int(key) for key in values] if isinstance(values, dict) else []

    def is_refusal(self, answer: HttpResponse) -> bool:
        """Say whether an answer is a no: most have the status 200."""
        if answer.status_code >= 400:
            return True
        return b'"is_error":1' in answer.content or b"<is_error>1" in answer.content
