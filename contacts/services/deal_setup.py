"""Set up what orders deals: statuses, categories, pipelines, stages.

Statuses, pipelines and stages belong to administrators. Categories belong to one project and to
whoever may change deals there.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model, ProtectedError

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import (
    visible_deal_categories,
    visible_deal_statuses,
    visible_pipelines,
    visible_stages,
)
from contacts.errors import ConflictError, Fault
from contacts.fields import reference
from contacts.models import Deal, DealCategory, DealStatus, Pipeline, Stage
from contacts.services.records import Document, locked, project_faults
from contacts.services.setup import (
    delete_setup,
    keep_one_default,
    store_change,
    store_new,
    taken_faults,
)
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]


def create_deal_status(actor: Actor, values: Values) -> Document:
    """Create a status of deals; raises ForbiddenError, InvalidError."""
    return _create(actor, DealStatus(), "deal_status", values)


def update_deal_status(actor: Actor, status_id: int, values: Values) -> Document:
    """Change a status; deals that have it keep the time at which they were closed.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        actor.require_administrator()
        row = locked(visible_deal_statuses(actor), "deal_status", status_id)
        return _update(actor, row, "deal_status", values)


def delete_deal_status(actor: Actor, status_id: int, *, move_to: int | None = None) -> None:
    """Delete a status; its deals get the status `move_to`.

    Raises ConflictError ("in_use") where it has deals and nothing is said of them, and for the
    last status ("last_one"); NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        actor.require_administrator()
        row = locked(visible_deal_statuses(actor), "deal_status", status_id)
        others = DealStatus.objects.exclude(pk=status_id)
        if not others.exists():
            raise ConflictError("last_one")
        if move_to is not None:
            target = locked(visible_deal_statuses(actor), "deal_status", move_to)
            Deal.objects.filter(status=row).exclude(status=target).update(status=target)
        _delete(actor, row, "deal_status")


def create_deal_category(actor: Actor, values: Values) -> Document:
    """Create a category in a project; raises ForbiddenError, InvalidError."""
    actor.require_write()
    with transaction.atomic():
        row = DealCategory()
        cleaned, faults = check_values(actor, "deal_category", values, creating=True)
        scope = {"project_id": cleaned.get("project")}
        faults += project_faults(actor, cleaned) + taken_faults(row, "name", cleaned, scope=scope)
        require_no_faults(faults)
        actor.require(NEEDED["deal_category", "manage"], [cleaned["project"]], "deal_category")  # type: ignore[list-item]  # a cleaned id
        return store_new(actor, row, "deal_category", cleaned)


def update_deal_category(actor: Actor, category_id: int, values: Values) -> Document:
    """Rename a category; it stays in its project.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked_category(actor, category_id)
        cleaned, faults = check_values(actor, "deal_category", values, creating=False)
        if cleaned.get("project", row.project_id) != row.project_id:
            faults.append(Fault("project", "read_only"))
        scope = {"project_id": row.project_id}
        require_no_faults(faults + taken_faults(row, "name", cleaned, scope=scope))
        return store_change(actor, row, "deal_category", cleaned)


def delete_deal_category(actor: Actor, category_id: int, *, move_to: int | None = None) -> None:
    """Delete a category; its deals get the category `move_to` of the same project, or none.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked_category(actor, category_id)
        if move_to is not None:
            siblings = visible_deal_categories(actor).filter(project_id=row.project_id)
            target = locked(siblings, "deal_category", move_to)
            Deal.objects.filter(category=row).update(category=target)
        delete_setup(actor, row, "deal_category")


def create_pipeline(actor: Actor, values: Values) -> Document:
    """Create a pipeline without stages; raises ForbiddenError, InvalidError."""
    return _create(actor, Pipeline(), "pipeline", values)


def update_pipeline(actor: Actor, pipeline_id: int, values: Values) -> Document:
    """Change a pipeline; raises NotFoundError, ForbiddenError, InvalidError."""
    with transaction.atomic():
        actor.require_administrator()
        row = locked(visible_pipelines(actor), "pipeline", pipeline_id)
        return _update(actor, row, "pipeline", values)


def delete_pipeline(actor: Actor, pipeline_id: int) -> None:
    """Delete a pipeline with its stages.

    Raises ConflictError ("in_use") while deals are in one of them; NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        actor.require_administrator()
        _delete(actor, locked(visible_pipelines(actor), "pipeline", pipeline_id), "pipeline")


