"""The filters of contacts: their grammar, their meaning, what is malformed."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from contacts.models import Contact, Note, Project, User
from contacts.services.contacts import update_contact
from contacts.services.notes import create_note
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.redmineup.calling import Caller, errors_of

Cast = dict[str, Contact]


@pytest.fixture
def cast(alice: User, bob: User, project: Project) -> Cast:
    actor = actor_for(alice)
    return {
        "tom": make_contact(
            actor,
            first_name="Tom",
            last_name="Smith",
            middle_name="Q",
            job_title="CEO",
            company="Apple",
            emails=["tom@a.example", "tom@b.example"],
            phones=["+7 (495) 111", "222"],
            addresses=[
                {"street1": "12, Street", "city": "Moscow", "postcode": "101", "country": "RU"}
            ],
            tags=["vip", "hot"],
            owner=alice.pk,
        ),
        "ann": make_contact(
            actor,
            first_name="Ann",
            last_name="smithson",
            tags=["vip", "a,b"],
            owner=bob.pk,
            addresses=[{"city": "Madrid", "country": "ES"}],
        ),
        "bare": make_contact(actor_for(bob), first_name="Bare"),
        "corp": make_contact(actor, kind="organization", organization_name="Apple", tags=["HOT"]),
        "home": make_contact(actor, kind="household", household_name="The Tomsons"),
    }


def found(as_alice: Caller, cast: Cast, query: str) -> set[str]:
    answer = as_alice.read(f"/contacts.json?{quote(query, safe='=&[]')}")
    ids = {contact["id"] for contact in answer["contacts"]}
    assert answer["total_count"] == len(ids)
    return {name for name, contact in cast.items() if contact.pk in ids}


ALL = {"tom", "ann", "bare", "corp", "home"}
MEANINGS = [
    # texts
    ("first_name=Tom", {"tom"}),
    ("first_name=tom", {"tom"}),
    ("first_name==Tom", {"tom"}),
    ("first_name=Tom|Ann", {"tom", "ann"}),
    ("first_name=Apple", {"corp"}),
    ("first_name=~tom", {"tom", "home"}),
    ("first_name=^to", {"tom"}),
    ("first_name=^th", {"home"}),
    ("first_name=$nn", {"ann"}),
    ("first_name=!Tom", ALL - {"tom"}),
    ("first_name=!~tom", ALL - {"tom", "home"}),
    ("last_name=!*", {"bare", "corp", "home"}),
    ("last_name=*", {"tom", "ann"}),
    ("last_name=!Smith", ALL - {"tom"}),
    ("last_name=~smith", {"tom", "ann"}),
    ("middle_name=q", {"tom"}),
    ("job_title=~ceo", {"tom"}),
    ("company=apple", {"tom"}),
    ("email=tom@b.example", {"tom"}),
    ("email=~@a.ex", {"tom"}),
    ("email=!*", ALL - {"tom"}),
    ("phone=222", {"tom"}),
    ("phone=~7495111", {"tom"}),
    ("city=~m", {"tom", "ann"}),
    ("street1=^12", {"tom"}),
    ("postcode=101", {"tom"}),
    ("full_address=~moscow", {"tom"}),
    # lists
    ("country=RU", {"tom"}),
    ("country=ru|es", {"tom", "ann"}),
    ("country=!RU", ALL - {"tom"}),
    ("country=*", {"tom", "ann"}),
    ("country=!*", ALL - {"tom", "ann"}),
    ("country=XX", set()),
    ("is_company=1", {"corp"}),
    ("is_company=true", {"corp"}),
    ("is_company=t", {"corp"}),
    ("is_company=f", ALL - {"corp"}),
    ("is_company=!0", {"corp"}),
    ("is_company=0", ALL - {"corp"}),
    ("is_company=!1", ALL - {"corp"}),
    ("is_company=0|1", ALL),
    ("is_company=maybe", set()),
    ("assigned_to_id=me", {"tom"}),
    ("assigned_to_id=!me", ALL - {"tom"}),
    ("assigned_to_id=*", {"tom", "ann"}),
    ("assigned_to_id=!*", ALL - {"tom", "ann"}),
    ("assigned_to_id=999", set()),
    ("assigned_to_id=x", set()),
    ("author_id=!me", {"bare"}),
    ("has_deals=0", ALL),
    ("has_deals=1", set()),
    ("has_open_issues=*", set()),
    ("has_open_issues=!*", ALL),
    # tags
    ("tags=vip", {"tom", "ann"}),
    ("tags=VIP", {"tom", "ann"}),
    ("tags=vip|hot", {"tom"}),
    ("tags=vip,hot", {"tom"}),
    ("tags[]=vip&tags[]=hot", {"tom"}),
    ('tags="a,b"', {"ann"}),
    ("tags=!hot", ALL - {"tom", "corp"}),
    ("tags=!vip|hot", ALL - {"tom"}),
    ("tags=*", {"tom", "ann", "corp"}),
    ("tags=!*", {"bare", "home"}),
    ("tags=unknown", set()),
    ("tags=", ALL),
    # dates
    ("created_on=t", ALL),
    ("created_on=ld", set()),
    ("created_on=w", ALL),
    ("created_on=lw", set()),
    ("created_on=m", ALL),
    ("created_on=y", ALL),
    ("created_on=>t-1", ALL),
    ("created_on=<t-1", set()),
    ("created_on=t-0", ALL),
    ("created_on=><t-7", ALL),
    ("created_on=nd", set()),
    ("created_on=>=2020-01-01", ALL),
    ("created_on=<=2020-01-01", set()),
    ("created_on=><2020-01-01|2999-12-31", ALL),
    ("created_on=2020-01-01", set()),
    ("created_on=>=2020-01-01T00:00:00Z", ALL),
    ("created_on=*", ALL),
    ("created_on=!*", set()),
    ("updated_on=>t-1", ALL),
    ("last_note=!*", ALL),
    ("last_note=*", set()),
    # together
    ("tags=vip&first_name=~o", {"tom"}),
    ("tags=vip&assigned_to_id=me", {"tom"}),
    ("search=smith&tags=vip&last_name=^smiths", {"ann"}),
]


@pytest.mark.parametrize(("query", "expected"), MEANINGS, ids=[query for query, _ in MEANINGS])
def test_a_filter_means(as_alice: Caller, cast: Cast, query: str, expected: set[str]) -> None:
    assert found(as_alice, cast, query) == expected


LONG = [
    ("f[]=first_name&op[first_name]=~&v[first_name][]=tom", {"tom", "home"}),
    ("fields[]=first_name&operators[first_name]=^&values[first_name][]=to", {"tom"}),
    ("f[]=last_name&op[last_name]=!*", {"bare", "corp", "home"}),
    ("f[]=tags&op[tags]==&v[tags][]=vip&v[tags][]=hot", {"tom"}),
    ("f[]=first_name&op[first_name]==&v[first_name][]=Tom&last_name=nobody", {"tom"}),
    ("set_filter=1&f[]=", ALL),
    ("set_filter=1&f[]=&first_name=Tom", ALL),
    ("f[]=created_on&op[created_on]=t", ALL),
    ("f[]=created_on&op[created_on]=><&v[created_on][]=2020-01-01&v[created_on][]=2999-01-01", ALL),
    ("f[]=first_name&f[]=tags&op[first_name]=~&v[first_name][]=o&op[tags]=*", {"tom"}),
    ("f=first_name&v[first_name]=Tom", {"tom"}),
]


@pytest.mark.parametrize(("query", "expected"), LONG, ids=[query for query, _ in LONG])
def test_the_long_form_stands_alone(
    as_alice: Caller, cast: Cast, query: str, expected: set[str]
) -> None:
    assert found(as_alice, cast, query) == expected


def test_ids_are_a_filter(as_alice: Caller, cast: Cast) -> None:
    tom, ann = cast["tom"].pk, cast["ann"].pk

    assert found(as_alice, cast, f"ids={tom}|{ann}") == {"tom", "ann"}
    assert found(as_alice, cast, f"ids={tom},{ann}") == {"tom", "ann"}
    assert found(as_alice, cast, f"ids=!{tom}") == ALL - {"tom"}
    assert found(as_alice, cast, "ids=x") == set()


def test_the_last_note_counts_and_no_earlier_one(as_alice: Caller, cast: Cast, alice: User) -> None:
    actor = actor_for(alice)
    old, new = (timezone.now() - timedelta(days=days) for days in (30, 0))
    for name, moments in {"tom": (old, new), "ann": (old,)}.items():
        for moment in moments:
            note = create_note(actor, {"contact": cast[name].pk, "content": "x"})
            Note.objects.filter(pk=note["id"]).update(created_at=moment)

    assert found(as_alice, cast, "last_note=*") == {"tom", "ann"}
    assert found(as_alice, cast, "last_note=<t-7") == {"ann"}
    assert found(as_alice, cast, "last_note=>t-7") == {"tom"}

    def between(first: int, last: int) -> set[str]:
        days = (timezone.localdate() - timedelta(days=days) for days in (first, last))
        return found(as_alice, cast, f"last_note=><{'|'.join(map(str, days))}")

    # Tom has a note of those days too, but not as his last one.
    assert between(31, 29) == {"ann"}
    assert between(31, -1) == {"tom", "ann"}
    assert between(1, -1) == {"tom"}
    assert between(20, 10) == between(-1, 31) == set()


def test_custom_fields_are_filters_by_their_type(as_alice: Caller, cast: Cast, alice: User) -> None:
    text = make_custom_field("License")
    number = make_custom_field("Nums", type="integer")
    day = make_custom_field("Day", type="date")
    yes = make_custom_field("Yes", type="boolean")
    level = make_custom_field("Level", options=("Low", "High"))
    several = make_custom_field("Multi", options=("a", "b"), is_multiple=True)
    person = make_custom_field("Person", type="user")
    values = {text: "MIT", number: 42, day: "2024-01-31", yes: True, level: "High"}
    values[person] = alice.pk
    change: dict[str, object] = {f"custom_{field.pk}": value for field, value in values.items()}
    change[f"custom_{several.pk}"] = ["a", "b"]
    update_contact(actor_for(alice), cast["tom"].pk, change)
    others = ALL - {"tom"}

    for query, expected in {
        f"cf_{text.pk}=~mi": {"tom"},
        f"cf_{text.pk}=!*": others,
        f"cf_{number.pk}=42": {"tom"},
        f"cf_{person.pk}=me": {"tom"},
        f"cf_{person.pk}={alice.pk}": {"tom"},
        f"cf_{person.pk}=!me": others,
        f"cf_{number.pk}=>=43": set(),
        f"cf_{number.pk}=><1|50": {"tom"},
        f"cf_{day.pk}=2024-01-31": {"tom"},
        f"cf_{day.pk}=<=2024-01-30": set(),
        f"cf_{yes.pk}=1": {"tom"},
        f"cf_{yes.pk}=!1": others,
        f"cf_{level.pk}=High": {"tom"},
        f"cf_{level.pk}=high|low": {"tom"},
        f"cf_{level.pk}=Middle": set(),
        f"cf_{level.pk}=!High": others,
        f"cf_{several.pk}=b": {"tom"},
        f"f[]=cf_{number.pk}&op[cf_{number.pk}]=>=&v[cf_{number.pk}][]=1": {"tom"},
    }.items():
        assert found(as_alice, cast, query) == expected, query


def test_what_is_no_filter_is_ignored_and_named(as_alice: Caller, cast: Cast) -> None:
    hidden = make_custom_field("Secret", access="administrators")
    plain = make_custom_field("Plain", is_filterable=False)
    query = f"nonsense=1&cf_{hidden.pk}=1&cf_{plain.pk}=x&author.cf_1=1&password=x&limit=3"

    answer = as_alice.get(f"/contacts.json?{query}")

    assert answer.status_code == 200
    assert answer.json()["total_count"] == 5
    assert answer["X-Ignored-Filters"] == (
        f"nonsense, cf_{hidden.pk}, cf_{plain.pk}, author.cf_1, password"
    )


def test_nothing_is_named_when_all_is_understood(as_alice: Caller, cast: Cast) -> None:
    answer = as_alice.get(f"/contacts.json?key={as_alice.key}&tags=vip&include=notes&sort=id")

    assert "X-Ignored-Filters" not in answer


@pytest.mark.parametrize("name", ["a%0D%0AX-Evil:1", "a%00", "%D0%B0", "x" * 500])
def test_names_that_a_header_cannot_hold_are_not_named(
    as_alice: Caller, cast: Cast, name: str
) -> None:
    answer = as_alice.get(f"/contacts.json?{name}=1")

    assert answer.status_code in (200, 400)
    assert "X-Ignored-Filters" not in answer
    assert "X-Evil" not in answer


MALFORMED = [
    ("created_on=>=nope", "Created is invalid"),
    ("created_on=2024-13-01", "Created is invalid"),
    ("created_on=><2024-01-01", "Created is invalid"),
    ("created_on=>t-x", "Created is invalid"),
    ("created_on=>t-", "Created cannot be blank"),
    ("created_on=>t-99999999999", "Created is invalid"),
    ("created_on='; DROP TABLE", "Created is invalid"),
    ("updated_on=>=0000-00-00", "Updated is invalid"),
    ("updated_on=tomorrow", "Updated is invalid"),
    ("first_name=~", "First Name cannot be blank"),
    ("f[]=first_name&op[first_name]=>=&v[first_name][]=x", "First Name is invalid"),
    ("f[]=first_name&op[first_name]=nonsense&v[first_name][]=x", "First Name is invalid"),
    ("f[]=tags&op[tags]=><&v[tags][]=x", "Tags is invalid"),
]


@pytest.mark.parametrize(("query", "words"), MALFORMED, ids=[query for query, _ in MALFORMED])
def test_a_malformed_filter_is_refused_in_words(
    as_alice: Caller, cast: Cast, query: str, words: str
) -> None:
    answer = as_alice.get(f"/contacts.json?{quote(query, safe='=&[]')}")

    assert errors_of(answer) == [words]


@pytest.mark.parametrize("value", ["many", "1e999", "NaN", "1|x", "--1"])
def test_a_malformed_number_is_refused_by_its_label(
    as_alice: Caller, cast: Cast, value: str
) -> None:
    field = make_custom_field("Nums", type="integer")

    answer = as_alice.get(f"/contacts.json?cf_{field.pk}={quote(value)}")

    assert errors_of(answer) == ["Nums is invalid"]


HOSTILE = ["'", '"', "%", "\\", "'; DROP TABLE contacts_contact;--", "🎉", "\u202e", "a" * 5000]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "name", ["first_name=~", "tags=", "search=", "ids=", "country=", "sort=", "include="]
)
def test_hostile_values_never_break_a_list(
    as_alice: Caller, cast: Cast, name: str, value: str
) -> None:
    answer = as_alice.get(f"/contacts.json?{name}{quote(value)}")

    assert answer.status_code in (200, 422)
    assert Contact.objects.filter(user=None).count() == 5


@pytest.mark.parametrize(
    "query",
    [
        "first_name[x][y]=1",
        "first_name[][a]=1",
        "tags[a]=b",
        "f[a][b]=c&op=x&v=y",
        "f[]=tags&op[]=1&v[]=2",
        "op[first_name]=~",
        "limit[a]=1&offset[]=2&page[x]=3&sort[]=id&search[]=x&query_id[]=1",
        "project_id[]=demo",
        "include[a]=notes",
        "key[]=x",
    ],
)
def test_parameters_of_a_strange_shape_never_break_a_list(
    as_alice: Caller, cast: Cast, query: str
) -> None:
    answer = as_alice.get(f"/contacts.json?{query}")

    assert answer.status_code in (200, 401, 404, 422)


def test_too_many_values_are_too_complex(as_alice: Caller, cast: Cast) -> None:
    answer = as_alice.get("/contacts.json?ids=" + "|".join(["1"] * 2000))

    assert errors_of(answer) == ["Filter is too complex"]


def test_a_query_string_beyond_the_limit_is_too_large(as_alice: Caller, cast: Cast) -> None:
    answer = as_alice.get("/contacts.json?search=" + "a" * 20_000)

    assert (answer.status_code, answer.content) == (413, b"")


def test_today_is_the_users_own(as_alice: Caller, alice: User, cast: Cast) -> None:
    User.objects.filter(pk=alice.pk).update(time_zone="Pacific/Kiritimati")
    # Midnight of a day there is ten in the morning of the day before in UTC.
    Contact.objects.filter(pk=cast["tom"].pk).update(created_at="2024-03-09T10:00:00Z")
    Contact.objects.filter(pk=cast["ann"].pk).update(created_at="2024-03-09T09:59:59Z")

    assert found(as_alice, cast, "created_on=2024-03-10") == {"tom"}
    assert found(as_alice, cast, "created_on=2024-03-09") == {"ann"}
    assert found(as_alice, cast, "created_on=2024-03-09T10:00:00Z") == {"tom"}


def test_a_tag_is_found_as_soon_as_a_contact_has_it(as_alice: Caller, project: Project) -> None:
    assert as_alice.read("/contacts.json?tags=fresh")["contacts"] == []
    body = {"contact": {"project_id": project.pk, "first_name": "Ann", "tag_list": "fresh"}}
    made = as_alice.make("/contacts.json", body)["contact"]
    found = as_alice.read("/contacts.json?tags=fresh")["contacts"]
    assert [contact["id"] for contact in found] == [made["id"]]
