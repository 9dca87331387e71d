"""Credentials: made by people for themselves, never for more than one has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.access import Actor, CredentialOptions, actor_of_secret, make_credential
from contacts.errors import (
    AuthenticationError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
)
from contacts.history import changes_of
from contacts.models import Credential, Project, User
from contacts.query import Query, search
from contacts.services.activities import create_activity
from contacts.services.credentials import (
    create_credential,
    find_own_secret,
    revoke_credential,
    rotate_credential,
    unrevoke_credential,
    update_credential,
)
from tests.builders import actor_for, join, make_key, make_project


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def comes_with(secret: str) -> Actor:
    """Return the actor who shows this secret."""
    return actor_of_secret(secret, ["key"], dialect="test")


def test_credential_opens_the_door_and_its_secret_is_kept_nowhere(
    owner: Actor, project: Project
) -> None:
    document, secret = create_credential(owner, "key", {"name": "Laptop"})

    assert comes_with(secret).user_id == owner.user_id
    assert (document["name"], document["user_id"], document["hint"]) == (
        "Laptop",
        owner.user_id,
        secret[:4],
    )
    assert "digest" not in document
    entry = changes_of("credential", number(document)).get()
    assert secret not in str(entry.after)


def test_all_faults_of_a_credential_are_reported_together(owner: Actor, elsewhere: Project) -> None:
    with pytest.raises(InvalidError) as refused:
        create_credential(
            owner,
            "key",
            {
                "scope": "everything",
                "project": elsewhere.pk,
                "expires_at": timezone.now() - timedelta(days=1),
                "digest": "x",
            },
        )

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("scope", "not_in_list"),
        ("project", "unknown"),
        ("expires_at", "too_small"),
        ("digest", "unknown"),
    }


def test_only_administrators_make_credentials_for_others(
    owner: Actor, administrator: Actor, bob: User
) -> None:
    with pytest.raises(ForbiddenError):
        create_credential(owner, "key", {"user": bob.pk})

    _document, secret = create_credential(administrator, "key", {"user": bob.pk})
    assert comes_with(secret).user_id == bob.pk


def test_credential_makes_none_that_may_do_more(alice: User, project: Project) -> None:
    bound = comes_with(make_key(alice, "key", project_id=project.pk))
    free = make_credential("key", alice)[0]
    reading = comes_with(make_key(alice, "key", scope="read"))

    document, _secret = create_credential(bound, "key", {"project": None})
    assert document["project_id"] == project.pk
    with pytest.raises(NotFoundError):
        rotate_credential(bound, free.pk)
    with pytest.raises(ForbiddenError):
        create_credential(reading, "key", {})


def test_credential_makes_none_that_outlives_it(alice: User) -> None:
    end = timezone.now() + timedelta(days=1)
    passing = comes_with(make_key(alice, "key", expires_at=end, per_minute=5))

    document, _secret = create_credential(passing, "key", {"expires_at": None})

    written = end.isoformat().replace("+00:00", "Z")
    assert (document["expires_at"], document["per_minute"]) == (written, 5)
    own = update_credential(passing, passing.credential_id or 0, {"expires_at": None})
    assert own["expires_at"] == written


def test_a_key_that_ends_makes_shorter_ones_and_leaves_others_alone(alice: User) -> None:
    _lasting, secret = make_credential("key", alice, CredentialOptions(name="for ever"))
    lasting = Credential.objects.get(name="for ever")
    end = timezone.now() + timedelta(days=7)
    options = CredentialOptions(expires_at=end, per_minute=60)
    _ending, secret = make_credential("key", alice, options)
    ending = comes_with(secret)
    sooner = timezone.now() + timedelta(days=1)

    made, _secret = create_credential(ending, "key", {"expires_at": sooner, "per_minute": 5})
    update_credential(ending, lasting.pk, {"name": "Renamed"})

    row = Credential.objects.get(pk=made["id"])
    assert (row.expires_at, row.per_minute) == (sooner, 5)
    lasting.refresh_from_db()
    assert (lasting.name, lasting.expires_at, lasting.per_minute) == ("Renamed", None, None)


def test_others_credentials_look_like_missing_ones(
    owner: Actor, member: Actor, administrator: Actor, bob: User
) -> None:
    theirs = make_credential("key", bob)[0]

    for hidden in (
        lambda: revoke_credential(owner, theirs.pk),
        lambda: update_credential(owner, theirs.pk, {"name": "mine"}),
        lambda: rotate_credential(owner, theirs.pk),
    ):
        with pytest.raises(NotFoundError):
            hidden()
    assert search(owner, Query(kind="credential")).ids == []
    assert search(member, Query(kind="credential")).ids == [theirs.pk]
    assert search(administrator, Query(kind="credential")).ids == [theirs.pk]


def test_revoked_credential_and_those_made_from_it_stop_until_taken_back(
    owner: Actor, alice: User
) -> None:
    document, secret = create_credential(owner, "key", {})
    parent = Credential.objects.get(pk=number(document))
    _child, session = make_credential("key", alice, CredentialOptions(parent=parent))

    revoke_credential(owner, parent.pk)
    for shown in (secret, session):
        with pytest.raises(AuthenticationError):
            comes_with(shown)
    unrevoke_credential(owner, parent.pk)
    for shown in (secret, session):
        assert comes_with(shown).user_id == alice.pk
    actions = [entry.action for entry in changes_of("credential", parent.pk)]
    assert actions == ["unrevoked", "revoked", "created"]


def test_what_an_administrator_has_revoked_stays_revoked(
    owner: Actor, administrator: Actor
) -> None:
    document, secret = create_credential(owner, "key", {"name": "Laptop"})
    key = number(document)
    revoke_credential(owner, key)
    unrevoke_credential(owner, key)
    revoke_credential(administrator, key)
    with pytest.raises(ForbiddenError):
        unrevoke_credential(owner, key)
    # Not by revoking once more what is revoked already.
    revoke_credential(owner, key)
    with pytest.raises(ForbiddenError):
        unrevoke_credential(owner, key)
    with pytest.raises(AuthenticationError):
        comes_with(secret)
    unrevoke_credential(administrator, key)
    assert comes_with(secret).user_id == owner.user_id


def test_rotated_credential_gives_way_after_the_overlap(owner: Actor) -> None:
    document, old = create_credential(owner, "key", {"name": "Laptop", "scope": "read"})

    renewed, new = rotate_credential(owner, number(document), overlap=timedelta(days=7))
    assert (renewed["name"], renewed["scope"]) == ("Laptop", "read")
    assert comes_with(old).user_id == comes_with(new).user_id
    end = Credential.objects.get(pk=number(document)).expires_at
    assert end is not None
    assert timedelta(days=6) < end - timezone.now() < timedelta(days=8)

    _again, newest = rotate_credential(owner, number(renewed))
    with pytest.raises(AuthenticationError):
        comes_with(new)
    assert comes_with(newest).user_id == owner.user_id
    with pytest.raises(ConflictError):
        rotate_credential(owner, number(renewed))


def test_own_secret_is_shown_again_only_to_whoever_may_have_it(owner: Actor, alice: User) -> None:
    _document, secret = create_credential(owner, "key", {}, is_recoverable=True)
    other = comes_with(make_key(alice, "key", scope="read"))

    assert find_own_secret(owner, "key") == secret
    assert find_own_secret(comes_with(secret), "key") == secret
    assert find_own_secret(other, "key") is None
    assert find_own_secret(owner, "other kind") is None


def test_a_key_of_one_project_does_not_lead_to_activities_elsewhere(
    owner: Actor, alice: User, project: Project
) -> None:
    elsewhere = make_project("Elsewhere")
    join(alice, elsewhere)
    inside, outside = (
        create_activity(actor_for(alice), {"subject": "Call", "project": place.pk})["id"]
        for place in (project, elsewhere)
    )
    bound = comes_with(make_key(alice, "key", project_id=project.pk))

    assert [row["id"] for row in search(bound, Query("activity")).documents] == [inside]
    assert [row["id"] for row in search(actor_for(alice), Query("activity")).documents] == [
        inside,
        outside,
    ]
