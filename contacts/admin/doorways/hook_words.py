"""What people call the events and the formats of webhooks."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.admin.address_book.words import label_of
from contacts.admin.doors import title_of_door
from contacts.models import Webhook
from contacts.services.webhook_formats import KINDS, OWN, formats
from contacts.services.webhooks import ACTIONS

NOUNS: dict[str, str | Promise] = {
    "contact": gettext_lazy("Contact"),
    "deal": gettext_lazy("Deal"),
    "activity": gettext_lazy("Activity"),
    "note": gettext_lazy("Note"),
    "ticket": gettext_lazy("Ticket"),
    "submission": gettext_lazy("Submission of a web form"),
}
VERBS: dict[str, str | Promise] = {
    "any": gettext_lazy("anything"),
    "created": gettext_lazy("created"),
    "updated": gettext_lazy("changed"),
    "archived": gettext_lazy("archived"),
    "restored": gettext_lazy("brought back"),
    "deleted": gettext_lazy("deleted for good"),
    "merged": gettext_lazy("merged with another one"),
    "received": gettext_lazy("received"),
    "accepted": gettext_lazy("accepted"),
    "rejected": gettext_lazy("rejected"),
}


def event_words(kind: str, action: str) -> str:
    """Return an event in words."""
    return f"{NOUNS.get(kind, kind)}: {VERBS.get(action, action)}"


def event_of(row: Webhook) -> str:
    """Return what a webhook is told of."""
    return event_words(row.record_kind, row.action)


def events() -> Sequence[tuple[str, str]]:
    """Return the events to choose from, anything first."""
    return [
        (f"{kind}.{action}", event_words(kind, action))
        for kind in KINDS
        for action in sorted(ACTIONS[kind], key=lambda each: each != "any")
    ]


def fields_of(row: Webhook) -> str:
    """Return the fields of which one has to change, or "" where every change is told."""
    return ", ".join(label_of(key) for key in row.fields)


def format_of(row: Webhook) -> str:
    """Return in whose words a webhook is told."""
    return _title(row.dialect)


def formats_offered() -> Sequence[tuple[str, str]]:
    """Return the formats to choose from, our own first, with what each has words for."""
    found = []
    for name, told_in in formats().items():
        nouns = ", ".join(str(NOUNS[kind]) for kind in KINDS if kind in told_in.kinds)
        found.append((name, _title(name) if name == OWN else f"{_title(name)} ({nouns})"))
    return sorted(found, key=lambda each: (each[0] != OWN, each[1]))


def _title(dialect: str) -> str:
    return _("our own") if dialect == OWN else title_of_door(dialect)
