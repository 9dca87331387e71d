"""A page in name order of everything an actor sees, merged from one index range per principal.

The plain alternative walks the sort index and asks for each row whether it is visible. That is slow
for whoever sees little; this reads `offset + limit` rows per principal, whatever the table's size.
"""

from django.db import connections

from contacts.access import Actor
from contacts.access.visibility import personal_principals, shared_principals, shelved

# Above these, walking costs less (measured: docs/architecture.md, "Reading").
MAX_PRINCIPALS = 30
MAX_DEPTH = 500_000

_BRANCH = (
    "SELECT * FROM (SELECT a.sort_name, a.contact_id FROM contacts_contactaccess a"
    " WHERE a.principal = %s{own}"
    " ORDER BY a.sort_name {way}, a.contact_id {way} LIMIT %s) b{number}"
)
# What only the person itself sees counts in the projects where it may view contacts.
_OWN = (
    " AND EXISTS (SELECT 1 FROM contacts_contactproject l"
    " WHERE l.contact_id = a.contact_id AND l.project_id IN ({places}))"
)
_PAGE = (
    "SELECT m.contact_id, d.body FROM"
    " (SELECT DISTINCT sort_name, contact_id FROM ({branches}) u"
    " ORDER BY sort_name {way}, contact_id {way} LIMIT %s OFFSET %s) m"
    " JOIN contacts_contactdocument d ON d.contact_id = m.contact_id"
    " ORDER BY m.sort_name {way}, m.contact_id {way}"
)


def suits(actor: Actor, reach: int) -> bool:
    """Tell whether merging is the better way to a page that ends at row `reach`."""
    count = len(shared_principals(actor)) + len(personal_principals(actor))
    return not actor.is_administrator and count <= MAX_PRINCIPALS and reach <= MAX_DEPTH


def merged_page(
    actor: Actor, *, offset: int, limit: int, descending: bool, shelves: list[str], using: str
) -> list[tuple[int, str]]:
    """Return the ids and stored documents of the page; one statement."""
    way = "DESC" if descending else "ASC"
    viewing = sorted(actor.projects_with("view_contacts"))
    own = _OWN.format(places=", ".join(["%s"] * len(viewing)))
    branches: list[str] = []
    params: list[int] = []
    for mine, principals in (
        (False, shared_principals(actor)),
        (True, personal_principals(actor) if viewing else []),
    ):
        for principal in shelved(principals, shelves):
            text = _BRANCH.format(own=own if mine else "", way=way, number=len(branches))
            branches.append(text)
            params += [principal, *(viewing if mine else []), offset + limit]
    if not branches:
        return []
    sql = _PAGE.format(branches=" UNION ALL ".join(branches), way=way)
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*params, limit, offset])
        return list(cursor.fetchall())
