"""A question about contacts, with who asks it and the database that answers."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from contacts.access import Actor
from contacts.access.ids import ManyIds
from contacts.access.visibility import (
    contact_condition,
    shelves_of,
    tells_all,
    visible_contacts,
)
from contacts.access.visible_at_once import all_visible_contacts
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact
from contacts.query.breadth import may_be_many
from contacts.query.checking import Checked
from contacts.query.compiler import Shape, as_set, compile_condition, row_by_row
from contacts.query.crowds import is_crowd, sees_few
from contacts.query.hints import best_hint_of, is_common
from contacts.query.identity import identity_of, identity_of_field
from contacts.query.leading import leading, with_kind
from contacts.query.merging import Shelves
from contacts.query.ordering import Ordering, ordering_of
from contacts.query.searching import are_common, lenient_condition, search_condition
from contacts.query.statements import NO_VALUES, Rows, rows_of
from contacts.query.tree import Compare, Query, iter_comparisons

DEFAULT_ORDER = ("sort_name",)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the actor who asks and the database that answers.

    `nearly` lets in contacts whose words are only similar to those that are searched for.
    """

    actor: Actor
    query: Query
    using: str
    nearly: bool = False

    @property
    def stage(self) -> str | None:
        """Return the stage asked for; in the trash all stages lie together.

        A condition on the stage itself says what is wanted.
        """
        condition = self.query.condition
        named = condition is not None and any(
            compare.field.key == "stage" for compare, _depth in iter_comparisons(condition)
        )
        return None if self.query.archived or named else self.query.stage

    @property
    def ordering(self) -> Ordering:
        """Return what the list is ordered by."""
        ordering = ordering_of(self.actor, self.query.sort, DEFAULT_ORDER)
        return with_kind(self.query.condition, ordering)

    def matching(self, shape: Shape, few: Sequence[int] | None = None) -> QuerySet[Contact]:
        """Return the visible contacts that match, in no order; those of the few that are known."""
        query = self.query
        contacts = visible_contacts(
            self.actor, archived=query.archived, users=query.users, stage=self.stage
        )
        among = self.condition(shape) if few is None else Q(pk__among=ManyIds(few))
        return contacts.using(self.using).filter(among)

    def fitting(self, outer: str, *, is_told: bool = False) -> Q:
        """Return "the contact whose id is `outer` belongs to the list".

        With `is_told` what leads to it has told that it fits the condition.
        """
        archived, users, stage = self.shelf
        is_told |= self.query.condition is None and not self.is_searched
        if is_told and tells_all(self.actor, archived=archived, users=users, stage=stage):
            # What leads to it has the id: the contact itself need not be read.
            return contact_condition(self.actor, outer, archived=archived, users=users, stage=stage)
        return Q(PerRow(self.matching(row_by_row).filter(pk=OuterRef(outer))))

    def condition(self, shape: Shape) -> Q:
        """Return what is asked for, whoever sees it."""
        asked = self.query.condition
        condition = compile_condition(self.actor, asked, shape)
        if condition and shape is row_by_row:
            condition = Q(Checked(condition)) & leading(asked, self.ordering)
        return condition & self._words(shape)

    def all_matching(self) -> QuerySet[Contact]:
        """Return the same for a question about all of them: how many, which, each in turn."""
        query = self.query
        if not self.may_be_many:
            return self.matching(as_set)
        contacts = all_visible_contacts(
            self.actor, archived=query.archived, users=query.users, stage=self.stage
        )
        if self.is_seen_first:
            condition = compile_condition(self.actor, query.condition, row_by_row)
            words = Q(Checked(condition)) & self._words(row_by_row)
            return contacts.using(self.using).filter(words)
        condition = compile_condition(self.actor, query.condition, as_set)
        return contacts.using(self.using).filter(condition, self._words(as_set))

    def _words(self, shape: Shape) -> Q:
        query, using = self.query, self.using
        if query.lenient:
            return lenient_condition(query.search, nearly=self.nearly, shape=shape, using=using)
        return search_condition(query.search, wide=query.wide, shape=shape, using=using)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what the total depends on."""
        actor, query = self.actor, self.query
        seen = None if actor.is_administrator else (actor.user_id, frozenset(actor.rights.items()))
        words = (query.search, query.wide, query.lenient, self.nearly)
        return (self.using, seen, repr(query.condition), *words, *self.shelf)

    @property
    def list_key(self) -> Hashable:
        """Return what the place of a contact in the list depends on."""
        return (self.key, self.actor.sight, self._order)

    @property
    def shelves(self) -> Shelves:
        """Return the shelves that the list is read from."""
        archived, users, stage = self.shelf
        return Shelves(shelves_of(archived=archived, users=users, stage=stage), stage)

    @property
    def may_be_many(self) -> bool:
        """Tell whether a large part of all contacts may match."""
        if not may_be_many(self.query.condition, self._is_common):
            return False
        return not self.is_searched or are_common(self.query.search, self.using)

    @property
    def is_seen_first(self) -> bool:
        """Tell whether to go through the contacts that are seen, and not those that have a tag.

        Only where very many are known to have it: of other conditions that many may fit, few do
        often enough.
        """
        condition = self.query.condition
        if condition is None or not any(
            is_crowd(compare, self.using) for compare, _depth in iter_comparisons(condition)
        ):
            return False
        archived, users, stage = self.shelf
        return self.may_be_many and sees_few(
            self.actor, archived=archived, users=users, stage=stage, using=self.using
        )

    def _is_common(self, compare: Compare) -> bool:
        hint = best_hint_of(compare, self.using)
        if hint:
            return is_common(hint, self.using)
        return is_crowd(compare, self.using)

    @property
    def is_searched(self) -> bool:
        """Tell whether words are looked for."""
        return bool(self.query.search.strip())

    @property
    def shelf(self) -> tuple[bool | None, bool, str | None]:
        """Return what decides where the list's contacts stand."""
        return (self.query.archived, self.query.users, self.stage)

    @property
    def _order(self) -> tuple[object, ...]:
        return tuple((identity_of_field(key.field), key.descending) for key in self.query.sort)

    def rows(
        self,
        way: str,
        build: Callable[[], QuerySet[Any, Any]],
        *rest: object,
        window: tuple[object, ...] | None = None,
        values: Mapping[str, object] = NO_VALUES,
    ) -> Rows:
        """Return the rows of a statement that depends on nothing but what is asked, and the rest.

        `window` says which rows, where not those that the query names. Words are looked for in
        statements of their own: some of them are asked beforehand.
        """
        query = self.query
        if self.is_searched:
            return list(build())
        window = window or (query.offset, query.limit)
        asked = (identity_of(query.condition), self._order, window, *self.shelf)
        key = (way, self.actor.sight, asked, *rest)
        return rows_of(key, build, using=self.using, values=values)
