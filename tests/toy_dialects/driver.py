"""Speak Toy for the contract suite."""

from typing import Any, ClassVar

from django.http import HttpResponse

from tests.dialects.contract import driver
from tests.toy_dialects.toy.mapping import FIELDS

WIRE_NAMES = {key: name for name, key in FIELDS.items()}


class Driver(driver.Driver):
    """A user of Toy, which knows neither change nor pages."""

    can: ClassVar[frozenset[str]] = frozenset()
    urlconf = "tests.toy_dialects.mounted"
    create_address = "/toy/contacts"
    unknown_address = "/toy/nothing"

    def headers(self) -> dict[str, str]:
        """Return the key."""
        return {"Toy-Key": str(self.credentials["toy_key"])} if self.credentials else {}

    def create(self, values: driver.Values, **headers: str) -> HttpResponse:
        """Create."""
        sent = {WIRE_NAMES[key]: value for key, value in values.items()}
        return self.client.post(
            self.create_address, sent, content_type="application/json", headers=headers
        )

    def read(self, contact_id: int) -> HttpResponse:
        """Read."""
        return self.client.get(f"/toy/contacts/{contact_id}")

    def list(self, last_name: str, *, offset: int = 0, limit: int = 25) -> HttpResponse:
        """List."""
        return self.client.get("/toy/contacts", {"find": f"surname is {last_name}"})

    def id_of(self, answer: HttpResponse) -> int:
        """Return the number."""
        return int(answer.json()["content"]["number"])

    def values_of(self, answer: HttpResponse) -> dict[str, Any]:
        """Return the names."""
        content = answer.json()["content"]
        return {key: content[WIRE_NAMES[key]] for key in ("first_name", "last_name")}

    def ids_of(self, answer: HttpResponse) -> "list[int]":
        """Return the numbers."""
        return [contact["number"] for contact in answer.json()["content"]]
