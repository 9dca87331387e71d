"""A program written as the vendor's published samples are, with the standard library alone.

It signs in with a key, looks addresses up among the account's resources, polls for results, and
cuts the token out of the text as the macros of the vendor's workbooks do.
"""

import base64
import json
import time
import urllib.parse
import urllib.request
from typing import Any


class PollingClient:
    """One program with a key."""

    def __init__(self, base_url: str, key: str) -> None:
        self.base_url = base_url
        self.key = key
        self.token = ""
        self.refresh_token = ""

    def sign_in(self) -> None:
        """Get a token, as the Python sample does: its header of the type is misspelt."""
        fields = "grant_type=client_credentials&scope=auto&obtain_refresh_token=true"
        answer = self._ask_token(fields)
        head, tail = '{"access_token":"', '","token_type"'
        assert answer.startswith(head)
        self.token = answer[len(head) : answer.index(tail)]
        self.refresh_token = json.loads(answer)["refresh_token"]

    def refresh(self) -> None:
        """Get another token."""
        text = f"grant_type=refresh_token&refresh_token={self.refresh_token}"
        self.token = json.loads(self._ask_token(text))["access_token"]

    def resources(self) -> dict[str, str]:
        """Return the addresses of the account's resources by name."""
        (account,) = self.ask(f"{self.base_url}/v2/accounts")
        return {each["Name"]: each["Url"] for each in account["Resources"]}

    def ask(self, address: str, body: Any = None, method: str = "") -> Any:
        """Send one request and return the JSON of the answer."""
        request = urllib.request.Request(
            address,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Accept": "application/json",
                "Content-Type": "application/json",
            },
            method=method or ("GET" if body is None else "POST"),
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def poll(self, address: str, **parameters: str) -> "list[Any]":
        """Begin a search and ask for its result until it is there, as the C# sample does."""
        found = self.ask(f"{address}?{urllib.parse.urlencode(parameters)}")
        for _attempt in range(20):
            if found["State"] == "Complete":
                contacts: list[Any] = found["Contacts"]
                return contacts
            assert found["State"] in ("Waiting", "Processing"), found
            time.sleep(0.05)
            found = self.ask(found["ResultUrl"] + "&top=100&skip=0")
        raise TimeoutError

    def repeat(self, address: str, **parameters: str) -> "list[Any]":
        """Ask the first question again and again until it is answered, as renewal scripts do."""
        for _attempt in range(20):
            found = self.ask(f"{address}?{urllib.parse.urlencode(parameters)}")
            if found["State"] == "Complete":
                contacts: list[Any] = found["Contacts"]
                return contacts
            time.sleep(0.05)
        raise TimeoutError

    def pages(self, address: str, size: int) -> "list[Any]":
        """Read page after page until an empty one, as the Node sample does."""
        whole: list[Any] = []
        while True:
            query = f"$async=false&$top={size}&$skip={len(whole)}"
            page = self.ask(f"{address}?{query}")["Contacts"]
            if not page:
                return whole
            whole += page

    def _ask_token(self, text: str) -> str:
        request = urllib.request.Request(f"{self.base_url}/auth/token", text.encode())
        request.add_header("ContentType", "application/x-www-form-urlencoded")
        pair = base64.standard_b64encode(f"APIKEY:{self.key}".encode()).decode()
        request.add_header("Authorization", f"Basic {pair}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            body: bytes = answer.read()
        return body.decode()
