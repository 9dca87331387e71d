"""Earlier versions of a web form, told by what changed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.admin.doorways.form_editor import form_fields
from contacts.models import Change

MOST = 20
RIGHT = NEEDED["web_form", "manage"]


@dataclass(frozen=True, slots=True)
class Version:
    """The form as one change left it."""

    number: int
    what: str
    who: str
    at: datetime
    is_current: bool


def versions_of(actor: Actor, form_id: int) -> list[Version]:
    """Return the latest versions of a form, the present one first."""
    changes = history.changes_of("web_form", form_id).select_related("user")
    told = [change for change in changes[:MOST] if change.action in ("created", "updated")]
    labels = {name: str(field.label) for name, field in form_fields(actor).items()}
    labels |= {"fields": _("Fields"), "owner_id": labels["owner"], "project_id": labels["project"]}
    return [_version(change, labels, is_current=not place) for place, change in enumerate(told)]


def _version(change: Change, labels: dict[str, str], *, is_current: bool) -> Version:
    keys = sorted(change.before.keys() | change.after.keys())
    what = ", ".join(dict.fromkeys(labels[key] for key in keys if key in labels))
    if change.action == "created":
        what = _("made")
    who = change.user.name if change.user else ""
    return Version(change.pk, what, who, change.at, is_current)
