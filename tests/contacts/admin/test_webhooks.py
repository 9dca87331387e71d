"""Webhooks in the browser: made with a secret that is shown once, tried, read, sent again."""

import json
import os
import shutil
import subprocess
import time

import pytest
from django.test import Client

from api.base.discovery import dialects
from contacts import jobs
from contacts.access import Actor, system_actor
from contacts.admin.doors import doors
from contacts.admin.doorways.signatures import SIGNATURE_CODES
from contacts.models import Project, Submission, Webhook
from contacts.services.contacts import archive_contact, delete_contact, update_contact
from contacts.services.custom_fields import create_custom_field
from contacts.services.merging import merge_contacts
from contacts.services.submissions import accept_submission, reject_submission
from contacts.services.web_forms import create_web_form
from contacts.services.webhook_sending import signature_of
from tests.builders import make_contact
from tests.contacts.admin.reading import Page, read, send
from tests.receiving import Receiver, receiver

__all__ = ["receiver"]

HOOKS = "/admin/contacts/webhook/"
FIELDS = [{"key": "first_name"}]


def made(client: Client, url: str, action: str = "any", **more: object) -> tuple[Page, str]:
    """Make a webhook; returns the page that shows its secret, and the secret."""
    asked = {"url": url, "event": f"contact.{action}", "dialect": "browser", **more}
    page = send(client, f"{HOOKS}add/", asked)
    words = page.text.split("Secret of the signature ")
    return page, words[1].split()[0] if len(words) > 1 else ""


def test_saving_a_contact_says_how_many_programs_are_told(at_alice: Client, owner: Actor) -> None:
    contact = make_contact(owner, first_name="Anna")
    address = f"/admin/contacts/contact/{contact.pk}/change/"
    form = read(at_alice, address).posting_form()
    page = send(at_alice, address, form.filled(save="1", first_name="Annie"))
    assert "“Annie” is saved. Undo" in page.text
    for name in ("one", "two"):
        made(at_alice, f"https://{name}.example/hook", action="updated")

    form = read(at_alice, address).posting_form()
    page = send(at_alice, address, form.filled(save="1", first_name="Ann"))

    assert "“Ann” is saved. 2 integrations are told." in page.text


