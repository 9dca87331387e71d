"""Which records belong to which, under the labels of the original."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from api.vtiger.mapping.field import Document
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import And, Condition, Not, Or, get_record, where
from contacts.services.activities import update_activity
from contacts.services.contacts import update_contact
from contacts.services.deals import update_deal
from contacts.services.documents import relate_document
from contacts.services.tickets import update_ticket

NOTHING: Condition = Or(())

# From the actor and the document of the source to what the related records have in common.
Belonging = Callable[[Actor, Document], Condition]
Update = Callable[[Actor, int, Mapping[str, object]], Document]
# Ties a related record to a source, both by number.
Tie = Callable[[Actor, int, int], object]


@dataclass(frozen=True)
class Relation:
    """Records of a module that belong to one of another."""

    label: str
    module: str
    belonging: Belonging
    tie: Tie | None = None


def _main_or_further(kind: str) -> Belonging:
    def belonging(actor: Actor, source: Document) -> Condition:
        return Or(
            (
                where(actor, "contact", "eq", source["id"], kind=kind),
                where(actor, "contacts", "has_any", [source["id"]], kind=kind),
            )
        )

    return belonging


def _linked(kind: str, key: str) -> Belonging:
    def belonging(actor: Actor, source: Document) -> Condition:
        return where(actor, key, "has_any", [source["id"]], kind=kind)

    return belonging


def _noted(key: str) -> Belonging:
    def belonging(actor: Actor, source: Document) -> Condition:
        return where(actor, key, "eq", source["id"], kind="note")

    return belonging


def _filed(key: str) -> Belonging:
    def belonging(actor: Actor, source: Document) -> Condition:
        own = where(actor, key, "eq", source["id"], kind="attachment")
        further = where(actor, f"{key}s", "has_any", [source["id"]], kind="attachment")
        return Or((own, further))

    return belonging


def _ended(actor: Actor) -> Condition:
    options = reference.options().of("activity_status")
    closed = [option.pk for option in options if option.traits.get("is_closed")]
    return where(actor, "status", "in", closed, kind="activity")


def _open(belonging: Belonging) -> Belonging:
    return lambda actor, source: And((belonging(actor, source), Not(_ended(actor))))


def _over(belonging: Belonging) -> Belonging:
    return lambda actor, source: And((belonging(actor, source), _ended(actor)))


def _employees(actor: Actor, source: Document) -> Condition:
    return Or(
        (
            where(actor, "employer", "eq", source["id"]),
            where(actor, "companies", "has_any", [source["id"]]),
        )
    )


def _people_of_deal(actor: Actor, source: Document) -> Condition:
    main = source.get("contact")
    briefs = [*([main] if main else []), *source.get("contacts", ())]
    return where(actor, "id", "in", [brief["id"] for brief in briefs])


def _ids(briefs: object) -> list[int]:
    return [brief["id"] for brief in briefs] if isinstance(briefs, list) else []


def add_contact(kind: str) -> Tie:
    """Return what adds a contact to a deal, ticket or activity, as source or as related record."""
    updates: Mapping[str, Update] = {
        "deal": update_deal,
        "ticket": update_ticket,
        "activity": update_activity,
    }
    update = updates[kind]

    def tie(actor: Actor, contact_id: int, record_id: int) -> object:
        document = get_record(actor, kind, record_id)
        main = document.get("contact")
        if isinstance(main, dict) and main["id"] == contact_id:
            return document
        if kind != "activity" and main is None:
            return update(actor, record_id, {"contact": contact_id})
        ids = _ids(document["contacts"])
        return update(actor, record_id, {"contacts": list(dict.fromkeys([*ids, contact_id]))})

    return tie


def _add_to_activity(key: str) -> Tie:
    def tie(actor: Actor, source_id: int, activity_id: int) -> object:
        document = get_record(actor, "activity", activity_id)
        present = document[f"{key}_ids"]
        ids = [*(present if isinstance(present, list) else []), source_id]
        return update_activity(actor, activity_id, {f"{key}s": list(dict.fromkeys(ids))})

    return tie


def _file_under(kind: str) -> Tie:
    return lambda actor, source_id, file_id: relate_document(actor, file_id, kind, source_id)


def _employ(actor: Actor, company_id: int, person_id: int) -> object:
    return update_contact(actor, person_id, {"employer": company_id})


def _add_person(actor: Actor, deal_id: int, person_id: int) -> object:
    return add_contact("deal")(actor, person_id, deal_id)


def _of_source(key: str) -> Belonging:
    """Return the records whose ids the source names itself."""

    def belonging(actor: Actor, source: Document) -> Condition:
        named = source.get(key) or []
        ids = named if isinstance(named, list) else [named]
        return where(actor, "id", "in", ids, kind="project")

    return belonging


def _join_project(actor: Actor, contact_id: int, project_id: int) -> object:
    def joined(document: Document) -> Mapping[str, object]:
        return {"projects": list(dict.fromkeys([*document.get("projects", ()), project_id]))}

    return update_contact(actor, contact_id, joined)


def _move_ticket(actor: Actor, ticket_id: int, project_id: int) -> object:
    return update_ticket(actor, ticket_id, {"project": project_id})


def _activities(belonging: Belonging, tie: Tie) -> Iterator[Relation]:
    yield Relation("Activities", "Calendar", _open(belonging), tie)
    yield Relation("Activity History", "Calendar", _over(belonging), tie)


def _of_contacts() -> Iterator[Relation]:
    yield Relation("Potentials", "Potentials", _main_or_further("deal"), add_contact("deal"))
    yield from _activities(_linked("activity", "contacts"), add_contact("activity"))
    yield Relation("HelpDesk", "HelpDesk", _main_or_further("ticket"), add_contact("ticket"))
    yield Relation("Documents", "Documents", _filed("contact"), _file_under("contact"))
    yield Relation("ModComments", "ModComments", _noted("contact"))
    yield Relation("Projects", "Project", _of_source("projects"), _join_project)


RELATIONS: Mapping[str, tuple[Relation, ...]] = {
    "Contacts": tuple(_of_contacts()),
    "Accounts": (Relation("Contacts", "Contacts", _employees, _employ), *_of_contacts()),
    "Leads": (
        *_activities(_linked("activity", "contacts"), add_contact("activity")),
        Relation("Documents", "Documents", _filed("contact"), _file_under("contact")),
        Relation("ModComments", "ModComments", _noted("contact")),
    ),
    "Potentials": (
        Relation("Contacts", "Contacts", _people_of_deal, _add_person),
        *_activities(_linked("activity", "deals"), _add_to_activity("deal")),
        Relation("Documents", "Documents", _filed("deal"), _file_under("deal")),
        Relation("ModComments", "ModComments", _noted("deal")),
    ),
    "HelpDesk": (
        *_activities(_linked("activity", "tickets"), _add_to_activity("ticket")),
        Relation("Documents", "Documents", _filed("ticket"), _file_under("ticket")),
        Relation("Projects", "Project", _of_source("project_id"), _move_ticket),
        Relation("ModComments", "ModComments", _noted("ticket")),
    ),
}
