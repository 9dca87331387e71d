"""Move what is in a project to another one."""

from contacts import history
from contacts.access import Actor
from contacts.fields import reference
from contacts.models import (
    Activity,
    Attachment,
    ContactProject,
    Credential,
    CustomField,
    Deal,
    Project,
    Ticket,
    WebForm,
)
from contacts.services.contacts import archive_contact
from contacts.services.many_contacts import change_many
from contacts.services.trash import delete_row

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
    Attachment.objects.filter(project=source).update(project=target)
    WebForm.objects.filter(project=source).update(project=target)
    Credential.objects.filter(project=source, web_form__isnull=False).update(project=target)
    inside = ContactProject.objects.filter(project=source).values_list("contact_id", flat=True)
    change_many(actor, inside, lambda ids: _move_contacts(ids, source, target))


def _move_contacts(ids: list[int], source: Project, target: Project) -> None:
    there = ContactProject.objects.filter(project=target, contact_id__in=ids)
    present = set(there.values_list("contact_id", flat=True))
    leaving = ContactProject.objects.filter(project=source, contact_id__in=ids)
    leaving.filter(contact_id__in=present).delete()
    leaving.update(project=target)


def clear_contents(actor: Actor, project: Project) -> None:
    """Take everything out of a project that is to be deleted with it, with entries in the history.

    Contacts that are in other projects stay there; the others go to the trash without a project,
    where only administrators find them. The contacts that users have of their own move to the
    oldest project that is left. Deals, tickets, activities and forms are deleted.
    """
    inside = ContactProject.objects.filter(project=project).values_list("contact_id", flat=True)
    elsewhere = ContactProject.objects.exclude(project=project).values("contact_id")
    only_here = inside.filter(contact__archived_at=None).exclude(contact_id__in=elsewhere)
    for contact_id in list(only_here.filter(contact__is_user=False)):
        archive_contact(actor, contact_id)
    refuge = Project.objects.exclude(pk=project.pk).order_by("pk").first()
    if refuge is not None:
        users = only_here.filter(contact__is_user=True)
        change_many(actor, users, lambda ids: _move_contacts(ids, project, refuge))
    change_many(
        actor,
        inside,
        lambda ids: ContactProject.objects.filter(project=project, contact_id__in=ids).delete(),
    )
    for kind, model in IN_ONE:
        for row in model._default_manager.filter(project=project):
            delete_row(actor, row, kind, contact_id=getattr(row, "contact_id", None))
    keys = list(WebForm.objects.filter(project=project).values_list("credential_id", flat=True))
    WebForm.objects.filter(project=project).delete()
    Credential.objects.filter(pk__in=keys).delete()


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
