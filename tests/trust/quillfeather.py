"""A person with a word of its own in every place where the product keeps words.

`manage.py shell -c "from tests.trust.quillfeather import build; build()"` makes it.
"""

import json
import sys
from io import BytesIO
from typing import Any

from contacts import history, index
from contacts.access import Actor, system_actor
from contacts.fields import catalogue, reference
from contacts.jobs import enqueue
from contacts.models import Delivery, Job, Project, RelationshipType, Submission, User, WebForm
from contacts.services.activities import create_activity
from contacts.services.attachments import attach_file, delete_attachment
from contacts.services.comments import create_comment
from contacts.services.contacts import create_contact, update_contact
from contacts.services.deals import create_deal, update_deal
from contacts.services.documents import NewFile, create_document, relate_document
from contacts.services.merging import merge_contacts
from contacts.services.notes import create_note, delete_note
from contacts.services.relationships import tie_contacts
from contacts.services.stored_searches import keep_search
from contacts.services.tickets import create_ticket
from contacts.services.webhooks import create_webhook

WORD = "Quillfeather"
EMAIL = f"{WORD.lower()}@example.com"
SHARED = "Business of two"


def build() -> None:
    """Make the person, and print its id and that of somebody who shares a deal with it."""
    actor, project = system_actor("test"), Project.objects.earliest("pk")
    _listen(actor)
    person = _contact(actor, project, {**_every_text(), "last_name": WORD})
    for number in range(3):
        update_contact(actor, person, {"background": f"{WORD} {number} " * 40})
    twin = _contact(actor, project, {"first_name": "Twin", "last_name": f"{WORD} too"})
    create_note(actor, {"content": f"{WORD} the twin", "contact": twin})
    merge_contacts(actor, person, [twin])
    other = _contact(actor, project, {"first_name": "Other", "last_name": "Somebody"})
    _belongings(actor, person)
    _work(actor, project, person, other)
    _sent(project, person)
    _passing(actor, person)
    sys.stdout.write(json.dumps({"person": person, "twin": twin, "other": other}))


def _listen(actor: Actor) -> None:
    """Let another program be told of everything about contacts."""
    user = User.objects.earliest("pk")
    create_webhook(
        Actor(user_id=user.pk, username=user.username, is_administrator=True, dialect="concord"),
        kind="contact",
        action="any",
        url="https://example.com/hook",
    )


def _every_text() -> dict[str, object]:
    """Return values that say the word in every text that a contact may have."""
    texts = [
        field
        for field in catalogue("contact")
        if field.is_writable and field.type.name in ("text", "long_text", "name", "string")
    ]
    return {field.key: WORD for field in texts if not field.choices} | {
        "emails": [{"address": EMAIL}],
        "phones": [{"number": "+49 30 7654321", "extension": "12"}],
        "addresses": [{"street1": f"{WORD} street 1", "city": WORD}],
        "websites": [{"url": f"https://{WORD.lower()}.example"}],
    }


def _contact(actor: Actor, project: Project, values: dict[str, object]) -> int:
    return int(str(create_contact(actor, {**values, "projects": [project.pk]})["id"]))


def _belongings(actor: Actor, person: int) -> None:
    note = _id(create_note(actor, {"subject": WORD, "content": WORD, "contact": person}))
    create_comment(actor, {"content": WORD, "note": note})
    attach_file(actor, "note", note, BytesIO(WORD.encode()), filename=f"{WORD}.txt")
    attach_file(actor, "contact", person, BytesIO(WORD.encode() * 999), filename=f"{WORD} 2.txt")
    gone = _id(create_note(actor, {"content": f"{WORD} deleted", "contact": person}))
    attach_file(actor, "note", gone, BytesIO(WORD.encode()), filename=f"{WORD} 3.txt")
    delete_note(actor, gone)
    file = attach_file(actor, "contact", person, BytesIO(WORD.encode()), filename=f"{WORD} 4.txt")
    delete_attachment(actor, _id(file))


def _work(actor: Actor, project: Project, person: int, other: int) -> None:
    place: dict[str, Any] = {"project": project.pk}
    create_deal(actor, {**place, "name": f"{WORD} alone", "contact": person, "background": WORD})
    shared = create_deal(actor, {**place, "name": SHARED, "contact": person, "contacts": [other]})
    update_deal(actor, _id(shared), {"background": "of two"})
    create_ticket(actor, {**place, "subject": WORD, "description": WORD, "contact": person})
    create_activity(actor, {"subject": WORD, "details": WORD, "contacts": [person]})
    create_activity(actor, {"subject": SHARED, "contacts": [person, other]})
    file = NewFile(BytesIO(WORD.encode()), f"{WORD} 5.txt")
    document = create_document(actor, {**place, "title": WORD, "content": WORD}, file=file)
    relate_document(actor, _id(document), "contact", person)
    kind = RelationshipType.objects.exclude(name_a_b="Employee of").filter(kind_a="person").first()
    kind = kind or RelationshipType.objects.exclude(name_a_b="Employee of").earliest("pk")
    tie = {"type": kind.pk, "contact_a": other, "contact_b": person, "description": WORD}
    tie_contacts(actor, tie)


def _sent(project: Project, person: int) -> None:
    """Store what the person sent: taken, and held without a contact."""
    form = WebForm.objects.filter(project=project).first()
    sent = {"last_name": WORD, "email": EMAIL.upper()}
    moment = history.latest()[0].at
    for contact_id, state in ((person, "accepted"), (None, "held")):
        row = Submission.objects.create(
            form=form, state=state, values=sent, contact_id=contact_id, created_at=moment
        )
        index.trace_submissions([row])


def _passing(actor: Actor, person: int) -> None:
    """Store what is kept for a while: a delivery, a search, what a job said."""
    Delivery.objects.filter(record_id=person).update(body=json.dumps({"name": WORD}))
    keep_search(actor, {"email": EMAIL})
    finished = enqueue("purge")
    Job.objects.filter(pk=finished.pk).update(
        finished_at=history.latest()[0].at,
        due_at=None,
        status="done",
        error=f"Who is {EMAIL}?",
    )
    reference.forget()


def _id(document: Any) -> int:  # of any service
    return int(document["id"])
