"""Say in this dialect's requests what the contract suite wants to do."""

import json
from typing import Any, ClassVar

from django.http import HttpResponse

from tests.dialects.contract import driver
from tests.dialects.contract.driver import Values


class Driver(driver.Driver):
    """A user with an API key who speaks JSON."""

    create_address: ClassVar[str] = "/contacts.json"
    unknown_address: ClassVar[str] = "/contacts/no/such/thing.json"

    def headers(self) -> dict[str, str]:
        """Return the header with the key."""
        key = self.credentials.get("api_key")
        return {"X-Redmine-API-Key": str(key)} if key else {}

    def create(self, values: Values, **headers: str) -> HttpResponse:
        """Create a contact."""
        body = {"contact": {"project_id": self.project.pk, **values}}
        return self.client.post(
            "/contacts.json", json.dumps(body), content_type="application/json", headers=headers
        )

    def read(self, contact_id: int) -> HttpResponse:
        """Show a contact."""
        return self.client.get(f"/contacts/{contact_id}.json")

    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """List by last name."""
        query = {"last_name": f"={last_name}", "offset": str(offset), "limit": str(limit)}
        return self.client.get("/contacts.json", query)

    def update(self, contact_id: int, values: Values) -> HttpResponse:
        """Change a contact."""
        return self.client.put(
            f"/contacts/{contact_id}.json",
            json.dumps({"contact": dict(values)}),
            content_type="application/json",
        )

    def delete(self, contact_id: int) -> HttpResponse:
        """Delete a contact."""
        return self.client.delete(f"/contacts/{contact_id}.json")

    def id_of(self, answer: HttpResponse) -> int:
        """Return the id."""
        return int(answer.json()["contact"]["id"])

    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the names."""
        contact = answer.json()["contact"]
        return {key: contact[key] for key in ("first_name", "last_name")}

    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the ids of a page."""
        return [contact["id"] for contact in answer.json()["contacts"]]
