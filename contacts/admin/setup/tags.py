"""Tags: renamed, coloured, merged."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_screens import CatalogueAdmin, Document
from contacts.admin.messages import said, warned
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.models import ContactTag, Tag
from contacts.services.tag_setup import create_tag, delete_tag, merge_tags, update_tag


def count_cell(tag: Document) -> Cell:
    """Return how many contacts have a tag, as a link to them."""
    address = reverse("admin:contacts_contact_changelist")
    return Cell(str(tag["contacts"]), url=f"{address}?tag={tag['id']}" if tag["contacts"] else "")


def with_counts(tags: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return tags with the numbers of living contacts that have them."""
    links = ContactTag.objects.filter(
        tag_id__in=[tag["id"] for tag in tags], contact__archived_at=None
    )
    numbers = dict(links.order_by().values_list("tag_id").annotate(Count("pk")))
    return [{**tag, "contacts": numbers.get(tag["id"], 0)} for tag in tags]


@admin.register(Tag, site=site)
class TagAdmin(CatalogueAdmin):
    """Words that contacts share."""

    kind: ClassVar[str] = "tag"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 30
    icon: ClassVar[str] = "tag"
    view_right: ClassVar[str] = ADMINISTRATOR
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("Words that contacts share. A new one is made when a contact gets it.")
    empty = gettext_lazy("No tags yet. Write the first one on a contact, or make it here.")
    add_label = gettext_lazy("New tag")
    form_template: ClassVar[str] = "admin/setup/tag.html"
    columns = (
        Column(
            gettext_lazy("Name"), lambda tag: Cell(tag["name"], color=tag["color"]), sort="name"
        ),
        Column(gettext_lazy("Contacts"), count_cell, is_number=True),
    )

    def screens(self) -> list[URLPattern]:
        """Add the merging of tags."""
        merge = require_POST(self.merge_screen)
        return [*super().screens(), self.screen("<int:record_id>/merge/", merge, "merge")]

    def found(self, actor: Actor, asked: Asked, condition: query.Condition | None) -> Found:
        """Return the tags with the numbers of their contacts."""
        found = super().found(actor, asked, condition)
        return Found(with_counts(list(found.records)), found.total)

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Return name and colour."""
        return RecordForm(
            {
                "name": inputs.asked(inputs.text(_("Name"), maxlength=255)),
                "color": inputs.color(
                    _("Colour"), hint=_("Such as #1565c0. Leave it empty and one is chosen.")
                ),
            }
        )

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new tag."""
        return int(str(create_tag(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_tag(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Take a tag off all contacts."""
        delete_tag(actor, record_id)

    def more_of_form(self, request: HttpRequest, record: Document | None) -> dict[str, object]:
        """Return the tags with which a stored one can be merged."""
        if record is None:
            return {}
        others = [tag for tag in reference.tags().by_id.values() if tag.id != record["id"]]
        return {
            "others": sorted(others, key=lambda tag: tag.key),
            "merge_url": self.address("merge", record["id"]),
            "remove_hint": _("It is taken off every contact. The contacts stay."),
        }

    def merge_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Give the contacts of a tag another one instead."""
        actor = actor_of_request(request)
        name = self.name_of(self.get(actor, record_id))
        into = request.POST.get("into", "")
        if not into.isdecimal():
            warned(request, _("Choose the tag that shall stay."))
            return HttpResponseRedirect(self.address("change", record_id))
        stayed = merge_tags(actor, [record_id], int(into))
        text = _("What was tagged “%(name)s” is tagged “%(other)s” now.")
        said(request, text % {"name": name, "other": stayed["name"]})
        return HttpResponseRedirect(self.address("changelist"))
