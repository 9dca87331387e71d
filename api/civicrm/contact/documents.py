"""Lay a contact's document out flat, as this protocol shows it: with its primary channels."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.civicrm.contact.ages import ages
from api.civicrm.contact.hashes import hash_of
from api.civicrm.mapping.states import placed
from contacts.fields.names import full_name_of, listed_name_of

Document = Mapping[str, Any]  # a document of the domain

# List of channels: the word before the names of its primary one.
_PRIMARY = {"emails": "email", "phones": "phone", "addresses": "address", "messengers": "messenger"}


def flat(document: Document, *, is_hashed: bool = False) -> Document:
    """Return the document with its computed names and, as ``email.address``, primary channels.

    Hashes are computed only where they are shown.
    """
    laid: dict[str, Any] = dict(document)
    for key, word in _PRIMARY.items():
        channel = primary(document.get(key, ()))
        for name, value in channel.items():
            laid[f"{word}.{name}"] = value
        if channel and word == "email":
            laid["email.hold"] = hold_of(channel)
        if channel and word == "address":
            laid |= {f"address.{name}": value for name, value in placed(channel).items()}
    laid["names.shown"] = shown_name(document)
    laid["names.sorted"] = sort_name(document)
    laid["names.organization"] = organization_name(document)
    for number, value in document.get("custom", {}).items():
        laid[f"custom_{number}"] = value
    laid |= greetings(document, laid["names.shown"])
    laid |= ages(document)
    laid["is_archived"] = "archived_at" in document
    if is_hashed:
        laid["hash"] = hash_of(document["id"])
    return laid


def greetings(document: Document, name: str) -> dict[str, str]:
    """Return the usual greetings, or those that the contact was given."""
    called = document.get("first_name") or name
    usual = f"Dear {called}" if called else ""
    return {
        "greeting.email": document.get("email_greeting_text", usual),
        "greeting.postal": document.get("postal_greeting_text", usual),
        "greeting.addressee": document.get("addressee_text", name),
    }


def primary(channels: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the primary channel of a list, else its first; an empty one for none."""
    for each in channels:
        if each.get("is_primary"):
            return each
    return channels[0] if channels else {}


def hold_of(email: Mapping[str, Any]) -> str:
    """Return why nothing is sent to an address: 0 it is not held, 1 it bounced, 2 opted out."""
    if not email.get("is_on_hold"):
        return "0"
    return "2" if email.get("hold_reason") == OPTED_OUT else "1"


OPTED_OUT = "opted out"


def shown_name(document: Document) -> str:
    """Return the name that people read: prefix, first name, last name, suffix."""
    if document.get("kind") == "person":
        name = full_name_of(*(document.get(key, "") for key in _SHOWN))
        if name:
            return name[:LONGEST_NAME]
    return _nameless(document)


def sort_name(document: Document) -> str:
    """Return the name that lists are ordered by: last name, first name."""
    if document.get("kind") == "person":
        name = listed_name_of(*(document.get(key, "") for key in _SORTED))
        if name:
            return name[:LONGEST_NAME]
    return _nameless(document)


# The original's columns end there.
LONGEST_NAME = 128


def _nameless(document: Document) -> str:
    """Return the primary e-mail address of a person without a name; else the domain's name."""
    has_text = document.get("company") or document.get("nickname")
    address = primary(document.get("emails", ())).get("address")
    if document.get("kind") == "person" and address and not has_text:
        return str(address)
    return str(document.get("display_name", ""))


def organization_name(document: Document) -> object:
    """Return the name of an organization; of a person that of the employer, as upstream."""
    own = document.get("organization_name")
    return own or (document.get("company") if document.get("kind") == "person" else None)


_SHOWN = ("prefix", "first_name", "last_name", "suffix")
_SORTED = ("first_name", "last_name", "suffix")
