"""Write a list of contacts down as this protocol asks for it: a parameter for each filter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from api.base.examples import Step
from api.base.intentions import Intention, Told, UnsayableError
from api.base.telling import ordered, say
from api.redmineup.grammar import BARE, parse
from api.redmineup.mapping.contact_filters import CONTACT_COLUMNS, CONTACT_FILTERS
from api.redmineup.mapping.rules import Rule, of_custom_field
from contacts.access import Actor, readable_custom_fields
from contacts.query import Condition, SortKey, all_of

MOST = 100
Filters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilterWriter:
    """Writes filters by their names."""

    actor: Actor
    rules: Mapping[str, Rule]

    def spellings(
        self, keys: frozenset[str], texts: Sequence[tuple[str, ...]]
    ) -> Iterator[Filters]:
        """Yield filters that look at these keys."""
        for name, rule in self.rules.items():
            if not keys & {*rule.keys}:
                continue
            yield from ({name: operator} for operator in rule.operators if operator in BARE)
            for operator in ("", *rule.operators):
                if operator not in BARE:
                    yield from ({name: operator + "|".join(each)} for each in texts)
            if len(texts) > 1 and "><" in rule.operators:
                yield from ({name: f"><{one[0]}|{two[0]}"} for one in texts for two in texts)

    def read(self, text: Filters) -> Condition | None:
        """Return what the filters mean."""
        clauses = (
            (name, parse(name, value, self.rules[name].operators)) for name, value in text.items()
        )
        return all_of(
            *(self.rules[name].condition(self.actor, clause) for name, clause in clauses if clause)
        )

    def joined(self, word: str, texts: Sequence[Filters]) -> Filters:
        """Return the filters beside each other, which all have to hold."""
        if word == "or":
            raise UnsayableError(
                _("All of its conditions have to hold: it has no “or” between them.")
            )
        found: dict[str, str] = {}
        for each in texts:
            if found.keys() & each.keys():
                raise UnsayableError(_("It asks one question about a field, not two."))
            found |= each
        return found


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request for a list or a number; raises UnsayableError."""
    query = intention.query
    if query.archived is not False:
        raise UnsayableError(_("It does not list what is archived."))
    said = say(query.condition, FilterWriter(actor, rules_for(actor)))
    asked = dict(said.text) if said and said.text else {}
    asked |= {"search": query.search} if query.search else {}
    remarks = said.remarks if said else ()
    if intention.verb == "count":
        total = _("The number is total_count in the answer.")
        return Told([Step(path="/contacts.json", query={**asked, "limit": "1"})], (*remarks, total))
    if query.limit > MOST:
        remarks = (*remarks, _("It shows at most 100 contacts at once."))
    asked |= {"limit": str(min(query.limit, MOST)), "offset": str(query.offset)}
    names, lacking = ordered(query.sort, _order_name)
    order = ",".join(f"{name}:desc" if down else name for name, down in names)
    return Told(
        [Step(path="/contacts.json", query={**asked, **({"sort": order} if order else {})})],
        (*remarks, *lacking),
    )


def rules_for(actor: Actor) -> Mapping[str, Rule]:
    """Return the filters that an actor has, custom ones last."""
    custom = (each for each in readable_custom_fields(actor, "contact") if each.is_filterable)
    return {**CONTACT_FILTERS, **{f"cf_{each.custom_id}": of_custom_field(each) for each in custom}}


def _order_name(key: SortKey) -> str | None:
    if key.field.is_custom:
        return f"cf_{key.field.custom_id}"
    return next((name for name, own in CONTACT_COLUMNS.items() if own == key.field.key), None)
