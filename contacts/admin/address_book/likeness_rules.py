"""What makes contacts look alike, and how much: shown to all, said by administrators."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.services.likeness import WEIGHTS, weights_in_force

REASONS: dict[str, str | Promise] = {
    "email": _("same e-mail"),
    "phone": _("same phone"),
    "name": _("same name"),
    "sound": _("names sound alike"),
    "company": _("same company"),
}
PREFIX = "weight-"
MOST = 100


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule as the form shows it; `weight` is what was typed."""

    name: str
    label: str | Promise
    weight: str
    is_wrong: bool = False


def shown_rules(sent: QueryDict | None = None) -> list[ShownRule]:
    """Return the rules with the weights in force, or with those that were sent and refused."""
    now = weights_in_force()
    found = []
    for reason, label in REASONS.items():
        name = f"{PREFIX}{reason}"
        typed = str(now[reason]) if sent is None else sent.get(name, "").strip()
        found.append(ShownRule(name, label, typed, not _is_weight(typed)))
    return found


def weights_of(sent: QueryDict) -> dict[str, int] | None:
    """Return the weights that were sent, the usual ones where asked for, or None for nonsense."""
    if "usual" in sent:
        return dict(WEIGHTS)
    typed = {reason: sent.get(f"{PREFIX}{reason}", "").strip() for reason in WEIGHTS}
    if not all(map(_is_weight, typed.values())):
        return None
    return {reason: int(text) for reason, text in typed.items()}


def _is_weight(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and int(text) <= MOST
