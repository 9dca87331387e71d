"""What other doors have stored and this protocol cannot say, sent back as it is shown."""

import pytest

from contacts.access import system_actor
from contacts.models import Change, Contact, Note, User
from contacts.services.own_contacts import give_own_contact
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


def test_an_address_of_another_protocol_keeps_its_capitals(ada: User, as_ada: Caller) -> None:
    """It was put in small letters when it was sent back; a new one is, as in the original."""
    contact = make_contact(actor_for(ada), last_name="Lee", emails=[{"address": "Lee@Home.ORG"}])
    changes = Change.objects.count()
    read = as_ada.ok("Email", "getsingle", {"contact_id": contact.pk})
    as_ada.make("Email", **read)
    shown = as_ada.ok("Contact", "getsingle", {"id": contact.pk, "return": "email"})
    as_ada.make("Contact", id=contact.pk, email=shown["email"])
    assert Change.objects.count() == changes
    as_ada.make("Email", contact_id=contact.pk, email="Lee@Work.ORG")
    kept = contact.emails.order_by("pk").values_list("address", flat=True)
    assert list(kept) == ["Lee@Home.ORG", "lee@work.org"]
    assert as_ada.ok("Email", "getcount", email="Lee@Work.org")["result"] == 1


def test_a_note_is_said_by_whom_it_was(ada: User, as_ada: Caller) -> None:
    """The contact of whoever wrote a note became the customer who said it."""
    about = make_contact(actor_for(ada), last_name="Lee")
    said_by = make_contact(actor_for(ada), last_name="Ray")
    give_own_contact(system_actor(), ada)
    note_id = as_ada.make("Note", entity_id=about.pk, note="Hello")
    changes = Change.objects.count()
    read = as_ada.ok("Note", "getsingle", {"id": note_id})
    as_ada.make("Note", **read)
    assert Change.objects.count() == changes
    assert Note.objects.get(pk=note_id).customer_id is None
    for customer in (said_by.pk, int(read["contact_id"])):
        as_ada.make("Note", id=note_id, contact_id=customer)
        assert Note.objects.get(pk=note_id).customer_id == customer


def test_a_field_of_choices_is_sent_back_as_it_is_read(as_ada: Caller) -> None:
    """The number of its own list was refused as one that is not there."""
    group = as_ada.make("CustomGroup", title="More facts", extends="Individual")
    values = {"label": "Level", "html_type": "Select", "option_values": {"a": "Low", "b": "High"}}
    pk = as_ada.make("CustomField", custom_group_id=group, **values)
    field = as_ada.ok("CustomField", "get", id=pk, sequential=1)["values"][0]
    as_ada.ok("CustomField", "create", {**field, "label": "Levels"})
    changed = as_ada.ok("CustomField", "get", id=pk, sequential=1)["values"][0]
    assert changed == {**field, "label": "Levels"}
    chosen = as_ada.ok("OptionValue", "get", option_group_id=field["option_group_id"])
    assert [each["label"] for each in chosen["values"].values()] == ["Low", "High"]
