"""Create, change, archive, restore and delete contacts."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.access import Actor
from contacts.errors import (
    DomainError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleError,
)
from contacts.fields import reference
from contacts.history import changes_of
from contacts.index import drifts_of
from contacts.models import Contact, Project, Tag, UserGroup
from contacts.query import Query, get_contact, search, where
from contacts.services.contacts import (
    archive_contact,
    create_contact,
    delete_contact,
    restore_contact,
    update_contact,
)
from tests.builders import make_contact, make_custom_field

pytestmark = pytest.mark.django_db


def faults_of(act: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidError) as refused:
        act()
    return {(fault.key, fault.code) for fault in refused.value.faults}


def new(actor: Actor, **values: Any) -> dict[str, Any]:
    document: dict[str, Any] = create_contact(actor, {"first_name": "Tom", **values})
    return document


def change(actor: Actor, contact_id: Any, **values: Any) -> dict[str, Any]:
    document: dict[str, Any] = update_contact(actor, contact_id, values)
    return document


def test_a_new_contact_reads_as_it_was_given(owner: Actor, project: Project) -> None:
    given: dict[str, Any] = {
        "first_name": " Ann ",
        "last_name": "Jose\u0301",
        "birthday": "1990-02-03",
        "balance": "12.5",
        "emails": ["ann@example.com", {"address": "ann@home.example", "is_primary": True}],
        "tags": ["VIP", "vip", "cold call"],
        "visibility": 1,
        "background": "line\r\nline",
        "do_not_phone": "yes",
    }
    document: dict[str, Any] = create_contact(owner, given)
    assert document == get_contact(owner, document["id"])
    assert document["display_name"] == "Ann José"
    assert document["birthday"] == "1990-02-03"
    assert document["balance"] == "12.50"
    assert [email["address"] for email in document["emails"]] == [
        "ann@example.com", "ann@home.example"
    ]  # fmt: skip
    assert [email.get("is_primary", False) for email in document["emails"]] == [False, True]
    assert [reference.tags().name_of(pk) for pk in document["tags"]] == ["VIP", "cold call"]
    assert (document["background"], document["do_not_phone"]) == ("line\r\nline", True)
    assert (document["author_id"], document["projects"]) == (owner.user_id, [project.pk])
    assert document["entry_channel"] == "test"
    assert drifts_of([document["id"]]) == []


def test_a_change_leaves_what_it_does_not_name_and_clears_what_it_names_as_blank(
    owner: Actor,
) -> None:
    contact = new(owner, last_name="Smith", phones=["1", "2"], tags=["vip"], birthday="1990-01-01")
    changed = change(owner, contact["id"], last_name="", birthday=None, tags=[])
    assert {"last_name", "birthday", "tags"}.isdisjoint(changed)
    assert (changed["first_name"], changed["phones"]) == ("Tom", contact["phones"])
    assert changed["editor_id"] == owner.user_id
    assert changed["updated_at"] > contact["updated_at"]


def test_all_faults_are_told_together_and_nothing_is_stored(owner: Actor) -> None:
    new(owner, external_identifier="A1")
    before = Contact.objects.count(), Tag.objects.count()
    faults = faults_of(
        lambda: create_contact(
            owner,
            {
                "birthday": "soon",
                "gender": "unheard of",
                "emails": [{"address": "x" * 300}],
                "phones": [{"id": 99, "number": "1"}],
                "addresses": [{"city": "Rome", "location": "the moon"}],
                "external_identifier": "A1",
                "author": owner.user_id,
                "employer": 999_999,
                "owner": 999_999,
                "id": 5,
                "shoe_size": 44,
                "tags": ["new tag"],
            },
        )
    )
    assert faults == {
        ("birthday", "not_a_date"),
        ("gender", "not_in_list"),
        ("emails", "too_long"),
        ("phones", "unknown"),
        ("addresses", "not_in_list"),
        ("external_identifier", "taken"),
        ("author", "not_allowed"),
        ("employer", "unknown"),
        ("owner", "unknown"),
        ("id", "read_only"),
        ("shoe_size", "unknown"),
    }
    assert (Contact.objects.count(), Tag.objects.count()) == before


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({}, "first_name"),
        ({"first_name": " \x00 "}, "first_name"),
        ({"prefix": "Dr", "websites": ["x.org"], "background": "text"}, "first_name"),
        ({"kind": "organization", "legal_name": "Acme Ltd"}, "organization_name"),
        ({"kind": "household"}, "household_name"),
        ({"emails": [""], "phones": [{"extension": "5"}]}, "first_name"),
    ],
)
def test_a_contact_without_anything_to_find_it_by_is_refused(
    values: dict[str, Any], key: str, owner: Actor
) -> None:
    assert faults_of(lambda: create_contact(owner, values)) == {(key, "blank")}


@pytest.mark.parametrize(
    "values",
    [{"nickname": "Tim"}, {"emails": ["t@x.org"]}, {"phones": ["1"]}, {"company": "Acme"}],
)
def test_any_name_or_way_to_reach_it_makes_a_contact(values: dict[str, Any], owner: Actor) -> None:
    assert create_contact(owner, values)["display_name"] in {"Tim", "t@x.org", "1", "Acme"}


def test_the_last_thing_to_find_a_contact_by_cannot_be_taken_away(owner: Actor) -> None:
    document: dict[str, Any] = create_contact(owner, {"emails": ["t@x.org"], "company": "Acme"})
    (email,) = document["emails"]
    change(owner, document["id"], company="")
    for emails in ([], [{"id": email["id"], "address": ""}]):
        refused = faults_of(lambda emails=emails: change(owner, document["id"], emails=emails))
        assert refused == {("first_name", "blank")}
    assert change(owner, document["id"], emails=[{"id": email["id"]}])["emails"] == [email]


def test_an_identifier_belongs_to_one_contact_which_may_repeat_it(owner: Actor) -> None:
    """A contact that sent its own identifier back was once told that it was taken."""
    first, second = new(owner, external_identifier="A1"), new(owner)
    assert change(owner, first["id"], external_identifier="A1")["external_identifier"] == "A1"
    taken = {("external_identifier", "taken")}
    assert faults_of(lambda: change(owner, second["id"], external_identifier="A1")) == taken
    change(owner, first["id"], external_identifier="")
    assert change(owner, second["id"], external_identifier="A1")["external_identifier"] == "A1"
    # Nothing is no identifier: many may have it.
    assert "external_identifier" not in new(owner, external_identifier=" ")


def test_text_that_no_database_takes_is_stored_without_it(owner: Actor) -> None:
    document = new(
        owner, last_name="S\x00m\ud800ith", tags=["v\x00ip"], phones=["1\x002"], background="\udfff"
    )
    assert (document["last_name"], document["phones"][0]["number"]) == ("Smith", "12")
    assert "background" not in document
    found = where(owner, "last_name", "eq", "smi\x00th")
    for query in (Query(condition=found), Query(search="SM\x00I\ud800TH")):
        assert search(owner, query).ids == [document["id"]]


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=5)
)
NESTED = st.one_of(
    ANYTHING,
    st.lists(ANYTHING, max_size=2),
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "address", "number", "city", "country_id", "location", "url"]),
            ANYTHING,
        ),
        max_size=2,
    ),
)
KEYS = st.sampled_from(
    [
        "first_name",
        "kind",
        "visibility",
        "emails",
        "phones",
        "addresses",
        "websites",
        "messengers",
        "tags",
        "projects",
        "companies",
        "employer",
        "company",
        "owner",
        "owner_group",
        "avatar",
        "parent",
        "reports_to",
        "birthday",
        "balance",
        "employee_count",
        "background",
        "gender",
        "external_identifier",
        "preferred_channels",
        "is_deceased",
        "author",
        "created_at",
    ]
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=st.dictionaries(KEYS, NESTED, max_size=5))
def test_no_values_break_a_change(
    values: dict[str, Any], administrator: Actor, project: Project
) -> None:
    contact = Contact.objects.first() or make_contact(administrator)
    for act in (
        lambda: create_contact(administrator, {"last_name": "Smith", **values}),
        lambda: update_contact(administrator, contact.pk, values),
    ):
        try:
            document = act()
        except DomainError:
            continue
        assert drifts_of([int(str(document["id"]))]) == []


def test_rights_are_asked_where_the_contact_is(
    owner: Actor, reporter: Actor, member: Actor, outsider: Actor, elsewhere: Project
) -> None:
    contact = new(owner)
    with pytest.raises(ForbiddenError):
        change(reporter, contact["id"], first_name="Tim")
    assert change(member, contact["id"], first_name="Tim")["first_name"] == "Tim"
    with pytest.raises(ForbiddenError):
        archive_contact(member, contact["id"])
    with pytest.raises(ForbiddenError):
        new(reporter)
    with pytest.raises(NotFoundError):
        change(outsider, contact["id"], first_name="Mine")
    assert new(outsider)["projects"] == [elsewhere.pk]


def test_only_administrators_say_who_the_author_is(administrator: Actor, owner: Actor) -> None:
    assert new(administrator, author=owner.user_id)["author_id"] == owner.user_id
    assert faults_of(lambda: new(owner, author=owner.user_id)) == {("author", "not_allowed")}


def test_an_owner_is_a_person_or_a_group(owner: Actor, administrator: Actor) -> None:
    group = UserGroup.objects.create(name="Sales")
    reference.bump("people")
    contact = new(owner, owner=owner.user_id)
    assert contact["owner_assigned_at"]
    moved = change(owner, contact["id"], owner_group=group.pk)
    assert (moved.get("owner_id"), moved["owner_group_id"]) == (None, group.pk)
    back = change(owner, contact["id"], owner=owner.user_id)
    assert (back["owner_id"], back.get("owner_group_id")) == (owner.user_id, None)


def test_a_change_of_a_version_that_is_gone_is_refused(owner: Actor) -> None:
    contact = new(owner)
    seen = contact["updated_at"]
    update_contact(owner, contact["id"], {"first_name": "Tim"}, unchanged_since=seen)
    with pytest.raises(StaleError):
        update_contact(owner, contact["id"], {"first_name": "Tam"}, unchanged_since=seen)
    assert get_contact(owner, contact["id"])["first_name"] == "Tim"


def test_a_change_may_be_worked_out_from_the_contact_as_it_is(owner: Actor) -> None:
    contact = new(owner, last_name="Smith")
    turned = update_contact(
        owner, contact["id"], lambda now: {"first_name": now["last_name"], "last_name": ""}
    )
    assert turned["display_name"] == "Smith"


def test_the_trash_takes_gives_back_and_is_emptied(owner: Actor) -> None:
    contact = new(owner, tags=["vip"], external_identifier="A1")
    with pytest.raises(NotFoundError):
        delete_contact(owner, contact["id"])
    archived = archive_contact(owner, contact["id"])
    assert archived["archived_at"]
    for act in (
        lambda: change(owner, contact["id"], first_name="Tim"),
        lambda: archive_contact(owner, contact["id"]),
        lambda: get_contact(owner, contact["id"]),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert search(owner, Query(archived=True)).ids == [contact["id"]]
    back = restore_contact(owner, contact["id"])
    assert {**back, "updated_at": 0, "editor_id": 0} == {**contact, "updated_at": 0, "editor_id": 0}
    archive_contact(owner, contact["id"])
    delete_contact(owner, contact["id"])
    assert not Contact.objects.filter(pk=contact["id"]).exists()
    entries = changes_of("contact", contact["id"])
    assert [entry.action for entry in entries] == [
        "deleted", "archived", "restored", "archived", "created"
    ]  # fmt: skip
    assert entries[0].before["first_name"] == "Tom"


def test_a_required_field_binds_those_it_is_there_for(
    owner: Actor, administrator: Actor, elsewhere: Project
) -> None:
    """A required field for administrators, or for companies, once stopped everybody else."""
    make_custom_field("Hidden", is_required=True, access="administrators")
    make_custom_field("For companies", is_required=True, kinds=["organization"])
    there = make_custom_field("There", is_required=True)
    there.projects.add(elsewhere)
    field = make_custom_field("Asked", is_required=True)
    reference.bump("catalogue")
    key = f"custom_{field.pk}"
    assert faults_of(lambda: new(owner)) == {(key, "blank")}
    contact = new(owner, **{key: "answer"})
    assert change(owner, contact["id"], last_name="Smith")["custom"] == {str(field.pk): "answer"}
    assert faults_of(lambda: change(owner, contact["id"], **{key: " "})) == {(key, "blank")}
    wanted = {(key, "blank"), (f"custom_{there.pk}", "blank")}
    asked = faults_of(lambda: new(administrator, projects=[elsewhere.pk]))
    assert asked >= wanted
    assert len(asked) == 3


def test_defaults_fill_what_a_new_contact_leaves_out(owner: Actor) -> None:
    """A default that was not valid any more once failed every new contact."""
    good = make_custom_field("Good", default="yes", type="boolean")
    make_custom_field("Gone", default="Purple", options=("Red",))
    make_custom_field("For companies", default="x", kinds=["organization"])
    contact = new(owner)
    assert contact["custom"] == {str(good.pk): True}
    assert new(owner, **{f"custom_{good.pk}": None}).get("custom") is None
    cleared = change(owner, contact["id"], **{f"custom_{good.pk}": ""})
    assert "custom" not in cleared


def test_tags_are_one_whatever_their_spelling_and_unknown_ids_are_left_out(owner: Actor) -> None:
    contact = new(owner, tags=["Straße", "STRASSE", "\u0301", 999_999])
    names = [reference.tags().name_of(pk) for pk in contact["tags"]]
    assert names == ["Straße", "\u0301"]
    assert change(owner, contact["id"], tags=contact["tags"][:1])["tags"] == contact["tags"][:1]
