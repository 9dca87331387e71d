"""Contacts that may be the same one: side by side, to be merged or told apart for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts import query
from contacts.access import NEEDED, Actor
from contacts.admin.address_book.likeness_rules import (
    REASONS,
    ShownRule,
    shown_rules,
    weights_of,
)
from contacts.admin.address_book.merging import fullness, merging_url
from contacts.admin.address_book.rows import ContactRow, contact_url, row_of
from contacts.admin.address_book.words import label_of, words_for
from contacts.admin.messages import said, warned
from contacts.admin.navigation import Link
from contacts.admin.nouns import DomainAdmin
from contacts.admin.numbers import Figure, counted
from contacts.admin.paging import Pages, asked_page
from contacts.admin.site import site
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, ForbiddenError
from contacts.models import Duplicate
from contacts.query.duplicates import Alike, count_duplicates, groups_of_duplicates
from contacts.services.background import start_job
from contacts.services.duplicates import JOB, refuse_duplicates, weigh_reasons
from contacts.services.likeness import LEAST_SCORE
from contacts.services.merging import MOST_CONTACTS, merge_contacts

Document = Mapping[str, Any]

# Everything that one button merges is taken back by one Undo.
MOST_AT_ONCE = 25
GROUPS_A_PAGE = 10
SHOWN = ("emails", "phones", "company", "job_title", "birthday", "addresses", "tags")


@dataclass(frozen=True, slots=True)
class Member:
    """One contact of a group; `facts` are (label, words, whether the others say it otherwise)."""

    row: ContactRow
    marks: tuple[str, ...]
    facts: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts side by side, with why they stand together."""

    score: int
    reasons: tuple[str | Promise, ...]
    members: tuple[Member, ...]
    merge_url: str


def group_of(alike: Alike, documents: Mapping[int, Document]) -> Group:
    """Return a group as its panel shows it."""
    # One merge takes no more; the others come when these are done.
    ids = alike.contact_ids[:MOST_CONTACTS]
    found = [documents[pk] for pk in ids if pk in documents]
    newest = max(found, key=lambda document: document.get("updated_at", ""))
    fullest = max(found, key=fullness)
    words = {document["id"]: _facts(document) for document in found}
    members = []
    for document in found:
        marks = [_("changed last")] if document is newest else []
        marks += [_("fullest")] if document is fullest else []
        own = words[document["id"]]
        facts = [
            (label_of(key), text, any(other.get(key, text) != text for other in words.values()))
            for key, text in own.items()
        ]
        members.append(Member(row_of(document), tuple(marks), tuple(facts)))
    reasons = tuple(REASONS.get(each, each) for each in alike.reasons)
    return Group(alike.score, reasons, tuple(members), merging_url(ids))


def _is_there(alike: Alike, documents: Mapping[int, Document]) -> bool:
    """Tell whether nobody has merged or archived the contacts of a group a moment ago."""
    return sum(pk in documents for pk in alike.contact_ids[:MOST_CONTACTS]) > 1


def _facts(document: Document) -> dict[str, str]:
    found = {}
    for key in SHOWN:
        value = document.get(key)
        items = value if isinstance(value, list) else [value]
        texts = [words_for(key, [item] if isinstance(value, list) else item) for item in items]
        if value:
            found[key] = "; ".join(texts)
    return found


def is_exact(alike: Alike) -> bool:
    """Tell whether nobody has to look: the name and an address or number are the same."""
    reasons = set(alike.reasons)
    return len(alike.contact_ids) == 2 and "name" in reasons and bool(reasons & {"email", "phone"})


