"""Folders in which documents lie."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.records import Found
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.models import Folder
from contacts.services.folders import RIGHT, create_folder, delete_folder, update_folder

CONFLICTS = {
    "in_use": gettext_lazy("Documents lie in this folder, so it stays."),
    "last_one": gettext_lazy("This is the only folder, so it stays."),
}


@admin.register(Folder, site=site)
class FolderAdmin(CatalogueAdmin):
    """The folders; everybody's to see, one's own to change."""

    kind: ClassVar[str] = "folder"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 64
    icon: ClassVar[str] = "project"
    view_right: ClassVar[str] = "view_contacts"
    change_right: ClassVar[str] = RIGHT
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("Folders in which programs put documents.")
    empty = gettext_lazy("No folders yet. Make one to put documents into.")
    add_label = gettext_lazy("New folder")
    keys = ("name", "description", "position")
    columns = (
        column("folder", "name"),
        column("folder", "description", can_sort=False),
        Column(gettext_lazy("Documents"), lambda row: Cell(str(row["documents"])), is_number=True),
        column("folder", "author", can_sort=False),
    )

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Add to each folder how many documents lie in it."""
        found = super().find(request, asked)
        rows = Folder.objects.filter(pk__in=[record["id"] for record in found.records])
        counted: dict[int, int] = dict(rows.values_list("pk").annotate(Count("documents")))
        records = [{**each, "documents": counted.get(each["id"], 0)} for each in found.records]
        return Found(records, found.total)

    def may_change(self, request: HttpRequest, record: Document | None = None) -> bool:
        """Tell whether a folder is one's own, or anybody's for administrators."""
        actor = actor_of_request(request)
        if record is None or actor.is_administrator:
            return super().may_change(request, record)
        return record["author_id"] == actor.user_id and super().may_change(request, record)

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"position": 0}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new folder."""
        return int(str(create_folder(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_folder(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete an empty folder."""
        delete_folder(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why a folder stays."""
        return str(CONFLICTS.get(reason, reason))
