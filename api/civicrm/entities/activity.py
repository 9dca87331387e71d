"""Activity: calls, meetings and e-mails that happened or will."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from django.utils import timezone

from api.civicrm.actions.writing import is_given
from api.civicrm.activity_extras import add_tags, add_words, tag_names
from api.civicrm.activity_values import (
    PARTS,
    Names,
    Part,
    Single,
    any_part,
    with_companions,
    with_names,
)
from api.civicrm.calls import Asked, Params, Record
from api.civicrm.contact.custom import custom_fields, with_custom, with_references
from api.civicrm.contact_ids import own_contact_id
from api.civicrm.entity import Entity, Values
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import is_yes
from api.civicrm.mapping.conditions import EVERYTHING, NEGATIVE, each_operand
from api.civicrm.mapping.declaring import (
    integer,
    long_text,
    moment,
    option,
    points_to,
    record_id,
    text,
    yes_no,
)
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.named import id_in
from api.civicrm.mapping.options import choice_stored_as, choices_of
from api.civicrm.permissions import MEMBER, Permissions
from api.civicrm.sources.records import RecordSource, written
from api.civicrm.sources.shelves import shelf_asked
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.fields.types import read_moment
from contacts.query import And, Condition, Not, where
from contacts.services.activities import (
    archive_activity,
    create_activity,
    restore_activity,
    update_activity,
)


@dataclass(frozen=True)
class ActivitySource(RecordSource):
    """The activities; deleted ones only where they are asked for."""

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return one page of activities, with their tags where these are asked for."""
        names = tag_names(asked)
        own = [name for name in asked.returned or () if name not in names]
        if names:
            asked = replace(asked, returned=("id", *own))
        records = RecordSource.find(self, actor, entity, asked)
        if names:
            add_tags(actor, records, names)
        return records

    def shelf(self, actor: Actor, asked: Asked) -> bool | None:
        """Return whether the living are looked through or the deleted."""
        return bool(shelf_asked(asked, frozenset({"is_deleted"})))


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [
        {**with_custom(each), "is_overdue": _is_late(each)} for each in with_names(actor, documents)
    ]
    asked = replace(asked, returned=with_companions(asked))
    records = written(ACTIVITY, actor, shown, asked)
    if asked.is_complete:
        # Worked out, and so no column.
        for record in records:
            record.pop("is_overdue", None)
        return records
    add_words(actor, ACTIVITY, records, shown, asked)
    return with_references(actor, activity_fields(actor), records)


# The numbers of the statuses of what is still to be done.
UNDONE = frozenset({"1", "4", "5", "7"})


def _is_late(document: Document) -> bool:
    """Say whether an activity should have been done by now."""
    status = choice_stored_as("activity_status", document.get("status_id"))
    start = document.get("starts_at")
    is_undone = status is not None and status.number in UNDONE
    return is_undone and bool(start) and read_moment(str(start)) < timezone.now()


