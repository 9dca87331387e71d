"""What orders deals: their statuses, categories, and pipelines with stages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import query
from contacts.access import NEEDED, Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.record_forms import RecordForm
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.rows import Rows
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.models import DealCategory, DealStatus, Pipeline
from contacts.services.deal_setup import (
    create_deal_category,
    create_deal_status,
    create_pipeline,
    create_stage,
    delete_deal_category,
    delete_deal_status,
    delete_pipeline,
    delete_stage,
    update_deal_category,
    update_deal_status,
    update_pipeline,
    update_stage,
)
from contacts.services.records import together

RELATIVES = ("dealstatus", "pipeline", "dealcategory")


@admin.register(DealStatus, site=site)
class DealStatusAdmin(CatalogueAdmin):
    """What can become of a deal."""

    kind: ClassVar[str] = "deal_status"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 50
    icon: ClassVar[str] = "deal"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("What can become of a deal. Each status counts as open, won or lost.")
    empty = gettext_lazy("No statuses yet. Deals need one.")
    add_label = gettext_lazy("New status")
    keys = ("name", "outcome", "color", "position", "is_default")
    columns = (
        Column(
            gettext_lazy("Name"),
            lambda status: Cell(status["name"], color=status["color"]),
            sort="name",
        ),
        column("deal_status", "outcome"),
        column("deal_status", "position", is_number=True),
        column("deal_status", "is_default", can_sort=False),
    )

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new status."""
        return int(str(create_deal_status(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_deal_status(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a status that no deal has."""
        delete_deal_status(actor, record_id)


@admin.register(DealCategory, site=site)
class DealCategoryAdmin(CatalogueAdmin):
    """Categories of deals within a project."""

    kind: ClassVar[str] = "deal_category"
    icon: ClassVar[str] = "deal"
    view_right: ClassVar[str] = NEEDED["deal_category", "manage"]
    change_right: ClassVar[str] = NEEDED["deal_category", "manage"]
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Each project has categories of its own.")
    empty = gettext_lazy("No categories yet.")
    add_label = gettext_lazy("New category")
    keys = ("name", "project")
    columns = (column("deal_category", "name"), column("deal_category", "project", can_sort=False))

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Leave out the project: a category stays in its own."""
        return self.keys if record is None else ("name",)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the projects in which the person may make categories."""
        return {"project": projects_of(actor, self.change_right)}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new category."""
        return int(str(create_deal_category(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Rename a category."""
        update_deal_category(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a category; its deals have none then."""
        delete_deal_category(actor, record_id)


def stage_fields() -> Mapping[str, forms.Field]:
    """Return what is said of one stage."""
    return {
        "id": forms.CharField(required=False, widget=forms.HiddenInput),
        "name": inputs.text(gettext_lazy("Name"), maxlength=255),
        "probability": inputs.number(gettext_lazy("Probability, %")),
    }


@admin.register(Pipeline, site=site)
class PipelineAdmin(CatalogueAdmin):
    """Ways that deals go, stage by stage."""

    kind: ClassVar[str] = "pipeline"
    icon: ClassVar[str] = "deal"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Ways that deals go, stage by stage.")
    empty = gettext_lazy("No pipelines yet.")
    add_label = gettext_lazy("New pipeline")
    keys = ("name", "position", "is_default")
    columns = (
        column("pipeline", "name"),
        column("pipeline", "position", is_number=True),
        column("pipeline", "is_default", can_sort=False),
    )

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Add the rows of the stages."""
        form = super().form_of(request, record)
        rows = Rows(
            "stages",
            gettext_lazy("Stages, in order"),
            stage_fields,
            main="name",
            add_label=gettext_lazy("Add another stage"),
        )
        rows.show(stages_of(actor_of_request(request), record["id"]) if record else ())
        form.rows = [rows]
        return form

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new pipeline with its stages."""
        stages: Any = values.pop("stages")
        with together():
            pipeline_id = int(str(create_pipeline(actor, values)["id"]))
            store_stages(actor, pipeline_id, stages)
        return pipeline_id

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed, stages included."""
        stages: Any = values.pop("stages")
        with together():
            update_pipeline(actor, record_id, values)
            store_stages(actor, record_id, stages)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a pipeline in which no deal is."""
        delete_pipeline(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say which part is in use."""
        return _("Deals are in a stage of “%(name)s”, so it stays.") % {"name": name}


def stages_of(actor: Actor, pipeline_id: int) -> list[dict[str, Any]]:
    """Return the stages of a pipeline, in order."""
    condition = query.where(actor, "pipeline", "eq", pipeline_id, kind="stage")
    asked = query.Query(kind="stage", condition=condition, limit=1_000, total=False)
    return list(query.search(actor, asked).documents)


def store_stages(actor: Actor, pipeline_id: int, stages: list[dict[str, Any]]) -> None:
    """Make the stages of a pipeline exactly these, in this order."""
    own = {str(stage["id"]) for stage in stages_of(actor, pipeline_id)}
    for gone in own - {str(stage.get("id")) for stage in stages}:
        delete_stage(actor, int(gone))
    for position, stage in enumerate(stages):
        values = {
            "name": stage["name"],
            "probability": stage["probability"],
            "position": position,
        }
        if stage.get("id") in own:
            update_stage(actor, int(stage["id"]), values)
        else:
            create_stage(actor, {**values, "pipeline": pipeline_id})