def test_what_happens_is_told_in_our_own_words_and_signed(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    _page, secret = made(at_alice, receiver.url)
    hook = Webhook.objects.get()
    assert secret
    assert secret not in read(at_alice, f"{HOOKS}{hook.pk}/").text
    contact = make_contact(owner, first_name="Ann", projects=[project.pk])
    update_contact(owner, contact.pk, {"first_name": "Anne"})
    archive_contact(owner, contact.pk)
    jobs.run_due()

    told = [json.loads(body) for _headers, body in receiver.told]
    events = [each["event"] for each in told]
    assert events == ["contact.created", "contact.updated", "contact.archived"]
    assert told[1]["record"]["first_name"] == "Anne"
    headers, body = receiver.told[0]
    names: dict[str, object] = {}
    exec(SIGNATURE_CODES[0].code, names)  # noqa: S102 -- what people are given to paste
    assert names["is_genuine"](secret, headers, body)  # type: ignore[operator]  # a function
    assert not names["is_genuine"]("other", headers, body)  # type: ignore[operator]  # a function
    assert "answer 200" in read(at_alice, f"{HOOKS}{hook.pk}/").text


def test_changes_of_other_fields_are_not_told(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    custom = create_custom_field(system_actor(), {"label": "Slope", "type": "text"})["id"]
    page, _secret = made(at_alice, receiver.url, fields=["owner", "emails", f"custom_{custom}"])
    assert "Only when changed" in page.text
    contact = make_contact(owner, first_name="Ann", projects=[project.pk])
    for values in (
        {"first_name": "Anne"},
        {"emails": ["a@example.com"]},
        {"job_title": "Roofer"},
        {"owner": owner.user_id},
        {f"custom_{custom}": "steep"},
    ):
        update_contact(owner, contact.pk, values)
    jobs.run_due()

    told = [json.loads(body)["event"] for _headers, body in receiver.told]
    assert told == ["contact.created", *["contact.updated"] * 3]


def test_sample_is_sent_and_a_delivery_sent_again(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_alice, receiver.url, "created")
    address = f"{HOOKS}{Webhook.objects.get().pk}/"
    assert "There is nothing yet" in send(at_alice, f"{address}sample/", {}).text
    contact = make_contact(owner, first_name="Ann", projects=[project.pk])
    jobs.run_due()

    send(at_alice, f"{address}sample/", {})
    page = read(at_alice, address)
    send(at_alice, f"{address}again/", dict(page.form_to("/again/").buttons))
    jobs.run_due()

    told = [json.loads(body) for _headers, body in receiver.told]
    assert [each["event"] for each in told] == ["contact.created"] * 3
    assert {each["id"] for each in told} == {contact.pk}


def test_paused_webhook_is_on_the_start_page_and_goes_on_by_a_button(
    at_alice: Client, receiver: Receiver, project: Project
) -> None:
    made(at_alice, receiver.url)
    hook = Webhook.objects.get()
    assert "failing webhook" not in read(at_alice, "/admin/").text
    hook.failures = 1
    hook.save()
    assert "1 failing webhook " in read(at_alice, "/admin/").text
    hook.paused_at, hook.failures = hook.created_at, 20
    hook.save()

    assert "paused after failures" in read(at_alice, "/admin/").text
    send(at_alice, f"{HOOKS}{hook.pk}/resume/", {})

    hook.refresh_from_db()
    assert (hook.paused_at, hook.failures) == (None, 0)


def test_deleted_webhook_comes_back_with_its_secret(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_alice, receiver.url)
    before = Webhook.objects.get()
    page = send(at_alice, f"{HOOKS}{before.pk}/delete/", {})
    make_contact(owner, projects=[project.pk])
    assert "undo" in dict(page.form_to("/undelete/").buttons)
    send(at_alice, f"{HOOKS}{before.pk}/undelete/", {"undo": "1"})
    make_contact(owner, first_name="Later", projects=[project.pk])
    jobs.run_due()

    assert bytes(Webhook.objects.get().secret) == bytes(before.secret)
    assert [json.loads(body)["record"]["first_name"] for _h, body in receiver.told] == ["Later"]


def test_webhooks_of_others_are_not_there(
    at_alice: Client, at_bob: Client, receiver: Receiver
) -> None:
    made(at_alice, receiver.url)
    address = f"{HOOKS}{Webhook.objects.get().pk}/"

    assert receiver.url not in read(at_bob, HOOKS).text
    assert at_bob.get(address).status_code == 404
    for name in ("delete", "resume", "sample", "undelete"):
        assert at_bob.post(f"{address}{name}/").status_code in (403, 404)
    assert at_bob.post(f"{address}again/", {"delivery": "1"}).status_code == 404


@pytest.mark.parametrize("url", ["", "no address", "http://127.0.0.1/", "http://10.0.0.1/x"])
def test_addresses_that_may_not_be_called_are_refused_beside_the_field(
    at_alice: Client, url: str
) -> None:
    page, _secret = made(at_alice, url)

    assert page.status == 422
    assert not Webhook.objects.exists()


def test_record_that_is_gone_for_good_is_told_to_nobody_who_never_saw_it(
    at_bob: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_bob, receiver.url, "deleted")
    contact = make_contact(owner, projects=[project.pk], visibility=2)
    archive_contact(owner, contact.pk)
    delete_contact(owner, contact.pk)
    jobs.run_due()

    assert receiver.told == []


def test_webhook_is_edited_and_keeps_its_secret(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_alice, "https://old.example/hook", "deleted")
    hook = Webhook.objects.get()
    form = read(at_alice, f"{HOOKS}{hook.pk}/change/").posting_form()
    assert form.fields["event"] == ["contact.deleted"]
    page = send(
        at_alice,
        f"{HOOKS}{hook.pk}/change/",
        form.filled(url=receiver.url, event="contact.created"),
    )
    make_contact(owner, first_name="Ann", projects=[project.pk])
    jobs.run_due()

    assert "Contact: created" in page.text
    assert [json.loads(body)["event"] for _headers, body in receiver.told] == ["contact.created"]
    assert bytes(Webhook.objects.get().secret) == bytes(hook.secret)
    refused = send(at_alice, f"{HOOKS}{hook.pk}/change/", form.filled(url="nowhere"))
    assert refused.status == 422
    assert Webhook.objects.get().url == receiver.url


def test_webhook_of_somebody_else_is_not_edited(
    at_alice: Client, at_bob: Client, receiver: Receiver
) -> None:
    made(at_alice, receiver.url)
    assert at_bob.get(f"{HOOKS}{Webhook.objects.get().pk}/change/").status_code == 404


def test_submissions_are_told_when_received_accepted_and_rejected(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_alice, receiver.url, event="submission.any")
    form = create_web_form(owner, {"title": "Ask us", "project": project.pk, "fields": FIELDS})
    address = f"/forms/{form['public_id']}"
    at_alice.post(address, {"first_name": "Ann"})
    ann = Submission.objects.get()
    # The page was not open long enough for a person.
    assert ann.state == "held"
    accept_submission(owner, ann.pk)
    at_alice.post(address, {"first_name": "Rob"})
    reject_submission(owner, Submission.objects.latest("pk").pk)
    jobs.run_due()

    told = [json.loads(body) for _headers, body in receiver.told]
    assert [each["event"] for each in told] == [
        "submission.received",
        "submission.accepted",
        "submission.received",
        "submission.rejected",
    ]
    assert told[0]["record"]["values"] == {"first_name": "Ann"}
    assert told[0]["record"]["form"] == "Ask us"
    ann.refresh_from_db()
    assert told[1]["record"]["contact_id"] == ann.contact_id


def test_submissions_are_told_to_who_reviews_them(
    at_rita: Client, at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_rita, receiver.url, event="submission.any")
    form = create_web_form(owner, {"title": "Ask us", "project": project.pk, "fields": FIELDS})
    at_alice.post(f"/forms/{form['public_id']}", {"first_name": "Ann"})
    jobs.run_due()

    assert Submission.objects.exists()
    assert receiver.told == []


def test_merge_is_told(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project
) -> None:
    made(at_alice, receiver.url, "merged")
    two = [make_contact(owner, first_name=name, projects=[project.pk]).pk for name in "AB"]
    merge_contacts(owner, two[0], two[1:])
    jobs.run_due()

    told = [json.loads(body) for _headers, body in receiver.told]
    assert [(each["event"], each["id"]) for each in told] == [("contact.merged", two[0])]


@pytest.mark.parametrize("door", [dialect.name for dialect in dialects()])
def test_contact_is_told_in_the_words_of_every_protocol(
    at_alice: Client, receiver: Receiver, owner: Actor, project: Project, door: str
) -> None:
    page, _secret = made(at_alice, receiver.url, "created", dialect=door)
    assert page.status == 200
    contact = make_contact(owner, first_name="Ann", last_name="Lee", projects=[project.pk])
    jobs.run_due()

    (told,) = [json.loads(body) for _headers, body in receiver.told]
    # A protocol with webhooks of its own may send the number alone.
    assert "Ann" in json.dumps(told) or str(contact.pk) in json.dumps(told)
    assert "display_name" not in told.get("record", {})


def test_format_without_words_for_an_event_is_refused_beside_the_field(
    at_alice: Client, receiver: Receiver
) -> None:
    door = doors()[0].name
    page, _secret = made(at_alice, receiver.url, event="submission.any", dialect=door)

    assert page.status == 422
    assert not Webhook.objects.exists()


PROGRAMS = {
    "JavaScript": (
        ["node", "-"],
        'const isOurs = isGenuine({secret}, {{"x-webhook-timestamp": {moment},'
        ' "x-webhook-signature": {signature}}}, Buffer.from({body}));\nconsole.log(isOurs);',
    ),
    "PHP": (
        ["php"],
        "\nprint(is_genuine({secret}, ['HTTP_X_WEBHOOK_TIMESTAMP' => {moment},"
        " 'HTTP_X_WEBHOOK_SIGNATURE' => {signature}], {body}) ? 'true' : 'false');",
    ),
}


@pytest.mark.parametrize("language", PROGRAMS)
def test_code_that_checks_signatures_runs(language: str) -> None:
    command, call = PROGRAMS[language]
    if shutil.which(command[0]) is None:
        if os.environ.get("REQUIRE_CLIENTS"):
            pytest.fail(f"{command[0]} is not installed")
        pytest.skip(f"{command[0]} is not installed")
    code = next(each.code for each in SIGNATURE_CODES if each.language == language)
    moment = int(time.time())
    signature = signature_of("a secret", moment, b'{"a":1}')
    answers = []
    for secret in ("a secret", "another"):
        words = {"secret": secret, "moment": str(moment), "signature": signature, "body": '{"a":1}'}
        written = {key: f"'{value}'" for key, value in words.items()}
        program = f"{code}\n{call.format(**written)}"
        done = subprocess.run(command, input=program, capture_output=True, text=True, check=True)
        answers.append(done.stdout.strip())

    assert answers == ["true", "false"]
