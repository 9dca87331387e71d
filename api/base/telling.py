"""Find how a dialect writes a condition, by trying its own words and reading them back.

A dialect proposes: for a part of the condition every spelling that might say it. Its own reader
decides: a spelling counts when what is read back has the same normal form (``api.base.meaning``).
So no dialect has a second table of names, and what is shown means what it says. The nearest one
is taken where none is the same, with a remark on what differs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from api.base.errors import RequestError
from api.base.intentions import UnsayableError
from api.base.meaning import (
    FALSE,
    KINDS,
    TRUE,
    Form,
    Junction,
    Leaf,
    core_of,
    form_of,
    leaves,
    loosened,
    possible_kinds,
)
from api.wire.errors import WireError
from contacts.errors import DomainError
from contacts.fields import Field, catalogue, reference
from contacts.query import And, Compare, Condition, Not, Or, SortKey

Text = TypeVar("Text")

MOST_TRIED = 600
MOST_AT_ONCE = 4


class Writer(Protocol[Text]):
    """What a dialect knows of its own conditions."""

    def spellings(self, keys: frozenset[str], texts: Sequence[tuple[str, ...]]) -> Iterable[Text]:
        """Yield what might compare these fields of the catalogue with one of the texts."""

    def read(self, text: Text) -> Condition | None:
        """Return what the dialect reads in a text; raises what it raises for clients."""

    def joined(self, word: str, texts: Sequence[Text]) -> Text:
        """Return texts joined by "and" or "or"; raises UnsayableError."""


@dataclass(frozen=True, slots=True)
class Said(Generic[Text]):
    """A text, None for no condition, and what about it is not quite what was wanted."""

    text: Text | None
    remarks: tuple[str, ...] = ()


def say(
    condition: Condition | None, writer: Writer[Text], kinds: frozenset[str] = KINDS
) -> Said[Text] | None:
    """Return how a dialect says a condition, None where there is nothing to say.

    Raises UnsayableError. ``kinds`` are those of the list in which it will be asked.
    """
    if condition is None or form_of(condition, kinds) == TRUE:
        return None
    try:
        return _Search(writer, kinds).node(_opened(condition))
    except UnsayableError:
        possible = possible_kinds(condition) & kinds
        if possible == kinds:
            raise
        remark = _("Among them: %(kinds)s.") % {"kinds": named_kinds(kinds - possible)}
        return _besides(say(condition, writer, possible), remark)


def _besides(said: "Said[Text] | None", remark: str) -> "Said[Text]":
    if said is None:
        return Said(None, (remark,))
    return replace(said, remarks=(*said.remarks, remark))


def ordered(
    sort: Sequence[SortKey], name_of: Callable[[SortKey], str | None]
) -> tuple[list[tuple[str, bool]], tuple[str, ...]]:
    """Return the names to order by, each with "descending", and what cannot be ordered by."""
    found = [(name_of(each), each) for each in sort]
    names = [(name, each.descending) for name, each in found if name is not None]
    lacking = [str(each.field.label) for name, each in found if name is None]
    if not lacking:
        return names, ()
    return names, (_("It cannot order by: %(fields)s.") % {"fields": ", ".join(lacking)},)


def named_kinds(kinds: Iterable[str]) -> str:
    """Return the names of kinds of contacts."""
    field, named = catalogue("contact").by_key["kind"], frozenset(kinds)
    labels = [str(each.label) for each in field.choices if str(each.value) in named]
    return ", ".join(labels)


class _Search(Generic[Text]):
    """One condition of one dialect."""

    def __init__(self, writer: Writer[Text], kinds: frozenset[str]) -> None:
        self.writer = writer
        self.kinds = kinds

    def node(self, node: Condition) -> Said[Text]:
        """Return the whole at once where a spelling fits, else its parts joined."""
        wanted = form_of(node, self.kinds)
        found = self._tried(node, wanted)
        if found is not None and not found.remarks:
            return found
        junction = _junction(node)
        if junction is None:
            if found is None:
                raise _lacking(node)
            return found
        try:
            return self._parts(junction)
        except UnsayableError:
            if found is None:
                raise
            return found

    def _parts(self, node: And | Or) -> Said[Text]:
        word = "and" if isinstance(node, And) else "or"
        skipped = TRUE if word == "and" else FALSE
        asked = [part for part in node.parts if form_of(part, self.kinds) != skipped]
        said = [self.node(part) for part in asked]
        if len(said) == 1:
            return said[0]
        texts = [each.text for each in said if each.text is not None]
        text = self.writer.joined(word, texts)
        remarks = dict.fromkeys(remark for each in said for remark in each.remarks)
        return Said(text, tuple(remarks))

    def _tried(self, node: Condition, wanted: Form) -> Said[Text] | None:
        comparisons = _comparisons(node)
        keys = frozenset(each.field.key for each in comparisons)
        if len(comparisons) > MOST_AT_ONCE or len(keys) > (1 if isinstance(node, And) else 3):
            return None
        nearest: Said[Text] | None = None
        texts = list(dict.fromkeys(text for each in comparisons for text in _texts(each)))
        for number, text in enumerate(self.writer.spellings(keys, texts)):
            if number > MOST_TRIED:
                break
            remarks = self._remarks(wanted, text)
            if remarks == ():
                return Said(text)
            if remarks and (nearest is None or len(remarks) < len(nearest.remarks)):
                nearest = Said(text, remarks)
        return nearest

    def _remarks(self, wanted: Form, text: Text) -> tuple[str, ...] | None:
        """Return what differs in what is read back, None where it is something else."""
        try:
            read = form_of(self.writer.read(text), self.kinds)
        except (DomainError, RequestError, WireError):
            return None
        return differences(wanted, read)


def differences(wanted: Form, read: Form) -> tuple[str, ...] | None:
    """Return sentences on what differs, none for the same; None where the forms are strangers."""
    if wanted == read:
        return ()
    if loosened(wanted) == loosened(read):
        return (_choosing(wanted, read),)
    more = _further(loosened(wanted), loosened(read))
    if more is None:
        return None
    is_alike = {leaf.where for leaf in leaves(wanted)} == {leaf.where for leaf in leaves(read)}
    return (*(() if is_alike else (_choosing(wanted, read),)), _among(more))


def _among(more: frozenset[Leaf]) -> str:
    """Say what else is found by what is enough as well."""
    if all(leaf.key == "kind" for leaf in more):
        kinds = named_kinds({str(leaf.value) for leaf in more})
        return _("Among them: %(kinds)s.") % {"kinds": kinds}
    named = ", ".join(sorted({str(_label(leaf.key)) for leaf in more}))
    if all(leaf.operator == "empty" for leaf in more):
        return _("Among them: those without %(fields)s.") % {"fields": named}
    return _("Looks also at: %(fields)s.") % {"fields": named}


def _further(wanted: Form, read: Form) -> frozenset[Leaf] | None:
    """Return what is enough as well; None where the difference is another."""
    if not isinstance(read, Junction) or read.word != "or" or FALSE in (wanted, read):
        return None
    is_choice = isinstance(wanted, Junction) and wanted.word == "or"
    ours = wanted.parts if isinstance(wanted, Junction) and is_choice else frozenset({wanted})
    if not ours < read.parts:
        return None
    rest = read.parts - ours
    return frozenset(leaf for part in rest for leaf in leaves(part))


def _choosing(wanted: Form, read: Form) -> str:
    """Say what two forms that are equal when loosened differ in."""
    first, second = leaves(wanted), leaves(read)
    exact = sorted({str(_label(leaf.key)) for leaf in second - first if leaf.is_exact})
    if exact:
        return _("It finds only what is written exactly so in: %(fields)s.") % {
            "fields": ", ".join(exact)
        }
    if {leaf.where for leaf in first} == {leaf.where for leaf in second}:
        return _("It compares a little less exactly.")
    named = ", ".join(sorted({str(_label(leaf.key)) for leaf in first ^ second}))
    if all(leaf.where == "any" for leaf in second):
        return _("Looks at all that a contact has of: %(fields)s.") % {"fields": named}
    return _("Looks at only one that a contact has of: %(fields)s.") % {"fields": named}


def _label(key: str) -> object:
    field = catalogue("contact").find(key)
    return field.label if field else key


def _lacking(node: Condition) -> UnsayableError:
    names = sorted({str(_label(each.field.key)) for each in _comparisons(node)})
    sentence = _("It cannot ask this about %(fields)s.") if names else _("It cannot ask this.")
    return UnsayableError(sentence % {"fields": ", ".join(names)})


def _opened(condition: Condition) -> Condition:
    """Return the condition with "not" before comparisons alone, questions on a field together."""
    if isinstance(condition, Not):
        inner = condition.part
        if isinstance(inner, Not):
            return _opened(inner.part)
        if isinstance(inner, And | Or):
            parts = tuple(_opened(Not(part)) for part in inner.parts)
            return _together(Or(parts) if isinstance(inner, And) else And(parts))
        return condition
    if isinstance(condition, And | Or):
        return _together(type(condition)(tuple(map(_opened, condition.parts))))
    return condition


def _together(node: And | Or) -> Condition:
    """Return a junction, flat, in which the parts that ask about the same field are one part."""
    kind, flat = type(node), list[Condition]()
    for part in node.parts:
        flat += part.parts if isinstance(part, kind) else [part]
    groups: dict[frozenset[str], list[Condition]] = {}
    for part in flat:
        keys = frozenset(each.field.key for each in _comparisons(part))
        groups.setdefault(keys, []).append(part)
    if len(groups) < 2:
        return kind(tuple(flat)) if len(flat) != 1 else flat[0]
    joined = (group[0] if len(group) == 1 else kind(tuple(group)) for group in groups.values())
    return kind(tuple(joined))


def _junction(node: Condition) -> And | Or | None:
    """Return a node as a junction, also what compares with several values at once; else None."""
    if isinstance(node, And | Or):
        return node
    if isinstance(node, Not):
        inner = _junction(node.part)
        if inner is None or isinstance(node.part, And | Or):
            return None
        parts = tuple(Not(part) for part in inner.parts)
        return And(parts) if isinstance(inner, Or) else Or(parts)
    if not isinstance(node, Compare) or not isinstance(node.comparison.value, tuple):
        return None
    return _spread(node, node.comparison.value)


def _spread(asked: Compare, values: tuple[object, ...]) -> And | Or | None:
    comparison = asked.comparison
    if comparison.operator == "between":
        ends = zip(("ge", "le"), values, strict=True)
        return And(
            tuple(
                replace(asked, comparison=replace(comparison, operator=word, value=end))
                for word, end in ends
            )
        )
    if len(values) < 2:
        return None
    word = "eq" if comparison.operator == "in" else comparison.operator
    parts = tuple(
        replace(
            asked,
            comparison=replace(comparison, operator=word, value=each if word == "eq" else (each,)),
        )
        for each in values
    )
    return And(parts) if word in ("has_all", "has_none") else Or(parts)


def _comparisons(node: Condition) -> list[Compare]:
    if isinstance(node, Compare):
        return [node]
    if isinstance(node, Not):
        return _comparisons(node.part)
    if isinstance(node, And | Or):
        return [each for part in node.parts for each in _comparisons(part)]
    return []


def _texts(asked: Compare) -> Iterator[tuple[str, ...]]:
    """Yield the values of a comparison as texts, in every way in which dialects write them."""
    value = asked.comparison.value
    if asked.comparison.operator == "is_empty":
        yield from (("",), ("true",), ("false",))
        return
    values = value if isinstance(value, tuple) else (value,)
    yield from zip(*(spelt(asked.field, each) for each in values), strict=False)


def spelt(field: Field, value: object) -> list[str]:
    """Return the texts by which a value may be meant: its name, its number, its neighbours."""
    if isinstance(value, bool):
        return ["1", "true"] if value else ["0", "false"]
    if isinstance(value, datetime):
        return _moments(value)
    if isinstance(value, date):
        return [str(value + timedelta(days=each)) for each in (0, 1, -1) if _is_day(value, each)]
    choice = field.choice_of(value) if field.choices else None
    if choice is not None:
        # What one dialect has a list for, another asks as a yes or no.
        return [str(choice.label), choice.name, str(value), "1", "0"]
    if isinstance(value, int):
        return [*_names(field, value), str(value), str(value + 1), str(value - 1)]
    text = str(value)
    inner = core_of(text)
    return list(dict.fromkeys([text, inner, f"{inner}%", f"%{inner}%", f"%{inner}"]))


def _moments(value: datetime) -> list[str]:
    moment = value.astimezone(UTC)
    texts = [f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{moment:%Y-%m-%d %H:%M:%S}"]
    before = moment - timedelta(seconds=1)
    texts += [f"{before:%Y-%m-%dT%H:%M:%SZ}", f"{before:%Y-%m-%d %H:%M:%S}"]
    return [*texts, f"{moment:%Y-%m-%d}"]


def _is_day(value: date, days: int) -> bool:
    return date.min.toordinal() <= value.toordinal() + days <= date.max.toordinal()


def _names(field: Field, number: int) -> list[str]:
    table = _TABLES.get(field.key)
    row = table().by_id.get(number) if table else None
    return [row.name, row.key] if row else []


_TABLES = {
    "tags": reference.tags,
    "groups": reference.groups,
    "projects": reference.projects,
    "owner": reference.users,
    "author": reference.users,
    "country": reference.countries,
    "membership_level": reference.membership_levels,
}
