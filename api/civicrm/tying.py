"""What records that tie two others have in common: their id stands for what they tie."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.civicrm.calls import Asked, Call
from api.civicrm.contact.formats import several
from api.civicrm.errors import CiviApiError, missing_params
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.formats import whole

Params = Mapping[str, Any]  # JSON


# ``contact_id.1``, ``contact_id_i``: names that begin with the parameter's.
_NUMBERED = re.compile(r"(contact_id|group_id|tag_id|entity_id)[._](\d+|[a-z])")


def gathered(params: Params) -> Params:
    """Return parameters in which what old calls number or letter is one list."""
    found: dict[str, list[Any]] = {}
    for name, value in params.items():
        numbered = _NUMBERED.fullmatch(name)
        if numbered and value not in (None, ""):
            found.setdefault(numbered[1], []).append(value)
    given = {name: several(params[name]) for name in found if params.get(name)}
    return {**params, **{name: [*given.get(name, ()), *more] for name, more in found.items()}}


def with_ends(call: Call, names: Sequence[str]) -> Params:
    """Return the parameters with the two ends: as given, else those of the record with the id.

    Raises CiviApiError for ends that are lacking and for an id of no record.
    """
    params = gathered(call.params)
    lacking = [name for name in names if params.get(name) in (None, "", [])]
    if lacking and params.get("id"):
        record_id = whole(params["id"], "id")
        asked = Asked((Filter("id", "=", record_id),), returned=tuple(names))
        found = call.entity.source.find(call.actor, call.entity, asked)
        if not found:
            raise CiviApiError(f"{call.entity.name} id {record_id} not found.", 0)
        return {**params, **{name: found[0][name] for name in names}}
    if lacking:
        raise missing_params(*lacking)
    return params
