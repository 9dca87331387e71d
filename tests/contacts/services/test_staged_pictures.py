"""Pictures that arrive before the contact that they are of."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from contacts.access import Actor
from contacts.errors import InvalidError
from contacts.models import Attachment
from contacts.query import get_contact
from contacts.services import staged_pictures
from contacts.services.contacts import update_contact
from contacts.services.staged_pictures import find_staged_picture, stage_picture
from tests.builders import make_contact

pytestmark = pytest.mark.django_db


def picture() -> BytesIO:
    """Return a small picture as a file."""
    written = BytesIO()
    Image.new("RGB", (4, 4), "red").save(written, "PNG")
    written.seek(0)
    return written


def staged(actor: Actor) -> int:
    """Stage a picture and return its id."""
    document = stage_picture(actor, picture(), filename="a.png", content_type="image/png")
    return int(str(document["id"]))


def test_a_staged_picture_becomes_that_of_a_contact(owner: Actor) -> None:
    contact = make_contact(owner)
    found = find_staged_picture(owner, staged(owner))
    update_contact(owner, contact.pk, {"avatar": found})

    assert get_contact(owner, contact.pk)["avatar_id"] == found
    assert find_staged_picture(owner, found or 0) is None


def test_a_picture_is_for_who_staged_it(owner: Actor, member: Actor) -> None:
    assert find_staged_picture(member, staged(owner)) is None


def test_half_an_hour_later_it_cannot_be_used_any_more(owner: Actor) -> None:
    pk = staged(owner)
    Attachment.objects.update(created_at=timezone.now() - timedelta(minutes=31))

    assert find_staged_picture(owner, pk) is None


def test_what_is_no_picture_is_refused_and_not_kept(
    owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def codes(content: BytesIO) -> list[Any]:
        with pytest.raises(InvalidError) as refused:
            stage_picture(owner, content, content_type="image/png")
        return [(fault.key, fault.code) for fault in refused.value.faults]

    assert codes(BytesIO(b"<svg onload=alert(1)>")) == [("file", "invalid")]
    assert codes(BytesIO(picture().getvalue()[:40])) == [("file", "invalid")]
    monkeypatch.setattr(staged_pictures, "MOST_BYTES", 10)
    assert codes(picture()) == [("file", "too_large")]
    assert not Attachment.objects.exists()
