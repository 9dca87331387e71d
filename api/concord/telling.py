"""Write a list of contacts down as this protocol asks for it: a tree of rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from api.base.examples import Step
from api.base.intentions import Intention, Told, UnsayableError
from api.base.meaning import possible_kinds
from api.base.telling import ordered, say
from api.concord import rulesets
from api.concord.filters import MOST_PER_PAGE, rules_of
from api.concord.mapping.rules import Rule
from api.concord.resources.contacts import COMPANIES, CONTACTS
from api.concord.resources.table import Resource
from api.wire.nested_params import flat_fields
from contacts.access import Actor
from contacts.query import Condition, SortKey

Node = dict[str, Any]  # JSON
OPERATORS = tuple({**rulesets.ANY_TYPE, **rulesets.SETS})
HEADERS = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class RuleWriter:
    """Writes rules and groups of them."""

    actor: Actor
    rules: Mapping[str, Rule]

    def spellings(self, keys: frozenset[str], texts: Sequence[tuple[str, ...]]) -> Iterator[Node]:
        """Yield rules on these keys."""
        for rule in (each for each in self.rules.values() if each.key in keys):
            yield from (_rule(rule, operator) for operator in rulesets.EMPTY)
            for operator in OPERATORS:
                takes_several = operator in rulesets.SETS or operator.endswith("between")
                for each in texts:
                    yield _rule(rule, operator, list(each) if takes_several else each[0])

    def read(self, text: Node) -> Condition | None:
        """Return what a tree of rules means."""
        return rulesets.condition_of(self.actor, self.rules, grouped([text]))

    def joined(self, word: str, texts: Sequence[Node]) -> Node:
        """Return a group."""
        return {"type": "group", "query": {"condition": word, "children": list(texts)}}


def _rule(rule: Rule, operator: str, value: object = None) -> Node:
    query: Node = {"type": rule.holds, "rule": rule.name, "operator": operator}
    return {"type": "rule", "query": query if value is None else {**query, "value": value}}


def grouped(children: Sequence[Node]) -> Node:
    """Return the outermost group, in which everything holds."""
    return {"condition": "and", "children": list(children)}


def told(actor: Actor, intention: Intention) -> Told:
    """Return the requests for lists: people and companies are apart. Raises UnsayableError."""
    if intention.query.archived is not False:
        raise UnsayableError(_("It keeps what is archived in a trash of its own."))
    possible = possible_kinds(intention.query.condition)
    steps, remarks = list[Step](), list[str]()
    for resource in (CONTACTS, COMPANIES):
        kinds = possible_kinds(resource.scope(actor))
        if kinds & possible:
            step, more = _list(actor, intention, resource, kinds)
            steps.append(step)
            remarks += more
    if len(steps) > 1:
        remarks.append(_("People and companies are two lists."))
    return Told(steps, tuple(dict.fromkeys(remarks)))


def _list(
    actor: Actor, intention: Intention, resource: Resource, kinds: frozenset[str]
) -> tuple[Step, Sequence[str]]:
    query, known = intention.query, rules_of(actor, resource)
    said = say(query.condition, RuleWriter(actor, known), kinds)
    tree = [said.text] if said and said.text else []
    asked = dict(flat_fields({"filters": grouped(tree)}, numbered=True)) if tree else {}
    asked |= {"q": query.search} if query.search else {}
    limit = 1 if intention.verb == "count" else min(query.limit, MOST_PER_PAGE)
    remarks = list(said.remarks) if said else []
    if query.offset % limit:
        raise UnsayableError(_("Its lists have pages: it cannot begin anywhere."))
    asked |= {"per_page": str(limit), "page": str(query.offset // limit + 1)}
    if intention.verb == "count":
        remarks.append(_("The number is meta.total in the answer."))
        return Step(path=f"/api/{resource.name}", query=asked, headers=HEADERS), remarks
    names, lacking = ordered(query.sort, lambda key: _order_name(known, key))
    if names:
        asked["order"] = ";".join(f"{name}|{'desc' if down else 'asc'}" for name, down in names)
    remarks += lacking
    return Step(path=f"/api/{resource.name}", query=asked, headers=HEADERS), remarks


def _order_name(known: Mapping[str, Rule], key: SortKey) -> str | None:
    return next((name for name, rule in known.items() if rule.order == key.field.key), None)
