"""Saved views of the list: a filter with order and columns under a name, one's own or shared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.access import NEEDED, Actor
from contacts.access.visible_setup import visible_saved_filters
from contacts.fields import reference
from contacts.models import SavedFilter

PARAMETER = "view"
MOST = 50
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as the list shows it."""

    id: int
    name: str
    url: str
    is_shared: bool
    is_current: bool
    row: SavedFilter


def views_of(actor: Actor, current: int | None) -> list[View]:
    """Return the views that the actor may use, its own first."""
    rows = list(
        visible_saved_filters(actor).filter(object_kind="contact").order_by("name", "pk")[:MOST]
    )
    rows.sort(key=lambda row: row.owner_id != actor.user_id)
    return [
        View(row.pk, row.name, f"?{PARAMETER}={row.pk}", row.is_public, row.pk == current, row)
        for row in rows
    ]


def current_view(views: Sequence[View]) -> SavedFilter | None:
    """Return the view that is open, if there is one that the actor may use."""
    return next((view.row for view in views if view.is_current), None)


def asked_view(parameters: QueryDict) -> int | None:
    """Return the number of the view that an address names."""
    text = parameters.get(PARAMETER, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def completed(parameters: QueryDict, view: SavedFilter | None) -> QueryDict:
    """Return what an address asks for together with what its view keeps."""
    if view is None:
        return parameters
    whole = parameters.copy()
    if "q" not in whole and view.search:
        whole["q"] = view.search
    if "sort" not in whole and view.sort:
        whole["sort"] = str(view.sort[0])
    return whole


def sharing(actor: Actor) -> list[tuple[str, str]]:
    """Return with whom the actor may share a view: values and labels."""
    found = [(EVERYBODY, _("everybody"))] if actor.is_administrator else []
    managed = actor.projects_with(NEEDED["public_filter", "manage"])
    projects = reference.projects().by_id.values()
    return found + [
        (str(project.id), _("members of %s") % project.name)
        for project in sorted(projects, key=lambda each: each.name)
        if actor.is_administrator or project.id in managed
    ]