def create_stage(actor: Actor, values: Values) -> Document:
    """Create a stage of a pipeline; raises ForbiddenError, InvalidError."""
    with transaction.atomic():
        stage = Stage()
        with _noted_with_pipeline(actor, stage):
            return _create(actor, stage, "stage", values, scoped_by="pipeline")


def update_stage(actor: Actor, stage_id: int, values: Values) -> Document:
    """Change a stage; raises NotFoundError, ForbiddenError, InvalidError."""
    with transaction.atomic():
        actor.require_administrator()
        row = locked(visible_stages(actor), "stage", stage_id)
        with _noted_with_pipeline(actor, row):
            return _update(actor, row, "stage", values, scoped_by="pipeline")


def delete_stage(actor: Actor, stage_id: int) -> None:
    """Delete a stage.

    Raises ConflictError ("in_use") while deals are in it; NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        actor.require_administrator()
        row = locked(visible_stages(actor), "stage", stage_id)
        with _noted_with_pipeline(actor, row):
            _delete(actor, row, "stage")


@contextmanager
def _noted_with_pipeline(actor: Actor, stage: Stage) -> Iterator[None]:
    """Leave what becomes of a stage in the trail of its pipeline too, whose version it moves."""
    before = {stage.pipeline_id: _stages_in(stage.pipeline_id)} if stage.pk else {}
    yield
    for pipeline_id in before.keys() | {stage.pipeline_id}:
        old, new = before.get(pipeline_id), _stages_in(pipeline_id)
        if old is None:
            old = [each for each in new if each[0] != stage.pk]
        told: tuple[Values, Values] = {"stages": old}, {"stages": new}
        history.record(actor, "pipeline", pipeline_id, "updated", before=told[0], after=told[1])


def _stages_in(pipeline_id: int) -> list[list[object]]:
    rows = Stage.objects.filter(pipeline_id=pipeline_id).order_by("position", "pk")
    return [list(row) for row in rows.values_list("pk", "name", "probability", "position")]


def _create(
    actor: Actor, row: Model, kind: str, values: Values, *, scoped_by: str = ""
) -> Document:
    actor.require_administrator()
    with transaction.atomic():
        cleaned, faults = check_values(actor, kind, values, creating=True)
        scope = {f"{scoped_by}_id": cleaned.get(scoped_by)} if scoped_by else {}
        require_no_faults(faults + taken_faults(row, "name", cleaned, scope=scope))
        keep_one_default(row, cleaned)
        reference.bump("catalogue")
        return store_new(actor, row, kind, cleaned)


def _update(
    actor: Actor, row: Model, kind: str, values: Values, *, scoped_by: str = ""
) -> Document:
    cleaned, faults = check_values(actor, kind, values, creating=False)
    column = f"{scoped_by}_id"
    scope = {column: cleaned.get(scoped_by, getattr(row, column))} if scoped_by else {}
    # A stage that moves takes its name along.
    named = {"name": getattr(row, "name", ""), **cleaned}
    require_no_faults(faults + taken_faults(row, "name", named, scope=scope))
    keep_one_default(row, cleaned)
    reference.bump("catalogue")
    return store_change(actor, row, kind, cleaned)


def _delete(actor: Actor, row: Model, kind: str) -> None:
    reference.bump("catalogue")
    try:
        delete_setup(actor, row, kind)
    except ProtectedError:
        raise ConflictError("in_use") from None


def _locked_category(actor: Actor, category_id: int) -> DealCategory:
    row = locked(visible_deal_categories(actor), "deal_category", category_id)
    actor.require(NEEDED["deal_category", "manage"], [row.project_id], "deal_category")
    return row
