"""What records that tie two others have in common: their id stands for what they tie."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.civicrm.calls import Asked, Call
from api.civicrm.errors import CiviApiError, missing_params
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.formats import whole

Params = Mapping[str, Any]  # JSON


def with_ends(call: Call, names: Sequence[str]) -> Params:
    """Return the parameters with the two ends: as given, else those of the record with the id.

    Raises CiviApiError for ends that are lacking and for an id of no record.
    """
    lacking = [name for name in names if call.params.get(name) in (None, "", [])]
    if lacking and call.params.get("id"):
        record_id = whole(call.params["id"], "id")
        asked = Asked((Filter("id", "=", record_id),), returned=tuple(names))
        found = call.entity.source.find(call.actor, call.entity, asked)
        if not found:
            raise CiviApiError(f"{call.entity.name} id {record_id} not found.", 0)
        return {**call.params, **{name: found[0][name] for name in names}}
    if lacking:
        raise missing_params(*lacking)
    return call.params
