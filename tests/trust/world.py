"""A small world in which some records are hidden, every text of theirs marked by one word.

Everything hidden lies in the project "demo". Who is not in it must never read MARK anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from contacts.access import Actor
from contacts.models import (
    Activity,
    Attachment,
    Comment,
    Contact,
    Deal,
    DealCategory,
    EmailAddress,
    Note,
    Phone,
    PostalAddress,
    Project,
    ProjectMember,
    Relationship,
    RelationshipType,
    SavedFilter,
    Ticket,
    User,
    UserGroup,
    WebForm,
    Website,
)
from contacts.services.activities import create_activity
from contacts.services.attachments import attach_file
from contacts.services.comments import create_comment
from contacts.services.contacts import archive_contact
from contacts.services.deal_setup import create_deal_category
from contacts.services.deals import create_deal
from contacts.services.documents import NewFile, create_document
from contacts.services.notes import create_note
from contacts.services.relationships import tie_contacts
from contacts.services.saved_filters import create_saved_filter
from contacts.services.tickets import create_ticket
from contacts.services.web_forms import create_web_form
from tests.builders import (
    actor_for,
    join,
    make_contact,
    make_custom_field,
    make_project,
    make_user,
)

MARK = "Quillfeather"
# A number that no record has, told apart from every other in an answer.
MISSING = 987_654_321
# What changes by itself whenever somebody asks.
_RESTLESS = {"Credential", "StoredAnswer", "Stamp", "StoredSearch"}

Ids = Mapping[str, int]


@dataclass(frozen=True)
class World:
    """The people, the four kinds of contacts, and the hidden records by their noun."""

    project: Project
    elsewhere: Project
    people: Mapping[str, User]
    contacts: Ids
    hidden: Ids


def build() -> World:
    """Make the world."""
    people = {"administrator": make_user("ada", is_superuser=True)}
    project = make_project(f"{MARK} project", identifier=f"{MARK.lower()}-project")
    elsewhere = make_project("Elsewhere")
    for kind, role in (("manager", "Manager"), ("member", "Developer"), ("reader", "Reporter")):
        people[kind] = make_user(f"{kind}_{MARK}", first_name=MARK, last_name=kind)
        join(people[kind], project, role)
    people["outsider"] = make_user("charlie", first_name="Charlie", last_name="Outsider")
    join(people["outsider"], elsewhere, "Manager")
    people["none"] = make_user("nemo", first_name="Nemo", last_name="Nobody")
    actor = actor_for(people["manager"])
    contacts = _contacts(actor, project)
    return World(project, elsewhere, people, contacts, _records(actor, project, contacts))


def _contacts(actor: Actor, project: Project) -> dict[str, int]:
    # The name of an author is shown with the record: a public one must not be of the marked.
    known = actor_for(User.objects.get(username="ada"))
    made = {
        kind: make_contact(
            known if kind == "public" else actor,
            first_name=first,
            last_name="Matrix",
            projects=[project.pk],
            visibility=visibility,
            **({} if kind == "public" else _secrets()),
        ).pk
        for kind, first, visibility in (
            ("public", "Known", Contact.Visibility.PUBLIC),
            ("project", MARK, Contact.Visibility.PROJECT),
            ("private", MARK, Contact.Visibility.PRIVATE),
            ("trashed", MARK, Contact.Visibility.PROJECT),
        )
    }
    archive_contact(actor, made["trashed"])
    return made


def _secrets() -> dict[str, Any]:
    return {
        "background": MARK,
        "job_title": MARK,
        "company": MARK,
        "emails": [{"address": f"{MARK.lower()}@example.com"}],
        "phones": [{"number": "+4930123456"}],
        "addresses": [{"street1": MARK, "city": MARK}],
        "websites": [{"url": f"https://{MARK.lower()}.example"}],
        "tags": [],
    }


def _records(actor: Actor, project: Project, contacts: Ids) -> dict[str, int]:
    contact = contacts["project"]
    office = make_contact(
        actor,
        kind="organization",
        organization_name=f"{MARK} Ltd",
        projects=[project.pk],
    ).pk
    lead = make_contact(
        actor, first_name=MARK, last_name="Lead", stage="lead", projects=[project.pk]
    ).pk
    inside: dict[str, Any] = {"project": project.pk}
    deal = _id(create_deal(actor, {**inside, "name": MARK, "contact": contact}))
    ticket = _id(create_ticket(actor, {**inside, "subject": MARK, "contact": contact}))
    note = _id(create_note(actor, {"subject": MARK, "content": MARK, "contact": contact}))
    activity = _id(create_activity(actor, {**inside, "subject": MARK, "contacts": [contact]}))
    kind = RelationshipType.objects.get(name_a_b="Employee of").pk
    tie = {"type": kind, "contact_a": contact, "contact_b": office}
    file = attach_file(actor, "contact", contact, BytesIO(MARK.encode()), filename=f"{MARK}.txt")
    manager = ProjectMember.objects.filter(project=project).earliest("pk")
    form = {**inside, "title": MARK, "fields": ["first_name"]}
    team = UserGroup.objects.create(name=MARK)
    team.users.set([actor.user_id or 0])
    field = make_custom_field(MARK)
    field.projects.set([project.pk])
    return {
        "contact": contact,
        "private": contacts["private"],
        "trashed": contacts["trashed"],
        "company": office,
        "lead": lead,
        "deal": deal,
        "ticket": ticket,
        "note": note,
        "activity": activity,
        "relationship": _id(tie_contacts(actor, tie)),
        "attachment": int(file["id"]),
        "document": _id(
            create_document(actor, {**inside, "title": MARK}, file=NewFile(BytesIO(b"x"), MARK))
        ),
        "comment": _id(create_comment(actor, {"content": MARK, "note": note})),
        "category": _id(create_deal_category(actor, {**inside, "name": MARK})),
        "field": field.pk,
        "group": team.pk,
        "filter": _id(create_saved_filter(actor, {"name": MARK})),
        "form": _id(create_web_form(actor, form)),
        "project": project.pk,
        "member": manager.pk,
        "user": manager.user_id or 0,
        "email": EmailAddress.objects.get(contact=contact).pk,
        "phone": Phone.objects.get(contact=contact).pk,
        "address": PostalAddress.objects.get(contact=contact).pk,
        "website": Website.objects.get(contact=contact).pk,
    }


def _id(document: Mapping[str, Any]) -> int:
    return int(document["id"])


MODELS: Mapping[str, type[Model]] = {
    "contact": Contact,
    "private": Contact,
    "trashed": Contact,
    "company": Contact,
    "lead": Contact,
    "deal": Deal,
    "ticket": Ticket,
    "note": Note,
    "activity": Activity,
    "relationship": Relationship,
    "attachment": Attachment,
    "document": Attachment,
    "comment": Comment,
    "category": DealCategory,
    "filter": SavedFilter,
    "form": WebForm,
    "project": Project,
    "member": ProjectMember,
    "user": User,
}


def ledger(world: World) -> dict[str, object]:
    """Return the hidden records, and how many rows of any table point at one of them."""
    found: dict[str, object] = {}
    by_model: dict[type[Model], set[int]] = {}
    for noun, model in MODELS.items():
        by_model.setdefault(model, set()).add(world.hidden[noun])
    for model, numbers in by_model.items():
        rows = model._default_manager.filter(pk__in=numbers).order_by("pk")
        found[model.__name__] = list(rows.values())
    for model in apps.get_app_config("contacts").get_models(include_auto_created=True):
        if model.__name__ not in _RESTLESS:
            found[f"{model.__name__} about them"] = _pointing(model, by_model)
    return found


def _pointing(model: type[Model], by_model: Mapping[type[Model], set[int]]) -> int:
    condition = Q(pk__in=())
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model in by_model:
            if field.related_model is User:
                continue
            condition |= Q(**{f"{field.name}__in": by_model[field.related_model]})
    return model._default_manager.filter(condition).count()
