"""Deals: list, page, form."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.catalogue_screens import Document, column, records_of
from contacts.admin.facts import contact_cell
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.admin.work.records import WorkAdmin
from contacts.fields import reference
from contacts.models import Deal, DealStatus
from contacts.services.deals import archive_deal, create_deal, restore_deal, update_deal

TONES = {
    DealStatus.Outcome.OPEN: "on",
    DealStatus.Outcome.WON: "good",
    DealStatus.Outcome.LOST: "bad",
}


def status_cell(document: Document) -> Cell:
    """Return the status of a deal, marked by its outcome."""
    status = document["status"]
    return Cell(status["name"], tone=TONES[status["outcome"]])


def amount_cell(document: Document) -> Cell:
    """Return what a deal is worth."""
    if document["amount"] is None:
        return Cell()
    return Cell(f"{floatformat(document['amount'], '-2g')} {document['currency']}".strip())


def contact_of(document: Document) -> Cell:
    """Return the contact of a deal or ticket, where one sees it."""
    return contact_cell(document["contact"]) if document["contact"] else Cell()


@admin.register(Deal, site=site)
class DealAdmin(WorkAdmin):
    """Business that may come about."""

    kind: ClassVar[str] = "deal"
    order: ClassVar[int] = 20
    icon: ClassVar[str] = "deal"
    view_right: ClassVar[str] = "view_deals"
    takes_notes: ClassVar[bool] = True
    open_ones: ClassVar[tuple[str, str]] = ("outcome", "0")
    empty = gettext_lazy("No deals yet. Write down the first thing that somebody may buy.")
    add_label = gettext_lazy("New deal")
    keys = (
        "name",
        "project",
        "contact",
        "contacts",
        "amount",
        "currency",
        "status",
        "stage",
        "probability",
        "due_on",
        "category",
        "lost_reason",
        "owner",
        "background",
    )
    columns = (
        column("deal", "name"),
        Column(gettext_lazy("Contact"), contact_of),
        Column(gettext_lazy("Amount"), amount_cell, sort="amount", is_number=True),
        Column(gettext_lazy("Status"), status_cell),
        column("deal", "due_on"),
        column("deal", "owner", can_sort=False),
        column("deal", "updated_at"),
    )

    def open_label(self, count: int) -> str:
        """Return what open deals are called."""
        return ngettext("open deal", "open deals", count)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return statuses, stages with their pipelines, categories with their projects."""
        pipelines = {each["id"]: each["name"] for each in records_of(actor, "pipeline")}
        projects = reference.projects()
        statuses = [(each["id"], str(each["name"])) for each in records_of(actor, "deal_status")]
        stages = records_of(actor, "stage")
        categories = records_of(actor, "deal_category")
        return {
            "project": projects_of(actor, "add_deals"),
            "status": statuses,
            "stage": [
                (each["id"], f"{pipelines.get(each['pipeline_id'], '')}: {each['name']}")
                for each in stages
            ],
            "category": [
                (each["id"], f"{projects.name_of(int(str(each['project_id'])))}: {each['name']}")
                for each in categories
            ],
        }

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer outcomes too."""
        outcomes = [(str(outcome.value), outcome.label) for outcome in DealStatus.Outcome]
        statuses = records_of(actor_of_request(request), "deal_status")
        return [
            Pick("outcome", _("Outcome"), outcomes),
            Pick(
                "status", _("Status"), [(str(each["id"]), str(each["name"])) for each in statuses]
            ),
            *super().picks(request),
        ]

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new deal."""
        return int(str(create_deal(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_deal(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Put a deal into the trash."""
        archive_deal(actor, record_id)

    def restore(self, actor: Actor, record_id: int) -> object:
        """Take a deal out of the trash."""
        return restore_deal(actor, record_id)
