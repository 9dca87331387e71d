"""Constant and ActivityType: lists of choices by their old names, as number and label."""

from collections.abc import Callable, Mapping
from functools import partial

from api.civicrm.actions.writing import is_given
from api.civicrm.calls import Call, Operation, Result, success
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_option, missing_params
from api.civicrm.mapping.declaring import text
from api.civicrm.mapping.fields import Offer
from api.civicrm.mapping.offering import REGIONS, records, states
from api.civicrm.mapping.options import choices_of
from api.civicrm.permissions import MEMBER, Permissions
from api.civicrm.sources.tables import TableSource
from contacts.fields import reference
from contacts.fields.ties import labels_of_relationship_types


def _list(name: str) -> Offer:
    return lambda params: {each.number: each.label for each in choices_of(name) if each.is_active}


def _types_of_ties(params: Mapping[str, object]) -> Mapping[str, str]:
    return {str(pk): label for pk, label in labels_of_relationship_types().items()}


CONSTANTS: Mapping[str, Offer] = {
    "activityStatus": _list("activity_status"),
    "activityType": _list("activity_type"),
    "country": _list("country"),
    "gender": _list("gender"),
    "group": records(reference.groups),
    "individualPrefix": _list("name_prefix"),
    "individualSuffix": _list("name_suffix"),
    "IMProvider": _list("messenger_service"),
    "languages": _list("language"),
    "locationType": _list("location_type"),
    "pcm": _list("preferred_channel"),
    "phoneType": _list("phone_type"),
    "priority": _list("activity_priority"),
    "relationshipType": _types_of_ties,
    "stateProvince": states,
    "tag": records(reference.tags),
    "websiteType": _list("website_type"),
    "worldRegion": REGIONS,
}


def _get(call: Call, name: str = "") -> Result:
    wanted = name or call.params.get("name")
    if not is_given(wanted):
        raise missing_params("name")
    offer = CONSTANTS.get(str(wanted))
    if offer is None:
        raise bad_option("name", wanted)
    found = dict(offer(call.params))
    return success(found or [], len(found))


_OTHERS = frozenset(
    {
        *("getcount", "getlist", "getsingle", "getvalue", "getoptions", "getfield"),
        *("getrefcount", "getunique", "validate"),
    }
)


def _entity(name: str, get: Callable[[Call], Result]) -> Entity:
    return Entity(
        name=name,
        source=TableSource(lambda actor: []),
        fields=fixed(text("name", "Name of the list", is_writable=False)),
        permissions=Permissions(get=MEMBER),
        actions={"get": Operation(get, is_reading=True)},
        hidden_actions=_OTHERS,
    )


ENTITIES = (
    _entity("Constant", _get),
    _entity("ActivityType", partial(_get, name="activityType")),
)
