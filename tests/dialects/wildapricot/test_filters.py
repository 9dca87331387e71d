"""What `$filter` finds: every spelling, every type, and every refusal."""

from typing import Any

import pytest

from contacts.models import Contact, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.wildapricot.calling import Caller
from tests.dialects.wildapricot.test_contact_writing import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(alice: User) -> dict[str, int]:
    """Return the ids of some contacts by their first names."""
    actor = actor_for(alice)
    made = {
        "Amy": {
            "last_name": "Pond",
            "company": "Google",
            "job_title": "Web Designer",
            "emails": ["amy@gmail.com", "pond@example.test"],
            "addresses": [{"street1": "1 Main St", "city": "Los Angeles", "region": "California"}],
            "balance": "150.50",
            "total_donated": "600",
            "birthday": "1990-05-01",
            "tags": ["VIP", "100%"],
        },
        "Øyvind": {
            "last_name": "Ångström",
            "company": "Acme Corp",
            "emails": ["oyvind@example.test"],
            "addresses": [{"city": "Oslo", "country": "Norway"}],
            "balance": "-5",
            "is_opt_out": True,
        },
        "Conan": {
            "last_name": "O'Brien",
            "company": "Microsoft",
            "phones": [
                {"number": "+1 555 0100", "type": "phone"},
                {"number": "+1 555 0199", "type": "mobile"},
            ],
        },
    }
    return {
        name: make_contact(actor, first_name=name, **values).pk  # type: ignore[arg-type]  # of many kinds
        for name, values in made.items()
    }


# The filters of the documentation and of real clients, with whom they find.
FOUND: dict[str, str] = {
    "Balance gt 100": "Amy",
    "'State/Prov' eq 'California'": "Amy",
    "Organization ne 'Microsoft'": "Amy Øyvind",
    "'Total donated' lt 100": "Øyvind Conan",
    "substringof('Job title','Designer')": "Amy",
    "'Job title' ne NULL": "Amy",
    "'Job title' eq null": "Øyvind Conan",
    "'Profile last updated' ge 2013-06-25": "Amy Øyvind Conan",
    "'State/Prov' eq 'California' AND Organization eq 'Google'": "Amy",
    "Total donated'gt 500 OR 'Profile last updated' ge 2050-01-01": "Amy",
    "'Total donated'gt 500": "Amy",
    "First name eq Amy OR First name eq Conan AND Balance gt 100": "Amy",
    "(First name eq Amy OR First name eq Conan) AND Balance eq 0": "Conan",
    "Organization eq Acme Corp": "Øyvind",
    "Organization eq Acme Corp AND Archived eq false": "Øyvind",
    "'Last name' eq 'O''Brien'": "Conan",
    "'Last name' eq 'O'Brien'": "Conan",
    "‘Last name’ eq ‘O'Brien’": "Conan",
    '"Last name" eq "O\'Brien"': "Conan",
    "'Tags.Label' eq ‘VIP’": "Amy",
    "'Tags'.Label eq 'vip'": "Amy",
    "Tags ne 'VIP'": "Øyvind Conan",
    "Tags eq NULL": "Øyvind Conan",
    "substringof(Tags, '0%')": "Amy",
    "LastName eq 'ångström'": "Øyvind",
    "'Last name' eq 'ÅNGSTRÖM'": "Øyvind",
    "substringof('last name', 'NGSTR')": "Øyvind",
    "substringof('Organization','%')": "",
    "substringof('Organization','_')": "",
    "substringof('Job title','')": "Amy",
    "substringof('e-Mail','@gmail.com')": "Amy",
    "substringof('@gmail.com', Email)": "Amy",
    "substringof('e-Mail','@gmail.com') eq false": "Øyvind Conan",
    "substringof('Other emails','pond')": "Amy",
    "Email eq 'pond@example.test'": "",
    "IsArchived eq false": "Amy Øyvind Conan",
    "Archived eq 'False'": "Amy Øyvind Conan",
    "'Archived' eq no": "Amy Øyvind Conan",
    "RecievingEMailsDisabled eq true": "Øyvind",
    "'Email delivery disabled' eq true": "Conan",
    "Donor eq true": "Amy",
    "IsDonor ne true": "Øyvind Conan",
    "balance ge -5 and balance le 0": "Øyvind Conan",
    "Balance eq '150.5'": "Amy",
    "Balance lt 99999999999999999999": "Amy Øyvind Conan",
    "Balance eq NULL": "",
    "Birthday eq 1990-05-01": "Amy",
    "Birthday ge 1990-05-01T00:00:00": "Amy",
    "Birthday gt '1990-05-01'": "",
    "Birthday eq NULL": "Øyvind Conan",
    "Birthday le 2030-01-01": "Amy",
    "'Contact type' eq Person": "Amy Øyvind Conan",
    "'Contact type.Id' eq 2": "",
    "Contact type eq 1": "Amy Øyvind Conan",
    "Country eq 'norway'": "Øyvind",
    "Country ne Norway": "Amy Conan",
    "substringof(Country, 'orw')": "Øyvind",
    "City eq 'Oslo' OR City eq 'Los Angeles'": "Amy Øyvind",
    "Address eq '1 main st'": "Amy",
    "Phone eq '15550100'": "Conan",
    "'Mobile phone' eq '+1 555 0199'": "Conan",
    "substringof('mobile phone', '0199')": "Conan",
    "Fax eq NULL": "Amy Øyvind Conan",
    "'Event registrant' eq true": "",
    "'Subscription source' eq NULL": "Amy Øyvind Conan",
    "'Last login date' gt 2000-01-01": "",
    "FIRSTNAME EQ 'amy'": "Amy",
    "first_name eq 'amy'": "Amy",
    "custom-9006 eq Oslo": "Øyvind",
    "  First name   eq\tAmy  ": "Amy",
    "((First name eq 'Amy'))": "Amy",
    "First name eq 'Amy' AND(Balance gt 1)": "Amy",
    "First name eq 'NULL'": "",
    "DisplayName eq 'Pond, Amy'": "Amy",
    "DisplayName eq 'Amy'": "",
    "substringof(DisplayName,'brien, co')": "Conan",
    "substringof('Display name','ström')": "Øyvind",
    "DisplayName ne NULL": "Amy Øyvind Conan",
    "Organization eq ''": "",
    "Organization ne ''": "Amy Øyvind Conan",
}


