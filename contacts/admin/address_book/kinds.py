"""Another kind of contact, chosen while a new one is written down: what was typed stays."""

from collections.abc import Mapping

from django.http import HttpRequest

from contacts.access import Actor
from contacts.admin.address_book.form import NAMES, ContactForm, groups_of

# What the buttons send: the kind whose form they are in. Where they lead says which one is chosen.
LEFT_KIND = "left_kind"
PARTS_OF_NAME = ("first_name", "middle_name", "last_name")


def named(kind: str, name: str) -> dict[str, str]:
    """Return a typed name as fields: of a person the last word is the last name."""
    if kind != "person":
        return {f"{kind}_name": name} if name else {}
    first, _blank, last = name.strip().rpartition(" ")
    return {"first_name": first or last, "last_name": last if first else ""}


def take_of_other_kind(actor: Actor, request: HttpRequest, form: ContactForm, kind: str) -> bool:
    """Show what was typed into the form of another kind, as if nothing had been sent.

    False, and the form stays as it is, where no other kind was chosen.
    """
    left = request.POST.get(LEFT_KIND, "")
    if left not in NAMES:
        return False
    typed_into = {name for _title, names in groups_of(actor, left) for name in names}
    first = dict(form.initial)
    form.take(request)
    form.show_again()
    # What the other form did not ask is here as in any new contact, not empty.
    unasked = {name: first.get(name) for name in form.fields if name not in typed_into}
    form.initial = {**form.initial, **unasked}
    if kind != left:
        form.initial = {**form.initial, **named(kind, _typed_name(request.POST, left))}
    return True


def _typed_name(sent: Mapping[str, str], kind: str) -> str:
    keys = PARTS_OF_NAME if kind == "person" else (f"{kind}_name",)
    return " ".join(filter(None, (sent.get(key, "").strip() for key in keys)))
