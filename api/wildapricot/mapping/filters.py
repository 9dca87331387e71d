"""Turn filters and orders with the client's names into conditions on the catalogue."""

from collections.abc import Callable, Sequence

from api.wildapricot.grammar import Comparison, Either, Every, Literal, Node, Order, Substring
from api.wildapricot.mapping.conditions import either, every, opposite
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.holders import among_holders
from api.wildapricot.mapping.literals import truth_of
from api.wildapricot.mapping.meanings.base import Asked
from api.wildapricot.mapping.table import Table
from contacts.access import Actor
from contacts.errors import BadOperatorError, BadValueError, QueryError, UnknownFieldError
from contacts.fields.text import words_of
from contacts.query import Condition, SortKey, sorted_by, where

SEARCHED = (
    "first_name",
    "last_name",
    "household_name",
    "organization_name",
    "company",
    "emails",
    "phones",
)


def condition_of(actor: Actor, table: Table, node: Node | None) -> Condition | None:
    """Return the condition of a filter; raises UnknownFieldError, BadOperatorError, BadValueError.

    Their positions are places in the client's text.
    """
    return None if node is None else _Resolver(actor, table).resolve(node)


class _Resolver:
    """One filter of one actor."""

    def __init__(self, actor: Actor, table: Table) -> None:
        self.actor = actor
        self.table = table

    def resolve(self, node: Node) -> Condition:
        """Return the condition of a node; brackets are bounded, so the depth is."""
        if isinstance(node, Every | Either):
            join: Callable[[Sequence[Condition]], Condition] = (
                every if isinstance(node, Every) else either
            )
            return join([self.resolve(part) for part in node.parts])
        if isinstance(node, Substring):
            return self.substring(node)
        return self.comparison(node)

    def comparison(self, node: Comparison) -> Condition:
        """Return the condition of one comparison."""
        found = self.table.names.find(node.name)
        if found is None:
            raise UnknownFieldError(node.name, node.position)
        return self.compare(found, node.name, node.operator, node.value)

    def substring(self, node: Substring) -> Condition:
        """Return the condition of substringof, compared with true or false."""
        expected = truth_of(node.expected)
        if node.operator not in ("eq", "ne"):
            raise BadOperatorError("substringof", node.operator, node.position)
        if expected is None:
            raise BadValueError("substringof", node.expected, node.position)
        name, value = node.name, node.value
        found = self.table.names.find(name.text)
        if found is None:
            # OData's order of the arguments is the other one.
            name, value = value, name
            found = self.table.names.find(name.text)
        if found is None:
            raise UnknownFieldError(node.name.text, node.name.position)
        condition = self.compare(found, name.text, "contains", value)
        return condition if expected == (node.operator == "eq") else opposite(condition)

    def compare(
        self, found: tuple[WireField, str], name: str, operator: str, value: Literal
    ) -> Condition:
        """Return the condition of a field that was found."""
        field, suffix = found
        asked = Asked(self.actor, name, operator, value, suffix, value.position)
        try:
            return among_holders(field, asked, field.meaning.compare(asked))
        except QueryError as error:
            if error.position is None:
                # The catalogue knows the field by another name, and not its place in the text.
                error.name, error.position = name, value.position
            raise


def order_of(actor: Actor, table: Table, orders: Sequence[Order]) -> tuple[SortKey, ...]:
    """Return what a list is ordered by; without anything known, by id.

    Unknown names are passed over; docs/dialects/wildapricot.md, "Lists".
    """
    found = []
    for order in orders:
        key = _order_key(table, order.name)
        if key:
            found.append(_sorted(actor, key, descending=order.descending))
    ready = tuple(each for each in found if each is not None)
    return ready or (sorted_by(actor, "id"),)


def _order_key(table: Table, name: str) -> str:
    if name.strip().casefold() in ("name", "displayname"):
        return "sort_name"
    found = table.names.find(name)
    return found[0].meaning.order if found else ""


def _sorted(actor: Actor, key: str, *, descending: bool) -> SortKey | None:
    try:
        return sorted_by(actor, key, descending=descending)
    except UnknownFieldError:
        return None


def simple_query(actor: Actor, text: str) -> Condition | None:
    """Return "the text is found in one of the usual fields, or each of its words in some".

    A whole name is found in either order, as its words are found one by one.
    """
    # "Last, First" is two words as well; commas alone are no question for everybody.
    words = words_of(text.replace(",", " ")) or words_of(text)
    if not words:
        return None
    return every([_anywhere(actor, word) for word in dict.fromkeys(words)])


def _anywhere(actor: Actor, text: str) -> Condition:
    return either([where(actor, key, "contains", text) for key in SEARCHED])