def test_every_filter_finds_exactly_these(as_alice: Caller, people: dict[str, int]) -> None:
    names = {number: name for name, number in people.items()}
    found = {text: [names[number] for number in as_alice.found(text)] for text in FOUND}
    # Without an order lists are by id.
    wanted = {text: sorted(FOUND[text].split(), key=list(people).index) for text in FOUND}
    assert found == wanted


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_ends_of_the_calendar_are_ever_and_never(
    zone: str, as_alice: Caller, settings: Any
) -> None:
    """Programs of .NET and SQL write them for what has no limit; the last day was refused."""
    settings.TIME_ZONE = zone
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Birthday="1990-05-01")})["Id"]
    ever = ("0001-01-01", "0001-01-01T00:00:00", "1753-01-01")
    never = ("9999-12-31", "'9999-12-31'", "9999-12-31T00:00:00")
    for name in ("'Profile last updated'", "Birthday"):
        for operator, limits, found in (
            ("ge", ever, [made]),
            ("lt", ever, []),
            ("le", never, [made]),
            ("gt", never, []),
            ("eq", ever + never, []),
        ):
            for limit in limits:
                text = f"{name} {operator} {limit}"
                answer = as_alice.get("/contacts", **{"$filter": text, "idsOnly": "true"})
                # In zones east of Greenwich the first hours lie before the calendar.
                refused = "T" in limit and answer.status_code == 400
                assert refused or answer.json() == {"ContactIdentifiers": found}, text
    for text in ("9999-12-31T23:59:59", "9999-12-31T23:59:59.9999999Z", "9999-12-31T20:00:00Z"):
        for name in ("'Profile last updated'", "Birthday"):
            status = as_alice.get("/contacts", **{"$filter": f"{name} lt {text}"}).status_code
            assert status == 200 or (status == 400 and zone != "UTC"), text


