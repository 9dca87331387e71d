"""Send the documented web form as a browser does."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from contacts.models import Contact

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Origin": "https://shop.example",
    "Referer": "https://shop.example/contact?session=secret",
}


def entries(key: str, **more: Any) -> dict[str, Any]:
    """Return what the documented form sends."""
    return {
        "key": key,
        "project_id": "demo",
        "contact[first_name]": "Ann",
        "contact[last_name]": "Lee",
        "contact[phone]": "+7 111",
        "contact[email]": "ann@a.example",
        "contact[tag_list]": "web",
        "commit": "Save",
        "utf8": "✓",
        **more,
    }


def send(visitor: Client, address: str, sent: dict[str, Any], **headers: str) -> HttpResponse:
    """Send multipart as a browser does."""
    return visitor.post(address, sent, headers={**BROWSER, **headers})


def made() -> list[Contact]:
    """Return the contacts that were made."""
    return list(Contact.objects.filter(user=None).order_by("pk"))
