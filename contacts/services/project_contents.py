"""Move what is in a project to another one."""

from collections.abc import Iterator

import orjson

from contacts import history, index
from contacts.access import Actor
from contacts.fields import reference
from contacts.models import (
    Activity,
    Contact,
    ContactDocument,
    ContactProject,
    Credential,
    CustomField,
    Deal,
    Project,
    Ticket,
    WebForm,
)

BATCH = 1_000

# What is in exactly one project.
IN_ONE: tuple[tuple[str, type[Deal | Ticket | Activity]], ...] = (
    ("deal", Deal),
    ("ticket", Ticket),
    ("activity", Activity),
)


def is_used(project: Project) -> bool:
    """Tell whether anything would be lost or left without a project by deleting it."""
    held = (Deal, Ticket, Activity, WebForm, ContactProject)
    return any(model._default_manager.filter(project=project).exists() for model in held)


def move_contents(actor: Actor, source: Project, target: Project) -> None:
    """Move contacts, deals, tickets, activities and forms, with entries in their histories.

    Categories belong to their project and stay behind.
    """
    for kind, model in IN_ONE:
        _move_records(actor, kind, model, source, target)
    WebForm.objects.filter(project=source).update(project=target)
    Credential.objects.filter(project=source, web_form__isnull=False).update(project=target)
    for ids in _batches(source):
        before = _documents(ids)
        there = ContactProject.objects.filter(project=target, contact_id__in=ids)
        present = set(there.values_list("contact_id", flat=True))
        leaving = ContactProject.objects.filter(project=source, contact_id__in=ids)
        leaving.filter(contact_id__in=present).delete()
        leaving.update(project=target)
        after = index.refresh(ids)
        entries = [(pk, "updated", before[pk], after[pk]) for pk in ids]
        history.record_many(actor, "contact", entries)


def forget_limits(actor: Actor, project: Project) -> None:
    """Close the fields that only this project had.

    Without it they would be limited to no project, which means everybody.
    """
    for field in CustomField.objects.filter(projects=project):
        if field.projects.count() == 1 and field.access != CustomField.Access.ADMINISTRATORS:
            before = {"access": field.access}
            field.access = CustomField.Access.ADMINISTRATORS
            field.save()
            after = {"access": field.access}
            history.record(actor, "custom_field", field.pk, "updated", before=before, after=after)
    reference.bump("catalogue")


def _move_records(
    actor: Actor,
    kind: str,
    model: type[Deal | Ticket | Activity],
    source: Project,
    target: Project,
) -> None:
    rows = model._default_manager.filter(project=source)
    ids = list(rows.values_list("pk", flat=True))
    without_category = {"category": None} if kind != "activity" else {}
    rows.update(project=target, **without_category)
    for pk in ids:
        before, after = {"project_id": source.pk}, {"project_id": target.pk}
        history.record(actor, kind, pk, "updated", before=before, after=after)


def _documents(ids: list[int]) -> dict[int, index.Document]:
    rows = ContactDocument.objects.filter(contact_id__in=ids).values_list("contact_id", "body")
    return {pk: orjson.loads(body) for pk, body in rows}


def _batches(project: Project) -> Iterator[list[int]]:
    """Yield the ids of all contacts of a project, archived ones too, a thousand at a time."""
    while ids := list(
        Contact.objects.filter(project_links__project=project)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    ):
        yield ids
