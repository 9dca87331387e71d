"""Read pages as people do: texts, links, and forms that can be filled in and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

VOID = frozenset({"input", "img", "br", "meta", "link", "use", "circle"})


@dataclass
class Form:
    """A form with what it holds at first."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **more: Any) -> dict[str, Any]:
        """Return what is sent after typing; "__" stands for "-" in the names of rows."""
        data: dict[str, Any] = {
            name: values if len(values) > 1 else values[0] for name, values in self.fields.items()
        }
        data |= {name.replace("__", "-"): value for name, value in more.items()}
        return {name: value for name, value in data.items() if value is not None}


class Page(HTMLParser):
    """A page taken apart."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.status = response.status_code
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.words: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._area = ""
        self._href = ""
        self._linked: list[str] = []
        self.feed(response.content.decode())

    @property
    def text(self) -> str:
        """Return all words of the page with single spaces."""
        return " ".join(" ".join(self.words).split())

    def form_to(self, ending: str) -> Form:
        """Return the first form whose address ends so; "" is the page itself."""
        return next(form for form in self.forms if form.action.endswith(ending))

    def posting_form(self) -> Form:
        """Return the form in which a record is filled in."""
        return max((form for form in self.forms if form.method == "post"), key=_size)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in the beginning of an element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "a":
            self._href, self._linked = given.get("href", ""), []
        elif self._form is not None:
            self._control(tag, given, self._form)

    def _control(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "input" and name:
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked and given.get("type") != "file":
                # A ticked box without a value sends this.
                blank = "on" if given.get("type") == "checkbox" else ""
                form.fields.setdefault(name, []).append(given.get("value", blank))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            form.fields.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            form.fields[name] = [""]
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "a" and self._href:
            self.links.setdefault(" ".join("".join(self._linked).split()), self._href)
            self._href = ""

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if self._area and self._form is not None:
            # Browsers leave out the first line break of a text area.
            self._form.fields[self._area][0] += data.removeprefix("\r\n").removeprefix("\n")
        self.words.append(data)
        if self._href:
            self._linked.append(data)


def _size(form: Form) -> int:
    return len(form.fields)


def read(client: Client, address: str, **more: Any) -> Page:
    """Return the page at an address."""
    return Page(client.get(address, **more))


def send(client: Client, address: str, data: dict[str, Any]) -> Page:
    """Send a form and return the page to which that leads."""
    return Page(client.post(address, data, follow=True))