# What cannot be read or does not fit, with a word of the answer.
REFUSED = {
    "Organization ne": "the value of the field 'Organization' is missing",
    "Organization ne ": "the value of the field 'Organization' is missing",
    "Organization": "operator",
    "Organization 'x'": "operator",
    "'Organization' like 'x'": "unknown operator 'like'",
    "(Organization eq 'x'": "closing bracket is missing",
    "Organization eq 'x')": "closing bracket too many",
    "Organization eq 'x": "quote",
    "'Organization eq x": "quote",
    "'Organization'": "an operator is missing after the field 'Organization'",
    "Organization eq 'x' AND": "a condition is missing at the end",
    "Organization eq x AND": "a condition is missing at the end",
    "AND Organization eq 'x'": "unknown field",
    "Organization eq 'x' Organization eq 'y'": "AND, OR",
    "Nonsense eq 'x'": "unknown field 'Nonsense'",
    "Balance gt 'much'": "does not suit",
    "Balance gt NULL": "operator",
    "Organization gt 'x'": "operator",
    "Archived gt true": "operator",
    "Archived eq maybe": "does not suit",
    "'Profile last updated' ge 2013-13-45": "does not suit",
    "'Profile last updated' ge yesterday": "does not suit",
    "substringof('Balance','1')": "operator",
    "substringof(Organization,NULL)": "operator",
    "substringof('Organization')": "','",
    "substringof('Organization','x'": "')'",
    "substringof('Nonsense','x')": "unknown field",
    "substringof('Organization','x') gt true": "operator",
    "not Organization eq 'x'": "unknown field",
    "startswith(Organization,'x')": "operator",
    "Organization in ('x')": "operator",
    "Organization eq 'x' && Balance gt 1": "AND, OR",
    "Organization eq x && Balance gt 1": "position 19: AND, OR",
    "Organization eq x || Balance gt 1": "position 19: AND, OR",
    "()": "operator",
    "Tags gt 'VIP'": "operator",
    "(" * 100 + "Balance gt 1" + ")" * 100: "brackets",
    " or ".join(f"Balance gt {number}" for number in range(600)): "complex",
}


@pytest.mark.parametrize("asynchronous", ["false", "true"])
def test_bad_filters_are_refused_with_their_reasons(
    asynchronous: str, as_alice: Caller, people: dict[str, int]
) -> None:
    for text, reason in REFUSED.items():
        answer = as_alice.get("/contacts", **{"$filter": text, "$async": asynchronous})
        assert answer.status_code == 400, text
        body = answer.json()
        assert list(body) == ["code", "message", "details"]
        assert (body["code"], body["details"]) == ("Search", None)
        assert reason in body["message"], text


def test_a_refusal_names_position_and_field(as_alice: Caller) -> None:
    answer = as_alice.get("/contacts", **{"$filter": "Balance gt 1 AND Nonsense eq 5"})
    assert (
        answer.json()["message"]
        == "Syntax error in $filter at position 18: unknown field 'Nonsense'."
    )
    answer = as_alice.get("/contacts", **{"$filter": "Organization ne"})
    assert "at position 16" in answer.json()["message"]


def test_hundreds_of_ids_are_one_question(as_alice: Caller, people: dict[str, int]) -> None:
    wanted = people["Amy"]
    text = " OR ".join(f"ID eq {number}" for number in [wanted, *range(50_000, 50_900)])
    assert as_alice.found(f"({text}) AND 'Profile last updated' gt 2024-01-01") == [wanted]
    without = " AND ".join(f"ID ne {number}" for number in [wanted, *range(50_000, 50_500)])
    assert as_alice.found(without) == sorted(set(people.values()) - {wanted})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("'Last name'", "pond"),
        ("Organization", "google"),
        ("Address", "1 Main St"),
        ("City", "los angeles"),
        ("'Job title'", "Web Designer"),
        ("e-Mail", "AMY@gmail.com"),
        ("'Other emails'", "pond@example.test"),
        ("Tags", "vip"),
    ],
)
def test_hundreds_of_texts_are_one_question(
    name: str, value: str, as_alice: Caller, people: dict[str, int]
) -> None:
    """Fields that look at several of ours were too complex from about a hundred values on."""
    values = [value, *(f"v{number}" for number in range(350))]
    amy, others = people["Amy"], sorted(set(people.values()) - {people["Amy"]})
    assert as_alice.found(" OR ".join(f"{name} eq '{each}'" for each in values)) == [amy]
    assert as_alice.found(" AND ".join(f"{name} ne '{each}'" for each in values)) == others


def test_hundreds_of_countries_are_one_question(as_alice: Caller, people: dict[str, int]) -> None:
    names = ["Norway", *(f"v{number}" for number in range(350))]
    text = " OR ".join(f"Country eq '{name}'" for name in names)
    assert as_alice.found(text) == [people["Øyvind"]]


def test_a_blank_filter_is_none(as_alice: Caller, people: dict[str, int]) -> None:
    assert sorted(as_alice.found("  ")) == sorted(people.values())


