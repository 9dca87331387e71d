"""Contacts that were exported in the browser come back by an import as they were."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from contacts import jobs
from contacts.access import system_actor
from contacts.models import Contact, Job, Project, User
from contacts.query import get_contact
from contacts.services.membership_levels import create_membership_level
from contacts.transfer.portable import portable_fields, told
from tests.builders import make_contact, make_custom_field
from tests.contacts.admin.reading import read, send
from tests.contacts.admin.test_bulk import LIST, exported
from tests.contacts.admin.test_importing import sent

ODD: dict[str, Any] = {
    "first_name": 'Quo"te 😀',
    "last_name": "=1+1",
    "job_title": "Ёлкина; Щукина",
    "background": 'Line\n"two"; three\n\'x',
    "emails": ["a@odd.example", "c@odd.example"],
    "phones": ["+49 30 123456", {"number": "12345", "extension": "7"}],
    "addresses": [
        {"street1": "Main; St 1", "street2": "Floor", "city": "Köln", "country": "Germany"},
        {"city": "Oslo", "po_box": "7"},
    ],
    "websites": ["https://odd.example/?a=1&b=2"],
    "tags": ["b a", "x"],
    "birthday": "1980-02-29",
    "visibility": 1,
    "do_not_phone": True,
    "preferred_language": "ru",
    "balance": "1234.50",
}


@pytest.fixture
def odd(project: Project) -> Contact:
    """Be a contact that has of everything."""
    one = make_custom_field("Colour", type="option", options=("Red; dark",))
    many = make_custom_field("Likes", type="option", is_multiple=True, options=("A, b", "C"))
    values = {
        f"custom_{one.pk}": one.options.get().pk,
        f"custom_{many.pk}": [each.pk for each in many.options.all()],
        f"custom_{make_custom_field('Member', type='boolean').pk}": True,
    }
    return make_contact(projects=[project.pk], **ODD, **values)


@pytest.fixture(params=["en", "ru"])
def at_desk(request: pytest.FixtureRequest, ada: User) -> Client:
    """Return the browser of an administrator, in each language."""
    client = Client(headers={"accept-language": request.param})
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    return client


def record(contact: Contact) -> dict[str, Any]:
    """Return what a file holds of a contact."""
    actor = system_actor("test")
    with translation.override("en"):
        return told(get_contact(actor, contact.pk), portable_fields(actor))


def imported(client: Client, text: str, kind: str, **chosen: str) -> Any:
    """Take a file in as it is proposed; returns what came of it."""
    form = sent(client, text, f"people.{kind}").posting_form()
    send(client, form.action, form.filled(go="import", **chosen))
    # The worker knows nothing of the language of whoever sent the file.
    with translation.override("en"):
        jobs.run_due()
    return Job.objects.filter(name="import").latest("pk").result


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_was_exported_is_known_again_and_the_same_when_it_is_new(
    at_desk: Client, odd: Contact, kind: str
) -> None:
    """Projects were refused, addresses came twice, lists and words in Russian were not read."""
    before, text = record(odd), exported(at_desk, kind, [odd.pk])

    again = imported(at_desk, text, kind, on_match="overwrite")
    assert (again["imported"], again["changed"], again["unchanged"]) == (0, 0, 1)
    new = imported(at_desk, text, kind, match="")
    assert (new["imported"], new["rejected"]) == (1, 0)
    assert record(Contact.objects.latest("pk")) == before


def test_cards_that_were_exported_are_known_again(at_desk: Client, project: Project) -> None:
    plain = make_contact(projects=[project.pk], **{**ODD, "phones": ["+49 30 123456"]})
    text = exported(at_desk, "vcf", [plain.pk])

    again = imported(at_desk, text, "vcf", on_match="overwrite")
    assert (again["imported"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_a_table_is_in_the_language_of_whoever_asks_for_it(ada: User, odd: Contact) -> None:
    """It is made while it is sent, when nobody knew the language any more."""
    client = Client(headers={"accept-language": "ru"})
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    form = read(client, LIST).form_to("/bulk/")
    answer = client.post(
        form.action, {**form.filled(), "id": [odd.pk], "action": "export", "format": "csv"}
    )
    translation.deactivate()

    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a stream
    assert "Фамилия" in text
    assert "человек" in text


def test_members_are_taken_back_in(at_desk: Client, project: Project) -> None:
    """Their status was refused where the table had it in Russian."""
    level = create_membership_level(system_actor("test"), {"name": "Gold"})["id"]
    member = make_contact(projects=[project.pk], membership_level=level, membership_status="active")
    text = exported(at_desk, "csv", [member.pk])

    again = imported(at_desk, text, "csv", match="number", on_match="overwrite")
    assert (again["changed"], again["unchanged"], again["rejected"]) == (0, 1, 0)


def test_a_contact_with_one_name_and_a_messenger_stays_as_it_is(
    at_desk: Client, project: Project
) -> None:
    """The name of the list was read as a last name, and a handle as one of another service."""
    skype = [{"handle": "mo.na", "service": "Skype"}]
    mona = make_contact(first_name="Mona", messengers=skype, projects=[project.pk])
    before = record(mona)
    assert before["messengers"][0]["service"] == "skype"

    again = imported(at_desk, exported(at_desk, "csv", [mona.pk]), "csv", match="number")
    assert (again["imported"], again["changed"], again["unchanged"]) == (0, 0, 1)
    assert record(mona) == before
