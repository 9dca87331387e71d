"""Two people change one contact: who saves second sees both versions and chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contacts import history
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


@dataclass(frozen=True, slots=True)
class Versions:
    """A contact as it was when the form was made, and as it is now.

    `settled` is the version that was shown beside what was typed when somebody chose.
    """

    base: Document
    now: Document
    settled: int

    def settled_document(self) -> Document:
        """Return the contact as it was when somebody chose."""
        return document_at(self.now, self.settled)


def document_at(document: Document, version: int) -> Document:
    """Return a contact as it was at a version, from its document now."""
    return history.earlier("contact", document["id"], document, version)


def wanted(request: HttpRequest, values: Mapping[str, object]) -> dict[str, object]:
    """Return what was filled in, without the fields for which the other's version was chosen."""
    return {
        key: value for key, value in values.items() if request.POST.get(f"keep-{key}") != THEIRS
    }


def conflicts(
    request: HttpRequest, form: ContactForm, values: Mapping[str, object], versions: Versions
) -> list[Conflict]:
    """Return the fields that somebody else changed too since the form was made.

    What was chosen for a field holds until it changes once more.
    """
    has_chosen = any(name.startswith("keep-") for name in request.POST)
    settled = versions.settled_document() if has_chosen else versions.base
    found = []
    for key, value in values.items():
        known = settled if f"keep-{key}" in request.POST else versions.base
        if in_document(key, versions.now) == in_document(key, known):
            continue
        both = Conflict(key, _label(form, key), _theirs(key, versions.now), _yours(key, value))
        if both.theirs != both.yours:
            found.append(both)
    return found


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
