"""Queries find what their words mean, and are refused in the original's words."""

import pytest

from contacts.models import Contact, Project, User
from contacts.services.contacts import archive_contact
from tests.builders import actor_for, join, make_contact
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

PEOPLE = (
    {"first_name": "Anna", "last_name": "Иван", "birthday": "1980-06-08", "department": "B"},
    {"first_name": "élise", "last_name": "O'Neil", "birthday": "1990-01-01", "department": "A"},
    {"first_name": "", "last_name": "a_b", "department": "A", "do_not_phone": True},
    {"first_name": "Bob", "last_name": "axb", "job_title": "100%", "lead_source": "Partner"},
    {"first_name": "Zed", "last_name": "back\\slash", "phones": [{"number": "+1 22"}]},
)


@pytest.fixture
def people(alice: User) -> list[Contact]:
    return [make_contact(actor_for(alice), **values) for values in PEOPLE]


def found(who: Caller, people: list[Contact], text: str) -> list[int]:
    """Return which of the people a condition finds, by their places."""
    places = {f"12x{contact.pk}": place for place, contact in enumerate(people)}
    return [places[row["id"]] for row in who.query(f"SELECT id FROM Contacts WHERE {text};")]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("lastname = 'иВАН'", [0]),
        ("firstname = 'Elise'", [1]),
        ("lastname = 'O''Neil'", [1]),
        ("lastname = 'иван '", [0]),
        ("firstname = anna", [0]),
        ("firstname != 'Anna'", [1, 2, 3, 4]),
        ("firstname = ''", [2]),
        ("firstname != ''", [0, 1, 3, 4]),
        ("firstname > ''", [0, 1, 3, 4]),
        ("firstname < 'b'", [0, 2]),
        ("firstname >= 'BOB'", [1, 3, 4]),
        ("lastname like 'a_b'", [2, 3]),
        ("lastname LIKE 'A%'", [2, 3]),
        ("lastname like '%\\\\%'", []),
        ("lastname like '%\\%'", [4]),
        ("lastname like 'axb'", [3]),
        ("firstname like '%'", [0, 1, 2, 3, 4]),
        ("firstname like ''", [2]),
        ("firstname in ('anna', 'bob')", [0, 3]),
        ("firstname in 'anna'", [0]),
        ("firstname = ('anna')", [0]),
        ("title = '100%'", [3]),
        ("birthday > '1985-01-01'", [1]),
        ("birthday>='1980-06-08'", [0, 1]),
        ("birthday != '1980-06-08'", [1]),
        ("birthday like '1980-%'", [0]),
        ("birthday like '1980-06-08'", [0]),
        ("support_start_date like '2024-%'", []),
        ("birthday = 'nonsense'", []),
        ("donotcall = 1", [2]),
        ("donotcall = '0'", [0, 1, 3, 4]),
        ("donotcall != '1'", [0, 1, 3, 4]),
        ("donotcall = 'on'", []),
        ("donotcall = 'true'", []),
        ("leadsource = 'partner'", [3]),
        ("leadsource != 'Partner'", [0, 1, 2, 4]),
        ("leadsource like 'Par%'", [3]),
        ("leadsource = ''", [0, 1, 2, 4]),
        ("phone = '+1 22'", [4]),
        ("phone like '%22'", [4]),
        ("mobile = '+1 22'", []),
        ("phone = ''", [0, 1, 2, 3]),
        ("source = 'CRM'", [0, 1, 2, 3, 4]),
        ("source != 'CRM'", []),
        ("department = 'A' or department = 'B' and firstname = 'Zed'", [1, 2]),
        ("firstname = 'Zed' and department = 'A' or lastname = 'axb'", [3]),
        ("lastname = 'x; and or'", []),
        ("createdtime > '2021-06-01'", [0, 1, 2, 3, 4]),
        ("modifiedtime> '2021-06-01 10:00:00'", [0, 1, 2, 3, 4]),
        ("createdtime < '2021-06-01T10:00:00'", []),
        ("createdtime like '20%'", [0, 1, 2, 3, 4]),
        ("createdtime like '1999%'", []),
        ("id = 18", []),
        ("account_id = '11x1'", []),
        ("contact_no like 'CON%'", [0, 1, 2, 3, 4]),
    ],
)
def test_condition_finds(
    condition: str, expected: list[int], as_alice: Caller, people: list[Contact]
) -> None:
    assert found(as_alice, people, condition) == expected


