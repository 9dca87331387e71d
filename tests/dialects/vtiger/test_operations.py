"""Operations are added by other apps and by installed packages."""

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from api.vtiger import apps, registry
from api.vtiger.operations import Context, vtiger_operation
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

PLUGIN = "tests.dialects.vtiger.plugin"
DENIED = ("ACCESS_DENIED", "Permission to perform the operation is denied")


@pytest.fixture(autouse=True)
def _table_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_operations", dict(registry._operations))


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the app, as a line in the settings does, and start."""
    monkeypatch.delitem(sys.modules, f"{PLUGIN}.vtiger_operations", raising=False)
    with override_settings(INSTALLED_APPS=[*django_settings.INSTALLED_APPS, PLUGIN]):
        yield


@pytest.mark.usefixtures("plugin")
def test_operation_of_an_app_gets_its_parameters_by_name(as_alice: Caller) -> None:
    sent = {"words": ["a", 1], "times": "3", "since": "2026-01-31", "kindOf": "x", "more": "y"}
    assert as_alice.post("echo", **sent) == {
        "words": ["a", 1],
        "times": "3",
        "since": "2026-01-31",
        "kind": "x",
        "user": "alice",
        "has_session": True,
        "verb": "POST",
        "day": "2026-01-31",
        "price": "1.50",
        "lazy": "Name",
        "several": [1],
    }


@pytest.mark.usefixtures("plugin")
def test_missing_parameters_are_nothing(as_alice: Caller) -> None:
    echoed = as_alice.post("ECHO", words="{broken")
    assert [echoed[name] for name in ("words", "times", "since", "kind")] == [None, "", "", ""]


@pytest.mark.usefixtures("plugin")
def test_post_operation_reads_nothing_of_the_query_string(as_alice: Caller) -> None:
    assert as_alice.get("echo", times="3")["times"] == ""


@pytest.mark.usefixtures("plugin")
def test_operation_may_run_without_a_session(as_nobody: Caller) -> None:
    assert as_nobody.get("add", left="2", right="3") == 5


@pytest.mark.usefixtures("plugin")
def test_operation_that_fails_is_answered_without_its_text(as_nobody: Caller) -> None:
    assert as_nobody.refusal("add", left="two", right="3") == (
        "INTERNAL_SERVER_ERROR",
        "Unknown Error while processing request",
    )


@pytest.mark.usefixtures("plugin")
def test_permissions_are_asked_for(as_alice: Caller, as_ada: Caller) -> None:
    for name, word in (("admins_only", "welcome"), ("ada_only", "hello")):
        assert as_ada.get(name) == word
        assert as_alice.refusal(name) == DENIED


@pytest.mark.usefixtures("plugin")
def test_operation_refuses_in_its_own_words(as_alice: Caller, as_nobody: Caller) -> None:
    assert as_alice.refusal("refuse") == ("NOT_TODAY", "Come back tomorrow")
    assert as_nobody.refusal("refuse")[0] == "AUTHENTICATION_REQUIRED"


def test_operation_of_an_installed_package_is_found(
    as_alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = "tests.dialects.vtiger.packaged_operations"
    named = EntryPoint("packaged", place, apps.ENTRY_POINTS)
    monkeypatch.setattr(apps, "entry_points", lambda group: [named])
    apps.load_operations()
    assert as_alice.get("packaged") == "from a package"


def test_registering_twice_does_no_harm(as_alice: Caller) -> None:
    def twice(ctx: Context) -> str:
        return "once"

    for _ in range(2):
        vtiger_operation("twice")(twice)
    assert as_alice.get("twice") == "once"


def test_name_of_another_operation_is_taken_unless_it_is_to_be_replaced(as_alice: Caller) -> None:
    def mine(ctx: Context, **sent: object) -> str:
        return "mine"

    with pytest.raises(ImproperlyConfigured, match="ListTypes"):
        vtiger_operation("ListTypes")(mine)
    vtiger_operation("ListTypes", replace=True)(mine)
    assert as_alice.get("listtypes") == "mine"


@pytest.mark.parametrize(
    "wrong", [{"method": "PUT"}, {"params": [("x", "integer")]}], ids=["method", "type"]
)
def test_what_cannot_be_declared_is_refused_at_start(wrong: dict[str, object]) -> None:
    def mine(ctx: Context) -> None:
        return None

    with pytest.raises(ImproperlyConfigured):
        vtiger_operation("wrong", **wrong)(mine)