@admin.register(Duplicate, site=site)
class DuplicateAdmin(DomainAdmin):
    """The list of possible duplicates and its buttons."""

    section: ClassVar[str] = "work"
    order: ClassVar[int] = 80
    icon: ClassVar[str] = "people"
    view_right: ClassVar[str] = NEEDED["contact", "update"]

    def screens(self) -> list[URLPattern]:
        """Return the list and the buttons."""
        return [
            self.screen("", require_safe(self.list_screen), "changelist"),
            self.screen("look/", require_POST(self.look_screen), "look"),
            self.screen("apart/", require_POST(self.apart_screen), "apart"),
            self.screen("merge/", require_POST(self.merge_screen), "merge"),
            self.screen("rules/", require_POST(self.rules_screen), "rules"),
        ]

    def links(self, request: HttpRequest) -> list[Link]:
        """Return the entry of the navigation by its short name."""
        return [replace(link, label=_("Duplicates")) for link in super().links(request)]

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return how many pairs wait for a decision."""
        found = count_duplicates(actor_of_request(request))
        if not found:
            return []
        label = ngettext("possible duplicate", "possible duplicates", found)
        return [Figure(label, counted(found), self.address("changelist"), 30)]

    def list_screen(self, request: HttpRequest) -> HttpResponse:
        """Show the groups, the likest first."""
        return self._list(request, shown_rules())

    def _list(self, request: HttpRequest, rules: list[ShownRule]) -> HttpResponse:
        are_wrong = any(rule.is_wrong for rule in rules)
        actor = actor_of_request(request)
        groups = groups_of_duplicates(actor)
        number = asked_page(request.GET).number
        first = (number - 1) * GROUPS_A_PAGE
        shown = groups[first : first + GROUPS_A_PAGE]
        documents = query.find_contacts(actor, [pk for each in shown for pk in each.contact_ids])
        context: dict[str, object] = {
            "title": _("Possible duplicates"),
            "groups": [group_of(each, documents) for each in shown if _is_there(each, documents)],
            "pages": Pages(number, GROUPS_A_PAGE, len(groups)),
            "exact": min(MOST_AT_ONCE, sum(is_exact(each) for each in groups)),
            "may_look": actor.is_administrator,
            "rules": rules,
            "rules_are_wrong": are_wrong,
            "least": LEAST_SCORE,
            **{f"{name}_url": self.address(name) for name in ("look", "apart", "merge", "rules")},
        }
        status = 422 if are_wrong else 200
        return self.page(request, "admin/contacts/duplicates.html", context, status=status)

    def rules_screen(self, request: HttpRequest) -> HttpResponse:
        """Store how much each thing in common says, and look through all contacts again."""
        actor = actor_of_request(request)
        weights = weights_of(request.POST)
        if weights is None:
            actor.require_administrator()
            return self._list(request, shown_rules(request.POST))
        if weigh_reasons(actor, weights):
            start_job(actor, JOB, key=JOB)
            said(request, _("The rules are stored. Contacts are being looked through again."))
        return self._back()

    def look_screen(self, request: HttpRequest) -> HttpResponse:
        """Look through all contacts now; otherwise that is done once a day."""
        actor = actor_of_request(request)
        actor.require_administrator()
        number = start_job(actor, JOB, key=JOB)
        return HttpResponseRedirect(reverse("admin:contacts_job_page", args=[number]))

    def apart_screen(self, request: HttpRequest) -> HttpResponse:
        """Remember that the contacts of a group are not duplicates."""
        ids = _ids(request.POST)
        refuse_duplicates(actor_of_request(request), ids)
        said(request, _("Remembered: these are different contacts."), can_undo=True)
        if "on_page" in request.POST:
            return HttpResponseRedirect(contact_url(ids[0]))
        return self._back()

    def merge_screen(self, request: HttpRequest) -> HttpResponse:
        """Merge the pairs that agree in their name and an e-mail or a phone."""
        actor = actor_of_request(request)
        exact = [each for each in groups_of_duplicates(actor) if is_exact(each)][:MOST_AT_ONCE]
        merged = sum(_is_merged(actor, each) for each in exact)
        if merged:
            text = ngettext("%(count)s pair is merged.", "%(count)s pairs are merged.", merged)
            said(request, text % {"count": merged}, can_undo=True)
        if merged < len(exact):
            warned(request, _("Pairs that you may not merge were left as they are."))
        return self._back()

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(self.address("changelist"))


def _is_merged(actor: Actor, alike: Alike) -> bool:
    """Merge a pair into the fuller one; tells whether that was possible."""
    documents = query.find_contacts(actor, alike.contact_ids)
    if len(documents) < 2:
        return False
    keep = max(documents, key=lambda pk: fullness(documents[pk]))
    try:
        merge_contacts(actor, keep, [pk for pk in documents if pk != keep])
    except (ConflictError, ForbiddenError):
        return False
    return True


def _ids(sent: QueryDict) -> Sequence[int]:
    given = sent.getlist("id")[:MOST_CONTACTS]
    return [int(pk) for pk in given if pk.isascii() and pk.isdigit() and len(pk) < 19]
