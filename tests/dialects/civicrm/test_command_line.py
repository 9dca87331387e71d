"""Calls from a command line: the lines of the seed, formats, input, exit codes, permissions."""

import io
import json
import shlex
from collections.abc import Callable
from typing import Any

import pytest

from api.civicrm.command.lines import params_of, read_line
from api.civicrm.command.words import LineError
from api.civicrm.management.commands.civi import Command
from contacts.access import system_actor
from contacts.models import Contact, Project, User
from contacts.services.own_contacts import give_own_contact
from tests.builders import make_contact

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, project: Project
) -> Run:
    """Run a line as a shell would cut it; return exit code, output and errors."""
    monkeypatch.delenv("CV_OUTPUT", raising=False)

    def run(line: str, *, piped: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(piped))
        code = Command().run(shlex.split(line))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def alice_roberts(project: Project) -> Contact:
    return make_contact(first_name="Alice", last_name="Roberts", emails=[{"address": "a@x.org"}])


@pytest.mark.parametrize(
    "line",
    [
        "api contact.get first_name=Alice last_name=Roberts",
        "api3 Contact.get first_name=Alice last_name=Roberts",
        "civicrm-api contact.get first_name=Alice last_name=Roberts --out=json",
        "civicrm api contact.get first_name=Alice last_name=Roberts --format=json",
        "cvapi contact.get first_name=Alice last_name=Roberts --out=json",
        "-l www.example.com civicrm-api contact.get first_name=Alice last_name=Roberts -J",
        "api contact.get first_name=Alice last_name=Roberts --uri=https://www.example.com",
    ],
)
def test_lines_of_cv_drush_and_wp_find_the_contact(
    line: str, run: Run, alice_roberts: Contact
) -> None:
    code, printed, _errors = run(line)

    answer = json.loads(printed)
    assert (code, answer["is_error"], answer["version"], answer["count"]) == (0, 0, 3, 1)
    assert answer["values"][str(alice_roberts.pk)]["display_name"] == "Alice Roberts"


def test_name_of_a_user_and_the_number_of_its_contact_are_identical(run: Run, bob: User) -> None:
    give_own_contact(system_actor(), bob)

    by_name = run("api contact.get id=@user:bob")
    by_number = run(f"api contact.get id={bob.contact_id}")

    assert by_name == by_number
    assert json.loads(by_name[1])["id"] == bob.contact_id


def test_drush_and_wp_print_as_php_does(run: Run, alice_roberts: Contact) -> None:
    _code, printed, _errors = run("civicrm-api contact.get first_name=Alice return=first_name")

    assert printed.startswith("Array\n(\n    [is_error] => 0\n    [version] => 3\n")
    assert "                    [first_name] => Alice\n" in printed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("options.limit=1", {"options": {"limit": "1"}}),
        ("options[limit]=1 options[sort]=id", {"options": {"limit": "1", "sort": "id"}}),
        ("option.limit=1", {"option.limit": "1"}),
        ("""first_name='{"LIKE":"Al%"}'""", {"first_name": {"LIKE": "Al%"}}),
        ("""return='["id","email"]'""", {"return": ["id", "email"]}),
        ("note=a=b", {"note": "a=b"}),
        ("first_name='{not JSON'", {"first_name": "{not JSON"}),
    ],
)
def test_parameters_are_read_in_every_spelling(words: str, expected: dict[str, Any]) -> None:

    assert params_of(read_line(shlex.split(f"api Contact.get {words}")), "") == expected


def test_chained_calls_and_options_reach_the_kernel(run: Run, alice_roberts: Contact) -> None:
    code, printed, _errors = run("api Contact.get first_name=Alice api.Email.get=1 sequential=1")

    record = json.loads(printed)["values"][0]
    assert code == 0
    assert record["api.Email.get"]["values"][0]["email"] == "a@x.org"


def test_parameters_come_by_standard_input(run: Run, alice_roberts: Contact) -> None:
    piped = json.dumps({"first_name": "Alice", "return": "last_name", "sequential": 1})

    code, printed, _errors = run("api3 Contact.get --in=json --out=json", piped=piped)

    assert (code, printed.count("\n")) == (0, 1)
    assert json.loads(printed)["values"][0]["last_name"] == "Roberts"


def test_scalar_results_are_printed_bare(run: Run, alice_roberts: Contact) -> None:
    assert run("api Contact.getcount first_name=Alice")[1] == "1\n"
    assert run("api Contact.getvalue first_name=Alice return=last_name")[1] == '"Roberts"\n'


