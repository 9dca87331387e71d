"""Plan, change, archive, restore and delete activities.

An activity need not be in a project. Whoever wrote or owns one may change it; others need the right
in its project or, without one, in a project of its contacts.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_activities, visible_deals, visible_tickets
from contacts.errors import Fault, ForbiddenError
from contacts.fields import reference
from contacts.fields.activity_fields import PARTS, TAKING_PART
from contacts.models import Activity, ActivityContact
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.facts import replace_facts
from contacts.services.linking import relink
from contacts.services.records import (
    Document,
    assign,
    locked,
    project_faults,
    projects_of,
    require_place,
    trail_of,
    written,
)
from contacts.services.tags import tag_record
from contacts.services.trash import delete_row, set_archived
from contacts.services.values import check_values, id_of, ids_of, require_no_faults

Values = Mapping[str, object]

# What an activity always has: the list's default where nothing is said.
WITH_DEFAULT = ("type", "status", "priority")
# The machine name of the status that says it was done.
DONE = "completed"


def create_activity(actor: Actor, values: Values) -> Document:
    """Plan an activity; it is the actor's own unless the values name an owner.

    Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if not actor.has_anywhere(NEEDED["activity", "create"]):
        raise ForbiddenError(NEEDED["activity", "create"], "activity")
    with transaction.atomic():
        now = timezone.now()
        activity = Activity(author_id=actor.user_id, created_at=now, updated_at=now)
        activity.entry_channel = actor.dialect
        cleaned, faults = check_values(actor, "activity", values, creating=True)
        require_no_faults(faults + _faults(actor, activity, cleaned))
        _require_project(actor, cleaned.get("project"))
        if cleaned.get("owner_group") is None:
            cleaned.setdefault("owner", actor.user_id)
        _store(actor, activity, with_defaults("activity", cleaned))
        history.record(
            actor,
            "activity",
            activity.pk,
            "created",
            after=trail_of(activity, "activity"),
            contact_id=_contact_of(activity),
        )
        return written(actor, activity, "activity")


def update_activity(actor: Actor, activity_id: int, values: Values) -> Document:
    """Change what the values name; raises NotFoundError, ForbiddenError, InvalidError."""
    with transaction.atomic():
        activity = _locked(actor, activity_id, "update")
        before = trail_of(activity, "activity")
        project_before = activity.project_id
        cleaned, faults = check_values(actor, "activity", values, creating=False)
        require_no_faults(faults + _faults(actor, activity, cleaned))
        if cleaned.get("project", project_before) != project_before:
            _require_project(actor, cleaned["project"])
        activity.updated_at = timezone.now()
        activity.editor_id = actor.user_id
        _store(actor, activity, cleaned)
        history.record(
            actor,
            "activity",
            activity.pk,
            "updated",
            before=before,
            after=trail_of(activity, "activity"),
            contact_id=_contact_of(activity),
        )
        return written(actor, activity, "activity")


def archive_activity(actor: Actor, activity_id: int) -> Document:
    """Put an activity into the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        activity = _locked(actor, activity_id, "archive")
        contact_id = _contact_of(activity)
        return set_archived(actor, activity, "activity", archived=True, contact_id=contact_id)


def restore_activity(actor: Actor, activity_id: int) -> Document:
    """Take an activity out of the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        activity = _locked(actor, activity_id, "restore", archived=True)
        contact_id = _contact_of(activity)
        return set_archived(actor, activity, "activity", archived=False, contact_id=contact_id)


def delete_activity(actor: Actor, activity_id: int) -> None:
    """Delete an archived activity for good.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    with transaction.atomic():
        activity = _locked(actor, activity_id, "delete", archived=True)
        delete_row(actor, activity, "activity", contact_id=_contact_of(activity))


def _locked(actor: Actor, activity_id: int, action: str, *, archived: bool = False) -> Activity:
    activity = locked(visible_activities(actor, archived=archived), "activity", activity_id)
    actor.require_write()
    is_own = actor.user_id is not None and actor.user_id in (activity.author_id, activity.owner_id)
    is_own = is_own or activity.owner_group_id in actor.group_ids
    if not (is_own and actor.has_anywhere(NEEDED["activity", "create"])):
        actor.require(NEEDED["activity", action], projects_of(activity), "activity")
    return activity


def _require_project(actor: Actor, project_id: object) -> None:
    if project_id is not None:
        require_place(actor, project_id, NEEDED["activity", "create"], "activity")  # type: ignore[arg-type]  # a cleaned id


def _faults(actor: Actor, activity: Activity, cleaned: Values) -> list[Fault]:
    faults = project_faults(actor, cleaned)
    start, end = (cleaned.get(key, getattr(activity, key)) for key in ("starts_at", "ends_at"))
    if start and end and end < start:  # type: ignore[operator]  # cleaned moments
        faults.append(Fault("ends_at", "too_small", {"limit": start}))
    parent = id_of(cleaned.get("parent"))
    if parent is not None and not _may_follow(actor, activity, parent):
        faults.append(Fault("parent", "unknown", {"value": parent}))
    return faults


def _may_follow(actor: Actor, activity: Activity, parent_id: int) -> bool:
    """Tell whether an activity is another one that the actor sees."""
    return parent_id != activity.pk and visible_activities(actor).filter(pk=parent_id).exists()


def _store(actor: Actor, activity: Activity, cleaned: Values) -> None:
    assign(activity, "activity", cleaned)
    for name in WITH_DEFAULT:
        if getattr(activity, f"{name}_id") is None:
            option = reference.options().default_of(f"activity_{name}")
            setattr(activity, f"{name}_id", option.pk if option else None)
    _note_completion(activity, cleaned)
    activity.save()
    replace_facts("activity", activity.pk, cleaned)
    tag_record(activity, cleaned)
    replace_custom_values("activity", activity.pk, cleaned)
    if "contacts" in cleaned:
        relink(
            actor,
            activity.contact_links.filter(**dict(TAKING_PART)),
            cleaned["contacts"],  # type: ignore[arg-type]  # cleaned ids
            lambda pk: ActivityContact(activity=activity, contact_id=pk),
        )
    for key, part in PARTS.items():
        if key in cleaned:
            _relink_part(actor, activity, part, ids_of(cleaned[key]))
    if "deals" in cleaned:
        _relink(visible_deals(actor), activity.deals, cleaned["deals"])
    if "tickets" in cleaned:
        _relink(visible_tickets(actor), activity.tickets, cleaned["tickets"])


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


def _contact_of(activity: Activity) -> int | None:
    """Return the first contact: in its timeline the activity stands."""
    links = activity.contact_links.filter(**dict(TAKING_PART))
    return links.values_list("contact_id", flat=True).first()