def test_a_day_is_the_whole_day_and_a_time_its_second(
    as_alice: Caller, people: dict[str, int]
) -> None:
    moment = "2024-05-01T10:20:30"
    Contact.objects.filter(pk=people["Amy"]).update(updated_at=f"{moment}.500000Z")
    Contact.objects.exclude(pk=people["Amy"]).update(updated_at="2024-05-02T00:00:00Z")
    amy = [people["Amy"]]
    others = sorted(set(people.values()) - set(amy))
    updated = "'Profile last updated'"
    assert as_alice.found(f"{updated} eq 2024-05-01") == amy
    assert as_alice.found(f"{updated} ne 2024-05-01") == others
    assert as_alice.found(f"{updated} gt 2024-05-01") == sorted(people.values())
    assert as_alice.found(f"{updated} lt 2024-05-02") == amy
    assert as_alice.found(f"{updated} eq '{moment}'") == amy
    assert as_alice.found(f"{updated} eq {moment}.5Z") == amy
    assert as_alice.found(f"{updated} eq {moment}.4+00:00") == []
    assert (
        as_alice.found(f"{updated} ge 2024-05-01T05:20:30.500-05:00 AND {updated} lt 2024-05-02")
        == amy
    )


def test_a_plus_that_became_a_blank_is_a_plus(as_alice: Caller, people: dict[str, int]) -> None:
    raw = "/contacts?idsOnly=true&$filter='Creation date'%20gt%202024-01-01T10:00:00+05:00"
    assert sorted(as_alice.read(raw)["ContactIdentifiers"]) == sorted(people.values())


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("'Optional extras' eq 'Newsletter'", True),
        ("'Optional extras.Label' eq ‘Newsletter’", True),
        ("'Optional extras' eq 'T-shirt'", False),
        ("'Optional extras' ne 'T-shirt'", True),
        ("'Optional extras.Id' eq {newsletter}", True),
        ("'Optional extras' eq {newsletter}", True),
        ("'Process Door Access?' ne 'No'", True),
        ("'Process Door Access?' eq 'Yes'", True),
        ("'Process Door Access?.Value' eq 'yes'", True),
        ("'Process Door Access?' eq 'Nonsense'", False),
        ("Visits ge 3.5", True),
        ("Visits eq 4", True),
        ("Visits gt 4", False),
        ("'First visit' eq 2020-02-29", True),
        ("Motto eq 'per ASPERA'", True),
        ("substringof(Motto,'aspera')", True),
        ("Agreed eq true", True),
        ("Agreed eq NULL", False),
        ("custom-{motto} ne NULL", True),
    ],
)
def test_custom_fields_are_filtered_by_like_any_other(
    text: str, matches: bool, as_alice: Caller, alice: User
) -> None:
    extras = make_custom_field(
        "Optional extras", options=("Newsletter", "T-shirt"), is_multiple=True
    )
    door = make_custom_field("Process Door Access?", options=("Yes", "No"), slug="door")
    numbers = {
        name: make_custom_field(name, type=kind)
        for name, kind in {
            "Visits": "integer",
            "First visit": "date",
            "Motto": "text",
            "Agreed": "boolean",
        }.items()
    }
    newsletter = extras.options.get(label="Newsletter").pk
    values: dict[str, Any] = {
        f"custom_{extras.pk}": [newsletter],
        f"custom_{door.pk}": "Yes",
        f"custom_{numbers['Visits'].pk}": 4,
        f"custom_{numbers['First visit'].pk}": "2020-02-29",
        f"custom_{numbers['Motto'].pk}": "Per aspera",
        f"custom_{numbers['Agreed'].pk}": True,
    }
    contact = make_contact(actor_for(alice), **values)
    ready = text.format(newsletter=newsletter, motto=10_000 + numbers["Motto"].pk)
    assert as_alice.found(ready) == ([contact.pk] if matches else [])


def test_a_field_that_the_caller_may_not_read_is_unknown(
    as_alice: Caller, as_ada: Caller, alice: User
) -> None:
    make_custom_field("Salary", type="integer", access="administrators")
    make_contact(actor_for(alice))
    assert as_ada.found("Salary eq NULL")
    answer = as_alice.get("/contacts", **{"$filter": "Salary eq NULL"})
    assert answer.status_code == 400
    assert "unknown field 'Salary'" in answer.json()["message"]
