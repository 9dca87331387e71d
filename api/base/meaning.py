"""Bring conditions into a normal form, so that two that mean the same are equal.

A dialect that writes a condition down reads its own text back; what comes out is another tree with
the same meaning, or not. The form is a tree of sets, in
which few operators are left: ``eq``, ``ge``, ``empty``, and those of texts.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from contacts.fields import Comparison, Field, catalogue, reference
from contacts.fields.text import fold
from contacts.query import And, Compare, Condition, Not, Or

# Who is asked about: the kinds of contacts that a list can hold.
KINDS = frozenset({"person", "organization", "household"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison; ``where`` says which of several values count, "any" for all."""

    key: str
    operator: str
    value: object = None
    where: str = "any"
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Denied:
    """What is true where a comparison is not."""

    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Junction:
    """Forms joined by "and" or "or"."""

    word: str
    parts: "frozenset[Form]"


Form: TypeAlias = "Leaf | Denied | Junction"

TRUE = Junction("and", frozenset())
FALSE = Junction("or", frozenset())
_ORDERED = frozenset({"date", "datetime", "integer", "decimal"})


def form_of(condition: Condition | None, kinds: frozenset[str] = KINDS) -> Form:
    """Return the normal form of a condition on contacts of some kinds."""
    return TRUE if condition is None else _form(condition, kinds)


def possible_kinds(condition: Condition | None) -> frozenset[str]:
    """Return the kinds of contacts that can match."""
    return frozenset(kind for kind in KINDS if form_of(condition, frozenset({kind})) != FALSE)


def negated(form: Form) -> Form:
    """Return what is true exactly where a form is not."""
    if isinstance(form, Leaf):
        return _other_kinds(form) if form.key == "kind" else Denied(form)
    if isinstance(form, Denied):
        return form.leaf
    other = "or" if form.word == "and" else "and"
    return _joined(other, map(negated, form.parts))


def loosened(form: Form) -> Form:
    """Return a form that does not say which of several values count, nor which fractions."""
    if isinstance(form, Denied):
        return negated(loosened(form.leaf))
    if isinstance(form, Junction):
        return _joined(form.word, map(loosened, form.parts))
    if form.key == "kind":
        return form
    # Some count in whole seconds, where "after" is "from".
    operator = "ge" if isinstance(form.value, datetime) else form.operator
    return replace(form, operator=operator, where="any", is_exact=False)


def leaves(form: Form) -> frozenset[Leaf]:
    """Return all comparisons of a form."""
    if isinstance(form, Junction):
        return frozenset(leaf for part in form.parts for leaf in leaves(part))
    return frozenset({form if isinstance(form, Leaf) else form.leaf})


def _form(condition: Condition, kinds: frozenset[str]) -> Form:
    if isinstance(condition, Not):
        return negated(_form(condition.part, kinds))
    if isinstance(condition, And | Or):
        word = "and" if isinstance(condition, And) else "or"
        return _joined(word, (_form(part, kinds) for part in condition.parts))
    if isinstance(condition, Compare):
        return _compared(condition.field, condition.comparison, kinds)
    # What is asked of another record is only ever the same as itself.
    return Leaf(condition.field.key, "related", id(condition))


def _compared(field: Field, comparison: Comparison, kinds: frozenset[str]) -> Form:
    if field.key == "kind":
        return _kind(comparison, kinds)
    if field.applies_to and field.applies_to.isdisjoint(kinds):
        return _of_nothing(comparison)
    return _FORMS.get(comparison.operator, _plain)(field, comparison)


def _kind(comparison: Comparison, kinds: frozenset[str]) -> Form:
    if comparison.operator == "is_empty":
        return FALSE if comparison.value else TRUE
    value = comparison.value
    named = frozenset(value if isinstance(value, tuple) else (value,))
    found = kinds - named if comparison.operator == "ne" else kinds & named
    if found == kinds:
        return TRUE
    return _one_of_kinds(found, " ".join(sorted(kinds)))


def _one_of_kinds(found: Iterable[str], among: str) -> Form:
    return _joined("or", (Leaf("kind", "eq", kind, among) for kind in found))


def _other_kinds(leaf: Leaf) -> Form:
    """Return the other kinds of those that a list can hold, which the leaf remembers."""
    return _one_of_kinds({*leaf.where.split()} - {str(leaf.value)}, leaf.where)


def _of_nothing(comparison: Comparison) -> Form:
    """Return what a comparison says of contacts that never have the field."""
    if comparison.operator == "is_empty":
        return TRUE if comparison.value else FALSE
    is_true = comparison.operator == "has_none" or (
        comparison.operator == "ne" and comparison.include_empty
    )
    return TRUE if is_true else FALSE


def _leaf(field: Field, comparison: Comparison, operator: str, value: object = None) -> Leaf:
    known = catalogue(field.kind).find(field.key)
    # A field that is narrowed to one of several values has a storage of its own; the parts of
    # addresses are fields by themselves.
    is_picked = known is not None and known.storage != field.storage
    where = repr(field.storage) if is_picked else comparison.scope
    if field.type.name == "tags" and isinstance(value, int):
        # The domain takes tags by number and by name.
        value = reference.tags().name_of(value) or value
    if isinstance(value, str) and not comparison.case_sensitive:
        value = fold(value)
    key = str(getattr(field.storage, "part", "")) if field.key == "addresses" else field.key
    return Leaf(key, operator, value, where, comparison.case_sensitive)


def _plain(field: Field, comparison: Comparison) -> Form:
    return _leaf(field, comparison, comparison.operator, comparison.value)


def _empty(field: Field, comparison: Comparison) -> Form:
    leaf = _leaf(field, replace(comparison, case_sensitive=False), "empty")
    return leaf if comparison.value else negated(leaf)


