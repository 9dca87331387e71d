"""Two people change one contact: who saves second sees both versions and chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contacts.admin.address_book.form import ContactForm
from contacts.admin.address_book.words import words_for

Document = Mapping[str, Any]
THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both changed, in words."""

    name: str
    label: str
    theirs: str
    yours: str


def wanted(request: HttpRequest, values: Mapping[str, object]) -> dict[str, object]:
    """Return what was filled in, without the fields for which the other's version was chosen."""
    return {
        key: value for key, value in values.items() if request.POST.get(f"keep-{key}") != THEIRS
    }


def conflicts(
    form: ContactForm, values: Mapping[str, object], base: Document, document: Document
) -> list[Conflict]:
    """Return the fields that somebody else changed too since the form was made."""
    return [
        Conflict(key, _label(form, key), _theirs(key, document), _yours(key, value))
        for key, value in values.items()
        if in_document(key, document) != in_document(key, base)
    ]


def _label(form: ContactForm, key: str) -> str:
    if key in form.fields:
        return str(form.fields[key].label)
    return next((str(rows.label) for rows in form.rows if rows.name == key), key)


def _theirs(key: str, document: Document) -> str:
    return words_for(key, in_document(key, document)) or _("nothing")


def _yours(key: str, value: Any) -> str:  # noqa: ANN401  # any value of a form
    if key == "tags":
        return ", ".join(map(str, value)) or _("nothing")
    name = key if key.startswith("custom_") else f"{key}_id"
    return words_for(key, value) or words_for(name, value) or _("nothing")


def in_document(key: str, document: Document) -> Any:  # noqa: ANN401  # any value of a document
    """Return what a document holds under the key of a form."""
    if key.startswith("custom_"):
        return document.get("custom", {}).get(key.removeprefix("custom_"))
    return document.get(key, document.get(f"{key}_id"))
