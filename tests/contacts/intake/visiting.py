"""What a browser without scripts does with the page of a form."""

import re
from html.parser import HTMLParser

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from contacts.models import WebForm

ANN = {"first_name": "Ann", "emails": "ann@example.com"}


class Page(HTMLParser):
    """The controls of a page by name, as a browser would send them."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.text = response.content.decode()
        self.controls: dict[str, dict[str, str | None]] = {}
        self.feed(self.text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Remember a control."""
        named = dict(attributes)
        if tag in ("input", "select", "textarea") and named.get("name"):
            self.controls.setdefault(str(named["name"]), {"tag": tag, **named})

    @property
    def title(self) -> str:
        """Return the title of the page."""
        found = re.search(r"<title>(.*?)</title>", self.text)
        return found[1] if found else ""


def fill(
    visitor: Client, form: WebForm, values: dict[str, object], wait: float = 5
) -> HttpResponse:
    """Open a form, wait as people do, and send it."""
    address = f"/forms/{form.public_id}"
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        page = Page(visitor.get(address))
        clock.shift(wait)
        hidden = {"form-rendered": page.controls["form-rendered"]["value"] or ""}
        return visitor.post(address, {**hidden, **values})
