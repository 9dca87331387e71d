"""Group: named lists of contacts."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from api.civicrm.actions import writing
from api.civicrm.calls import Asked, Call, Operation, Record, Result, success
from api.civicrm.contact.formats import several
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NOTHING
from api.civicrm.mapping.declaring import (
    integer,
    long_text,
    moment,
    points_to,
    record_id,
    text,
    yes_no,
)
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import Format, Text, whole
from api.civicrm.mapping.offering import labels, records, words
from api.civicrm.mapping.options import meets
from api.civicrm.mapping.people import contact_of_user, users_own_contact
from api.civicrm.permissions import MEMBER, Permissions
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import And, Condition, Not, Or, sizes_of_groups, where
from contacts.services.groups import create_group, delete_group, update_group

Values = Mapping[str, object]

VISIBILITIES = {"staff": "User and User Admin Only", "public": "Public Pages"}
# Number of the original: field of the domain.
TYPES = {"1": "is_access_list", "2": "is_mailing_list"}
_NAMES = {"access control": "1", "mailing list": "2"}


class Visibility(Text):
    """Who may learn of a group, in the words of the original."""

    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the words."""
        return VISIBILITIES.get(str(value), "")

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the domain's word."""
        text = str(value).strip().lower()
        for word, written_as in VISIBILITIES.items():
            if text in (word, written_as.lower()):
                return word
        raise bad_option(field.name, value)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the words it takes."""
        taken = [word for word, written_as in VISIBILITIES.items() if meets(asked, written_as)]
        return where(actor, "visibility", "in", taken, kind=kind) if taken else NOTHING


class GroupType(Format):
    """What a group is used for: any of "1" (access) and "2" (mailing)."""

    is_list: ClassVar[bool] = True
    html: ClassVar[str] = "CheckBox"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the numbers as a list; nothing is an empty text."""
        return value or ""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the numbers."""
        return [_type_of(item, field.name) for item in several(value)]

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: a group is of a type, or of any of several."""
        flags = {number: where(actor, key, "eq", True, kind=kind) for number, key in TYPES.items()}
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            any_type: Condition = Or(tuple(flags.values()))
            return Not(any_type) if asked.operator == "IS NULL" else any_type
        items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
        wanted = (flags[_type_of(str(item).strip("%\x01 "), field.name)] for item in items)
        found: Condition = Or(tuple(wanted))
        return And((Not(found),)) if asked.operator in ("!=", "NOT IN", "NOT LIKE") else found


def _type_of(value: object, name: str) -> str:
    text = str(value).strip()
    number = _NAMES.get(text.lower(), text)
    if number not in TYPES:
        raise bad_option(name, value)
    return number


class Parents(Format):
    """The groups above a group."""

    is_list: ClassVar[bool] = True
    code: ClassVar[int] = 1

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the ids as a list; nothing is an empty text."""
        ids = value if isinstance(value, list | tuple) else ()
        return [str(group_id) for group_id in ids] or ""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the ids."""
        return [whole(item, field.name) for item in several(value)]

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: any of the ids is above the group."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return where(actor, field.key, "is_empty", asked.operator == "IS NULL", kind=kind)
        items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
        ids = [whole(item, field.name) for item in items]
        return where(actor, field.key, "has_any", ids, kind=kind)


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    is_counted = "contact_count" in (asked.returned or ())
    sizes = sizes_of_groups(actor, [each["id"] for each in documents]) if is_counted else {}
    shown = [
        {
            **document,
            "contact_count": sizes.get(document["id"]),
            "group_type": [number for number, key in TYPES.items() if document.get(key)],
            "created_by": contact_of_user(document.get("author_id")),
        }
        for document in documents
    ]
    return written(GROUP, actor, shown, asked)


def _sized(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for groups by how many contacts are in them."""
    sizes = sizes_of_groups(actor, list(reference.groups().by_id))
    found = [group_id for group_id, size in sizes.items() if meets(asked, size)]
    return where(actor, "id", "in", found, kind="group") if found else NOTHING


def _stored(values: Values) -> dict[str, object]:
    """Return values in which each use of a group is a yes or no of its own."""
    if "group_type" not in values:
        return dict(values)
    numbers = values["group_type"] or ()
    uses = {key: number in numbers for number, key in TYPES.items()}  # type: ignore[operator]  # a list, see GroupType
    return {**{key: value for key, value in values.items() if key != "group_type"}, **uses}


def _delete(call: Call) -> Result:
    writing.delete(call)
    # The original says true here where it says 1 elsewhere.
    return success(True)


GROUP = Entity(
    name="Group",
    source=RecordSource("group", _write),
    fields=fixed(
        record_id("Group ID"),
        text("name", "Group Name", "name", max_length=64),
        text("title", "Group Title", "title", is_required=True, max_length=255),
        long_text("description", "Group Description", "description"),
        yes_no("is_active", "Group Enabled", "is_active", default=1),
        WireField(
            name="visibility",
            title="Group Visibility Setting",
            format=Visibility(),
            key="visibility",
            offers=words(VISIBILITIES.values()),
            path="visibility",
        ),
        WireField(
            name="group_type",
            title="Group Type",
            format=GroupType(),
            key="group_type",
            offers=labels({number: name.title() for name, number in _NAMES.items()}),
            path="group_type",
        ),
        WireField(
            name="parents",
            title="Parent Groups",
            format=Parents(),
            key="parents",
            path="parents",
            offers=records(reference.groups),
        ),
        yes_no("is_hidden", "Group is Hidden", "is_hidden"),
        yes_no("is_reserved", "Group is Reserved", "is_reserved"),
        points_to(
            "Contact",
            "created_id",
            "Created By Contact ID",
            "author",
            path="created_by",
            is_writable=False,
            ask=users_own_contact("author", "group"),
        ),
        text("frontend_title", "Public Group Title", "public_title", max_length=255),
        long_text("frontend_description", "Public Group Description", "public_description"),
        moment("created_date", "Created Date", "created_at", is_writable=False, is_default=False),
        moment("modified_date", "Modified Date", "updated_at", is_writable=False, is_default=False),
        integer(
            "contact_count",
            "Contact Count",
            path="contact_count",
            is_writable=False,
            is_default=False,
            is_described=False,
            ask=_sized,
        ),
    ),
    permissions=Permissions(get=MEMBER, other=("access CiviCRM", "edit groups")),
    create=lambda actor, values: create_group(actor, _stored(values)),
    update=lambda actor, group_id, values: update_group(actor, group_id, _stored(values)),
    delete=delete_group,
    actions={"delete": Operation(_delete)},
    label="title",
)

ENTITIES = (GROUP,)
