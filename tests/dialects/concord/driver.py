"""Say in this dialect's requests what the contract suite wants to do."""

import json
from typing import Any, ClassVar

from django.http import HttpResponse

from api.base.dialect import Dialect
from api.concord.auth import KEY
from contacts.models import Project, User
from tests.builders import make_key
from tests.dialects.contract import driver
from tests.dialects.contract.driver import Values


class Driver(driver.Driver):
    """A user with a token who speaks JSON."""

    create_address: ClassVar[str] = "/api/contacts"
    unknown_address: ClassVar[str] = "/api/no-such/thing/at/all"

    def __init__(self, dialect: Dialect, user: User | None, project: Project) -> None:
        self.user = user
        super().__init__(dialect, user, project)

    def headers(self) -> dict[str, str]:
        """Return the header with a token of the project: requests here name none."""
        if self.user is None:
            return {}
        secret = make_key(self.user, KEY, project_id=self.project.pk)
        return {"Authorization": f"Bearer {secret}"}

    def create(self, values: Values, **headers: str) -> HttpResponse:
        """Create a contact."""
        return self.client.post(
            "/api/contacts",
            json.dumps(dict(values)),
            content_type="application/json",
            headers=headers,
        )

    def read(self, contact_id: int) -> HttpResponse:
        """Show a contact."""
        return self.client.get(f"/api/contacts/{contact_id}")

    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """List by last name."""
        query = {"q": last_name, "search_fields": "last_name:=", "per_page": str(limit)}
        return self.client.get("/api/contacts", {**query, "page": str(offset // limit + 1)})

    def update(self, contact_id: int, values: Values) -> HttpResponse:
        """Change a contact."""
        return self.client.put(
            f"/api/contacts/{contact_id}",
            json.dumps(dict(values)),
            content_type="application/json",
        )

    def delete(self, contact_id: int) -> HttpResponse:
        """Delete a contact."""
        return self.client.delete(f"/api/contacts/{contact_id}")

    def id_of(self, answer: HttpResponse) -> int:
        """Return the id."""
        return int(answer.json()["id"])

    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the names."""
        return {key: answer.json()[key] for key in ("first_name", "last_name")}

    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the ids of a page."""
        return [contact["id"] for contact in answer.json()["data"]]
