"""Which phones, e-mails and addresses the fields of modules show.

A phone has a type and a location in the domain and only one sort here: the type counts first. What
is neither mobile, fax, assistant's, at home nor elsewhere is an office phone.
"""

from collections.abc import Iterator, Mapping

from api.vtiger.mapping.channels import ChannelField, CountryField, EmailField, StreetField
from contacts.fields.picking import Pick

TYPED = frozenset({"mobile", "fax", "assistant"})
ELSEWHERE = frozenset({"home", "other"})

PHONES: Mapping[str, tuple[Pick, Mapping[str, object]]] = {
    "work": (Pick(but_types=TYPED, but_locations=ELSEWHERE), {"location": "work"}),
    "home": (Pick(but_types=TYPED, locations=frozenset({"home"})), {"location": "home"}),
    "other": (Pick(but_types=TYPED, locations=frozenset({"other"})), {"location": "other"}),
    **{name: (Pick(types=frozenset({name})), {"type": name}) for name in sorted(TYPED)},
}

# The parts of an address: suffix of the field's name, of its label, and the domain's name.
PARTS = (
    ("street", "Street", "street"),
    ("city", "City", "city"),
    ("state", "State", "region"),
    ("zip", "Zip", "postcode"),
    ("country", "Country", "country"),
    ("pobox", "Po Box", "po_box"),
)
Sort = tuple[str, str, Pick]


def phone(name: str, label: str, sort: str) -> ChannelField:
    """Return the field of the first phone of a sort."""
    pick, new = PHONES[sort]
    return ChannelField(
        name=name, label=label, type="phone", key="phones", part="number", pick=pick, new=new
    )


def email(name: str, label: str, place: int) -> ChannelField:
    """Return the field of the primary e-mail, or of one after it."""
    pick = Pick(place=place)
    return EmailField(name=name, label=label, type="email", key="emails", pick=pick, new={})


def website(name: str, label: str) -> ChannelField:
    """Return the field of the first website."""
    return ChannelField(
        name=name, label=label, type="url", key="websites", part="url", pick=Pick(), new={}
    )


def address_fields(
    *sorts: Sort, postcode: tuple[str, str] = ("zip", "Zip")
) -> Iterator[ChannelField]:
    """Yield the fields of addresses part by part, the sorts side by side."""
    for suffix, word, part in PARTS:
        if part == "postcode":
            suffix, word = postcode
        for prefix, label, pick in sorts:
            yield _address_part(f"{prefix}{suffix}", f"{label} {word}", part, pick)


def address_field(name: str, label: str, part: str, pick: Pick) -> ChannelField:
    """Return the field of one part of an address."""
    return _address_part(name, label, part, pick)


def _address_part(name: str, label: str, part: str, pick: Pick) -> ChannelField:
    location = next(iter(pick.locations), "work")
    made = {"street": StreetField, "country": CountryField}.get(part, ChannelField)
    return made(
        name=name,
        label=label,
        type="text" if part == "street" else "string",
        key="addresses",
        part=part,
        pick=pick,
        new={"location": location},
    )