ADDRESS = {
    "street1": "Hauptweg 1",
    "street2": "Hinterhof",
    "street3": "Stiege 3",
    "po_box": "Kasten 5",
    "country": "DE",
    "country_text": "DE",
    "location": "work",
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        # The search text has no boxes, and countries by their English names.
        ("mailingpobox like '%kast%'", ["Box"]),
        ("mailingpobox = 'KASTEN 5'", ["Box"]),
        ("mailingcountry = 'de'", ["Box"]),
        ("mailingcountry in ('utopia', 'de')", ["Box"]),
        ("mailingcountry = 'Germany'", []),
        ("mailingcountry like '%erman%'", []),
        ("mailingcountry like '%ital%'", ["Rome"]),
        ("mailingcountry = 'italy'", ["Rome"]),
        ("mailingcountry != 'italy'", ["Box"]),
        ("mailingstreet = 'Hauptweg 1 hinterhof Stiege 3'", ["Box"]),
        ("mailingstreet = 'Hauptweg 1'", []),
        ("mailingstreet like '%tiege 3'", ["Box"]),
        ("otherstreet like '%tiege 3'", []),
    ],
)
def test_an_address_is_found_by_what_is_shown_of_it(
    condition: str, expected: list[str], as_alice: Caller, alice: User
) -> None:
    make_contact(actor_for(alice), last_name="Box", addresses=[ADDRESS])
    make_contact(actor_for(alice), last_name="Rome", addresses=[{"city": "Rome", "country": "IT"}])
    rows = as_alice.query(f"SELECT lastname FROM Contacts WHERE {condition};")
    assert [row["lastname"] for row in rows] == expected


def test_moments_compare_to_the_second(as_alice: Caller, people: list[Contact]) -> None:
    shown = as_alice.get("retrieve", id=f"12x{people[0].pk}")["createdtime"]
    assert 0 in found(as_alice, people, f"createdtime = '{shown}'")
    assert 0 not in found(as_alice, people, f"createdtime != '{shown}'")
    assert 0 not in found(as_alice, people, f"createdtime > '{shown}'")
    assert 0 in found(as_alice, people, f"createdtime >= '{shown}'")
    assert 0 in found(as_alice, people, f"createdtime like '{shown}'")


def test_only_the_number_behind_the_x_counts(as_alice: Caller, people: list[Contact]) -> None:
    first, second, *_rest = (contact.pk for contact in people)
    assert found(as_alice, people, f"id = '12x{first}'") == [0]
    assert found(as_alice, people, f"id = 12x{first}") == [0]
    assert found(as_alice, people, f"id = '99x{first}'") == [0]
    assert found(as_alice, people, f"id in (12x{first}, '12x{second}')") == [0, 1]
    assert found(as_alice, people, f"id > 12x{second}") == [2, 3, 4]
    assert found(as_alice, people, f"id like '12x{first}'") == [0]
    assert found(as_alice, people, f"id != 12x{first}") == [1, 2, 3, 4]


def test_references_are_compared_by_their_numbers(as_alice: Caller) -> None:
    firm = as_alice.create("Accounts", accountname="Acme")
    person = as_alice.create("Contacts", lastname="A", account_id=firm["id"])
    as_alice.create("Contacts", lastname="B")
    for condition in ("= '{0}'", "in ('{0}', 11x99999)", "= {0}", ">= '{0}'"):
        text = f"SELECT id FROM Contacts WHERE account_id {condition.format(firm['id'])};"
        assert as_alice.query(text) == [{"id": person["id"]}]
    for condition in ("= 'Acme'", "LIKE 'Ac%'"):
        text = f"SELECT id FROM Contacts WHERE account_id {condition};"
        assert as_alice.refusal("query", query=text) == (
            "INVALID_ID_ATTRIBUTE",
            "Id specified is incorrect",
        )


def test_empty_text_finds_what_is_not_set(as_alice: Caller) -> None:
    firm = as_alice.create("Accounts", accountname="Acme")["id"]
    tied = as_alice.create("Contacts", lastname="A", account_id=firm, birthday="1980-06-08")["id"]
    free = as_alice.create("Contacts", lastname="B")["id"]
    for name in ("account_id", "birthday", "lastname"):
        unset = [] if name == "lastname" else [{"id": free}]
        assert as_alice.query(f"SELECT id FROM Contacts WHERE {name} = '';") == unset
        found = as_alice.query(f"SELECT id FROM Contacts WHERE {name} != '';")
        assert {"id": tied} in found


