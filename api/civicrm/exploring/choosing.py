"""Say what can be chosen for a call: entities, actions, parameters with their options.

All of it is asked of the kernel itself, so the page offers what a program would be told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.civicrm.grammar.filters import OPERATORS
from api.civicrm.kernel import civi_api
from contacts.access import Actor

# In the order in which people look for them.
_USUAL = ("=", "!=", "LIKE", "NOT LIKE", "<", "<=", ">", ">=", "IN", "NOT IN")
COMPARISONS = (*_USUAL, *sorted(OPERATORS.difference(_USUAL, {"<>"})))
# Parameters that some actions take and that are fields of no record.
_BESIDES: Mapping[str, Sequence[tuple[str, str]]] = {
    "getfield": (("name", "Name of the field"), ("api_action", "Action")),
    "getfields": (("api_action", "Action"),),
    "getlist": (("input", "Text to complete"), ("page_num", "Page")),
    "getoptions": (("field", "Field"), ("context", "Context")),
    "setvalue": (),
    "validate": (("action", "Action"),),
}
_FILTERING = frozenset({"get", "getcount", "getsingle", "getvalue"})


@dataclass(frozen=True, slots=True)
class Choosable:
    """One parameter: its name on the wire, its title, whether the call needs it, its options."""

    name: str
    title: str
    is_required: bool
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen; ``refusal`` says why something cannot."""

    entities: Sequence[str]
    actions: Sequence[str]
    fields: Sequence[Choosable]
    returned: Sequence[Choosable]
    refusal: str = ""


def choices_for(actor: Actor, entity: str, action: str, named: Sequence[str]) -> Choices:
    """Return the choices; options are told of the fields that are ``named`` alone."""
    actions = civi_api(entity, "getactions", {}, actor)
    asked = {"api_action": action, "options": {"get_options": list(named)}}
    fields = civi_api(entity, "getfields", asked, actor)
    refusals = [each["error_message"] for each in (actions, fields) if each["is_error"]]
    shown = [] if fields["is_error"] else _choosable(fields["values"])
    besides = [Choosable(*each, action == "getoptions", {}) for each in _BESIDES.get(action, ())]
    return Choices(
        entities=civi_api("Entity", "get", {"sequential": 1}, actor).get("values", []),
        actions=actions.get("values", []),
        fields=[*besides, *shown],
        returned=shown if action in _FILTERING else [],
        refusal=next(iter(refusals), ""),
    )


def compares(action: str) -> bool:
    """Say whether the parameters of an action are conditions."""
    return action in _FILTERING


def _choosable(definitions: Mapping[str, Mapping[str, Any]]) -> list[Choosable]:
    return [
        Choosable(
            name,
            str(definition.get("title", name)),
            bool(definition.get("api.required")),
            definition.get("options") or {},
        )
        for name, definition in definitions.items()
    ]
