"""Small tables kept in memory: options, tags, users, projects, roles.

Documents hold ids; names come from here, so a page needs no joins. Each group of tables has a
stamp in the database. A process keeps what it read until the stamp moves; whoever changes such a
table calls `bump` in the same transaction. New versions are random, so a version that was rolled
back can never be taken for one that another process committed later.
"""

import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from contacts.fields.text import fold
from contacts.models import (
    Country,
    Group,
    MembershipLevel,
    Option,
    OptionList,
    Project,
    Role,
    Stamp,
    Tag,
    User,
    UserGroup,
)

Value = TypeVar("Value")

STAMPS = ("catalogue", "people", "tags")

_known: ContextVar[dict[str, int] | None] = ContextVar("known_stamps", default=None)
# Bumped in a transaction that may still be rolled back.
_unsure: ContextVar[frozenset[str]] = ContextVar("unsure_stamps", default=frozenset())
_kept: dict[str, tuple[int, Any]] = {}  # each part has a type of its own
# Equal texts mean equal contents of the whole database.
_data: ContextVar[str | None] = ContextVar("known_data", default=None)


def know_data(version: object) -> None:
    """Take over the version of all data that the request's first statement has read."""
    _data.set(None if version is None else str(version))


def data_version() -> str | None:
    """Return the version of all data as the request found it; None once the request has written."""
    return _data.get()


def forget_data() -> None:
    """Say that the request has written: what it knew of the data is no longer so."""
    _data.set(None)


def know(versions: Mapping[str, int | None]) -> None:
    """Take over the versions that the request's first statement has read."""
    _known.set({name: versions.get(name) or 0 for name in STAMPS})


def forget() -> None:
    """Ask the database again at the next use (a new request or task begins)."""
    _known.set(None)
    _unsure.set(frozenset())
    _data.set(None)


def bump(name: str) -> None:
    """Say that a group of tables changed; call it in the transaction of the change."""
    version = secrets.randbits(62)
    Stamp.objects.update_or_create(name=name, defaults={"version": version})
    _unsure.set(_unsure.get() | {name})
    transaction.on_commit(lambda: _settle(name, version))


def _settle(name: str, version: int) -> None:
    """Know the new version for sure: what the request reads from now on is what it has written."""
    _unsure.set(_unsure.get() - {name})
    known = _known.get()
    if known is not None:
        _known.set({**known, name: version})


def version(name: str) -> int:
    """Return the version of a group of tables.

    After a `bump` the database is asked each time until the transaction is sure: what was read in
    one that is rolled back must not be taken for the truth afterwards.
    """
    if name in _unsure.get():
        return _stored(name)
    known = _known.get()
    if known is None:
        stored = dict(Stamp.objects.values_list("name", "version"))
        know(stored)
        known = _known.get() or {}
    return known[name]


def _stored(name: str) -> int:
    found = Stamp.objects.filter(name=name).values_list("version", flat=True).first() or 0
    known = _known.get()
    if known is not None:
        _known.set({**known, name: found})
    return found


def kept(part: str, stamp: str, read: Callable[[], Value]) -> Value:
    """Return what `read` gave for the present version of `stamp`, reading it once per process."""
    # Asked several times for every contact of a page, so without a call more than it takes.
    known, found = _known.get(), _kept.get(part)
    is_known = known is not None and not _unsure.get()
    now = known[stamp] if known is not None and is_known else version(stamp)
    if found is None or found[0] != now:
        found = (now, read())
        _kept[part] = found
    value: Value = found[1]  # only `read` of this part writes it
    return value


@dataclass(frozen=True, slots=True)
class Named:
    """A record of a small table: what a reference shows."""

    id: int
    name: str
    key: str = ""
    color: str = ""
    is_active: bool = True
    number: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NamedTable:
    """Records of a small table by id and by key (identifier, folded name, user name)."""

    by_id: Mapping[int, Named]
    by_key: Mapping[str, Named]

    def name_of(self, record_id: int | None) -> str:
        """Return the name, or "" for an unknown id."""
        found = self.by_id.get(record_id) if record_id is not None else None
        return found.name if found else ""

    def id_of(self, key: str) -> int | None:
        """Return the id of a key, or None."""
        found = self.by_key.get(key)
        return found.id if found else None


def _table(records: list[Named]) -> NamedTable:
    return NamedTable(
        {record.id: record for record in records},
        {record.key: record for record in records if record.key},
    )


def tags() -> NamedTable:
    """Return all tags; keys are folded names, numbers their places in order."""
    return kept("tags", "tags", _read_tags)


def _read_tags() -> NamedTable:
    rows = Tag.objects.values_list("id", "name", "name_key", "color", "position", "type")
    return _table([Named(*row[:4], number=row[4], kind=row[5]) for row in rows])


def groups() -> NamedTable:
    """Return all groups of contacts with their titles; keys are machine names."""
    return kept("groups", "tags", _read_groups)


def _read_groups() -> NamedTable:
    rows = Group.objects.values_list("id", "title", "name", "is_active")
    return _table([Named(pk, title, key, is_active=active) for pk, title, key, active in rows])


def users() -> NamedTable:
    """Return all users with their full names; keys are user names, numbers their own contacts."""
    return kept("users", "people", _read_users)


