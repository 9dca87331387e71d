"""Read records: get, getsingle, getvalue, getcount."""

from api.civicrm.calls import Call, Record, Records, Result
from api.civicrm.errors import CiviApiError
from api.civicrm.preparing import asked_of


def get(call: Call) -> Records:
    """Return the records that match."""
    found = call.entity.source.find(call.actor, call.entity, asked_of(call))
    return Records({str(record["id"]): record for record in found})


def single(call: Call, records: Records) -> Record:
    """Return the one record that matches; raises CiviApiError for none and for several."""
    if len(records.values) != 1:
        found = len(records.values)
        message = f"Expected one {call.entity.name} but found {found}"
        raise CiviApiError(message, count=found)
    (record,) = records.values.values()
    one: Record = record
    return one


def value(call: Call, records: Records) -> Result:
    """Return one field of the one record that matches; raises CiviApiError."""
    record = single(call, records)
    names = call.options.returned
    if not names:
        message = "missing param return=field you want to read the value of"
        raise CiviApiError(message, error_type="mandatory_missing", missing_param="return")
    name = names[0]
    field = call.entity.by_name(call.actor).get(name)
    for spelling in (name, field.shown_as if field else name):
        if spelling in record:
            return record[spelling]
    raise CiviApiError(f"field {name} unset or not existing", invalid_field=name)


def count(call: Call) -> int:
    """Return how many records match, whatever the limit."""
    return call.entity.source.count(call.actor, call.entity, asked_of(call))
