"""What only persons have, as a rule: no table forbids it to companies.

In the order of names companies stand before persons, so who asks for a job title by name would walk
past all of them. The few that have such a value all the same have rows of the code `impersonal`
that say of what (`contacts.index.keys`); where there is none, persons alone can match. Companies
may be members as well, but mostly they are not.
"""

from contacts.fields.contact_declaring import PERSON
from contacts.fields.contact_fields import CONTACT_FIELDS
from contacts.fields.membership_fields import MEMBERSHIP_FIELDS
from contacts.fields.storage import Column, Keys

MEMBERSHIP = "membership"

# Keys of the fields, and the attributes of a contact.
PERSONAL = {
    field.key: field.column
    for field in CONTACT_FIELDS
    if isinstance(field.storage, Column | Keys)
    and (field.applies_to == PERSON or field.key == "company")
}
# Keys of all such fields, each with what a row says.
TOLD = {key: key for key in PERSONAL} | {field.key: MEMBERSHIP for field in MEMBERSHIP_FIELDS}