def _read_users() -> NamedTable:
    shown = ("id", "username", "first_name", "last_name", "is_active", "contact_id")
    return _table(
        [
            Named(
                user.pk,
                user.name,
                user.username,
                is_active=user.is_active,
                number=user.contact_id or 0,
            )
            for user in User.objects.only(*shown)
        ]
    )


def addresses_of_users() -> Mapping[int, str]:
    """Return the e-mail addresses of all users by id."""
    return kept("addresses", "people", lambda: dict(User.objects.values_list("id", "email")))


def users_by_contact() -> Mapping[int, int]:
    """Return the ids of users by those of their own contacts."""
    rows = User.objects.filter(contact__isnull=False).values_list("contact_id", "id")
    return kept("users_by_contact", "people", lambda: dict(rows))


def user_groups() -> NamedTable:
    """Return all user groups."""
    return kept("user_groups", "people", _read_user_groups)


def _read_user_groups() -> NamedTable:
    return _table([Named(pk, name) for pk, name in UserGroup.objects.values_list("id", "name")])


def projects() -> NamedTable:
    """Return all projects; keys are identifiers."""
    return kept("projects", "people", _read_projects)


def _read_projects() -> NamedTable:
    rows = Project.objects.values_list("id", "name", "identifier", "status")
    return _table([Named(pk, name, key, is_active=status == 1) for pk, name, key, status in rows])


@dataclass(frozen=True, slots=True)
class Place:
    """What decides about a project as the place of a record."""

    id: int
    is_public: bool
    status: int
    modules: frozenset[str]
    # Records may be put there; asked for each of them.
    is_active: bool


def places() -> Mapping[int, Place]:
    """Return all projects by id, the oldest first."""
    return kept("places", "people", _read_places)


def _read_places() -> dict[int, Place]:
    rows = Project.objects.order_by("pk").values_list("pk", "is_public", "status", "modules")
    return {
        pk: Place(pk, public, status, frozenset(names), status == Project.Status.ACTIVE)
        for pk, public, status, names in rows
    }


def roles() -> NamedTable:
    """Return all roles."""
    return kept("roles", "people", _read_roles)


def _read_roles() -> NamedTable:
    return _table([Named(pk, name, name) for pk, name in Role.objects.values_list("id", "name")])


@dataclass(frozen=True, slots=True)
class OptionLists:
    """All option lists, by list name in order, and every option by id and by its names."""

    by_list: Mapping[str, tuple[Option, ...]]
    by_id: Mapping[int, Option]
    by_name: Mapping[tuple[str, str], Option]

    def of(self, list_name: str) -> tuple[Option, ...]:
        """Return the options of one list, in order."""
        return self.by_list.get(list_name, ())

    def named(self, list_name: str, name: str) -> Option | None:
        """Return an option by its machine name, or None."""
        return self.by_name.get((list_name, name))

    def find(self, list_name: str, value: object) -> Option | None:
        """Return an option by its id, machine name or label whatever the case, or None."""
        options = self.of(list_name)
        if isinstance(value, int):
            return next((option for option in options if option.pk == value), None)
        wanted = fold(str(value))
        named = (each for each in options if wanted in (fold(each.name), fold(each.label)))
        found = next(named, None)
        if found is None and wanted.isdecimal():
            return next((option for option in options if str(option.pk) == wanted), None)
        return found

    def default_of(self, list_name: str) -> Option | None:
        """Return the list's default option, or None."""
        return next((option for option in self.of(list_name) if option.is_default), None)


def option_lists() -> NamedTable:
    """Return the lists of options with their titles; keys are machine names."""
    return kept("option_lists", "catalogue", _read_option_lists)


def _read_option_lists() -> NamedTable:
    rows = OptionList.objects.values_list("id", "title", "name", "is_active")
    return _table([Named(pk, title, key, is_active=active) for pk, title, key, active in rows])


def options() -> OptionLists:
    """Return the option lists."""
    return kept("options", "catalogue", _read_options)


def _read_options() -> OptionLists:
    lists: dict[str, list[Option]] = {}
    by_id: dict[int, Option] = {}
    by_name: dict[tuple[str, str], Option] = {}
    for option in Option.objects.order_by("list_name", "position", "id"):
        lists.setdefault(option.list_name, []).append(option)
        by_id[option.pk] = option
        by_name.setdefault((option.list_name, option.name), option)
    return OptionLists({name: tuple(found) for name, found in lists.items()}, by_id, by_name)


def countries() -> NamedTable:
    """Return all countries; keys are the two-letter codes, numbers those of ISO 3166-1."""
    return kept("countries", "catalogue", _read_countries)


def _read_countries() -> NamedTable:
    rows = Country.objects.values_list("id", "name", "code", "number")
    return _table([Named(pk, name, code, number=number) for pk, name, code, number in rows])


def countries_by_name() -> Mapping[str, int]:
    """Return the ids of all countries by their folded names; of two alike the first."""
    return kept("countries_by_name", "catalogue", _read_countries_by_name)


def _read_countries_by_name() -> dict[str, int]:
    return {fold(row.name): row.id for row in reversed([*countries().by_id.values()])}


def membership_levels() -> NamedTable:
    """Return all membership levels in order; keys are folded names."""
    return kept("membership_levels", "catalogue", _read_membership_levels)


def _read_membership_levels() -> NamedTable:
    rows = MembershipLevel.objects.values_list("id", "name")
    return _table([Named(pk, name, fold(name)) for pk, name in rows])
