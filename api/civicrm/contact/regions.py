"""Parts of the world, as fields of contacts: where the primary address is."""

from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NOTHING
from api.civicrm.mapping.declaring import text
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.offering import REGIONS
from api.civicrm.mapping.options import OPPOSITES, meets
from contacts.access import Actor
from contacts.fields.atlas import WORLD_REGIONS, atlas
from contacts.query import And, Condition, Not, where


def in_region(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for contacts in the countries of a region, by its number or name."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return where(actor, "country", "is_empty", asked.operator == "IS NULL", scope="primary")
    positive = Filter(asked.name, OPPOSITES.get(asked.operator, asked.operator), asked.operand)
    taken = {
        pk for pk, name in WORLD_REGIONS.items() if meets(positive, pk) or meets(positive, name)
    }
    countries = sorted(pk for pk, each in atlas().countries.items() if each.world_region in taken)
    found = where(actor, "country", "in", countries, scope="primary") if countries else NOTHING
    if asked.operator not in OPPOSITES:
        return found
    # Whoever has no country is in none of the other regions either.
    return And((Not(found), where(actor, "country", "is_empty", False, scope="primary")))


WORLD = (
    text(
        "worldregion_id",
        "World Region ID",
        path="address.world_region_id",
        is_writable=False,
        offers=REGIONS,
        ask=in_region,
    ),
    text(
        "world_region",
        "World Region",
        path="address.world_region",
        is_writable=False,
        aliases=("worldregion",),
        ask=in_region,
    ),
)
