"""Field types: one object each that knows how a value is read, compared and written."""

from contacts.fields.types.base import LARGEST_ID, FieldType, ValueFaultError
from contacts.fields.types.choices import BooleanType, ChoiceType, FixedChoiceType
from contacts.fields.types.disclosures import (
    DisclosuresType,
    read_disclosures,
    written_disclosures,
)
from contacts.fields.types.lists import ChannelsType, IdsType, TagsType
from contacts.fields.types.moments import DateTimeType, DateType, read_moment, written_moment
from contacts.fields.types.numbers import DecimalType, IntegerType
from contacts.fields.types.references import (
    AttachmentType,
    CompanyType,
    ContactType,
    ProjectType,
    RecordType,
    ReferenceType,
    UserGroupType,
    UserType,
)
from contacts.fields.types.texts import LinkType, LongTextType, TextType

# The types that an administrator can give to a custom field, by name.
CUSTOM_TYPES: dict[str, FieldType] = {
    field_type.name: field_type
    for field_type in (
        TextType(),
        LongTextType(),
        IntegerType(),
        DecimalType(),
        DateType(),
        DateTimeType(),
        BooleanType(),
        ChoiceType(),
        LinkType(),
        UserType(),
        ContactType(),
        CompanyType(),
        AttachmentType(),
    )
}

__all__ = [
    "CUSTOM_TYPES",
    "LARGEST_ID",
    "AttachmentType",
    "BooleanType",
    "ChannelsType",
    "ChoiceType",
    "CompanyType",
    "ContactType",
    "DateTimeType",
    "DateType",
    "DecimalType",
    "DisclosuresType",
    "FieldType",
    "FixedChoiceType",
    "IdsType",
    "IntegerType",
    "LinkType",
    "LongTextType",
    "ProjectType",
    "RecordType",
    "ReferenceType",
    "TagsType",
    "TextType",
    "UserGroupType",
    "UserType",
    "ValueFaultError",
    "read_disclosures",
    "read_moment",
    "written_disclosures",
    "written_moment",
]
