"""Pipelines and stages, kept in memory: every deal names one of each."""

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import Pipeline, Stage
from contacts.query.people_documents import pipelines, stages

Document = dict[str, object]


def stages_by_id(actor: Actor) -> dict[int, Document]:
    """Return all stages in their order; none for who sees no deals."""
    return _kept("stages") if actor.has_anywhere("view_deals") else {}


def pipelines_by_id(actor: Actor) -> dict[int, Document]:
    """Return all pipelines in their order; none for who sees no deals."""
    return _kept("pipelines") if actor.has_anywhere("view_deals") else {}


def _kept(name: str) -> dict[int, Document]:
    return reference.kept(name, "catalogue", _READ[name])


def _read_stages() -> dict[int, Document]:
    rows = list(Stage.objects.order_by("pipeline__position", "position", "pk"))
    return {row.pk: document for row, document in zip(rows, stages(None, rows), strict=True)}  # type: ignore[arg-type]  # the documents are the same for everybody


def _read_pipelines() -> dict[int, Document]:
    rows = list(Pipeline.objects.order_by("position", "pk"))
    return {row.pk: document for row, document in zip(rows, pipelines(None, rows), strict=True)}  # type: ignore[arg-type]  # the same


_READ = {"stages": _read_stages, "pipelines": _read_pipelines}
