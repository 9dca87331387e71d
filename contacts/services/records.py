"""What the services of all records besides contacts do in the same way."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from contacts.access import Actor, meet_demand, system_actor
from contacts.access.visibility import visible_contacts, visible_projects
from contacts.errors import Fault, ForbiddenError, NotFoundError
from contacts.fields import catalogue
from contacts.index import roll_back
from contacts.models import Activity, Contact, ContactProject, Deal, Note, Project, Ticket
from contacts.query.record_links import with_links
from contacts.query.records import KINDS

Document = dict[str, object]
Row = TypeVar("Row", bound=Model)
Owner = Contact | Deal | Note | Ticket

# The module of a project to which a kind of record belongs.
MODULES = {"deal": "deals", "ticket": "tickets", "activity": "contacts"}


def together() -> AbstractContextManager[None]:
    """Make the calls of several services one change: all of them are stored, or none."""
    return transaction.atomic()


@contextmanager
def rehearsed() -> Iterator[None]:
    """Do everything as if for good, and keep nothing: all of it is rolled back at the end."""
    with transaction.atomic():
        yield
        roll_back()


def hold(actor: Actor, kind: str, record_id: int) -> None:
    """Let nobody else change a record until the transaction ends, and see it as it is now.

    For whoever reads what is tied to a record, and then writes it with one more. Other records may
    still be tied to it meanwhile. Raises NotFoundError for what the actor does not see.
    """
    visible = visible_contacts(actor) if kind == "contact" else KINDS[kind].visible(actor)
    rows = visible.filter(pk=record_id).select_for_update(of=("self",), no_key=True)
    if rows.first() is None:
        raise NotFoundError(kind, record_id)


def locked(visible: QuerySet[Row], kind: str, record_id: int) -> Row:
    """Return a row locked for a change.

    Raises NotFoundError for what is not among the visible, StaleError for what the request knows
    in another version.
    """
    row = visible.filter(pk=record_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFoundError(kind, record_id)
    meet_demand(kind, record_id, getattr(row, "updated_at", None))
    return row


def assign(row: Model, kind: str, cleaned: Mapping[str, object]) -> None:
    """Set the columns of a row from cleaned values; a cleared column gets its default."""
    for field in catalogue(kind):
        if field.column and field.key in cleaned and not field.is_custom:
            value = cleaned[field.key]
            column = row._meta.get_field(field.column)
            if value is None and not column.null:
                value = column.get_default()  # type: ignore[union-attr]  # a column of its own
            setattr(row, field.column, value)
    _settle_owner(row, cleaned)


def _settle_owner(row: Model, cleaned: Mapping[str, object]) -> None:
    """Let a new owner take the place of an owning user group, and the other way round."""
    if cleaned.get("owner_group") is not None:
        row.owner_id = None  # type: ignore[attr-defined]  # whatever has the one has the other
    elif cleaned.get("owner") is not None and hasattr(row, "owner_group_id"):
        row.owner_group_id = None


def written(actor: Actor, row: Model, kind: str) -> Document:
    """Return the document of a stored row as the actor reads it, seen by it or not any more."""
    rows = with_links(kind, type(row)._default_manager.filter(pk=row.pk))
    (document,) = KINDS[kind].write(actor, list(rows))
    return document


def trail_of(row: Model, kind: str) -> Document:
    """Return what the history keeps of a row: ids of contacts, never their names.

    Whoever reads the history of a deal need not see all of its contacts.
    """
    rows = list(with_links(kind, type(row)._default_manager.filter(pk=row.pk)))
    (document,) = KINDS[kind].write(system_actor(), rows)
    for key in ("contact", "contacts", "about", "name_a", "name_b", "stage_seconds"):
        document.pop(key, None)
    document["contact_id"] = getattr(row, "contact_id", None)
    linked = getattr(rows[0], "linked", None)
    if linked:
        document["contact_ids"] = sorted(linked)
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def all_of(actor: Actor, row: Model, kind: str) -> Document:
    """Return all that a row is, as it stands, but not when and by whom it was changed."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {**columns, **written(actor, row, kind), **dict.fromkeys(("updated_at", "editor_id"))}


def projects_of(owner: Owner | Activity) -> list[int]:
    """Return the ids of the projects in which rights for a record count."""
    if isinstance(owner, Contact):
        return list(owner.project_links.values_list("project_id", flat=True))
    if isinstance(owner, Note):
        about = owner.contact or owner.deal or owner.ticket
        return projects_of(about) if about else []
    if isinstance(owner, Activity) and owner.project_id is None:
        links = ContactProject.objects.filter(contact__activity_links__activity=owner)
        return list(links.values_list("project_id", flat=True).distinct())
    return [owner.project_id] if owner.project_id else []


def contact_of(owner: Owner | None) -> int | None:
    """Return the id of the contact in whose timeline a record belongs, or None."""
    if owner is None:
        return None
    if isinstance(owner, Contact):
        return owner.pk
    if isinstance(owner, Note) and owner.contact_id is None:
        return contact_of(owner.deal or owner.ticket)
    return owner.contact_id


def project_faults(actor: Actor, cleaned: Mapping[str, object]) -> list[Fault]:
    """Return a fault for a project that the actor does not see: it looks like a missing one."""
    project_id = cleaned.get("project")
    if project_id is None or project_id in actor.rights or actor.is_administrator:
        return []
    if visible_projects(actor).filter(pk=project_id).exists():  # type: ignore[misc]  # a cleaned id
        return []
    return [Fault("project", "unknown", {"value": project_id})]


def require_place(actor: Actor, project_id: int, right: str, kind: str) -> None:
    """Raise ForbiddenError unless the actor holds the right in a project that can take the record.

    Such a project is active and has the module of this kind of record.
    """
    actor.require(right, [project_id], kind)
    project = Project.objects.filter(pk=project_id, status=Project.Status.ACTIVE).first()
    if project is None or MODULES[kind] not in project.modules:
        raise ForbiddenError(right, kind)


def default_place(actor: Actor, right: str, kind: str) -> int | None:
    """Return the project of a record that names none: the credential's, else the oldest allowed."""
    if actor.default_project_id is not None:
        return actor.default_project_id
    if not actor.is_administrator:
        allowed = actor.projects_with(right)
        return min(allowed) if allowed else None
    active = Project.objects.filter(status=Project.Status.ACTIVE).order_by("pk")
    return next((each.pk for each in active if MODULES[kind] in each.modules), None)