def _late(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for what should have been done by now, or for everything else."""
    undone = [each.stored for each in choices_of("activity_status") if each.number in UNDONE]
    late = And(
        (
            where(actor, "status", "in", undone, kind="activity"),
            where(actor, "starts_at", "lt", timezone.now(), kind="activity"),
        )
    )
    return late if is_yes(asked.operand) == (asked.operator not in NEGATIVE) else Not(late)


def _tagged(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for activities with any of some tags, by their ids or names."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return where(actor, "tags", "is_empty", asked.operator == "IS NULL", kind="activity")
    found = each_operand(asked, lambda item: id_in(reference.tags(), item, asked.name))
    ids = found if isinstance(found, list) else [found]
    positive = where(actor, "tags", "has_any", ids, kind="activity")
    return Not(positive) if asked.operator in NEGATIVE else positive


def missing(params: Params) -> list[str]:
    """Return what a new activity lacks: its type, in any of its spellings."""
    names = ("activity_name", "activity_type_id", "activity_label")
    if any(is_given(params.get(name)) for name in names):
        return []
    return [f"one of ({', '.join(names)})"]


def values_of_new(actor: Actor, values: Values) -> dict[str, object]:
    """Return the values of a new activity with those that it has of itself."""
    given = dict(values)
    given.setdefault("starts_at", timezone.now())
    if not given.get("sources"):
        own = own_contact_id(actor)
        given["sources"] = [own] if own else []
    if not given.get("subject"):
        # The domain names every activity; one without a subject is named after its type.
        types = (each for each in choices_of("activity_type") if each.stored == given.get("type"))
        given["subject"] = next((each.label for each in types), "Activity")
    return given


def _create(actor: Actor, values: Values) -> Document:
    given = values_of_new(actor, values)
    is_deleted = is_yes(given.pop("is_archived", None))
    made = create_activity(actor, given)
    return archive_activity(actor, int(str(made["id"]))) if is_deleted else made


def _update(actor: Actor, activity_id: int, values: Values) -> Document:
    """Change an activity; one in the trash only where the call takes it out."""
    given = dict(values)
    is_deleted = given.pop("is_archived", None)
    if is_deleted is not None and not is_yes(is_deleted):
        with suppress(NotFoundError):
            restore_activity(actor, activity_id)
    try:
        changed = update_activity(actor, activity_id, given)
    except NotFoundError:
        raise CiviApiError("Invalid Activity Id", 0) from None
    return archive_activity(actor, activity_id) if is_yes(is_deleted) else changed


def _everything(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Say nothing about records: what is in the trash the source reads itself."""
    return EVERYTHING


def _part(key: str, title: str) -> tuple[WireField, ...]:
    word = PARTS[key]
    is_source = key == "sources"
    names = (("name", "Name"), ("sort_name", "Sort Name"))
    return (
        WireField(
            name=f"{word}_contact_id",
            title=f"{title} Contact ID",
            format=Single() if is_source else Part(),
            key=key,
            path=key,
            target="Contact",
            is_default=is_source,
        ),
        *(
            WireField(
                name=f"{word}_contact_{ending}",
                title=f"{title} Contact {label}",
                format=text("", "").format if is_source else Names(),
                path=f"{word}_{ending}",
                is_writable=False,
                is_default=is_source,
                is_described=False,
                ask=_everything,
            )
            for ending, label in names
        ),
    )


FIELDS: Sequence[WireField] = (
    record_id("Activity ID"),
    *_part("sources", "Source"),
    option(
        "activity_type_id",
        "Activity Type ID",
        "type",
        "activity_type",
        is_required=True,
        aliases=("activity_name", "activity_label", "activity_type"),
    ),
    text("subject", "Subject", "subject", max_length=255, aliases=("activity_subject",)),
    moment("activity_date_time", "Activity Date", "starts_at"),
    integer("duration", "Duration", "duration", aliases=("activity_duration",)),
    text("location", "Location", "location", max_length=255, aliases=("activity_location",)),
    long_text("details", "Details", "details", aliases=("activity_details",)),
    option(
        "status_id",
        "Activity Status",
        "status",
        "activity_status",
        aliases=("activity_status_id",),
    ),
    option("priority_id", "Priority", "priority", "activity_priority"),
    option(
        "medium_id",
        "Activity Medium",
        "medium",
        "activity_medium",
        aliases=("activity_medium_id",),
    ),
    points_to("Activity", "parent_id", "Parent Activity ID", "parent"),
    yes_no("is_test", "Test", path="is_test", is_writable=False, ask=_everything),
    yes_no(
        "is_deleted",
        "Activity is in the Trash",
        "is_archived",
        path="archived_at",
        ask=_everything,
    ),
    yes_no(
        "is_overdue",
        "Is Overdue",
        path="is_overdue",
        is_writable=False,
        is_default=False,
        ask=_late,
    ),
    points_to("Tag", "tag_id", "Tag ID", is_filter_only=True, aliases=("tag",), ask=_tagged),
    moment("created_date", "Created Date", "created_at", is_writable=False),
    moment("modified_date", "Modified Date", "updated_at", is_writable=False),
    *_part("targets", "Target"),
    *_part("assignees", "Assignee"),
    points_to("Contact", "contact_id", "Contact ID", is_filter_only=True, ask=any_part),
)


def activity_fields(actor: Actor) -> Sequence[WireField]:
    """Return the fields of Activity for an actor, custom ones last."""
    return (*FIELDS, *custom_fields(actor, "activity"))


ACTIVITY = Entity(
    name="Activity",
    source=ActivitySource("activity", _write),
    fields=activity_fields,
    built_in=FIELDS,
    permissions=Permissions(
        get=MEMBER,
        other=("access CiviCRM", "view all activities"),
        actions={"delete": ("access CiviCRM", "delete activities")},
    ),
    create=_create,
    update=_update,
    delete=archive_activity,  # type: ignore[arg-type]  # what it returns is of no use here
    missing=missing,
    label="subject",
)

ENTITIES = (ACTIVITY,)