def test_failed_call_is_printed_and_exits_with_one(run: Run) -> None:
    code, printed, errors = run("api Contact.create first_name=Alice --out=json")

    assert (code, errors) == (1, "")
    assert json.loads(printed)["error_code"] == "mandatory_missing"
    assert not Contact.objects.filter(first_name="Alice").exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Say what to call"),
        ("sing Contact.get", "Say what to call"),
        ("api Contact", "with a dot between entity and action"),
        ("api Contact.get first_name", "Parameters are written key=value."),
        ("api Contact.get --loud", "Unknown option: --loud"),
        ("api Contact.get --out=jsn", "--out=jsn is not one of json-pretty"),
        ("api Contact.get --user", "--user needs a value."),
        ("api Contact.get --user=nobody", "There is no user 'nobody'."),
        ("api4 Contact.get +x a", "Unknown shorthand: +x"),
    ],
)
def test_line_that_is_not_understood_says_so_and_exits_with_two(
    line: str, told: str, run: Run
) -> None:
    code, printed, errors = run(line)

    assert (code, printed) == (2, "")
    assert told in errors


def test_tables_show_the_fields_that_were_asked_for(run: Run, alice_roberts: Contact) -> None:
    asked = "api Contact.get first_name=Alice return=last_name,first_name"

    assert run(f"{asked} -C")[1] == "last_name,first_name\nRoberts,Alice\n"
    assert run(f"{asked} --out=list")[1] == "Roberts\n"
    table = run(f"{asked} -T")[1].splitlines()
    assert table[1] == "| last_name | first_name |"
    assert table[3] == "| Roberts   | Alice      |"


def test_table_of_nothing_is_empty(run: Run) -> None:
    assert run("api Contact.get last_name=Nobody -T") == (0, "", "")


def test_details_of_a_failure_go_to_the_errors(run: Run) -> None:
    code, _printed, errors = run("api Contact.create -vv")

    assert code == 1
    assert "require_params()" in errors


def test_table_of_what_is_no_list_becomes_json(run: Run, alice_roberts: Contact) -> None:
    code, printed, errors = run("api Contact.getsingle first_name=Alice return=last_name -T")

    assert code == 0
    assert json.loads(printed)["last_name"] == "Roberts"
    assert "Only lists can be written as table" in errors


def test_shell_gets_quoted_names_and_values(run: Run, project: Project) -> None:
    make_contact(first_name="D'Arcy", last_name="X")

    _code, printed, _errors = run("api Contact.getsingle last_name=X return=first_name --out=shell")

    assert "first_name='D'\\''Arcy'" in printed.splitlines()


def test_environment_names_the_usual_format(
    run: Run, monkeypatch: pytest.MonkeyPatch, alice_roberts: Contact
) -> None:
    monkeypatch.setenv("CV_OUTPUT", "none")

    assert run("api Contact.get")[1] == ""
    assert run("api Contact.getcount first_name=Alice --out=json")[1] == "1\n"


def test_named_user_sees_and_may_no_more_than_elsewhere(
    run: Run, alice_roberts: Contact, charlie: User
) -> None:
    assert run("api Contact.getcount first_name=Alice")[1] == "1\n"
    assert run("api Contact.getcount first_name=Alice --user=charlie")[1] == "0\n"
    code, printed, _errors = run("api Tag.delete id=1 --user=charlie --out=json")
    assert code == 1
    assert json.loads(printed)["is_error"] == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("+s id,first_name +s last_name", {"select": ["id", "first_name", "last_name"]}),
        ("+w 'first_name like \"Al%\"'", {"where": [["first_name", "LIKE", "Al%"]]}),
        ("+w 'id in [1,2]'", {"where": [["id", "IN", [1, 2]]]}),
        ("+w 'birth_date is not null'", {"where": [["birth_date", "IS NOT NULL"]]}),
        ("+w id=5", {"where": [["id", "=", 5]]}),
        ("+o 'last_name DESC,id'", {"orderBy": {"last_name": "DESC", "id": "ASC"}}),
        ("+l 10@20", {"limit": 10, "offset": 20}),
        ("+v first_name=Alice", {"values": {"first_name": "Alice"}}),
        ("""'{"limit":3}' offset=2""", {"limit": 3, "offset": 2}),
    ],
)
def test_shorthands_of_version_4_are_understood(words: str, expected: dict[str, Any]) -> None:

    assert params_of(read_line(shlex.split(f"api4 Contact.get {words}")), "") == expected


def test_condition_without_an_operator_is_told() -> None:

    with pytest.raises(LineError, match="Write: field OPERATOR value"):
        params_of(read_line(shlex.split("api4 Contact.get +w nonsense")), "")
