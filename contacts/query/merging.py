"""A page of everything an actor sees, merged from one index range per principal.

By name or by id. The plain alternative walks the index of the order and asks for each row whether
it is visible. That is slow for whoever sees little; this reads what lies before the page and the
page itself, whatever the table's size.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections

from contacts.access import Actor
from contacts.access.visibility import personal_principals, shared_principals, shelved
from contacts.query.ordering import Columns
from contacts.query.places import Reach
from contacts.query.statements import Rows

# Above these, walking costs less (measured: docs/architecture.md, "Reading").
MAX_PRINCIPALS = 30
MAX_RANGES = 60
MAX_DEPTH = 500_000

# What the access rows are in the order of.
MERGED = {("sort_name", "pk"): ("sort_name", "contact_id"), ("pk",): ("contact_id",)}

_BRANCH = "SELECT {columns} FROM contacts_contactaccess a WHERE a.principal = %s{own}{after}"
# What only the person itself sees counts in the projects where it may view contacts.
_OWN = (
    " AND EXISTS (SELECT 1 FROM contacts_contactproject l"
    " WHERE l.contact_id = a.contact_id AND l.project_id IN ({places}))"
)
# SQLite merges ranges that are in order, and drops what stands in several, as it goes along.
_ALL_SQLITE = "{branches} ORDER BY {order} LIMIT %s OFFSET %s"
# PostgreSQL would put all of them in order first.
_LIMITED = "(SELECT * FROM ({branch} ORDER BY {order} LIMIT %s) b{number})"
_ALL = "SELECT DISTINCT {names} FROM ({branches}) u ORDER BY {order} LIMIT %s OFFSET %s"
_PAGE = (
    "SELECT m.contact_id, d.body{more} FROM ({all}) m"
    " JOIN contacts_contactdocument d ON d.contact_id = m.contact_id ORDER BY {order}"
)


def suits(actor: Actor, shelves: Sequence[str], reach: Reach) -> bool:
    """Tell whether merging is the better way to a page."""
    if actor.is_administrator or reach.passed + reach.taken > MAX_DEPTH:
        return False
    count = len(shared_principals(actor)) + len(personal_principals(actor))
    return count <= MAX_PRINCIPALS and count * len(shelves) <= MAX_RANGES


def merged_page(
    actor: Actor, columns: Columns, reach: Reach, *, shelves: list[str], using: str
) -> Rows:
    """Return ids, stored documents and what else the list is ordered by; one statement."""
    connection = connections[using]
    is_sqlite = connection.vendor == "sqlite"
    is_down = columns.is_down is not reach.is_back
    names = MERGED[columns.names]
    branches, params = _branches(actor, reach, shelves, names, is_down=is_down)
    if not branches:
        return []
    if is_sqlite:
        whole = " UNION ".join(branches)
        inner = _ALL_SQLITE.format(branches=whole, order=_ordered(names, is_down=is_down))
        values = [value for own in params for value in own]
    else:
        order = _ordered(names, is_down=is_down, table="a")
        limited = (
            _LIMITED.format(branch=branch, order=order, number=number)
            for number, branch in enumerate(branches)
        )
        inner = _ALL.format(
            names=", ".join(names),
            branches=" UNION ALL ".join(limited),
            order=_ordered(names, is_down=is_down),
        )
        most = reach.passed + reach.taken
        values = [value for own in params for value in (*own, most)]
    more = "".join(f", m.{name}" for name in names[:-1])
    sql = _PAGE.format(more=more, all=inner, order=_ordered(names, is_down=is_down, table="m"))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, reach.taken, reach.passed])
        rows = list(cursor.fetchall())
    return rows[::-1] if reach.is_back else rows


def _branches(
    actor: Actor, reach: Reach, shelves: list[str], names: tuple[str, ...], *, is_down: bool
) -> tuple[list[str], list[list[Any]]]:
    """Return the ranges of all principals, each with its parameters."""
    columns = ", ".join(f"a.{name}" for name in names)
    after = ""
    if reach.values:
        # Back from before the row, or on from the row itself.
        sign = ("<" if is_down else ">") + ("" if reach.is_back else "=")
        after = f" AND ({columns}) {sign} ({', '.join(['%s'] * len(names))})"
    viewing = sorted(actor.projects_with("view_contacts"))
    own = _OWN.format(places=", ".join(["%s"] * len(viewing)))
    branches: list[str] = []
    params: list[list[Any]] = []
    for mine, principals in (
        (False, shared_principals(actor)),
        (True, personal_principals(actor) if viewing else []),
    ):
        branch = _BRANCH.format(columns=columns, own=own if mine else "", after=after)
        for principal in shelved(principals, shelves):
            branches.append(branch)
            params.append([principal, *(viewing if mine else []), *reach.values])
    return branches, params


def _ordered(names: Sequence[str], *, is_down: bool, table: str = "") -> str:
    way = "DESC" if is_down else "ASC"
    prefix = f"{table}." if table else ""
    return ", ".join(f"{prefix}{name} {way}" for name in names)
