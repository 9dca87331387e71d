"""References to other records by id."""

from typing import TYPE_CHECKING, ClassVar

from contacts.fields.types.base import LISTS, ORDER, FieldType, ValueFaultError, read_id

if TYPE_CHECKING:
    from contacts.fields.field import Field


class ReferenceType(FieldType):
    """The id of a user, contact, project, file or other record; services check that it exists."""

    name: ClassVar[str] = "reference"
    value_column: ClassVar[str] = "number"
    operators: ClassVar[frozenset[str]] = LISTS | ORDER
    target: ClassVar[str] = ""

    def parse(self, value: object, field: "Field") -> int:
        """Return the id; raises ValueFaultError: unknown."""
        number = read_id(value)
        if number is None:
            raise ValueFaultError("unknown", value=value)
        return number


class UserType(ReferenceType):
    """A user."""

    name: ClassVar[str] = "user"
    target: ClassVar[str] = "user"


class UserGroupType(ReferenceType):
    """A user group."""

    name: ClassVar[str] = "user_group"
    target: ClassVar[str] = "user_group"


class ContactType(ReferenceType):
    """A contact of any kind."""

    name: ClassVar[str] = "contact"
    target: ClassVar[str] = "contact"


class CompanyType(ReferenceType):
    """An organization."""

    name: ClassVar[str] = "company"
    target: ClassVar[str] = "company"


class AttachmentType(ReferenceType):
    """A file."""

    name: ClassVar[str] = "attachment"
    target: ClassVar[str] = "attachment"


class ProjectType(ReferenceType):
    """A project."""

    name: ClassVar[str] = "project"
    target: ClassVar[str] = "project"


class RecordType(ReferenceType):
    """A record of a kind that the field's traits name (`target`)."""

    name: ClassVar[str] = "record"
