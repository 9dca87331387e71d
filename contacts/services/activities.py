"""Plan, change, archive, restore and delete activities.

An activity need not be in a project. Whoever wrote or owns one may change it; others need the right
in its project or, without one, in a project of its contacts.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet

from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_activities, visible_deals, visible_tickets
from contacts.errors import Fault, ForbiddenError
from contacts.fields import reference
from contacts.fields.activity_fields import PARTS, TAKING_PART
from contacts.models import Activity, ActivityContact
from contacts.services.custom_values import replace_custom_values
from contacts.services.facts import replace_facts
from contacts.services.linking import relink
from contacts.services.records import (
    Document,
    assign,
    project_faults,
    projects_of,
)
from contacts.services.tags import tag_record
from contacts.services.values import id_of, ids_of
from contacts.services.work_records import WorkRecords

Values = Mapping[str, object]

# What an activity always has: the list's default where nothing is said.
WITH_DEFAULT = ("type", "status", "priority")
# The machine name of the status that says it was done.
DONE = "completed"


class _Activities(WorkRecords[Activity]):
    kind = "activity"
    model = Activity

    def visible(self, actor: Actor, *, archived: bool) -> QuerySet[Activity]:
        return visible_activities(actor, archived=archived)

    def require(self, actor: Actor, row: Activity, action: str) -> None:
        actor.require_write()
        is_own = actor.user_id is not None and actor.user_id in (row.author_id, row.owner_id)
        is_own = is_own or row.owner_group_id in actor.group_ids
        if not (is_own and actor.has_anywhere(NEEDED["activity", "create"])):
            actor.require(NEEDED["activity", action], projects_of(row), "activity")

    def placed(self, actor: Actor, values: Values) -> Values:
        """Leave an activity without a project where it names none."""
        if not actor.has_anywhere(NEEDED["activity", "create"]):
            raise ForbiddenError(NEEDED["activity", "create"], "activity")
        return values

    def faults(self, actor: Actor, row: Activity, cleaned: Values) -> list[Fault]:
        faults = project_faults(actor, cleaned)
        start, end = (cleaned.get(key, getattr(row, key)) for key in ("starts_at", "ends_at"))
        if start and end and end < start:  # type: ignore[operator]  # cleaned moments
            faults.append(Fault("ends_at", "too_small", {"limit": start}))
        parent = id_of(cleaned.get("parent"))
        if parent is not None and not _may_follow(actor, row, parent):
            faults.append(Fault("parent", "unknown", {"value": parent}))
        return faults

    def admit(self, actor: Actor, row: Activity, cleaned: dict[str, object]) -> None:
        super().admit(actor, row, cleaned)
        if row._state.adding and cleaned.get("owner_group") is None:
            cleaned.setdefault("owner", actor.user_id)

    def store(self, actor: Actor, row: Activity, cleaned: Values) -> None:
        is_new = row._state.adding
        # What never had one, as a file may have brought it, does not get it by the way.
        lacking = {name for name in WITH_DEFAULT if getattr(row, f"{name}_id") is None}
        assign(row, "activity", cleaned)
        for name in WITH_DEFAULT:
            if getattr(row, f"{name}_id") is None and (is_new or name not in lacking):
                option = reference.options().default_of(f"activity_{name}")
                setattr(row, f"{name}_id", option.pk if option else None)
        _note_completion(row, cleaned)
        row.save()
        replace_facts("activity", row.pk, cleaned)
        tag_record(row, cleaned)
        replace_custom_values("activity", row.pk, cleaned)
        if "contacts" in cleaned:
            relink(
                actor,
                row.contact_links.filter(**dict(TAKING_PART)),
                cleaned["contacts"],  # type: ignore[arg-type]  # cleaned ids
                lambda pk: ActivityContact(activity=row, contact_id=pk),
            )
        for key, part in PARTS.items():
            if key in cleaned:
                _relink_part(actor, row, part, ids_of(cleaned[key]))
        if "deals" in cleaned:
            _relink(visible_deals(actor), row.deals, cleaned["deals"])
        if "tickets" in cleaned:
            _relink(visible_tickets(actor), row.tickets, cleaned["tickets"])

    def contact_of(self, row: Activity) -> int | None:
        """Return the first of its contacts."""
        links = row.contact_links.filter(**dict(TAKING_PART))
        return links.values_list("contact_id", flat=True).first()


_ACTIVITIES = _Activities()


def create_activity(actor: Actor, values: Values) -> Document:
    """Plan an activity; it is the actor's own unless the values name an owner.

    Raises ForbiddenError, InvalidError.
    """
    return _ACTIVITIES.create(actor, values)


def update_activity(
    actor: Actor, activity_id: int, values: Values, *, keeps_time: bool = False
) -> Document:
    """Change what the values name; raises NotFoundError, ForbiddenError, InvalidError.

    With `keeps_time` values that are there already leave the activity as it is.
    """
    return _ACTIVITIES.update(actor, activity_id, values, keeps_time=keeps_time)


def archive_activity(actor: Actor, activity_id: int) -> Document:
    """Put an activity into the trash; raises NotFoundError, ForbiddenError."""
    return _ACTIVITIES.archive(actor, activity_id)


def restore_activity(actor: Actor, activity_id: int) -> Document:
    """Take an activity out of the trash; raises NotFoundError, ForbiddenError."""
    return _ACTIVITIES.restore(actor, activity_id)


def delete_activity(actor: Actor, activity_id: int) -> None:
    """Delete an archived activity for good.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    _ACTIVITIES.delete(actor, activity_id)


def _may_follow(actor: Actor, activity: Activity, parent_id: int) -> bool:
    """Tell whether an activity is another one that the actor sees."""
    return parent_id != activity.pk and visible_activities(actor).filter(pk=parent_id).exists()


def _relink_part(actor: Actor, activity: Activity, part: str, contact_ids: Sequence[int]) -> None:
    """Let exactly these contacts be this in the activity."""
    links = activity.contact_links.filter(part=part)
    new = partial(ActivityContact, activity=activity, part=part)
    relink(actor, links, contact_ids, lambda pk: new(contact_id=pk))


def _note_completion(activity: Activity, cleaned: Values) -> None:
    """Let the status and the time of completion say the same; the one that is named leads."""
    done = reference.options().named("activity_status", DONE)
    if done is None:
        return
    if cleaned.get("completed_at") is not None:
        activity.status_id = done.pk
    elif "completed_at" in cleaned and activity.status_id == done.pk:
        scheduled = reference.options().default_of("activity_status")
        activity.status_id = scheduled.pk if scheduled else None
    elif activity.status_id != done.pk:
        activity.completed_at = None
    elif activity.completed_at is None:
        activity.completed_at = activity.updated_at


def _relink(
    visible: QuerySet[Any],
    links: Any,  # noqa: ANN401  # the manager of either relation
    wanted: Any,  # noqa: ANN401  # cleaned ids
) -> None:
    """Link exactly these records, and those that the actor does not see and so cannot name."""
    present = set(links.values_list("pk", flat=True))
    seen = set(visible.filter(pk__in=present).values_list("pk", flat=True))
    links.remove(*(seen - set(wanted)))
    links.add(*(pk for pk in wanted if pk not in present))
