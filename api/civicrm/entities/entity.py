"""Entity: the names of the entities themselves."""

from api.civicrm.calls import Call, Operation, Record, Result, success
from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import text
from api.civicrm.permissions import NOTHING, Permissions
from api.civicrm.registry import all_entities
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor


def _get(call: Call) -> Result:
    names = sorted(entity.name for entity in all_entities().values())
    return success(names, len(names))


def _rows(actor: Actor) -> list[Record]:
    """Return the entities as records, which is how version 4 lists them."""
    names = sorted(entity.name for entity in all_entities().values())
    return [{"id": str(number), "name": name} for number, name in enumerate(names, start=1)]


_OTHERS = (
    *("getcount", "getfield", "getlist", "getoptions", "getrefcount", "getsingle", "getunique"),
    "getvalue",
)

ENTITIES = (
    Entity(
        name="Entity",
        source=TableSource(_rows),
        fields=fixed(
            *(
                text(name, title, is_writable=False)
                for name, title in (
                    ("name", "Entity Name"),
                    ("title", "Entity Title"),
                    ("title_plural", "Plural Title"),
                    ("type", "Type"),
                    ("description", "Description"),
                    ("table_name", "Table Name"),
                    ("primary_key", "Primary Key"),
                    ("label_field", "Label Field"),
                    ("searchable", "Searchable"),
                    ("paths", "Paths"),
                )
            )
        ),
        permissions=Permissions(get=NOTHING, other=NOTHING, meta=NOTHING),
        actions={"get": Operation(_get, is_reading=True)},
        hidden_actions=frozenset({*_OTHERS, "validate"}),
    ),
)
