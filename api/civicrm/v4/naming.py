"""The names of version 4: real names of fields, ``Group.Field`` for custom ones, ``:label``."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.mapping.fields import WireField
from api.civicrm.registry import entity_named
from contacts.access import Actor
from contacts.fields import catalogue

SUFFIXES = ("label", "name", "abbr")
# What hangs on a contact once: head of the name, and the entity whose primary record it is.
PRIMARY: Mapping[str, str] = {
    "email_primary": "Email",
    "phone_primary": "Phone",
    "address_primary": "Address",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name of version 4 as understood: the field's own name, and what of it is wanted.

    ``primary`` is the entity of the contact's primary record, to which ``name`` belongs then.
    """

    asked: str
    name: str
    suffix: str = ""
    primary: str = ""


class Naming:
    """The names that an actor may use for the fields of an entity."""

    def __init__(self, entity: Entity, actor: Actor) -> None:
        self.entity = entity
        self.actor = actor
        self.fields = entity.by_name(actor)
        self.custom = _custom_names(entity, actor)
        # In any case: the original's names begin with capitals.
        self._folded = {shown.lower(): name for shown, name in self.custom.items()}

    def named(self, asked: str) -> Named:
        """Return what a name means; raises CiviApiError for one that means nothing."""
        plain, _colon, suffix = asked.partition(":")
        if suffix and suffix not in SUFFIXES:
            raise invalid_field(asked)
        if plain.lower() in self._folded:
            return Named(asked, self._folded[plain.lower()], suffix)
        head, _dot, rest = plain.partition(".")
        if rest and head in PRIMARY and self.entity.name == "Contact":
            target = entity_named(PRIMARY[head])
            if target is None or rest not in target.by_name(self.actor):
                raise invalid_field(asked)
            return Named(asked, rest, suffix, PRIMARY[head])
        field = self.fields.get(head)
        if field is None or (rest and not self._leads(field, rest)):
            raise invalid_field(asked)
        return Named(asked, plain, suffix)

    def has(self, asked: str) -> bool:
        """Say whether a name means a field."""
        try:
            self.named(asked)
        except CiviApiError:
            return False
        return True

    def pointing_to(self, other: Entity) -> str:
        """Return the name of the field that points to a record of another entity, or nothing."""
        fields = [each for each in self.entity.fields(self.actor) if each.target == other.name]
        fields = [each for each in fields if each.path and not each.is_filter_only]
        usual = f"{other.snake}_id"
        named = next((each for each in fields if usual in each.names), None)
        return named.name if named else next((each.name for each in fields), "")

    def _leads(self, field: WireField, rest: str) -> bool:
        target = entity_named(field.target) if field.target else None
        if target is None:
            return False
        head, _dot, more = rest.partition(".")
        inner = target.by_name(self.actor).get(head)
        return inner is not None and (not more or Naming(target, self.actor)._leads(inner, more))

    def shown(self, field: WireField) -> str:
        """Return the name under which version 4 shows a field."""
        return next((name for name, own in self.custom.items() if own == field.name), field.name)

    def plain_fields(self) -> list[WireField]:
        """Return the fields that ``*`` means: those of the entity's own table."""
        fields = [
            field
            for field in self.entity.fields(self.actor)
            if field.path and field.is_described and not field.is_filter_only and not field.custom
        ]
        if self.entity.name != "Contact":
            return fields
        return [
            field
            for field in fields
            if (field.is_writable or field.name in _COLUMNS) and field.name not in _ELSEWHERE
        ]


# Fields of contacts that nobody writes, and one that is no column.
_COLUMNS = frozenset(
    {"id", "sort_name", "display_name", "created_date", "modified_date", "is_deleted"}
)
_ELSEWHERE = frozenset({"email", "current_employer"})


def invalid_field(name: str) -> CiviApiError:
    """Return the error for a name that is no field."""
    return CiviApiError(f"Invalid field '{name[:255]}'", 0)


def _custom_names(entity: Entity, actor: Actor) -> dict[str, str]:
    """Return the names ``Group.Field`` with the names ``custom_N``."""
    found: dict[str, str] = {}
    kind = entity.snake
    for field in entity.fields(actor):
        if field.custom is None or not field.key:
            continue
        defined = catalogue(kind).find(field.key)
        if defined is not None:
            group = (defined.group or "Custom").replace(" ", "_")
            found[f"{group}.{defined.slug}"] = field.name
    return found
