"""Contacts side by side, to be merged field by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import NEEDED, Actor, find_readable
from contacts.admin.address_book.rows import ContactRow, contact_url, name_of, row_of
from contacts.admin.address_book.words import label_of, words_for
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, NotFoundError
from contacts.fields import Field
from contacts.services.merged_values import choosable_fields, value_in
from contacts.services.merging import MOST_CONTACTS, merge_contacts

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]

EMPTY: tuple[object, ...] = (None, "", [], False)
JOINED = ("emails", "phones", "addresses", "tags", "projects")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the contacts, with what speaks for letting it stay."""

    row: ContactRow
    created_at: str
    marks: tuple[str, ...]
    lists: tuple[tuple[str, list[str]], ...]
    stays: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which the contacts differ: (id, words, whether it is chosen) of each value."""

    key: str
    label: str
    choices: tuple[tuple[int, str, bool], ...]


def merging_url(contact_ids: Iterable[int]) -> str:
    """Return the address at which contacts are compared and merged."""
    pairs = [("id", pk) for pk in list(contact_ids)[: MOST_CONTACTS + 1]]
    return f"{reverse('admin:contacts_contact_merge')}?{urlencode(pairs)}"


def merge(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Show contacts side by side; merge them when the form is sent."""
    actor = actor_of_request(request)
    sent = request.POST if request.method == "POST" else request.GET
    documents = _documents(actor, sent.getlist("id"))
    keep = _kept(documents, sent.get("keep", ""))
    if request.method == "POST":
        return _merged(request, actor, documents, keep, _taken(sent))
    _require_rights(actor, documents)
    differing, agreed = _compared(actor, documents, keep)
    context: dict[str, object] = {
        "title": _("Merge contacts"),
        "candidates": _candidates(documents, keep),
        "differing": differing,
        "agreed": agreed,
    }
    return admin.page(request, "admin/contacts/merge.html", context)


def _taken(sent: QueryDict) -> dict[str, int]:
    """Return by the keys of fields from which contact each value is wanted."""
    chosen = {name: sent.get(name, "") for name in sent if name.startswith("take-")}
    return {
        name.removeprefix("take-"): int(value)
        for name, value in chosen.items()
        if value.isascii() and value.isdigit()
    }


def _documents(actor: Actor, given: Sequence[str]) -> list[Document]:
    ids = list(dict.fromkeys(int(pk) for pk in given if pk.isascii() and pk.isdigit()))
    if len(ids) > MOST_CONTACTS:
        raise ConflictError("too_many")
    found = query.find_contacts(actor, ids)
    if len(found) < len(ids):
        raise NotFoundError("contact")
    if len(ids) < 2:
        raise ConflictError("nothing_to_merge")
    documents: list[Document] = [found[pk] for pk in ids]
    if len({document["kind"] for document in documents}) > 1:
        raise ConflictError("different_kinds")
    return documents


def _require_rights(actor: Actor, documents: Iterable[Document]) -> None:
    for document in documents:
        for action in ("update", "archive"):
            actor.require(NEEDED["contact", action], document.get("projects", ()), "contact")


def _kept(documents: Sequence[Document], asked: str) -> Document:
    """Return the contact that stays: the one that is asked for, else the fullest."""
    chosen = [document for document in documents if str(document["id"]) == asked]
    return chosen[0] if chosen else max(documents, key=fullness)


def fullness(document: Document) -> int:
    """Return how much a contact says, to be compared with that of others."""
    lists = sum(len(value) for value in document.values() if isinstance(value, list | dict))
    return len(document) + lists


def _merged(
    request: HttpRequest,
    actor: Actor,
    documents: Sequence[Document],
    keep: Document,
    take: Mapping[str, int],
) -> HttpResponse:
    gone = [document["id"] for document in documents if document is not keep]
    try:
        document = merge_contacts(actor, keep["id"], gone, take)
    except ConflictError as error:
        if error.reason != "contact_of_user":
            raise
        warned(request, _("Somebody signs in with one of these contacts. Let that one stay."))
        return HttpResponseRedirect(merging_url([each["id"] for each in documents]))
    said(request, _("Merged into “%(name)s”.") % {"name": name_of(document)}, can_undo=True)
    return HttpResponseRedirect(contact_url(document["id"]))


def _candidates(documents: Sequence[Document], keep: Document) -> list[Candidate]:
    newest = max(documents, key=lambda document: document.get("updated_at", ""))
    fullest = max(documents, key=fullness)
    found = []
    for document in documents:
        marks = [_("changed last")] if document is newest else []
        marks += [_("fullest")] if document is fullest else []
        lists = [
            (label_of(key), [words_for(key, [item]) for item in document[key]])
            for key in JOINED
            if document.get(key)
        ]
        created = str(document.get("created_at", ""))
        stays = document is keep
        found.append(Candidate(row_of(document), created, tuple(marks), tuple(lists), stays))
    return found


def _compared(
    actor: Actor, documents: Sequence[Document], keep: Document
) -> tuple[list[Differing], list[tuple[str, str]]]:
    """Return the fields in which the contacts differ, and those in which they do not."""
    differing, agreed = [], []
    for field in choosable_fields():
        if find_readable(actor, "contact", field.key) is None:
            continue
        given = [(document["id"], value_in(document, field)) for document in documents]
        filled = [(pk, value) for pk, value in given if value not in EMPTY]
        texts = {pk: _words(field, value) for pk, value in filled}
        if len(set(texts.values())) > 1 and not field.is_multiple:
            chosen = keep["id"] if keep["id"] in texts else filled[0][0]
            choices = tuple((pk, text, pk == chosen) for pk, text in texts.items())
            differing.append(Differing(field.key, str(field.label), choices))
        elif filled:
            both = "; ".join(dict.fromkeys(texts.values()))
            agreed.append((str(field.label), both))
    return differing, agreed


def _words(field: Field, value: Any) -> str:  # noqa: ANN401  # any value of a document
    key = f"{field.key}_id" if field.key in ("owner", "owner_group") else field.key
    return words_for(key, value)
