"""Records of prepared statements: as the database has them now, and each a record of its own."""

import pytest
from django.db.models import F

from contacts.access import CredentialOptions, find_credential, make_credential
from contacts.access.passwords import find_user
from contacts.access.prepared import PreparedRow
from contacts.models import Credential, User

pytestmark = pytest.mark.django_db

KIND = "test_key"


def found(secret: str) -> Credential:
    credential = find_credential(secret, [KIND])
    assert credential is not None
    return credential


def test_a_record_that_was_found_before_is_the_one_of_now(alice: User) -> None:
    _made, secret = make_credential(KIND, alice, CredentialOptions(traits={"a": [1]}))
    first, again = found(secret), found(secret)
    assert again is not first
    assert again == first
    Credential.objects.filter(pk=first.pk).update(scope="read")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    changed = found(secret)
    assert changed.scope == "read"
    assert changed.user is not None
    assert not changed.user.is_active


def test_what_happens_to_one_record_is_not_seen_in_the_next(alice: User) -> None:
    _made, secret = make_credential(KIND, alice, CredentialOptions(traits={"a": [1]}))
    for _each in range(3):
        credential = found(secret)
        assert credential.user is not None
        assert (credential.name, credential.traits, credential.user.username) == (
            "",
            {"a": [1]},
            "alice",
        )
        credential.name = credential.user.username = "other"
        credential.traits["a"].append(2)  # type: ignore[index]  # as it was made


def test_what_is_annotated_is_of_now_where_the_record_is_the_same(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = F("user__language")
    rows = PreparedRow(
        Credential,
        lambda texts: Credential.objects.annotate(place=place).filter(name__in=texts),
    )
    make_credential(KIND, alice, CredentialOptions(name="annotated"))
    assert getattr(rows.find(["annotated"]), "place", None) == ""
    User.objects.filter(pk=alice.pk).update(language="ru")
    # The record itself is copied: nothing of it has to be read anew.
    monkeypatch.setattr(Credential, "from_db", None)
    assert getattr(rows.find(["annotated"]), "place", None) == "ru"


def test_a_user_is_found_by_the_exact_name(alice: User, bob: User) -> None:
    names = ("alice", "bob", "Alice", "", "alice' OR 1=1", "\x00text 0")
    assert [getattr(find_user(name), "pk", None) for name in names] == [
        *(alice.pk, bob.pk),
        *[None] * 4,
    ]
