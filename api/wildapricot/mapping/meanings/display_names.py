"""The name under which a contact is shown, for filters and orders."""

from dataclasses import dataclass

from api.wildapricot.mapping.conditions import either, every
from api.wildapricot.mapping.meanings.texts import Text
from contacts.access import Actor
from contacts.query import Condition, where

LAST = ("last_name", "household_name")
FIRST = ("first_name",)
OTHERS = ("organization_name", "company")


@dataclass(frozen=True)
class DisplayName(Text):
    """The last and first names, or what there is of them, the organization, or the e-mail."""

    @property
    def order(self) -> str:
        """Return the key of the order by name."""
        return "sort_name"

    def empty(self, actor: Actor) -> Condition:
        """Return "has nothing by which it could be called"."""
        return every([_none(actor, (*LAST, *FIRST, *OTHERS)), _no_email(actor)])

    def first(self, actor: Actor, operator: str, text: str) -> Condition:
        """Return the condition on the name as it is put together."""
        unnamed = _none(actor, (*LAST, *FIRST))
        ways = [every([unnamed, _some(actor, OTHERS, operator, text)])]
        nothing = _none(actor, OTHERS)
        email = where(actor, "emails", operator, text, scope="primary")
        ways.append(every([unnamed, nothing, email]))
        last, comma, first = text.partition(", ")
        if operator == "contains":
            ways += [_some(actor, (*LAST, *FIRST), "contains", text)]
            ends, begins = "ends_with", "starts_with"
        else:
            ways += [
                every([_some(actor, LAST, "eq", text), _none(actor, FIRST)]),
                every([_some(actor, FIRST, "eq", text), _none(actor, LAST)]),
            ]
            ends = begins = "eq"
        if comma:
            joined = [_some(actor, LAST, ends, last), _some(actor, FIRST, begins, first)]
            ways.append(every(joined))
        return either(ways)


def _some(actor: Actor, keys: tuple[str, ...], operator: str, text: str) -> Condition:
    return either([where(actor, key, operator, text) for key in keys])


def _none(actor: Actor, keys: tuple[str, ...]) -> Condition:
    return every([where(actor, key, "is_empty", True) for key in keys])


def _no_email(actor: Actor) -> Condition:
    return where(actor, "emails", "is_empty", True)
