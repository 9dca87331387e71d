"""Say a call of version 3 in version 4, and write that as its environments do (section 14)."""

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from api.base.examples import CodeSample
from api.base.intentions import UnsayableError
from api.civicrm.calls import Asked, Call
from api.civicrm.exploring.environments import API_KEY, is_reading
from api.civicrm.exploring.literals import JAVASCRIPT, PHP, compact, json_text, php_text
from api.civicrm.exploring.refusals import REFUSALS, unsayable
from api.civicrm.grammar.chains import chains_of
from api.civicrm.grammar.filters import SEVERAL, WITHOUT_OPERAND, Filter
from api.civicrm.grammar.options import EVERYTHING, is_reserved
from api.civicrm.mapping.options import find_choice
from api.civicrm.preparing import asked_of, prepared
from api.civicrm.registry import entity_named
from api.civicrm.v4.naming import PLACES, Naming
from contacts.access import Actor

Params = dict[str, Any]  # JSON

_ACTIONS = {
    **dict.fromkeys(("get", "getsingle", "getcount"), "get"),
    **{"create": "create", "update": "update", "delete": "delete"},
}
# Columns whose names of version 3 are others, and what stands for a column's label there.
_NAMES = {
    "contact_id": "id",
    "contact_source": "source",
    "contact_is_deleted": "is_deleted",
    "current_employer_id": "employer_id",
    "gender": "gender_id:label",
    "individual_prefix": "prefix_id:label",
    "individual_suffix": "suffix_id:label",
    "country": "address_primary.country_id:label",
    "state_province": "address_primary.state_province_id:abbr",
    "state_province_name": "address_primary.state_province_id:label",
}
_SUBSTRINGS = frozenset({"sort_name", "display_name"})


def in_version4(
    actor: Actor, entity_name: str, action: str, params: Mapping[str, Any]
) -> tuple[str, str, Params]:
    """Return entity, action and parameters of version 4; raises UnsayableError."""
    entity, name = entity_named(entity_name), _ACTIONS.get(action.lower())
    if entity is None or name is None:
        raise UnsayableError(_("Version 4 has no such action."))
    if any(chains_of(params, action)):
        raise UnsayableError(_("Version 4 chains calls in another manner."))
    try:
        call = prepared(entity, action, params, actor)
        words = _Words(call)
        if name == "get":
            return entity.name, name, words.asked(asked_of(call))
        return entity.name, *words.changed(name)
    except REFUSALS as error:
        raise unsayable(_("The call is refused:"), error, entity, actor) from error


class _Words:
    """The names and values of one call in version 4."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.fields = call.entity.by_name(call.actor)
        self.naming = Naming(call.entity, call.actor)
        self.custom = {own: shown for shown, own in self.naming.custom.items()}

    def name(self, own: str) -> str:
        """Return the name of a field; raises UnsayableError."""
        found = self.custom.get(own, own)
        if self.call.entity.name == "Contact":
            found = _NAMES.get(own, self._primary(own) or found)
        if not self.naming.has(found):
            raise UnsayableError(_("Version 4 has no such field: %(name)s.") % {"name": own})
        return found

    def _primary(self, own: str) -> str:
        """Return the name of what hangs on a contact: ``email_primary.email``."""
        field = self.fields.get(own)
        if field is None or (field.is_writable and own != "email"):
            return ""
        for head, place in PLACES.items():
            target = entity_named(place.entity)
            if target is not None and own in target.by_name(self.call.actor) and own != "id":
                return f"{head}.{own}"
        return ""

    def value(self, own: str, value: object) -> object:
        """Return a value; choices by their numbers, digits as numbers."""
        if isinstance(value, list):
            return [self.value(own, each) for each in value]
        field = self.fields.get(own)
        choice = find_choice(field.list_name, value) if field and field.list_name else None
        text = choice.number if choice is not None else value
        is_number = choice is not None or own == "id" or own.endswith("_id")
        return int(text) if is_number and isinstance(text, str) and text.isdecimal() else text

    def asked(self, asked: Asked) -> Params:
        """Return the parameters of ``get``."""
        grouped = {name for group in asked.groups for name in group}
        where: list[Any] = [self.test(each) for each in asked.filters if each.name not in grouped]
        where += [
            ["OR", [self.test(each) for each in asked.filters if each.name in group]]
            for group in asked.groups
        ]
        params: Params = {}
        if self.call.action == "getcount":
            params["select"] = ["row_count"]
        elif asked.returned:
            params["select"] = list(dict.fromkeys(map(self.name, asked.returned)))
        if where:
            params["where"] = where
        if asked.sort:
            params["orderBy"] = {
                self.name(each.name): "DESC" if each.descending else "ASC" for each in asked.sort
            }
        if asked.limit < EVERYTHING and self.call.action != "getcount":
            params["limit"] = asked.limit
        return {**params, **({"offset": asked.offset} if asked.offset else {})}

    def test(self, asked: Filter) -> list[Any]:
        """Return one condition."""
        name, operator, operand = asked.name, asked.operator, asked.operand
        if operator in WITHOUT_OPERAND:
            return [self.name(name), operator]
        if operator in SEVERAL:
            return [self.name(name), operator, self.value(name, operand)]
        if self.call.entity.name == "Contact" and operator == "=" and isinstance(operand, str):
            if "%" in operand:
                operator = "LIKE"
            elif name in _SUBSTRINGS:
                operator = "CONTAINS"
        return [self.name(name), operator, self.value(name, operand)]

    def changed(self, action: str) -> tuple[str, Params]:
        """Return action and parameters of a change."""
        params = {name: value for name, value in self.call.params.items() if not is_reserved(name)}
        names = self.fields["id"].names
        record = next((params[name] for name in names if params.get(name)), None)
        params = {name: value for name, value in params.items() if name not in names}
        where = [["id", "=", self.value("id", record)]]
        if action == "delete":
            for_good = str(params.get("skip_undelete", "0")) not in ("", "0", "False")
            return action, {"where": where, **({"useTrash": False} if for_good else {})}
        values = {
            self.name(name): self.value(name, value)
            for name, value in params.items()
            if name in self.fields
        }
        if record:
            return "update", {"where": where, "values": values}
        return "create", {"values": values}


def environments_of_version4(
    entity: str, action: str, params: Mapping[str, Any], base_url: str
) -> Sequence[CodeSample]:
    """Return a call of version 4 in the environments that have it."""
    address, text = f"/civicrm/ajax/api4/{entity}/{action}", compact(params)
    call = f"{php_text(entity)}, {php_text(action)}, {PHP.literal(params)}"
    script = f"{json_text(entity)}, {json_text(action)}, {JAVASCRIPT.literal(params)}"
    method = "GET" if is_reading(action) else "POST"
    query = urlencode({"params": text}, quote_via=quote)
    curl = [
        f"curl {shlex.quote(f'{base_url}{address}')}",
        f"  -H {shlex.quote(f'X-Civi-Auth: Bearer {API_KEY}')}",
        f"  --data-urlencode {shlex.quote(f'params={text}')}",
    ]
    return [
        CodeSample("PHP (civicrm_api4)", f"$result = civicrm_api4({call});"),
        CodeSample("REST (version 4)", f"{method} {base_url}{address}?{query}"),
        CodeSample("curl (version 4)", " \\\n".join(curl)),
        CodeSample(
            "Javascript (CRM.api4)",
            f"CRM.api4({script}).then(function(result) {{\n  // do something with result\n}});",
        ),
        CodeSample("cv api4", f"cv api4 {entity}.{action} {shlex.quote(json.dumps(params))}"),
    ]
