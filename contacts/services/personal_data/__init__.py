"""Everything that is kept about one person: found in one place, told to them, or erased.

The doors for a screen, a command or an address:

    personal = require_personal(actor, contact_id)    # found, or a refusal; nothing is changed
    personal.counts()                                 # {"notes": 3, ...}: what would go
    erase(actor, contact_id)                          # what the buttons "Erase" does
    contacts.transfer.personal_data.write_archive(actor, contact_id, file)   # "Everything" as ZIP

All of it is for administrators alone (ForbiddenError): it shows, and takes, what is hidden from
others. In the browser the two are `admin:contacts_contact_everything` (GET, a download) and
`admin:contacts_contact_erase` (GET asks, POST with the name erases).

What is about this person and nobody else goes: the contact, the contacts that were merged into it,
their notes, files, submissions, memberships, ties, and the deals, tickets, activities and documents
that name no other contact. Of what is shared with others only the link goes. The history keeps who
did what and when, without a word of what it was.
"""

from contacts.services.personal_data.erasing import erase
from contacts.services.personal_data.finding import PersonalData, require_personal

__all__ = ["PersonalData", "erase", "require_personal"]
