"""Credentials: kept as hashes, found in one statement, refused for a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from contacts.access import (
    CredentialOptions,
    actor_of_secret,
    ensure_credential,
    find_credential,
    make_credential,
    secret_of,
)
from contacts.errors import AuthenticationError, ForbiddenError
from contacts.fields import reference
from contacts.models import Credential, User
from tests.builders import make_key

pytestmark = pytest.mark.django_db

KIND = "test_key"


def enter(secret: str, kind: str = KIND) -> int | None:
    return actor_of_secret(secret, [kind], dialect="test").user_id


def test_the_secret_is_shown_once_and_kept_as_a_hash(alice: User) -> None:
    credential, secret = make_credential(KIND, alice)
    stored = Credential.objects.filter(pk=credential.pk).values().get()
    assert len(secret) == 40
    assert secret not in str(stored)
    assert secret_of(credential) is None
    assert enter(secret) == alice.pk


def test_a_recoverable_secret_is_encrypted_with_the_instances_key(
    alice: User, settings: Settings
) -> None:
    credential, secret = make_credential(KIND, alice, CredentialOptions(is_recoverable=True))
    credential.refresh_from_db()
    assert secret.encode() not in bytes(credential.ciphertext or b"")
    assert secret_of(credential) == secret
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another key of this very instance, long enough for anybody"
    assert secret_of(credential) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert secret_of(credential) == secret


@pytest.mark.parametrize("secret", ["", "wrong", "\x00", "\ud800", "x" * 100_000])
def test_a_secret_of_nobody_is_refused(secret: str, alice: User) -> None:
    make_key(alice, KIND)
    with pytest.raises(AuthenticationError) as refused:
        enter(secret)
    assert refused.value.reason == "unknown"


def test_a_key_opens_no_door_but_its_own(alice: User) -> None:
    with pytest.raises(AuthenticationError):
        enter(make_key(alice, "another_kind"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"revoked_at": timezone.now()}, "revoked"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired"),
        ({"user": None}, "unknown"),
    ],
)
def test_a_credential_that_is_over_says_why(
    change: dict[str, Any], reason: str, alice: User
) -> None:
    secret = make_key(alice, KIND, expires_at=timezone.now() + timedelta(hours=1))
    assert enter(secret) == alice.pk
    Credential.objects.update(**change)
    with pytest.raises(AuthenticationError) as refused:
        enter(secret)
    assert refused.value.reason == reason


def test_a_locked_user_is_out_at_once(alice: User) -> None:
    secret = make_key(alice, KIND)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    with pytest.raises(AuthenticationError) as refused:
        enter(secret)
    assert refused.value.reason == "inactive"


@pytest.mark.parametrize("change", [{"may_use_api": False}, {"must_change_password": True}])
def test_programs_of_some_users_stay_out(change: dict[str, bool], alice: User) -> None:
    secret = make_key(alice, KIND)
    User.objects.filter(pk=alice.pk).update(**change)
    with pytest.raises(ForbiddenError):
        enter(secret)


def test_use_is_noted_with_its_door_but_not_each_time(
    alice: User, django_assert_num_queries: Any
) -> None:
    secret = make_key(alice, KIND)
    enter(secret)
    credential = Credential.objects.get()
    assert credential.last_used_at is not None
    assert credential.last_dialect == "test"
    reference.forget()
    with django_assert_num_queries(1):
        enter(secret)
    stale = timezone.now() - timedelta(hours=1)
    Credential.objects.update(last_used_at=stale)
    enter(secret)
    assert Credential.objects.get().last_used_at != stale


def test_a_credential_is_found_in_one_statement_with_the_versions_of_small_tables(
    alice: User, django_assert_num_queries: Any
) -> None:
    secret = make_key(alice, KIND)
    with django_assert_num_queries(1):
        found = find_credential(secret, [KIND])
        assert found is not None
        assert found.user is not None
        assert found.user.username == "alice"


def test_a_credential_that_is_there_is_returned_instead_of_another(alice: User) -> None:
    first, secret = ensure_credential(KIND, alice, CredentialOptions(name="one"))
    assert ensure_credential(KIND, alice, CredentialOptions(name="one")) == (first, secret)
    other, _secret = ensure_credential(KIND, alice, CredentialOptions(name="two"))
    assert other != first
    Credential.objects.filter(pk=first.pk).update(revoked_at=timezone.now())
    again, _secret = ensure_credential(KIND, alice, CredentialOptions(name="one"))
    assert again.pk not in (first.pk, other.pk)
