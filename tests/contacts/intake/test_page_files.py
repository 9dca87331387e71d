"""A picture is taken where the form allows files, and is not kept as it came."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from contacts.models import Attachment, Contact
from tests.contacts.intake.conftest import Maker
from tests.contacts.intake.visiting import fill


def test_picture_is_rewritten_and_becomes_the_contact_s(make_form: Maker, visitor: Client) -> None:
    form = make_form(fields=["first_name", "avatar"], allows_files=True)

    response = fill(visitor, form, {"first_name": "Ann", "avatar": picture()})

    assert response.status_code == 303
    stored = Attachment.objects.get()
    contact = Contact.objects.get()
    assert contact.avatar == stored
    assert stored.content_type == "image/webp"
    with stored.file.open() as kept:
        assert kept.read()[:4] == b"RIFF"


def test_file_that_is_no_picture_is_refused_and_not_kept(make_form: Maker, visitor: Client) -> None:
    form = make_form(fields=["first_name", "avatar"], allows_files=True)
    page = SimpleUploadedFile("me.png", b"<script>alert(1)</script>", "image/png")

    response = fill(visitor, form, {"first_name": "Ann", "avatar": page})

    assert response.status_code == 422
    assert "Choose a picture" in response.content.decode()
    assert not Attachment.objects.exists()


def test_no_file_is_taken_where_the_form_does_not_allow_it(
    make_form: Maker, visitor: Client
) -> None:
    form = make_form(fields=["first_name", "avatar"])

    fill(visitor, form, {"first_name": "Ann", "avatar": picture()})

    assert Contact.objects.get().avatar is None
    assert not Attachment.objects.exists()


def test_stored_file_cannot_be_named_by_its_number(make_form: Maker, visitor: Client) -> None:
    form = make_form(fields=["first_name", "avatar"], allows_files=True)
    now = timezone.now()
    stored = Attachment.objects.create(
        file="x", filename="secret.png", author=form.author, created_at=now, updated_at=now
    )

    fill(visitor, form, {"first_name": "Ann", "avatar": str(stored.pk)})

    assert Contact.objects.get().avatar is None


def picture() -> SimpleUploadedFile:
    """Return a small picture."""
    written = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(written, "PNG")
    return SimpleUploadedFile("me.png", written.getvalue(), "image/png")
