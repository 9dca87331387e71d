"""Who is shown a field of one contact, where the contact wishes it otherwise: CustomAccessLevel."""

from collections.abc import Mapping
from typing import Any

from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.meanings.choices import UNEXPECTED
from contacts.fields.types import read_disclosures, written_disclosures

# Ours by upstream's words, older versions' included, in small letters.
AUDIENCES: Mapping[str, str] = {
    "public": "public",
    "members": "members",
    "nobody": "administrators",
    "adminonly": "administrators",
}
ACCESS_WORDS: Mapping[str, str] = {
    "public": "Public",
    "members": "Members",
    "administrators": "Nobody",
}

Document = Mapping[str, Any]  # JSON of any shape


def levels_of(document: Document) -> Mapping[str, str]:
    """Return upstream's words by the keys of the fields in which a contact differs."""
    text = document.get("disclosures")
    if not text:
        return {}
    return {key: ACCESS_WORDS[word] for key, word in read_disclosures(text).items()}


def write_level(draft: Draft, field: WireField, given: object) -> None:
    """Put who is shown a field into the draft; nothing, or what the field says anyway, is no wish.

    Of fields that are made of several of ours, or of none, there is nothing to keep.
    """
    if len(field.meaning.keys) != 1:
        return
    audience = AUDIENCES.get(str(given or "").strip().casefold())
    if given and audience is None:
        draft.refuse(field.name, given, UNEXPECTED)
        return
    (key,) = field.meaning.keys
    wishes = read_disclosures(draft.values.get("disclosures", draft.document.get("disclosures")))
    wishes.pop(key, None)
    if audience is not None and ACCESS_WORDS[audience] != field.access:
        wishes[key] = audience
    draft.set("disclosures", written_disclosures(wishes))
