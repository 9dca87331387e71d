"""A page of everything an actor sees, merged from one index range per principal.

By name or by id. The plain alternative walks the index of the order and asks for each row whether
it is visible. That is slow for whoever sees little; this reads what lies before the page and the
page itself, whatever the table's size.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet

from contacts.access import Actor
from contacts.access.circles import KINDS, natures_of
from contacts.access.kept_cursor import kept_cursor
from contacts.access.visibility import (
    EVERYBODY,
    SHELVES_OF_STAGES,
    personal_principals,
    shared_principals,
    shelved,
)
from contacts.query.ordering import Columns
from contacts.query.places import Reach
from contacts.query.searching import Sought
from contacts.query.statements import Rows

# Above these, walking costs less (measured: docs/architecture.md, "Reading").
MAX_PRINCIPALS = 30
MAX_RANGES = 60
MAX_DEPTH = 500_000

# What the access rows are in the order of.
MERGED = {("sort_name", "pk"): ("sort_name", "contact_id"), ("pk",): ("contact_id",)}

_BRANCH = "SELECT {columns} FROM contacts_contactaccess a WHERE a.principal = %s{own}{after}"
# What only the person itself sees counts in the projects where it may view contacts. With the
# offset PostgreSQL asks of each of these few: it would read everything that lies in the projects.
_OWN = (
    " AND EXISTS (SELECT 1 FROM contacts_contactproject l"
    " WHERE l.contact_id = a.contact_id AND l.project_id IN ({places}) LIMIT 1 OFFSET 0)"
)
# SQLite merges ranges that are in order, and drops what stands in several, as it goes along.
_ALL_SQLITE = "{branches} ORDER BY {order} LIMIT %s OFFSET %s"
# Without the limit inside it might look for each word's contacts in each range.
_SOUGHT = (
    "SELECT * FROM ({branches} ORDER BY {order} LIMIT -1) v"
    " WHERE contact_id IN ({sought.sql}) AND {checked} LIMIT %s OFFSET %s"
)
# Of the first that are seen, those that have the words: nothing else leads to them.
_CHECKED = (
    "SELECT * FROM ({branches} ORDER BY {order} LIMIT {most}) v WHERE {checked} LIMIT %s OFFSET %s"
)
# PostgreSQL would put all of them in order first. How many are taken stands in the text: a plan
# that is kept for whoever asks depends on that.
_LIMITED = "(SELECT * FROM ({branch} ORDER BY {order} LIMIT {most}) b{number})"
_ALL = "SELECT DISTINCT {names} FROM ({branches}) u ORDER BY {order} LIMIT {taken} OFFSET {passed}"
_PAGE = (
    "SELECT m.contact_id, d.body{more} FROM ({all}) m"
    " JOIN contacts_contactdocument d ON d.contact_id = m.contact_id ORDER BY {order}"
)

NOTHING_SOUGHT = Sought("", ())


class Shelves(NamedTuple):
    """Where contacts are read from, and of which stage where those of all lie together."""

    names: list[str]
    stage: str | None


def suits(actor: Actor, shelves: Shelves, reach: Reach) -> bool:
    """Tell whether merging is the better way to a page."""
    if actor.is_administrator or reach.passed + reach.taken > MAX_DEPTH:
        return False
    count = len(shared_principals(actor)) + len(personal_principals(actor))
    return count <= MAX_PRINCIPALS and count * len(shelves.names) <= MAX_RANGES


def merged_page(
    actor: Actor,
    columns: Columns,
    reach: Reach,
    *,
    shelves: Shelves,
    using: str,
    sought: Sought | None = None,
) -> Rows:
    """Return ids, stored documents and what else the list is ordered by; one statement.

    On SQLite only those of contacts that are `sought`.
    """
    connection = connections[using]
    is_down = columns.is_down is not reach.is_back
    names = MERGED[columns.names]
    branches, params = _branches(actor, reach, shelves, names, is_down=is_down)
    if not branches:
        return []
    if connection.vendor == "sqlite":
        among = sought or NOTHING_SOUGHT
        form = _SOUGHT if among.sql else _CHECKED if among.checked else _ALL_SQLITE
        inner = form.format(
            branches=_joined(branches),
            order=_ordered(names, is_down=is_down),
            sought=among,
            checked=among.checked or "true",
            most=among.most,
        )
        values = [*among.params, reach.taken, reach.passed]
    else:
        order = _ordered(names, is_down=is_down, table="a")
        most = reach.passed + reach.taken
        limited = (
            _LIMITED.format(branch=branch.sql, order=order, number=number, most=most)
            for number, branch in enumerate(branches)
        )
        inner = _ALL.format(
            names=", ".join(names),
            branches=" UNION ALL ".join(limited),
            order=_ordered(names, is_down=is_down),
            taken=reach.taken,
            passed=reach.passed,
        )
        values = []
    more = "".join(f", m.{name}" for name in names[:-1])
    sql = _PAGE.format(more=more, all=inner, order=_ordered(names, is_down=is_down, table="m"))
    # Each page further on has a text of its own, unless it is read from a place that is remembered.
    with connection.cursor() if reach.passed else kept_cursor(connection) as cursor:
        cursor.execute(sql, [*(value for own in params for value in own), *values])
        rows = list(cursor.fetchall())
    return rows[::-1] if reach.is_back else rows


def count_sought(actor: Actor, sought: Sought, *, shelves: Shelves, using: str) -> int:
    """Return how many of the contacts that are sought the actor sees; for SQLite.

    Both come in the order of ids, so that neither is looked for in the other.
    """
    branches, params = _branches(actor, Reach(0, 0), shelves, ("contact_id",), is_down=False)
    if not branches:
        return 0
    values = [value for own in params for value in own]
    return _count(f"{_joined(branches)} INTERSECT {sought.sql}", values, sought, using)


def count_in_both(sought: Sought, ids: QuerySet[Any, Any], *, using: str, but: bool = False) -> int:
    """Return how many are sought and among the ids, or sought `but` not among them; for SQLite."""
    sql, params = ids.using(using).query.sql_with_params()
    if but:
        found = f"SELECT rowid AS contact_id{sought.sql.removeprefix('SELECT rowid')}"
        return _count(f"{found} EXCEPT {sql}", [], sought, using, after=params)
    return _count(f"{sql} INTERSECT {sought.sql}", params, sought, using)


def _count(
    whole: str, before: Sequence[Any], sought: Sought, using: str, after: Sequence[Any] = ()
) -> int:
    checked = sought.checked or "true"
    words, rest = sought.params[:1], sought.params[1:]
    sql = f"SELECT count(*) FROM ({whole} ORDER BY 1) v WHERE {checked}"  # noqa: S608 -- ours
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*before, *words, *after, *rest])
        return int(cursor.fetchone()[0])


class _Branch(NamedTuple):
    """The range of one principal."""

    sql: str
    is_of_all: bool


def _branches(
    actor: Actor, reach: Reach, shelves: Shelves, names: tuple[str, ...], *, is_down: bool
) -> tuple[list[_Branch], list[list[Any]]]:
    """Return the ranges of all principals, each with its parameters; that of everybody last."""
    columns = ", ".join(f"a.{name}" for name in names)
    after = ""
    if reach.values:
        # Back from before the row, or on from the row itself.
        sign = ("<" if is_down else ">") + ("" if reach.is_back else "=")
        after = f" AND ({columns}) {sign} ({', '.join(['%s'] * len(names))})"
    viewing = sorted(actor.projects_with("view_contacts"))
    own = _OWN.format(places=", ".join(["%s"] * len(viewing)))
    of_stage = f" AND a.nature IN ({', '.join(map(str, natures_of(KINDS, shelves.stage)))})"
    branches: list[_Branch] = []
    params: list[list[Any]] = []
    shared = shared_principals(actor)
    for mine, principals in (
        (False, [each for each in shared if each != EVERYBODY]),
        (True, personal_principals(actor) if viewing else []),
        (False, [each for each in shared if each == EVERYBODY]),
    ):
        branch = _BRANCH.format(columns=columns, own=own if mine else "", after=after)
        for shelf in shelves.names:
            is_whole = shelves.stage is None or shelf in SHELVES_OF_STAGES
            sql = branch if is_whole else branch + of_stage
            for principal in shelved(principals, [shelf]):
                branches.append(_Branch(sql, principals == [EVERYBODY]))
                params.append([principal, *(viewing if mine else []), *reach.values])
    return branches, params


def _joined(branches: Sequence[_Branch]) -> str:
    """Return all ranges as one, in order; whoever is seen by everybody has no other row."""
    first, *rest = branches
    more = (f" UNION {'ALL ' * each.is_of_all}{each.sql}" for each in rest)
    return f"{first.sql}{''.join(more)}"


def _ordered(names: Sequence[str], *, is_down: bool, table: str = "") -> str:
    way = "DESC" if is_down else "ASC"
    prefix = f"{table}." if table else ""
    return ", ".join(f"{prefix}{name} {way}" for name in names)
