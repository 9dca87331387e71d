"""Read by what a list is ordered: names of fields, of related records, and tables with columns."""

# A table that may be named in an order: the relation that leads there.
TABLES = {
    "users": "user",
    "sources": "source",
    "countries": "country",
    "industries": "industry",
    "companies": "parent",
    "pipelines": "pipeline",
    "pipeline_stages": "stage",
    "activity_types": "type",
    "call_outcomes": "outcome",
}


def plain_name(name: str, resource: str) -> str:
    """Return the name of a field or ``relation.field`` that an order means.

    ``users|name`` and ``users:user_id|users.name`` name a table with a column, ``contacts.city`` a
    column of the resource's own table.
    """
    table, bar, column = name.partition("|")
    if bar:
        relation = TABLES.get(table.partition(":")[0].strip(), table)
        return f"{relation}.{column.rpartition('.')[2].strip()}"
    return name.removeprefix(f"{resource}.")
