"""StateProvince: the states of the countries under the numbers that clients store."""

from collections.abc import Iterable

from api.civicrm.calls import Record
from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import integer, record_id, text, yes_no
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.fields.atlas import atlas


def _rows(actor: Actor) -> Iterable[Record]:
    book = atlas()
    for state in book.states.values():
        yield {
            "id": str(state.id),
            "name": state.name,
            "abbreviation": state.code,
            "country_id": str(book.countries[state.country_id].atlas_id),
            "is_active": "1",
        }


ENTITIES = (
    Entity(
        name="StateProvince",
        source=TableSource(_rows),
        fields=fixed(
            record_id("State ID"),
            text("name", "State", is_required=True, max_length=64),
            text("abbreviation", "State Abbreviation", max_length=4),
            integer(
                "country_id",
                "Country ID",
                path="country_id",
                target="Country",
                list_name="country",
            ),
            yes_no("is_active", "Is Active"),
        ),
        permissions=SETUP,
        label="name",
    ),
)
