"""The start page: where things stand, what happened last, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from contacts import history, query
from contacts.access import FORM_KEY, Actor, visibility
from contacts.access.counting import Usage, usage_of_dialects
from contacts.admin import birthdays
from contacts.admin.doors import Door, doors
from contacts.admin.nouns import DomainAdmin
from contacts.admin.numbers import Figure
from contacts.admin.problems import problems_of
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.models import Change, Credential, WebForm

LATEST = 10
# A bulk change or an import would push everything else out of the ten.
LOOKED_AT = 100
MOST_TASKS = 5


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
    seen = seen_nouns(request, nouns)
    figures = figures_of(request, seen)
    steps = steps_of(actor)
    shown: dict[str, object] = {
        "title": _("Start"),
        "figures": figures,
        "latest": latest_changes(actor),
        "tasks": tasks_of(actor),
        "birthdays": birthdays.soon(actor),
        "problems": problems_of(actor),
        "traffic": traffic_of(actor),
        "steps": steps if any(not step.is_done for step in steps) else [],
    }
    for noun in seen:
        shown |= noun.on_start(request)
    return shown


def seen_nouns(request: HttpRequest, nouns: Iterable[object]) -> list[DomainAdmin]:
    """Return the nouns that this person sees at all."""
    ours = [noun for noun in nouns if isinstance(noun, DomainAdmin)]
    return [noun for noun in ours if noun.has_view_permission(request)]


def figures_of(request: HttpRequest, nouns: Iterable[DomainAdmin]) -> list[Figure]:
    """Return the figures that the nouns have for this person, what waits for somebody first."""
    figures = [figure for noun in nouns for figure in noun.figures(request)]
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
    return list(query.search(actor, asked).documents)


def traffic_of(actor: Actor) -> list[tuple[Door, Usage]]:
    """Return how often each door was used today; only administrators look after all of them."""
    if not actor.is_administrator:
        return []
    usage = usage_of_dialects()
    return [(door, usage.get(door.name, Usage())) for door in doors()]


def steps_of(actor: Actor) -> list[Step]:
    """Return the first steps of an administrator, with what is done already."""
    if not actor.is_administrator:
        return []
    keys = Credential.objects.exclude(kind=FORM_KEY).filter(last_used_at__isnull=False)
    has_contacts = visibility.visible_contacts(actor).exists()
    steps = [
        (_("Import your contacts"), "contact_import", has_contacts),
        (_("Write down the first contact"), "contact_add", has_contacts),
        (_("Put a web form on your site"), "webform_changelist", WebForm.objects.exists()),
        (_("Connect a program that uses contacts"), "credential_changelist", keys.exists()),
        (_("Invite the people you work with"), "user_add", len(reference.users().by_id) > 1),
    ]
    return [
        Step(text, address, is_done)
        for text, name, is_done in steps
        if (address := _address_of(name))
    ]


def _address_of(name: str) -> str:
    """Return the address of a screen, or "" where the product has none."""
    try:
        return reverse(f"admin:contacts_{name}")
    except NoReverseMatch:
        return ""
