"""Projects with their members."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of, users_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column, records_of
from contacts.admin.facts import facts_of
from contacts.admin.messages import said
from contacts.admin.naming import one_named
from contacts.admin.record_forms import RecordForm
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.errors import InvalidError
from contacts.fields import reference
from contacts.models import Project
from contacts.models.projects import MODULES
from contacts.services.members import create_member, delete_member, update_member
from contacts.services.projects import create_project, delete_project, update_project

TONES = {
    Project.Status.ACTIVE: "good",
    Project.Status.CLOSED: "warn",
    Project.Status.ARCHIVED: "bad",
}
MOST_MEMBERS = 1_000


def status_cell(document: Document) -> Cell:
    """Return whether a project is active."""
    status = Project.Status(document["status"])
    return Cell(status.label, tone=TONES[status])


class MemberForm(RecordForm):
    """Who becomes a member, with which roles."""

    def __init__(self, actor: Actor) -> None:
        groups = [(group.id, group.name) for group in reference.user_groups().by_id.values()]
        fields: dict[str, Any] = {"user": one_named(gettext_lazy("User"), users_of(actor), "users")}
        if groups:
            fields["group"] = inputs.one_of(gettext_lazy("or user group"), groups)
        fields["roles"] = inputs.many_of(gettext_lazy("Roles"), role_options(actor))
        super().__init__(fields)


def role_options(actor: Actor) -> list[tuple[object, inputs.Text]]:
    """Return the roles to choose from, in their order."""
    return [(role["id"], role["name"]) for role in records_of(actor, "role")]


def members_of(actor: Actor, project_id: int) -> list[dict[str, object]]:
    """Return the members of a project, with the names of people and roles."""
    asked = query.Query(
        kind="member",
        condition=query.where(actor, "project", "eq", project_id, kind="member"),
        limit=MOST_MEMBERS,
        total=False,
    )
    users, groups, roles = reference.users(), reference.user_groups(), reference.roles()
    found: list[dict[str, Any]] = list(query.search(actor, asked).documents)
    return [
        {
            **member,
            "name": users.name_of(member["user_id"]) or groups.name_of(member["group_id"]),
            "is_group": member["group_id"] is not None,
            "role_names": [roles.name_of(pk) for pk in member["roles"]],
        }
        for member in found
    ]


@admin.register(Project, site=site)
class ProjectAdmin(CatalogueAdmin):
    """Bodies of contacts, each with its own members."""

    kind: ClassVar[str] = "project"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 10
    icon: ClassVar[str] = "project"
    can_search: ClassVar[bool] = True
    is_deep: ClassVar[bool] = True
    intro = gettext_lazy("Who sees a contact depends on the projects that it is in.")
    empty = gettext_lazy("You are in no project. Ask an administrator to add you to one.")
    add_label = gettext_lazy("New project")
    keys = (
        "name",
        "identifier",
        "description",
        "homepage",
        "parent",
        "status",
        "modules",
        "is_public",
    )
    columns = (
        column("project", "name"),
        column("project", "identifier"),
        Column(gettext_lazy("Status"), status_cell),
        column("project", "is_public", can_sort=False),
        column("project", "updated_at"),
    )

    def screens(self) -> list[URLPattern]:
        """Add the changes of members."""
        add = require_POST(self.add_member_screen)
        change = require_POST(self.change_member_screen)
        route = "<int:record_id>/members/"
        return [
            *super().screens(),
            self.screen(route, add, "members"),
            self.screen(f"{route}<int:member_id>/", change, "member"),
        ]

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Leave out the identifier of a stored project: forms and links name it."""
        return tuple(key for key in self.keys if record is None or key != "identifier")

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the modules, and the projects above."""
        own = record["id"] if record else None
        others = [pair for pair in projects_of(actor) if pair[0] != own]
        return {"modules": MODULES, "parent": others}

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Say what the less obvious fields mean."""
        form = super().form_of(request, record)
        form.explain(
            {
                "identifier": _(
                    "Stands in addresses and forms, and stays. Small letters, digits, - and _."
                ),
                "is_public": _("Everybody who signs in sees that the project exists."),
                "status": _("Closed: only to be read. Archived: out of sight."),
            }
        )
        return form

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"modules": [name for name, _label in MODULES]}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new project."""
        return int(str(create_project(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_project(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete an empty project."""
        delete_project(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say how to get rid of a project that is in use."""
        text = _("“%(name)s” holds contacts or other records, or is the only project, so it stays.")
        return f"{text % {'name': name}} " + _("You can archive it.")

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show a project with its members."""
        return self._project_page(request, self.get(actor_of_request(request), record_id))

    def _project_page(
        self, request: HttpRequest, document: Document, form: MemberForm | None = None
    ) -> HttpResponse:
        actor = actor_of_request(request)
        record_id, is_administrator = document["id"], actor.is_administrator
        members = members_of(actor, record_id)
        keys = ("identifier", "description", "homepage", "parent", "is_public", "created_at")
        context: dict[str, object] = {
            "title": document["name"],
            "document": document,
            "status": status_cell(document),
            "facts": facts_of(actor, "project", document, keys),
            "modules": [label for name, label in MODULES if name in document["modules"]],
            "members": [
                {**member, "url": self.address("member", record_id, member["id"])}
                for member in members
            ],
            "roles": role_options(actor),
            "form": form or (MemberForm(actor) if is_administrator else None),
            "faults": form.summary() if form else [],
            "members_url": self.address("members", record_id),
            "contacts_url": f"{reverse('admin:contacts_contact_changelist')}?project={record_id}",
            "steps": self.steps(None),
            "change_url": self.address("change", record_id) if is_administrator else "",
        }
        return self.page(request, "admin/setup/project.html", context, status=422 if form else 200)

    def add_member_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Make somebody a member."""
        actor = actor_of_request(request)
        actor.require_administrator()
        form = MemberForm(actor)
        form.take(request)
        if form.is_valid():
            try:
                create_member(actor, {**form.said(), "project": record_id})
                said(request, _("The project has a new member."))
                return HttpResponseRedirect(self.address("page", record_id))
            except InvalidError as error:
                form.take_faults(error)
        return self._project_page(request, self.get(actor, record_id), form)

    def change_member_screen(
        self, request: HttpRequest, record_id: int, member_id: int
    ) -> HttpResponse:
        """Give a member other roles, or end the membership."""
        actor = actor_of_request(request)
        if "remove" in request.POST:
            delete_member(actor, member_id)
            said(request, _("The membership has ended. What the member owns stays."))
        else:
            roles = [int(pk) for pk in request.POST.getlist("roles") if pk.isdecimal()]
            update_member(actor, member_id, {"roles": roles})
            said(request, _("The member has other roles now."))
        return HttpResponseRedirect(self.address("page", record_id))
