"""Records of prepared statements: as the database has them now, and each a record of its own."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from contacts.access import CredentialOptions, find_credential, make_credential
from contacts.access.passwords import find_user
from contacts.access.prepared import PreparedRow
from contacts.access.unmoved import state_of
from contacts.models import Credential, Tag, User
from crm.databases import completed_database
from crm.patient_sqlite3.base import DatabaseWrapper

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


needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite tells")


@needs_sqlite
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_record_is_asked_for_again_after_any_change_and_not_before() -> None:
    user = User.objects.create(username="dora")
    made, secret = make_credential(KIND, user, CredentialOptions())

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert found(secret).scope == Credential.objects.get(pk=made.pk).scope
        return len(captured) - 1

    found(secret)
    assert [asked(), asked()] == [0, 0]
    Tag.objects.create(name="any other table")
    assert [asked(), asked()] == [1, 0]
    Credential.objects.filter(pk=made.pk).update(scope="read")
    assert [asked(), asked()] == [1, 0]
    with transaction.atomic():
        Credential.objects.filter(pk=made.pk).update(scope="write")
        # What may be taken back is asked for each time, and not known afterwards.
        assert [asked(), asked()] == [1, 1]
        transaction.set_rollback(True)
    assert [asked(), asked()] == [1, 0]
    Credential.objects.filter(pk=made.pk).delete()
    assert find_credential(secret, [KIND]) is None


def test_the_state_of_sqlite_moves_with_what_any_connection_commits(
    tmp_path: Path, on_file: Callable[[Path], DatabaseWrapper]
) -> None:
    one, other = on_file(tmp_path / "db"), on_file(tmp_path / "db")
    with closing(one), closing(other):
        one.cursor().execute("CREATE TABLE held (value)")
        before = state_of(one)
        assert state_of(one) == before != state_of(other)
        other.cursor().execute("INSERT INTO held VALUES (1)")
        after = state_of(one)
        assert after != before
        one.cursor().execute("INSERT INTO held VALUES (2)")
        assert state_of(one) != after
        one.cursor().execute("BEGIN")
        assert state_of(one) is None


@pytest.fixture
def on_file() -> Callable[[Path], DatabaseWrapper]:
    """Return what opens a connection to a file, set up as the server's are."""

    def opened(path: Path) -> DatabaseWrapper:
        described = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
        completed = completed_database(
            described, root=path.parent, synchronous="FULL", prepares=True
        )
        names = ("ATOMIC_REQUESTS", "AUTOCOMMIT", "CONN_HEALTH_CHECKS", "TIME_ZONE")
        usual = {name: connection.settings_dict[name] for name in names}
        return DatabaseWrapper({**usual, **completed}, alias="file")

    return opened
