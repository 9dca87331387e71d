"""The names of version 4: real names of fields, ``Group.Field`` for custom ones, ``:label``."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.mapping.fields import WireField
from api.civicrm.option_lists import field_name
from api.civicrm.preparing import MAX_DOTS
from api.civicrm.registry import entity_named
from api.civicrm.sources.tables import TableSource
from api.civicrm.v4.choices import SUFFIXES
from contacts.access import Actor
from contacts.fields import Field, catalogue


@dataclass(frozen=True, slots=True)
class Place:
    """What hangs on a contact once: an entity, and the field that marks the one record of it."""

    entity: str
    mark: str


# By the head of the name.
PLACES: Mapping[str, Place] = {
    f"{name.lower()}_{way}": Place(name, f"is_{way}")
    for way, names in (
        ("primary", ("Email", "Phone", "Address", "Im")),
        ("billing", ("Email", "Phone", "Address")),
    )
    for name in names
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name of version 4 as understood: the field's own name, and what of it is wanted.

    ``place`` is the head of the name of what hangs on the contact, to which ``name`` belongs then.
    """

    asked: str
    name: str
    suffix: str = ""
    place: str = ""


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
        if (suffix and suffix not in SUFFIXES) or plain.count(".") > MAX_DOTS:
            raise invalid_field(asked)
        if plain.lower() in self._folded:
            return Named(asked, self._folded[plain.lower()], suffix)
        head, _dot, rest = plain.partition(".")
        if head in PLACES and self.entity.name == "Contact":
            target = entity_named(PLACES[head].entity)
            if target is None or not Naming(target, self.actor).has(rest or "id"):
                raise invalid_field(asked)
            return Named(asked, rest or "id", suffix, head)
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

    def matching(self, pattern: str) -> list[str]:
        """Return the names that a pattern with stars means; those of others end with a dot first.

        ``*`` is every field of the entity's own table, ``custom.*`` every custom one,
        ``contact_id.*`` those of the record that a field points to.
        """
        head, _dot, _last = pattern.rpartition(".")
        if head == "custom":
            return list(self.custom)
        names = self._names_within(head) if head else [each.name for each in self.plain_fields()]
        # A bracket has no meaning of its own in such patterns.
        return [
            name for name in names if fnmatchcase(name.lower(), pattern.lower().replace("[", ""))
        ]

    def _names_within(self, head: str) -> list[str]:
        own = [name for name in self.custom if name.lower().startswith(f"{head.lower()}.")]
        target = self._led_to(head) if head.count(".") <= MAX_DOTS else None
        if own or target is None:
            return own
        return [f"{head}.{each.name}" for each in Naming(target, self.actor).plain_fields()]

    def _led_to(self, head: str) -> Entity | None:
        """Return the entity to which a name with or without dots leads."""
        if head in PLACES and self.entity.name == "Contact":
            return entity_named(PLACES[head].entity)
        first, _dot, rest = head.partition(".")
        field = self.fields.get(first)
        target = entity_named(field.target) if field and field.target else None
        return Naming(target, self.actor)._led_to(rest) if target and rest else target

    def field_of(self, named: "Named") -> WireField | None:
        """Return the field that a name means, in whichever entity it is."""
        target = entity_named(PLACES[named.place].entity) if named.place else None
        fields = target.by_name(self.actor) if target else self.fields
        field: WireField | None = None
        for part in named.name.split("."):
            field = fields.get(part)
            inner = entity_named(field.target) if field and field.target else None
            fields = inner.by_name(self.actor) if inner else {}
        return field

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
        # Rows of a table in memory hold every field under its name.
        is_row = isinstance(self.entity.source, TableSource)
        fields = [
            field
            for field in self.entity.fields(self.actor)
            if (field.path or is_row)
            and field.is_described
            and not field.is_filter_only
            and not field.custom
        ]
        if self.entity.name != "Contact":
            # What is worked out and shown on demand is no column.
            return [field for field in fields if is_row or field.key or field.is_default]
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
            group, label = _group_of(defined), str(defined.label)
            name = f"{group}.{field_name(defined.slug, label)}"
            # Two fields of one group have two names.
            name = name if name not in found else f"{group}.{defined.slug}"
            found[name] = field.name
    return found


def _group_of(defined: Field) -> str:
    return defined.group_name or (defined.group or "Custom").replace(" ", "_")
