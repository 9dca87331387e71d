"""User name and password with every request: right pairs are quick, wrong ones slow and mute."""

import time

import pytest

from contacts.access import actor_of_password, passwords
from contacts.errors import AuthenticationError, ForbiddenError
from contacts.models import User
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db


def enter(username: str, password: str) -> int | None:
    return actor_of_password(username, password, dialect="test").user_id


def test_a_right_pair_enters_again_and_again(alice: User) -> None:
    assert [enter("alice", PASSWORD) for _ in range(3)] == [alice.pk] * 3


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("alice", "wrong"),
        ("alice", ""),
        ("alice", PASSWORD + "\x00"),
        ("alice", "\ud800"),
        ("ALICE", PASSWORD),
        ("nobody", PASSWORD),
        ("alice\x00", PASSWORD),
        ("\ud800", PASSWORD),
        ("x" * 10_000, PASSWORD),
    ],
)
def test_a_wrong_pair_does_not_say_what_is_wrong(username: str, password: str, alice: User) -> None:
    with pytest.raises(AuthenticationError) as refused:
        enter(username, password)
    assert refused.value.reason == "unknown"


def test_a_new_password_ends_the_old_one_at_once(alice: User) -> None:
    enter("alice", PASSWORD)
    alice.set_password("another long password")
    alice.save()
    with pytest.raises(AuthenticationError):
        enter("alice", PASSWORD)
    assert enter("alice", "another long password") == alice.pk


def test_a_locked_user_is_told_so_only_with_the_right_password(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    for password, reason in ((PASSWORD, "inactive"), ("wrong", "unknown")):
        with pytest.raises(AuthenticationError) as refused:
            enter("alice", password)
        assert refused.value.reason == reason


def test_who_must_change_the_password_does_that_first(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(must_change_password=True)
    with pytest.raises(ForbiddenError):
        enter("alice", PASSWORD)


def test_what_is_remembered_is_no_password(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_verified", {})
    enter("alice", PASSWORD)
    (kept,) = passwords._verified.items()
    assert PASSWORD not in kept[0]
    assert kept[1] <= time.monotonic() + passwords.REMEMBER_SECONDS
    monkeypatch.setattr(passwords, "REMEMBER_AT_MOST", 1)
    alice.set_password("another long password")
    alice.save()
    enter("alice", "another long password")
    assert len(passwords._verified) == 1
