"""Tables, constraints and indexes; one module per noun, no rules about people."""

from contacts.models.activities import Activity, ActivityContact
from contacts.models.attachments import Attachment
from contacts.models.changes import Change
from contacts.models.channels import EmailAddress, Messenger, Phone, PostalAddress, Website
from contacts.models.comments import Comment
from contacts.models.contacts import Contact
from contacts.models.credentials import Credential
from contacts.models.currencies import Currency
from contacts.models.custom_fields import (
    ActivityValue,
    AddressValue,
    CustomField,
    CustomFieldGroup,
    CustomFieldOption,
    CustomValue,
    DealValue,
    ProductValue,
    TieValue,
)
from contacts.models.deals import Deal, DealCategory, DealContact, DealStatus, Pipeline, Stage
from contacts.models.deleted_records import DeletedRecord, DeletedReference
from contacts.models.derived import (
    CircleCount,
    ContactAccess,
    ContactDocument,
    ContactKey,
    ContactText,
    Stamp,
)
from contacts.models.duplicates import Duplicate, LikenessRule
from contacts.models.facts import ActivityFact, ContactFact, DealFact, TicketFact
from contacts.models.folders import Folder
from contacts.models.followers import (
    ActivityFollower,
    AttachmentFollower,
    ContactFollower,
    DealFollower,
    TicketFollower,
)
from contacts.models.former_contacts import FormerContact
from contacts.models.groups import Group, GroupMember
from contacts.models.jobs import Job
from contacts.models.memberships import Bundle, Membership, MembershipLevel
from contacts.models.notes import Note
from contacts.models.options import Country, Option, OptionList, State
from contacts.models.people import User, UserGroup
from contacts.models.pins import Pin
from contacts.models.products import DealProduct, Product
from contacts.models.projects import Project, ProjectMember, Role
from contacts.models.remembered_imports import RememberedImport
from contacts.models.request_counts import RequestCount
from contacts.models.request_log import RequestLogEntry
from contacts.models.saved_filters import SavedFilter
from contacts.models.stored_answers import StoredAnswer
from contacts.models.stored_searches import StoredSearch
from contacts.models.tags import ContactProject, ContactTag, Tag
from contacts.models.tickets import Ticket, TicketCategory
from contacts.models.ties import EMPLOYEE_OF, Relationship, RelationshipType
from contacts.models.web_forms import FormViews, Submission, SubmissionAddress, WebForm
from contacts.models.webhooks import Delivery, Webhook

__all__ = [
    "EMPLOYEE_OF",
    "Activity",
    "ActivityContact",
    "ActivityFact",
    "ActivityFollower",
    "ActivityValue",
    "AddressValue",
    "Attachment",
    "AttachmentFollower",
    "Bundle",
    "Change",
    "CircleCount",
    "Comment",
    "Contact",
    "ContactAccess",
    "ContactDocument",
    "ContactFact",
    "ContactFollower",
    "ContactKey",
    "ContactProject",
    "ContactTag",
    "ContactText",
    "Country",
    "Credential",
    "Currency",
    "CustomField",
    "CustomFieldGroup",
    "CustomFieldOption",
    "CustomValue",
    "Deal",
    "DealCategory",
    "DealContact",
    "DealFact",
    "DealFollower",
    "DealProduct",
    "DealStatus",
    "DealValue",
    "DeletedRecord",
    "DeletedReference",
    "Delivery",
    "Duplicate",
    "EmailAddress",
    "Folder",
    "FormViews",
    "FormerContact",
    "Group",
    "GroupMember",
    "Job",
    "LikenessRule",
    "Membership",
    "MembershipLevel",
    "Messenger",
    "Note",
    "Option",
    "OptionList",
    "Phone",
    "Pin",
    "Pipeline",
    "PostalAddress",
    "Product",
    "ProductValue",
    "Project",
    "ProjectMember",
    "Relationship",
    "RelationshipType",
    "RememberedImport",
    "RequestCount",
    "RequestLogEntry",
    "Role",
    "SavedFilter",
    "Stage",
    "Stamp",
    "State",
    "StoredAnswer",
    "StoredSearch",
    "Submission",
    "SubmissionAddress",
    "Tag",
    "Ticket",
    "TicketCategory",
    "TicketFact",
    "TicketFollower",
    "TieValue",
    "User",
    "UserGroup",
    "WebForm",
    "Webhook",
    "Website",
]