def _equal(field: Field, comparison: Comparison) -> Form:
    if field.type.name == "boolean" and not field.is_custom and comparison.value is False:
        return Denied(_leaf(field, comparison, "eq", True))
    return _leaf(field, comparison, "eq", comparison.value)


def _unequal(field: Field, comparison: Comparison) -> Form:
    differs = negated(_equal(field, comparison))
    if comparison.include_empty:
        return differs
    return _joined("and", (differs, _empty(field, replace(comparison, value=False))))


def _several(field: Field, comparison: Comparison) -> Form:
    assert isinstance(comparison.value, tuple)  # noqa: S101 -- what the catalogue makes of a list
    word = "and" if comparison.operator == "has_all" else "or"
    found = _joined(
        word, (_equal(field, replace(comparison, value=each)) for each in comparison.value)
    )
    return negated(found) if comparison.operator == "has_none" else found


def _ordered(field: Field, comparison: Comparison) -> Form:
    """Return an order by ``ge`` and ``gt`` alone: "less" is "not at least, and not empty"."""
    value, operator = comparison.value, comparison.operator
    if field.type.name not in _ORDERED or field.is_multiple:
        return _plain(field, comparison)
    if operator in ("ge", "gt"):
        return _at_least(field, comparison, operator, value)
    above = _at_least(field, comparison, "ge" if operator == "lt" else "gt", value)
    filled = _empty(field, replace(comparison, value=False))
    return _joined("and", (negated(above), filled))


def _at_least(field: Field, comparison: Comparison, operator: str, value: object) -> Form:
    following = _following(field, value)
    if operator == "gt" and following is not None:
        operator, value = "ge", following
    return _leaf(field, comparison, operator, value)


def _following(field: Field, value: object) -> object:
    """Return the next value of a type that has one, else None."""
    if field.type.name == "integer" and isinstance(value, int):
        return value + 1
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    try:
        return value + timedelta(days=1) if is_day else None  # type: ignore[operator]  # a date
    except OverflowError:
        return None


def _between(field: Field, comparison: Comparison) -> Form:
    if field.type.name not in _ORDERED or field.is_multiple:
        return _plain(field, comparison)
    assert isinstance(comparison.value, tuple)  # noqa: S101 -- as above
    ends = zip(("ge", "le"), comparison.value, strict=True)
    return _joined(
        "and",
        (_ordered(field, replace(comparison, operator=word, value=end)) for word, end in ends),
    )


def _like(field: Field, comparison: Comparison) -> Form:
    """Return a pattern with wildcards at its ends alone by what it asks of the text."""
    found = _PATTERN.fullmatch(str(comparison.value))
    if found is None or not found["text"]:
        return _plain(field, comparison)
    operator = _PATTERNS[bool(found["before"]), bool(found["after"])]
    return _leaf(field, comparison, operator, core_of(found["text"]))


def core_of(pattern: str) -> str:
    """Return the text between the wildcards of a pattern, or all of one with others inside."""
    found = _PATTERN.fullmatch(pattern)
    return re.sub(r"\\(.)", r"\1", found["text"]) if found else pattern


_PATTERN = re.compile(r"(?P<before>%*)(?P<text>(?:[^%_\\]|\\.)*)(?P<after>%*)", re.DOTALL)
_PATTERNS = {
    (False, False): "eq",
    (True, False): "ends_with",
    (False, True): "starts_with",
    (True, True): "contains",
}
_FORMS: Mapping[str, Callable[[Field, Comparison], Form]] = {
    "between": _between,
    "eq": _equal,
    "ge": _ordered,
    "gt": _ordered,
    "has_all": _several,
    "has_any": _several,
    "has_none": _several,
    "in": _several,
    "is_empty": _empty,
    "le": _ordered,
    "like": _like,
    "lt": _ordered,
    "ne": _unequal,
}


def _joined(word: str, forms: Iterable[Form]) -> Form:
    """Return forms joined, flat, without what says nothing."""
    nothing, everything = (TRUE, FALSE) if word == "and" else (FALSE, TRUE)
    parts: set[Form] = set()
    for form in forms:
        if form == everything:
            return everything
        if isinstance(form, Junction) and form.word == word:
            parts |= form.parts
        else:
            parts.add(form)
    plain = [part for part in parts if isinstance(part, Leaf)]
    kinds = [leaf for leaf in plain if leaf.key == "kind"]
    if any(Denied(leaf) in parts for leaf in plain) or _is_decided(word, kinds):
        return everything
    parts -= set(_implied(word, parts))
    if not parts:
        return nothing
    return next(iter(parts)) if len(parts) == 1 else Junction(word, frozenset(parts))


def _is_decided(word: str, kinds: Sequence[Leaf]) -> bool:
    """Say whether kinds leave nobody (no contact is of two), or everybody, as all are named."""
    return len(kinds) > 1 and (word == "and" or len(kinds) == len(kinds[0].where.split()))


def _implied(word: str, parts: set[Form]) -> Iterable[Form]:
    """Yield "has a value" beside what only values fulfil, and its counterpart in an "or"."""
    told = {
        (leaf.key, leaf.where)
        for part in parts
        for leaf, is_positive in [_signed(part)]
        if leaf is not None and leaf.operator != "empty" and is_positive == (word == "and")
    }
    for part in parts:
        leaf, is_positive = _signed(part)
        if leaf is None or leaf.operator != "empty" or (leaf.key, leaf.where) not in told:
            continue
        if is_positive != (word == "and"):
            yield part


def _signed(form: Form) -> tuple[Leaf | None, bool]:
    if isinstance(form, Junction):
        return None, False
    return (form, True) if isinstance(form, Leaf) else (form.leaf, False)
