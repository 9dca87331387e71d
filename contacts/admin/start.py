"""The start page: where things stand, what happened last, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import history, query
from contacts.access import FORM_KEY, Actor, visibility
from contacts.access.counting import Usage, usage_of_dialects
from contacts.access.visible_setup import visible_credentials
from contacts.admin import birthdays, spark
from contacts.admin.doors import doors
from contacts.admin.nouns import DomainAdmin
from contacts.admin.numbers import Figure
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.models import Change, Credential, WebForm

LATEST = 10
# A bulk change or an import would push everything else out of the ten.
LOOKED_AT = 100
MOST_TASKS = 5
MOST_PROBLEMS = 5
EXPIRY_NOTICE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Latest:
    """One of the last changes."""

    name: str
    url: str
    action: str
    who: str
    door: str
    at: object


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in a new instance."""

    text: str
    url: str
    is_done: bool


def context_of(request: HttpRequest, nouns: Iterable[object]) -> dict[str, object]:
    """Return what the start page shows to this person."""
    actor = actor_of_request(request)
    figures = figures_of(request, nouns)
    steps = steps_of(actor)
    return {
        "title": _("Start"),
        "figures": figures,
        "latest": latest_changes(actor),
        "tasks": tasks_of(actor),
        "birthdays": birthdays.soon(actor),
        "spark": spark.new_contacts(actor),
        "problems": problems_of(actor),
        "traffic": traffic_of(actor),
        "steps": steps if any(not step.is_done for step in steps) else [],
    }


def figures_of(request: HttpRequest, nouns: Iterable[object]) -> list[Figure]:
    """Return the figures that the nouns have for this person, what waits for somebody first."""
    figures = [
        figure
        for noun in nouns
        if isinstance(noun, DomainAdmin) and noun.has_view_permission(request)
        for figure in noun.figures(request)
    ]
    return sorted(figures, key=lambda figure: (not figure.is_urgent, figure.order))


def latest_changes(actor: Actor) -> list[Latest]:
    """Return the last changes of contacts that the actor sees; one contact stands once."""
    changes: dict[int, Change] = {}
    for change in history.latest()[:LOOKED_AT]:
        if change.record_kind == "contact":
            changes.setdefault(change.record_id, change)
    names = query.names_of_contacts(actor, changes.keys())
    seen = [change for pk, change in changes.items() if pk in names]
    return [_latest(change, names[change.record_id]) for change in seen[:LATEST]]


def _latest(change: Change, name: str) -> Latest:
    words = {
        "created": _("written down"),
        "updated": _("changed"),
        "archived": _("archived"),
        "restored": _("restored"),
        "merged": _("merged with another one"),
        "unmerged": _("separated again"),
    }
    return Latest(
        name=name or f"#{change.record_id}",
        url=reverse("admin:contacts_contact_page", args=[change.record_id]),
        action=words.get(change.action, change.action),
        who=change.user.name if change.user else "",
        door=change.dialect,
        at=change.at,
    )


def tasks_of(actor: Actor) -> list[dict[str, object]]:
    """Return the next open activities of the actor itself."""
    if not visibility.visible_activities(actor).filter(owner_id=actor.user_id).exists():
        return []
    mine = query.where(actor, "owner", "eq", actor.user_id, kind="activity")
    undone = query.where(actor, "completed_at", "is_empty", True, kind="activity")
    soonest = (query.sorted_by(actor, "starts_at", kind="activity"),)
    asked = query.Query("activity", query.And((mine, undone)), sort=soonest, limit=MOST_TASKS)
    return query.search(actor, asked).documents


def traffic_of(actor: Actor) -> list[tuple[str, Usage]]:
    """Return how often each door was used today; only administrators look after all of them."""
    if not actor.is_administrator:
        return []
    usage = usage_of_dialects()
    return [(door.title, usage.get(door.name, Usage())) for door in doors()]


def problems_of(actor: Actor) -> list[tuple[str, str]]:
    """Return what needs somebody soon: a sentence and the address where it is mended."""
    now = timezone.now()
    keys = visible_credentials(actor).filter(revoked_at=None, last_used_at__isnull=False)
    # Sessions and tokens, which programs get for a key, end all the time.
    keys = keys.filter(
        kind__in=[door.key_kind for door in doors() if door.key_kind],
        expires_at__lte=now + EXPIRY_NOTICE,
        expires_at__gte=now - EXPIRY_NOTICE,
    )
    found = []
    for key in keys.order_by("expires_at")[:MOST_PROBLEMS]:
        text = _("The key “%(name)s” has expired.")
        if key.expires_at is not None and key.expires_at > now:
            text = _("The key “%(name)s” expires soon.")
        address = reverse("admin:contacts_credential_page", args=[key.pk])
        found.append((text % {"name": key.name or key.hint}, address))
    return found


def steps_of(actor: Actor) -> list[Step]:
    """Return the first steps of an administrator, with what is done already."""
    if not actor.is_administrator:
        return []
    keys = Credential.objects.exclude(kind=FORM_KEY).filter(last_used_at__isnull=False)
    steps = [
        (_("Write down the first contact"), "contact_add", bool(_any_contact(actor))),
        (_("Put a web form on your site"), "webform_changelist", WebForm.objects.exists()),
        (_("Connect a program that uses contacts"), "credential_changelist", keys.exists()),
        (_("Invite the people you work with"), "user_add", len(reference.users().by_id) > 1),
    ]
    return [
        Step(text, address, is_done)
        for text, name, is_done in steps
        if (address := _address_of(name))
    ]


def _any_contact(actor: Actor) -> list[int]:
    return query.search(actor, query.Query(limit=1, total=False)).ids


def _address_of(name: str) -> str:
    """Return the address of a screen, or "" where the product has none."""
    try:
        return reverse(f"admin:contacts_{name}")
    except NoReverseMatch:
        return ""
