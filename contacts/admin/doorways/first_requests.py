"""First requests with a key, as programs to paste and run."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from contacts.admin.doors import Code, door_of_key
from contacts.fields import reference

Document = Mapping[str, Any]


class Placeholders(dict[str, str | int | None]):
    """What is known of a key; the rest is called by its name, such as `YOUR-SITE-KEY`."""

    def __missing__(self, name: str) -> str:
        """Return what the reader has to put there."""
        return f"YOUR-{name.replace('_', '-').upper()}"


def known_with(document: Document, secret: str) -> Placeholders:
    """Return the credentials that a door's examples take, as far as they follow from a key."""
    door = door_of_key(document["kind"])
    user = reference.users().by_id.get(document["user_id"])
    project = reference.projects().by_id.get(document["project_id"])
    known = Placeholders(username=user.key if user else "", project=project.key if project else "")
    if door is not None:
        known[door.key_name] = secret
    return known


def programs_of(document: Document, secret: str) -> list[Code]:
    """Return the first request with a key in every language; none for a key without a door."""
    door = door_of_key(document["kind"])
    if door is None:
        return []
    known = known_with(document, secret)
    if door.ways is None:
        return [Code("curl", door.sample(settings.BASE_URL, known))]
    return list(door.ways.programs(settings.BASE_URL, known))


def clients_of(document: Document, secret: str) -> list[Code]:
    """Return the settings with which well-known clients use a key; none without a door."""
    door = door_of_key(document["kind"])
    if door is None or door.ways is None:
        return []
    return list(door.ways.clients(settings.BASE_URL, known_with(document, secret)))
