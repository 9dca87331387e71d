"""Address: the postal addresses of contacts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from api.civicrm.calls import Asked, Record
from api.civicrm.channels import (
    channel_entity,
    create_channel,
    is_billing,
    is_primary,
    located,
    of_contact,
)
from api.civicrm.contact.custom import custom_fields, with_custom, with_references
from api.civicrm.errors import bad_reference
from api.civicrm.grammar.filters import Filter
from api.civicrm.living_together import OWNERS, tie_to_owner
from api.civicrm.mapping.declaring import integer, number, option, record_id, text, yes_no
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import YesNo
from api.civicrm.mapping.offering import states
from api.civicrm.mapping.states import STATE, placed, state_of
from api.civicrm.mapping.streets import parts_of_street
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor, system_actor
from contacts.query import Condition, Query, find_record, search, where
from contacts.services.channel_records import update_channel

Values = Mapping[str, object]


class ByHand(YesNo):
    """A yes that is kept as text; no is no text."""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return "1" or nothing."""
        return "1" if super().read(value, field, actor) else ""


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [{**with_custom(each), **placed(each)} for each in documents]
    records = written(ADDRESS, actor, shown, asked)
    return records if asked.is_complete else with_references(actor, address_fields(actor), records)


def _create(actor: Actor, values: Values) -> Document:
    given, owners = as_told(values)
    made = create_channel("address", actor, _stored(_shared(actor, given), None))
    tie_to_owner(actor, made, owners)
    return made


def as_told(values: Values) -> tuple[Values, Collection[str]]:
    """Return values with the parts of the street if they shall be told, and whom to tie to."""
    given = dict(values)
    if given.pop("street_parsing", False):
        given |= parts_of_street(str(given.get("street1") or ""))
    is_tying = given.pop("add_relationship", True)
    is_employing = given.pop("update_current_employer", True)
    owners = OWNERS if is_employing else OWNERS - {"organization"}
    return given, owners if is_tying else ()


def _update(actor: Actor, address_id: int, values: Values) -> Document:
    before = find_record(actor, "address", address_id)
    country_id = before.get("country_id") if before else None
    given, owners = as_told(values)
    ready = _stored(_shared(actor, given), country_id)
    after = update_channel(actor, "address", address_id, ready)
    _lead(actor, address_id)
    is_shared_anew = before is None or before.get("shared_with") != after.get("shared_with")
    if is_shared_anew:
        tie_to_owner(actor, after, owners)
    return after


def _shared(actor: Actor, values: Values) -> Values:
    """Return values with what the address says that it is shared with; raises CiviApiError."""
    master_id = values.get("shared_with")
    if master_id is None:
        return values
    master = find_record(actor, "address", int(str(master_id)))
    if master is None:
        raise bad_reference("master_id", master_id)
    return {**_place_of(master), **values}


def _place_of(address: Document) -> dict[str, object]:
    """Return the place of an address, as values for another one."""
    place: dict[str, object] = {key: address.get(key) for key in _PLACE}
    return {**place, "country": address.get("country_id")}


def _lead(actor: Actor, address_id: int) -> None:
    """Take the addresses that are shared with one to where it is now."""
    shared = where(actor, "shared_with", "eq", str(address_id), kind="address")
    followers = search(actor, Query("address", shared, limit=MOST, users=True, total=False))
    if not followers.ids:
        return
    master = find_record(actor, "address", address_id)
    for follower_id, follower in zip(followers.ids, followers.documents, strict=True):
        if master is not None and _place_of(follower) != _place_of(master):
            update_channel(actor, "address", follower_id, _place_of(master))


MOST = 200
# What two addresses have in common that are shared; each has its own name and place in a list.
_PLACE = (
    *("street1", "street2", "street3", "street4", "city", "region", "postcode"),
    *("postcode_suffix", "county", "latitude", "longitude"),
    *("street_number", "street_number_suffix", "street_number_predirectional", "street_name"),
    *("street_type", "street_number_postdirectional", "street_unit"),
)


def _stored(values: Values, country_id: object) -> Values:
    """Return values with the name of a state, and its country where none is named."""
    text = values.get("region")
    if not text:
        return values
    country = values.get("country", country_id)
    state = state_of(str(text), country if isinstance(country, int) else None, "state_province_id")
    return {**values, "region": state.name, "country": state.country_id}


def _says_nothing(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Find nothing by what is only said while an address is written."""
    return None


_PLAIN = channel_entity(
    "Address",
    "address",
    record_id("Address ID"),
    of_contact(),
    located(),
    is_primary(),
    is_billing(),
    text("street_address", "Street Address", "street1", max_length=96),
    text("street_number", "Street Number", "street_number", max_length=64),
    text("street_number_suffix", "Street Number Suffix", "street_number_suffix", max_length=8),
    text(
        "street_number_predirectional",
        "Street Direction Prefix",
        "street_number_predirectional",
        max_length=8,
    ),
    text("street_name", "Street Name", "street_name", max_length=64),
    text("street_type", "Street Type", "street_type", max_length=8),
    text(
        "street_number_postdirectional",
        "Street Direction Suffix",
        "street_number_postdirectional",
        max_length=8,
    ),
    text("street_unit", "Street Unit", "street_unit", max_length=16),
    text("supplemental_address_1", "Supplemental Address 1", "street2", max_length=96),
    text("supplemental_address_2", "Supplemental Address 2", "street3", max_length=96),
    text("supplemental_address_3", "Supplemental Address 3", "street4", max_length=96),
    text("city", "City", "city", max_length=64),
    text("county_id", "County ID", "county"),
    WireField(
        name="state_province_id",
        title="State/Province",
        format=STATE,
        key="region",
        path="state_number",
        target="StateProvince",
        offers=states,
        aliases=("state_province",),
    ),
    text("postal_code_suffix", "Postal Code Suffix", "postcode_suffix", max_length=12),
    text("postal_code", "Postal Code", "postcode", max_length=64),
    option(
        "country_id",
        "Country ID",
        "country",
        "country",
        target="Country",
        aliases=("country",),
    ),
    number("geo_code_1", "Latitude", "latitude"),
    number("geo_code_2", "Longitude", "longitude"),
    WireField(
        name="manual_geo_code",
        title="Is Manually Geocoded",
        format=ByHand(),
        key="is_located_by_hand",
        path="is_located_by_hand",
    ),
    text("name", "Address Name", "name", max_length=255, aliases=("address_name",)),
    integer("master_id", "Master Address ID", "shared_with", target="Address"),
    *(
        yes_no(name, title, name, path="", is_described=False, ask=_says_nothing)
        for name, title in (
            ("street_parsing", "Street Address Parsing"),
            ("add_relationship", "Add Relationship"),
            ("update_current_employer", "Update Current Employer"),
        )
    ),
    label="street_address",
)


# The same for everybody.
FIELDS = _PLAIN.fields(system_actor())


def address_fields(actor: Actor) -> Sequence[WireField]:
    """Return the fields of Address for an actor, custom ones last."""
    return (*FIELDS, *custom_fields(actor, "address"))


ADDRESS = replace(
    _PLAIN,
    source=RecordSource("address", _write),
    fields=address_fields,
    built_in=FIELDS,
    create=_create,
    update=_update,
)

ENTITIES = (ADDRESS,)
