"""What other doors have stored and this protocol cannot say, sent back as it is shown."""

import pytest

from contacts.models import Change, Contact, User
from tests.builders import actor_for, make_contact
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_what_is_shown_otherwise_or_not_at_all_stays(ada: User, as_ada: Caller) -> None:
    """Prefixes in no list and companies were cleared, and persons named as their company."""
    more = {"prefix": "Hochwürden", "suffix": "der Ältere", "company": "Acme"}
    contact = make_contact(actor_for(ada), last_name="Lee", **more)
    changes = Change.objects.count()
    names = "prefix_id,suffix_id,organization_name,employer_id,current_employer,first_name"
    read = as_ada.ok("Contact", "getsingle", {"id": contact.pk, "return": names})
    assert read["prefix_id"] == ""
    sent = {name: read.get(name, "") for name in names.split(",")}
    as_ada.make("Contact", id=contact.pk, **sent)
    assert Change.objects.count() == changes
    as_ada.make("Contact", id=contact.pk, **{**sent, "first_name": "Tim", "prefix_id": "Dr."})
    changed = Contact.objects.get(pk=contact.pk)
    assert (changed.first_name, changed.prefix, changed.company) == ("Tim", "Dr.", "Acme")
    as_ada.make("Contact", id=contact.pk, prefix_id="", first_name="")
    changed = Contact.objects.get(pk=contact.pk)
    assert (changed.first_name, changed.prefix, changed.suffix) == ("", "", "der Ältere")
