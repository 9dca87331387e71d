"""Country: the countries of the world under the numbers that clients store."""

from collections.abc import Iterable

from api.civicrm.calls import Record
from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import integer, record_id, text, yes_no
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.fields.atlas import atlas

# Their states are written with two letters on envelopes.
ABBREVIATED = frozenset({"US", "CA"})


def _rows(actor: Actor) -> Iterable[Record]:
    for country in sorted(atlas().countries.values(), key=lambda each: each.atlas_id):
        yield {
            "id": str(country.atlas_id),
            "name": country.name,
            "iso_code": country.code,
            "region_id": str(country.world_region),
            "is_province_abbreviated": "1" if country.code in ABBREVIATED else "0",
            "is_active": "1",
        }


ENTITIES = (
    Entity(
        name="Country",
        source=TableSource(_rows),
        fields=fixed(
            record_id("Country ID"),
            text("name", "Country", is_required=True, max_length=64),
            text("iso_code", "Country ISO Code", max_length=2),
            integer("region_id", "World Region ID"),
            yes_no("is_province_abbreviated", "Abbreviate Province?"),
            yes_no("is_active", "Country Is Active"),
        ),
        permissions=SETUP,
        label="name",
    ),
)
