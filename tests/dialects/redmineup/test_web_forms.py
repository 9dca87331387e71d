"""Web forms on other sites: the documented form, its answers, where the visitor is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contacts.models import Project, Submission, User
from tests.builders import join, make_custom_field, make_project
from tests.dialects.redmineup.form_calls import BROWSER, entries, made, send

ADDRESSES = [
    "/contacts.xml",
    "/contacts.json",
    "/contacts",
    "/projects/demo/contacts.xml",
    "/projects/demo/contacts.json",
    "/projects/demo/contacts",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", ["user", "form"])
def test_the_documented_form_works_at_every_address(
    visitor: Client, alices_key: str, form_key: str, address: str, kind: str
) -> None:
    key = alices_key if kind == "user" else form_key

    answer = send(visitor, address, entries(key))

    (contact,) = made()
    assert (contact.first_name, contact.last_name) == ("Ann", "Lee")
    assert contact.emails.get().address == "ann@a.example"
    assert contact.tag_links.get().tag.name == "web"
    if address.endswith("contacts"):
        assert answer.status_code == 200
        assert "<html" in answer.content.decode()
    else:
        assert answer.status_code == 201
        assert answer["Location"].endswith(f"/contacts/{contact.pk}")
    assert not answer.cookies


def test_custom_fields_of_the_documented_form_are_taken(visitor: Client, alices_key: str) -> None:
    first, second = make_custom_field("License"), make_custom_field("Level", options=("7", "8"))
    lines = [
        ("key", alices_key),
        ("project_id", "demo"),
        ("contact[first_name]", "Ann"),
        ("contact[custom_fields][][id]", str(first.pk)),
        ("contact[custom_fields][][value]", "GPL"),
        ("contact[custom_fields][][id]", str(second.pk)),
        ("contact[custom_fields][][value]", "7"),
    ]
    body = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in lines
    )

    answer = visitor.generic(
        "POST", "/contacts.json", f"{body}--X--\r\n", "multipart/form-data; boundary=X"
    )

    fields = answer.json()["contact"]["custom_fields"]
    assert [field["value"] for field in fields] == ["GPL", "7"]


def test_an_urlencoded_form_works_too(visitor: Client, form_key: str) -> None:
    body = f"key={form_key}&contact[first_name]=Ann&contact[last_name]=%D0%9B%D0%B8"

    answer = visitor.generic(
        "POST", "/contacts", body, "application/x-www-form-urlencoded", headers=BROWSER
    )

    assert answer.status_code == 200
    assert made()[0].last_name == "Ли"


@pytest.mark.parametrize("kind", ["user", "form"])
def test_it_is_kept_where_a_contact_came_from(
    visitor: Client, alices_key: str, form_key: str, kind: str
) -> None:
    send(visitor, "/contacts", entries(alices_key if kind == "user" else form_key))

    (contact,) = made()
    assert "shop.example" in contact.source or "Write to us" in contact.source
    assert "secret" not in contact.source
    if kind == "form":
        submission = Submission.objects.get()
        assert submission.contact == contact
        assert submission.referer.startswith("https://shop.example/contact")
        assert form_key not in str(submission.values)


@pytest.mark.parametrize("address", ["/contacts.xml", "/contacts.json", "/contacts"])
@pytest.mark.parametrize("target", ["http://thanks.example/a?b=1&c=d", "https://t.example/x"])
def test_success_leads_to_the_address_that_the_form_names(
    visitor: Client, alices_key: str, address: str, target: str
) -> None:
    answer = send(visitor, address, entries(alices_key, redirect_on_success=target))

    assert (answer.status_code, answer["Location"]) == (302, target)
    assert len(made()) == 1


@pytest.mark.parametrize(
    "target",
    [
        "/relative",
        "//host.example",
        "javascript:alert(1)",
        "ftp://x.example",
        " https://x.example",
        "https://x.example\r\nX-Evil: 1",
        "HTTPS://x.example/\u2028",
        "",
    ],
)
def test_other_targets_are_ignored(visitor: Client, alices_key: str, target: str) -> None:
    answer = send(visitor, "/contacts.json", entries(alices_key, redirect_on_success=target))

    assert answer.status_code == 201
    assert "X-Evil" not in answer


@pytest.mark.parametrize(
    ("back", "status"),
    [("/after", 302), ("http://testserver/after", 302), ("https://evil.example/", 200)],
)
def test_back_url_leads_only_to_this_host(
    visitor: Client, alices_key: str, back: str, status: int
) -> None:
    page = send(visitor, "/contacts", entries(alices_key, back_url=back))
    program = send(visitor, "/contacts.json", entries(alices_key, back_url=back))

    assert page.status_code == status
    assert program.status_code == 201


@pytest.mark.parametrize("kind", ["user", "form"])
def test_programs_get_errors_even_with_a_target(
    visitor: Client, alices_key: str, form_key: str, kind: str
) -> None:
    key = alices_key if kind == "user" else form_key
    sent = entries(key, redirect_on_success="https://t.example/", **{"contact[email]": "nowhere"})

    answer = send(visitor, "/contacts.json", sent)

    assert answer.status_code == 422
    assert answer.json() == {"errors": ["Email have incorrect format"]}
    assert made() == []


@pytest.mark.parametrize("kind", ["user", "form"])
def test_people_get_a_page_with_the_errors_and_all_they_wrote(
    visitor: Client, alices_key: str, form_key: str, kind: str
) -> None:
    key = alices_key if kind == "user" else form_key
    sent = entries(key, **{"contact[email]": "nowhere", "contact[last_name]": "<b>Lee</b>"})

    answer = send(visitor, "/contacts", sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")
    assert "nowhere" in text
    assert "&lt;b&gt;Lee" in text
    assert "<b>Lee" not in text
    assert key not in text
    assert made() == []


def test_wrong_keys_and_places_are_refused_with_a_page(
    visitor: Client, alices_key: str, alice: User, elsewhere: Project
) -> None:
    wrong = send(visitor, "/contacts", entries("wrong"))
    lost = send(visitor, "/contacts", entries(alices_key, project_id="nowhere"))
    join(alice, elsewhere, "Reporter")
    forbidden = send(visitor, "/contacts", entries(alices_key, project_id=elsewhere.identifier))

    assert (wrong.status_code, lost.status_code, forbidden.status_code) == (401, 404, 403)
    for answer in (wrong, lost, forbidden):
        assert "<html" in answer.content.decode()
        assert "Traceback" not in answer.content.decode()


def test_programs_get_statuses_for_wrong_keys_and_places(
    visitor: Client, form_key: str, project: Project
) -> None:
    make_project("Other", identifier="other")
    wrong = send(visitor, "/contacts.json", entries("wrong"))
    lost = send(visitor, "/contacts.json", entries(form_key, project_id="nowhere"))
    bound = send(visitor, "/contacts.json", entries(form_key, project_id="other"))

    assert [(each.status_code, each.content) for each in (wrong, lost, bound)] == [
        (401, b""),
        (404, b""),
        (403, b""),
    ]


def test_a_form_without_a_key_is_sent_to_sign_in(visitor: Client, project: Project) -> None:
    sent = {key: value for key, value in entries("").items() if key != "key"}

    answer = send(visitor, "/contacts", sent)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_files_are_ignored(visitor: Client, alices_key: str, form_key: str) -> None:
    for key in (alices_key, form_key):
        upload = SimpleUploadedFile("x.php", b"<?php", content_type="image/png")
        sent = entries(key, **{"contact[avatar]": upload, "contact[first_name]": key[:5]})
        assert send(visitor, "/contacts.json", sent).status_code == 201

    assert [contact.avatar_id for contact in made()] == [None, None]


def test_a_file_in_place_of_a_text_is_refused(visitor: Client, alices_key: str) -> None:
    upload = SimpleUploadedFile("x.txt", b"hello", content_type="text/plain")
    sent = entries(alices_key, **{"contact[last_name]": upload})

    answer = send(visitor, "/contacts.json", sent)

    assert answer.status_code == 422
    assert made() == []
