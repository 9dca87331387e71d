"""What tests of writing contacts ask for again and again."""

from typing import Any

from contacts.models import Contact, User
from contacts.query import get_contact
from tests.builders import actor_for
from tests.dialects.redmineup.calling import Caller, errors_of

Sent = dict[str, Any]


def create(as_alice: Caller, **sent: Any) -> Sent:
    """Create a contact in the demo project and return it as answered."""
    body = {"contact": {"project_id": "demo", "first_name": "Ann", **sent}}
    made: Sent = as_alice.make("/contacts.json", body)["contact"]
    return made


def change(as_alice: Caller, contact: Contact, **sent: Any) -> Sent:
    """Change a contact and return it as it is shown afterwards."""
    answer = as_alice.put(f"/contacts/{contact.pk}.json", {"contact": sent})
    assert answer.status_code == 204, (answer.status_code, answer.content[:500])
    return shown(as_alice, contact)


def shown(as_alice: Caller, contact: Contact) -> Sent:
    """Return a contact as it is shown."""
    found: Sent = as_alice.read(f"/contacts/{contact.pk}.json")["contact"]
    return found


def refused(as_alice: Caller, **sent: Any) -> list[str]:
    """Return why a contact is refused, and make sure that none was made."""
    before = Contact.objects.count()
    body = {"contact": {"project_id": "demo", "first_name": "Ann", **sent}}
    errors = errors_of(as_alice.post("/contacts.json", body))
    assert Contact.objects.count() == before
    return errors


def document(user: User, contact: Contact) -> Sent:
    """Return the stored document of a contact."""
    return dict(get_contact(actor_for(user), contact.pk))
