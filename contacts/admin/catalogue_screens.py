"""Screens of kinds of record that the catalogue describes and the query room reads."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import catalogue_fields, initial_of
from contacts.admin.facts import cell_of
from contacts.admin.record_forms import Groups, RecordForm
from contacts.admin.records import Found, RecordAdmin
from contacts.admin.tables import PAGE_SIZE, Asked, Cell, Column, Record
from contacts.admin.visitors import actor_of_request
from contacts.fields import BUILT_IN, catalogue

Document = Mapping[str, Any]
MOST_CHOICES = 1_000


def column(kind: str, key: str, *, can_sort: bool = True, is_number: bool = False) -> Column:
    """Return a column that shows a field of the catalogue."""

    def cell(document: Document) -> Cell:
        return cell_of(document, catalogue(kind).by_key[key])

    label = next(field.label for field in BUILT_IN[kind] if field.key == key)
    return Column(label, cell, sort=key if can_sort else "", is_number=is_number)


def records_of(actor: Actor, kind: str) -> list[dict[str, Any]]:
    """Return the records of a small table, to choose from."""
    return list(
        query.search(actor, query.Query(kind=kind, limit=MOST_CHOICES, total=False)).documents
    )


class CatalogueAdmin(RecordAdmin):
    """A noun whose list and form the catalogue describes; `keys` are the fields of the form."""

    keys: ClassVar[tuple[str, ...]] = ()
    groups: ClassVar[Groups] = ()

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the choices of fields whose lists are not the catalogue's own."""
        return {}

    def condition(self, actor: Actor, name: str, value: str) -> query.Condition | None:
        """Return what a choice above the list means; its name is a field's key."""
        typed: object = int(value) if value.isdecimal() else value
        return query.where(actor, name, "eq", typed, kind=self.kind)

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return one page of the records that the person sees."""
        actor = actor_of_request(request)
        parts = [self.condition(actor, name, value) for name, value in asked.chosen.items()]
        return self.found(actor, asked, query.all_of(*parts))

    def found(self, actor: Actor, asked: Asked, condition: query.Condition | None) -> Found:
        """Return one page of the records that fit a condition."""
        sort: tuple[query.SortKey, ...] = ()
        if asked.sort:
            key = query.sorted_by(actor, asked.sort, kind=self.kind, descending=asked.descending)
            sort = (key,)
        page = query.search(
            actor,
            query.Query(
                kind=self.kind,
                condition=condition,
                search=asked.search,
                sort=sort,
                offset=asked.offset,
                limit=PAGE_SIZE,
            ),
        )
        return Found(page.documents, page.total)

    def get(self, actor: Actor, record_id: int) -> Record:
        """Return one document; raises NotFoundError."""
        return query.get_record(actor, self.kind, record_id)

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Return the form that the catalogue describes."""
        actor = actor_of_request(request)
        keys = self.keys_of(record)
        fields = catalogue_fields(actor, self.kind, keys, self.options(actor, record))
        return RecordForm(fields, groups=self.groups)

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Return the fields of the form of a new record, or of a stored one."""
        return self.keys

    def initial_of(
        self, request: HttpRequest, form: RecordForm, record: Document
    ) -> dict[str, Any]:
        """Return what is stored, as the form shows it."""
        return initial_of(record, form, self.kind, actor_of_request(request))