def test_owner_is_compared_by_id(as_alice: Caller, bob: User, people: list[Contact]) -> None:
    as_alice.create("Contacts", lastname="Of Bob", assigned_user_id=f"19x{bob.pk}")
    text = "SELECT lastname FROM Contacts WHERE assigned_user_id='{}';"
    assert len(as_alice.query(text.format(as_alice.user_id))) == len(people)
    assert len(as_alice.query(text.format(f"19x{bob.pk}"))) == 1
    assert as_alice.query(text.format("19x99999")) == []
    assert as_alice.query(text.format("20x1")) == []
    unlike = f"SELECT id FROM Contacts WHERE assigned_user_id != '19x{bob.pk}';"
    assert len(as_alice.query(unlike)) == len(people)


def test_named_columns_come_in_their_order_with_the_id_behind(
    as_alice: Caller, people: list[Contact]
) -> None:
    row = as_alice.query("select lastname, firstname from Contacts limit 1")[0]
    assert list(row) == ["lastname", "firstname", "id"]
    row = as_alice.query("select id, lastname from Contacts limit 1;")[0]
    assert list(row) == ["id", "lastname"]


def test_count_is_text_and_ignores_the_limit(as_alice: Caller, people: list[Contact]) -> None:
    assert as_alice.query("select COUNT(*) from Contacts limit 1;") == [{"count": "5"}]
    text = "select count ( * ) from Contacts where department='A' ;"
    assert as_alice.query(text) == [{"count": "2"}]


def test_direction_belongs_to_the_last_column(as_alice: Caller, people: list[Contact]) -> None:
    text = "SELECT lastname FROM Contacts ORDER BY department, lastname DESC;"
    names = [row["lastname"] for row in as_alice.query(text)]
    assert names == ["back\\slash", "axb", "O'Neil", "a_b", "Иван"]


def test_without_order_records_come_by_id(as_alice: Caller, people: list[Contact]) -> None:
    ids = [row["id"] for row in as_alice.query("SELECT firstname FROM Contacts")]
    assert ids == [f"12x{contact.pk}" for contact in people]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [("2", [0, 1]), ("1, 2", [1, 2]), ("0", []), ("4,100", [4]), ("99, 1", [])],
)
def test_limit_skips_and_takes(
    limit: str, expected: list[int], as_alice: Caller, people: list[Contact]
) -> None:
    assert found(as_alice, people, f"lastname != '' LIMIT {limit}") == expected


def test_no_more_rows_than_the_setting_says(
    as_alice: Caller, people: list[Contact], settings: pytest.FixtureRequest
) -> None:
    settings.VTIGER_MAX_ROWS = 3
    for text in ("", " LIMIT 5", " LIMIT 0, 5"):
        assert len(as_alice.query(f"SELECT id FROM Contacts{text};")) == 3


def test_whitespace_is_any_and_keywords_have_no_case(
    as_alice: Caller, people: list[Contact]
) -> None:
    text = "\n sElEcT\tid\nFROM  Contacts\r\nwhere\nlastname='axb'\n;\n"
    assert len(as_alice.query(text)) == 1


def test_what_is_hidden_is_left_out(as_charlie: Caller, people: list[Contact]) -> None:
    assert as_charlie.query("SELECT * FROM Contacts;") == []
    assert as_charlie.query("SELECT COUNT(*) FROM Contacts;") == [{"count": "0"}]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "ACCESS_DENIED", "Permission to perform the operation is denied for query"),
        (";", "ACCESS_DENIED", "Permission to perform the operation is denied for query"),
        ("select *", "ACCESS_DENIED", "Permission to perform the operation is denied for query"),
        (
            "select * from NoSuch;",
            "ACCESS_DENIED",
            "Permission to perform the operation is denied for name : NoSuch",
        ),
        (
            "select * from contacts;",
            "ACCESS_DENIED",
            "Permission to perform the operation is denied for name : contacts",
        ),
        (
            "select nosuch from Contacts;",
            "ACCESS_DENIED",
            "Permission to access '.nosuch.' attribute denied.",
        ),
        (
            "select id from Contacts where nosuch=1;",
            "ACCESS_DENIED",
            "Permission to access nosuch attribute denied.",
        ),
        (
            "select id from Contacts where label='x';",
            "ACCESS_DENIED",
            "Permission to access label attribute denied.",
        ),
        (
            "select id from Contacts where 1=1;",
            "ACCESS_DENIED",
            "Permission to access 1 attribute denied.",
        ),
        (
            "select id from Contacts order by nosuch;",
            "ACCESS_DENIED",
            "Permission to access nosuch attribute denied.",
        ),
    ],
)
def test_names_that_are_none_are_refused(
    text: str, code: str, message: str, as_alice: Caller
) -> None:
    assert as_alice.refusal("query", query=text) == (code, message)


