"""Keys of programs: made with an example to paste, replaced, revoked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from rest_framework.settings import api_settings

from contacts import query
from contacts.access import FORM_KEY, Actor
from contacts.access.counting import Usage, usage_of_credentials
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of, users_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.doors import door_of_key, doors, title_of_door
from contacts.admin.doorways.first_requests import clients_of, known_with, programs_of
from contacts.admin.doorways.secrets import hand_over, taken_over
from contacts.admin.facts import cell_of, facts_of
from contacts.admin.framing import framed, framing
from contacts.admin.messages import said, warned
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError
from contacts.fields import catalogue, reference
from contacts.fields.types import read_moment
from contacts.models import Credential
from contacts.services.credentials import (
    create_credential,
    revoke_credential,
    rotate_credential,
    unrevoke_credential,
    update_credential,
)

OVERLAP = timedelta(days=7)


def state_cell(document: Document) -> Cell:
    """Return whether a key opens anything."""
    if document["revoked_at"]:
        return Cell(_("revoked"), tone="bad")
    if not document["expires_at"]:
        return Cell(_("works"), tone="good")
    end = read_moment(document["expires_at"])
    day = date_format(timezone.localtime(end), "DATE_FORMAT")
    if end <= timezone.now():
        return Cell(_("expired"), tone="warn", note=day)
    return Cell(_("works"), tone="good", note=_("until %(day)s") % {"day": day})


def door_cell(document: Document) -> Cell:
    """Return which program language a key is for."""
    # Kinds that people do not make here, such as a site key, begin with their door's name too.
    return Cell(title_of_door(document["kind"].partition("_")[0]))


def scope_cell(document: Document) -> Cell:
    """Return what a key may do, and in which project if it is bound to one."""
    cell = cell_of(document, catalogue("credential").by_key["scope"])
    if not document["project_id"]:
        return cell
    name = reference.projects().name_of(document["project_id"])
    return replace(cell, note=_("only in %(project)s") % {"project": name})


def used_cell(document: Document) -> Cell:
    """Return when a key was last used, through which protocol, from where."""
    if not document["last_used_at"]:
        return Cell(_("never"))
    through = document["last_dialect"]
    usage: Usage | None = document.get("usage")
    told = [title_of_door(through) if through else "", usage.last_address if usage else ""]
    note = ", ".join(filter(None, told))
    return Cell(moment=read_moment(document["last_used_at"]), note=note)


def week_cell(document: Document) -> Cell:
    """Return how often a key was used in seven days, and how often in vain."""
    usage: Usage | None = document.get("usage")
    if usage is None or not usage.requests:
        return Cell("")
    count = localize(usage.requests)
    if not usage.failed:
        return Cell(str(count))
    text = _("%(count)s, %(failed)s in vain") % {"count": count, "failed": localize(usage.failed)}
    return Cell(text, tone="warn")


@admin.register(Credential, site=site)
class CredentialAdmin(CatalogueAdmin):
    """One's own keys; everybody's for administrators."""

    kind: ClassVar[str] = "credential"
    section: ClassVar[str] = "doors"
    order: ClassVar[int] = 30
    icon: ClassVar[str] = "key"
    heading = gettext_lazy("API keys")
    is_deep: ClassVar[bool] = True
    can_remove: ClassVar[bool] = False
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("A program shows its key to be let in, and may do what its user may.")
    empty = gettext_lazy("No keys yet. Make one for each program that shall work with your data.")
    add_label = gettext_lazy("New key")
    keys = ("name", "user", "scope", "project", "expires_at", "per_minute")
    columns = (
        Column(gettext_lazy("Name"), lambda key: Cell(name_of(key)), sort="name"),
        Column(gettext_lazy("For"), door_cell),
        column("credential", "user", can_sort=False),
        Column(gettext_lazy("Scope"), scope_cell),
        Column(gettext_lazy("State"), state_cell),
        Column(
            gettext_lazy("Created"),
            lambda key: Cell(moment=read_moment(key["created_at"])),
            sort="created_at",
        ),
        Column(gettext_lazy("Last used"), used_cell, sort="last_used_at"),
        Column(gettext_lazy("In seven days"), week_cell, is_number=True),
    )

    def screens(self) -> list[URLPattern]:
        """Add replacing, revoking, the secret and its test."""
        return [
            *super().screens(),
            self.screen("<int:record_id>/revoke/", require_POST(self.revoke_screen), "revoke"),
            self.screen("<int:record_id>/rotate/", require_POST(self.rotate_screen), "rotate"),
            self.screen("<int:record_id>/secret/", require_safe(self.secret_screen), "secret"),
            self.screen("<int:record_id>/test/", require_POST(self.test_screen), "test"),
        ]

    def may_change(self, request: HttpRequest, record: Document | None = None) -> bool:
        """Tell whether there is anything to make keys for; one's own are one's own to change."""
        return record is not None or any(door.key_kind for door in doors())

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the protocols, the working ones and, to administrators, the users."""
        states = [("works", _("not revoked")), ("revoked", _("revoked"))]
        titles = [(door.name, door.title) for door in doors()]
        found = [Pick("door", _("For"), titles), Pick("state", _("State"), states)]
        if actor_of_request(request).is_administrator:
            users = [(str(pk), name) for pk, name in users_of(actor_of_request(request))]
            found.append(Pick("user", _("User"), users))
        return found

    def condition(self, actor: Actor, name: str, value: str) -> query.Condition | None:
        """Return what a choice above the list means."""
        if name == "door":
            # Whatever is made for it: a key of a person, a key of a site.
            return query.where(actor, "kind", "starts_with", f"{value}_", kind=self.kind)
        if name == "state":
            return query.where(actor, "revoked_at", "is_empty", value == "works", kind=self.kind)
        return super().condition(actor, name, value)

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Leave out the keys of web forms, which stand on the pages of the forms, and tokens.

        Tokens come and go by themselves: they end with the key that they were made from.
        """
        actor = actor_of_request(request)
        parts = [self.condition(actor, name, value) for name, value in asked.chosen.items()]
        parts.append(query.where(actor, "kind", "ne", FORM_KEY, kind=self.kind))
        parts.append(query.where(actor, "parent", "is_empty", True, kind=self.kind))
        found = self.found(actor, asked, query.all_of(*parts))
        usage = usage_of_credentials([int(record["id"]) for record in found.records])
        records = [{**record, "usage": usage.get(record["id"])} for record in found.records]
        return Found(records, found.total)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the users and projects to choose from."""
        own = (actor.user_id, reference.users().name_of(actor.user_id))
        users = users_of(actor) if actor.is_administrator else [own]
        return {"user": users, "project": projects_of(actor)}

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Leave out the owner of a stored key: it stays."""
        return tuple(key for key in self.keys if record is None or key != "user")

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Add the program language of a new key."""
        form = super().form_of(request, record)
        form.explain(
            {
                "name": _("Which program it is for, such as “Newsletter”."),
                "project": _("Empty: all projects of the user."),
                "expires_at": _("Empty: works until it is revoked."),
                "per_minute": _("Empty: as many as the server allows."),
            }
        )
        if record is None:
            kinds = [(door.key_kind, door.title) for door in doors() if door.key_kind]
            choice = inputs.one_of(_("For a program written for"), kinds, blank=False)
            form.fields = {"kind": choice, **form.fields}
            form.initial = {"user": actor_of_request(request).user_id}
        return form

    def name_of(self, record: Document) -> str:
        """Return the name, or how the key begins."""
        return name_of(record)

    def add_screen(self, request: HttpRequest) -> HttpResponse:
        """Show the form; after storing, show the secret, this once."""
        self.require_change(request)
        form = self.form_of(request, None)
        if request.method == "POST" and form.take(request) and form.is_valid():
            values = form.said()
            kind = str(values.pop("kind"))
            made = self.attempt(form, lambda: self.make(request, kind, values))
            if made is not None:
                return self.to_secret(request, *made)
        return self.form_page(request, form, None)

    def make(
        self, request: HttpRequest, kind: str, values: dict[str, object]
    ) -> tuple[Document, str]:
        """Store a new key."""
        door = door_of_key(kind)
        is_recoverable = door is not None and door.key_is_recoverable
        actor = actor_of_request(request)
        return create_credential(actor, kind, values, is_recoverable=is_recoverable)

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_credential(actor, record_id, values)

    def to_secret(self, request: HttpRequest, document: Document, secret: str) -> HttpResponse:
        """Lead to the page that shows a secret once: to load it again makes no second key."""
        hand_over(request, document["id"], secret)
        return HttpResponseRedirect(self.address("secret", document["id"]))

    def secret_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show a secret once, with examples that work at once."""
        document = self.get(actor_of_request(request), record_id)
        secret = taken_over(request, record_id)
        if secret is None:
            warned(request, _("The key was shown once. If you did not copy it, replace it."))
            return HttpResponseRedirect(self.address("page", record_id))
        context: dict[str, object] = {
            "title": _("Your new key"),
            "document": document,
            "secret": secret,
            "programs": programs_of(document, secret),
            "clients": clients_of(document, secret),
            "door": door_of_key(document["kind"]),
            "client_id": client_id_of(document),
            "steps": self.steps(None),
            "page_url": self.address("page", record_id),
            "test_url": self.address("test", record_id),
        }
        return framing(request, self.page(request, "admin/doorways/secret.html", context).render())

    def test_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Make the first request of the examples with a secret, and show what came of it."""
        document = self.get(actor_of_request(request), record_id)
        door = door_of_key(document["kind"])
        secret = request.POST.get("secret", "").strip()
        answer = None
        if door and door.ways and secret:
            answer = door.ways.try_out(request, known_with(document, secret))
        context: dict[str, object] = {"title": _("Test"), "answer": answer, "door": door}
        page = self.page(request, "admin/doorways/test.html", context)
        return framed(request, page.render())

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show what a key may do and when it was used."""
        actor = actor_of_request(request)
        document = self.get(actor, record_id)
        keys = ("user", "scope", "project", "expires_at", "created_at", "revoked_at")
        door = door_of_key(document["kind"])
        context: dict[str, object] = {
            "title": name_of(document),
            "document": document,
            "door": door,
            "client_id": client_id_of(document),
            "state": state_cell(document),
            "facts": facts_of(actor, self.kind, document, keys),
            "last_door": title_of_door(document["last_dialect"]),
            "last_used": used_cell(document),
            "usage": usage_of_credentials([record_id]).get(record_id),
            "programs": programs_of(document, f"{document['hint']}…"),
            "clients": clients_of(document, f"{document['hint']}…"),
            "test_url": self.address("test", record_id) if door and door.ways else "",
            "rate": api_settings.DEFAULT_THROTTLE_RATES["credential"],
            "steps": self.steps(None),
            "change_url": self.address("change", record_id),
            "revoke_url": self.address("revoke", record_id),
            "rotate_url": self.address("rotate", record_id) if door else "",
            "overlap": OVERLAP.days,
        }
        page = self.page(request, "admin/doorways/credential.html", context)
        return framing(request, page.render())

    def revoke_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Stop a key at once, or take that back."""
        actor = actor_of_request(request)
        if "undo" in request.POST:
            unrevoke_credential(actor, record_id)
            said(request, _("The key works again."))
        else:
            revoke_credential(actor, record_id)
            said(
                request,
                _("The key is revoked. Nothing opens to it any more."),
                undo_at=self.address("revoke", record_id),
            )
        return HttpResponseRedirect(self.address("page", record_id))

    def rotate_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Replace a key; the old one works on for a few days."""
        actor = actor_of_request(request)
        try:
            document, secret = rotate_credential(actor, record_id, overlap=OVERLAP)
        except ConflictError:
            said(request, _("A revoked key cannot be replaced. Make a new one."))
            return HttpResponseRedirect(self.address("page", record_id))
        return self.to_secret(request, document, secret)


def name_of(document: Mapping[str, Any]) -> str:
    """Return the name of a key, or how it begins."""
    return str(document["name"] or _("Key %(hint)s…") % {"hint": document["hint"]})


def client_id_of(document: Document) -> str:
    """Return the client id that goes with a key, or "" where its door knows none."""
    door = door_of_key(document["kind"])
    return door.client_id(int(document["id"])) if door and door.client_id else ""
