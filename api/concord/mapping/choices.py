"""Read and write references to small tables: users, options, countries, tags."""

from functools import lru_cache
from html import escape
from urllib.parse import quote

import nh3
import pycountry

from api.concord.mapping.bodies import Body
from contacts.access import Actor, knows_users
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.services.tags import color_of

Wire = dict[str, object]

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    '<rect width="40" height="40" fill="#64748b"/><text x="20" y="26" text-anchor="middle" '
    'font-family="sans-serif" font-size="16" fill="#fff">{initials}</text></svg>'
)
# The place of tags that nobody has put in order.
LAST_PLACE = 1_000


def user(user_id: object) -> Wire | None:
    """Return a user as it stands inside another record: no more than everybody may know."""
    known = reference.kept("users_written", "people", _written_users)
    found = known.get(user_id) if isinstance(user_id, int) else None
    return None if found is None else found.copy()


def _written_users() -> dict[int, Wire]:
    return {each.id: _written_user(each) for each in reference.users().by_id.values()}


def _written_user(found: reference.Named) -> Wire:
    return {
        "id": found.id,
        "name": found.name,
        "email": email_of_user(found.id),
        "display_name": found.name,
        "guest_email": email_of_user(found.id),
        "guest_display_name": found.name,
        "avatar": None,
        "avatar_url": avatar_of(found.name),
        "uploaded_avatar_url": None,
    }


def safe_html(text: object) -> str | None:
    """Return HTML made harmless, None for none."""
    return nh3.clean(str(text)) if text else None


def email_of_user(user_id: object) -> str | None:
    """Return the address of a user, or None."""
    known = reference.addresses_of_users()
    return known.get(user_id) or None if isinstance(user_id, int) else None


def users_at(address: str) -> list[int]:
    """Return the users with an address, whatever its case."""
    word = fold(address)
    return [pk for pk, each in reference.addresses_of_users().items() if fold(each) == word]


def avatar_of(name: object) -> str:
    """Return a picture made of the initials: it needs no other server and tells nobody anything."""
    initials = "".join(word[0] for word in str(name or "?").split()[:2]).upper()
    return _picture_of(initials or "?")


@lru_cache(maxsize=4_096)
def _picture_of(initials: str) -> str:
    return f"data:image/svg+xml,{quote(_PICTURE.format(initials=escape(initials)))}"


def option(option_id: object) -> Wire | None:
    """Return an option as it stands inside another record."""
    found = reference.options().by_id.get(option_id) if isinstance(option_id, int) else None
    if found is None:
        return None
    return {"id": found.pk, "name": found.label, "swatch_color": found.color or None}


def country(country_id: object) -> Wire | None:
    """Return a country under its ISO number."""
    found = reference.countries().by_id.get(country_id) if isinstance(country_id, int) else None
    return None if found is None else {"id": found.number, "name": found.name}


def countries() -> list[Wire]:
    """Return all countries by name."""
    rows = sorted(reference.countries().by_id.values(), key=lambda row: fold(row.name))
    return [{"id": row.number, "name": row.name} for row in rows]


def country_of(value: object) -> int | None:
    """Return the id of the country with this ISO number, code of two or three letters, or name."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    word = fold(str(value).strip())
    longer = pycountry.countries.get(alpha_3=word.upper()) if len(word) == 3 else None
    if longer is not None:
        word = fold(longer.alpha_2)
    for row in reference.countries().by_id.values():
        if word in (str(row.number), fold(row.key), fold(row.name)):
            return row.id
    return None


def user_of(actor: Actor, value: object) -> int | None:
    """Return the id of the user with this id or name whom the actor may name, or None."""
    known = reference.users().by_id
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    word = str(value).strip()
    if word.isascii() and word.isdecimal():
        named = [int(word[:19])]
    else:
        named = [row.id for row in known.values() if fold(row.name) == fold(word)]
    return next((pk for pk in named if knows_users(actor, [pk])), None)


def owner_in(actor: Actor, body: Body) -> int | None:
    """Return the owner whom a body names, None for nobody; rejects whom the actor may not name."""
    return body.chosen("user_id", lambda value: user_of(actor, value))


def option_of(list_name: str, value: object) -> int | None:
    """Return the id of the option with this id or name, or None."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    word = str(value).strip()
    wanted: object = int(word[:18]) if word.isascii() and word.isdecimal() else word
    found = reference.options().find(list_name, wanted)
    return found.pk if found else None


def tags(tag_ids: object, kind: str = "contacts") -> list[Wire]:
    """Return tags in their order, as tags of a kind of record."""
    if not isinstance(tag_ids, list):
        return []
    known = reference.kept(f"tags_written:{kind}", "tags", lambda: _written_tags(kind))
    found = [known[pk] for pk in tag_ids if pk in known]
    if len(found) > 1:
        found.sort(key=_place)
    return [each.copy() for each in found]


def _place(written: Wire) -> tuple[object, object]:
    return written["display_order"], written["id"]


def _written_tags(kind: str) -> dict[int, Wire]:
    return {
        row.id: {
            "id": row.id,
            "name": row.name,
            "swatch_color": _chosen_color(row),
            "display_order": row.number or LAST_PLACE,
            "type": kind,
        }
        for row in reference.tags().by_id.values()
    }


def _chosen_color(tag: reference.Named) -> str | None:
    """Return the colour that somebody has chosen; the one that follows from the name is none."""
    return None if tag.color == color_of(tag.key) else tag.color or None