@pytest.mark.parametrize(
    "rest",
    [
        "where (lastname='x')",
        "where not lastname='x'",
        "where lastname is null",
        "where lastname <> 'x'",
        "where lastname == 'x'",
        "where id in ()",
        "where lastname = 'x",
        'where lastname = "x"',
        "where lastname = имя",
        "where a.b = 'x'",
        "where createdtime > 2021-06-01",
        "where",
        "order by lastname order by firstname",
        "limit 1 order by lastname",
        "order by lastname asc, firstname",
        "limit 1 offset 2",
        "limit -1",
        "limit x",
        "limit 1, 2, 3",
        "group by lastname",
        "c",
        "; drop table contacts",
        ";;",
    ],
)
def test_anything_else_is_bad_syntax(rest: str, as_alice: Caller) -> None:
    refusal = as_alice.refusal("query", query=f"select * from Contacts {rest};")
    assert refusal[0] == "QUERY_SYNTAX_ERROR"


@pytest.mark.parametrize(
    "text",
    [
        "select distinct lastname from Contacts;",
        "select count(id) from Contacts;",
        "select *, id from Contacts;",
        "delete from Contacts;",
        "insert into x select * from Contacts;",
        "select * from Contacts, Accounts;",
        "select * from Contacts join Accounts;",
    ],
)
def test_other_statements_are_bad_syntax(text: str, as_alice: Caller) -> None:
    assert as_alice.refusal("query", query=text)[0] == "QUERY_SYNTAX_ERROR"


def test_condition_without_end_is_refused(as_alice: Caller) -> None:
    endless = " or ".join(["lastname='x'"] * 600)
    sent = {"operation": "query", "sessionName": as_alice.session}
    body = {"query": f"select * from Contacts where {endless};"}
    answer = as_alice.send("POST", sent, body).json()
    assert answer["error"]["code"] == "QUERY_SYNTAX_ERROR"


def test_no_text_becomes_sql(as_alice: Caller, people: list[Contact]) -> None:
    attack = "x'' OR ''1''=''1"
    assert found(as_alice, people, f"lastname = '{attack}'") == []
    assert found(as_alice, people, f"lastname like '{attack}%'") == []


def test_the_employer_that_is_hidden_is_not_confirmed(
    as_bob: Caller, as_alice: Caller, alice: User, elsewhere: Project
) -> None:
    """A visible contact may name a hidden account, whose id is not told."""
    join(alice, elsewhere, "Manager")
    owner = actor_for(alice)
    hidden = make_contact(
        owner, kind="organization", organization_name="Secret", projects=[elsewhere.pk]
    )
    make_contact(owner, first_name="Ann", employer=hidden.pk)
    for condition in (f"account_id = '11x{hidden.pk}'", "account_id > '11x0'"):
        text = f"SELECT id FROM Contacts WHERE {condition};"
        assert as_bob.query(text) == []
        assert len(as_alice.query(text)) == 1


def test_a_list_read_again_shows_what_is_behind_its_references_now(
    as_alice: Caller, alice: User
) -> None:
    firm = as_alice.create("Accounts", accountname="Acme")
    as_alice.create("Contacts", lastname="Smith", account_id=firm["id"])
    lists = [as_alice.query("SELECT * FROM Contacts;") for _ in range(2)]
    assert [rows[0]["account_id"] for rows in lists] == [firm["id"]] * 2
    assert lists[0] == lists[1]
    archive_contact(actor_for(alice), int(firm["id"].partition("x")[2]))
    assert as_alice.query("SELECT * FROM Contacts;")[0]["account_id"] == ""


def test_a_query_that_is_longer_than_any_list_is_refused_unread(as_alice: Caller) -> None:
    """A form may hold megabytes, and reading took seconds for each."""
    text = "select id from Contacts where firstname = 'a'" + " " * 100_000 + ";"
    assert as_alice.refusal("query", "POST", query=text) == (
        "QUERY_SYNTAX_ERROR",
        "The query is too long",
    )
