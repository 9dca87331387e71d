"""The texts beside the search text: filters are led to by them, searches do not look there."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from contacts.access import Actor
from contacts.fields import Comparison, catalogue
from contacts.fields.picking import Pick, first_of
from contacts.fields.text import fold
from contacts.index import BESIDE_FIELDS, SEARCHED_FIELDS, drifts_of
from contacts.models import Contact, ContactText, User
from contacts.query import Query, hints, search, where
from contacts.query.hints import Hint, best_hint_of, hint_of, is_common
from contacts.query.tree import Compare
from contacts.query.trigrams import has_trigrams, spelt_column
from contacts.services import contacts as services
from contacts.services.custom_fields import update_custom_field
from tests.builders import actor_for, make_contact, make_custom_field
from tests.costs import statements_of

pytestmark = pytest.mark.django_db

MIGRATION = import_module("contacts.migrations.0029_texts_beside_the_search")
TEXTS: dict[str, Any] = {
    "background": "Met at the Fair in Łódź,\n two  years ago",
    "source": "Web form «Kontakt»",
    "prefix": "Prof. Ing.",
    "suffix": "Júnior",
    "formal_title": "Geheimrätin",
    "ticker_symbol": "ACME.DE",
    "rating": "Very hot",
    "postal_greeting_text": "Liebe Zoë",
    "picture_address": "https://x.example/" + "z" * 300 + "/last.png",
}


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


def test_each_text_is_led_to_by_its_words(actor: Actor) -> None:
    custom = f"custom_{make_custom_field('Remark', type='long_text').pk}"
    texts = {**TEXTS, custom: "quite a\nlong remark " + "m" * 300 + " about Ångström"}
    contact = make_contact(actor, **texts)
    make_contact(actor, first_name="Nobody")
    beside = ContactText.objects.get(pk=contact.pk).beside
    assert {*texts, "po_box", "country_text"} - {custom} <= BESIDE_FIELDS
    for key, text in texts.items():
        hint = hint_of(where(actor, key, "contains", text[-8:]))
        assert hint is not None, key
        assert (hint.column, hint.word in beside) == ("beside", True), key
        found = [search(actor, Query(condition=where(actor, key, *each))) for each in asked(text)]
        assert [page.ids for page in found] == [[contact.pk]] * len(found), key


def asked(text: str) -> list[tuple[str, Any]]:
    begins, ends = text[: len(text) // 2], text[-8:]
    inside = [("contains", text[1:-1]), ("like", f"%{ends}"), ("ends_with", ends)]
    return [*inside, ("starts_with", begins), ("eq", text), ("in", [text])]


def test_no_field_is_led_to_by_both_texts() -> None:
    assert not BESIDE_FIELDS & SEARCHED_FIELDS
    assert {*catalogue("contact").by_key, "po_box"} >= BESIDE_FIELDS


def test_a_search_does_not_look_there(actor: Actor) -> None:
    make_contact(actor, background="Met at the fair", source="Fair")
    assert search(actor, Query(search="fair", wide=True)).ids == []


def test_a_contact_without_such_texts_has_nothing_there(actor: Actor) -> None:
    contact = make_contact(actor, job_title="Baker", emails=["t@example.com"], phones=["555 1234"])
    assert ContactText.objects.get(pk=contact.pk).beside == ""


def has_index() -> bool:
    return connection.vendor == "sqlite" or has_trigrams("default")


@pytest.mark.parametrize("operator", ["contains", "like", "ends_with"])
def test_the_index_leads_to_a_background(actor: Actor, operator: str) -> None:
    if not has_index():
        pytest.skip("nothing leads without an index")
    contact = make_contact(actor, background="Met-at the fair")
    text = "%et-at the fair" if operator == "like" else "et-at the fair"
    query = Query(condition=where(actor, "background", operator, text), total=False)
    asked = statements_of(lambda: search(actor, query))
    assert search(actor, query).ids == [contact.pk]
    assert any("contacts_beside MATCH" in sql or "strpos(beside" in sql for sql in asked)


def test_where_many_have_the_word_the_whole_text_leads(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_index():
        pytest.skip("nothing leads without an index")
    monkeypatch.setattr(hints, "LED_TO_EACH", 2)
    ids = [
        make_contact(actor, background=f"{name} came through friends").pk for name in ("Ann", "Tom")
    ]
    whole = where(actor, "background", "contains", "Tom came  through friends")
    assert best_hint_of(whole, "default") == Hint("tom came through friends", "beside")
    assert search(actor, Query(condition=whole)).ids == ids[1:]
    assert is_common(Hint("through", "beside"), "default") is False
    for operator, text in (("contains", "through"), ("like", "Tom came through%")):
        many = where(actor, "background", operator, text)
        assert best_hint_of(many, "default") == Hint("through", "beside")
    assert search(actor, Query(condition=many)).ids == ids[1:]


def test_a_beginning_is_led_to_where_no_index_has_it(actor: Actor) -> None:
    remark = f"custom_{make_custom_field('Remark').pk}"
    phones = [{"number": "+49 30 1234567", "type": "mobile"}]
    contact = make_contact(actor, rating="Very hot", phones=phones, **{remark: "Quite old"})
    expected = {
        "rating": ("Very h", Hint("very", "beside")),
        remark: ("Quite", Hint("quite", "beside")),
        "mobile_phone": ("+49 30", Hint("4930")),
        "last_name": ("Smi", None),
    }
    for key, (text, hint) in expected.items():
        begins = where(actor, key, "starts_with", text)
        assert hint_of(begins) == hint, key
        assert search(actor, Query(condition=begins)).ids == [contact.pk], key


def test_what_is_changed_and_deleted_is_not_led_to_any_more(actor: Actor) -> None:
    if not has_index():
        pytest.skip("nothing leads without an index")
    contact = make_contact(actor, background="Met at the fair")

    def led_to(word: str) -> int:
        hints.forget_words()
        return Contact.objects.filter(pk__led_to=Hint(word, "beside")).count()

    assert (led_to("the fair"), led_to("zoo")) == (1, 0)
    services.update_contact(actor, contact.pk, {"background": "Met in the zoo"})
    assert (led_to("the fair"), led_to("zoo")) == (0, 1)
    services.update_contact(actor, contact.pk, {"background": ""})
    assert (led_to("the"), led_to("zoo")) == (0, 0)
    services.update_contact(actor, contact.pk, {"source": "The zoo"})
    services.update_contact(actor, contact.pk, {"first_name": "Tim"})
    assert led_to("zoo") == 1
    Contact.objects.filter(pk=contact.pk).delete()
    assert led_to("zoo") == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO contacts_beside(contacts_beside) VALUES('integrity-check')")


def test_a_word_is_counted_in_each_text_by_itself(actor: Actor) -> None:
    if not has_index():
        pytest.skip("nothing leads without an index")
    make_contact(actor, last_name="Goldsmith", background="Knows a baker")
    counted = [hints._holders(Hint("goldsmith", each), "default", 9) for each in ("wide", "beside")]
    assert counted == [1, 0]


def test_a_field_that_becomes_searchable_moves_over(actor: Actor, ada: User) -> None:
    field = make_custom_field("Remark")
    contact = make_contact(actor, **{f"custom_{field.pk}": "Ångström"})

    def texts() -> tuple[bool, bool]:
        text = ContactText.objects.get(pk=contact.pk)
        return "angstrom" in text.wide, "angstrom" in text.beside

    assert texts() == (False, True)
    update_custom_field(actor_for(ada), field.pk, {"is_searchable": True})
    assert texts() == (True, False)


def test_parts_of_addresses_are_led_to(actor: Actor) -> None:
    address = {"street1": "Hauptstraße 5", "po_box": "Postfach 1234", "country": "Oz Land"}
    contact = make_contact(actor, addresses=[address], websites=["https://oz.example/"])
    parts = (
        ("addresses", "street", "Hauptstraße 5", "wide"),
        ("websites", "url", "https://oz.example/", "wide"),
    )
    for key, part, text, column in parts:
        field = first_of(catalogue("contact").by_key[key], Pick(), part=part)
        for comparison in (Comparison("eq", text), Comparison("starts_with", text[:9])):
            condition = Compare(field, comparison)
            hint = hint_of(condition)
            assert hint is not None
            assert hint.column == column
            assert search(actor, Query(condition=condition)).ids == [contact.pk]
    assert hint_of(where(actor, "country_text", "contains", "oz land")) == Hint("land", "beside")
    # Of whole boxes there are keys.
    box = first_of(catalogue("contact").by_key["addresses"], Pick(), part="po_box")
    for comparison, hint in (
        (Comparison("contains", "tfach 1234"), Hint("tfach", "beside")),
        (Comparison("starts_with", "Postfach"), None),
        (Comparison("eq", "postfach 1234"), None),
    ):
        condition = Compare(box, comparison)
        assert hint_of(condition) == hint
        assert search(actor, Query(condition=condition)).ids == [contact.pk]


@pytest.mark.parametrize("few", [0, 20_000])
def test_the_migration_takes_in_what_there_is(
    actor: Actor, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    hidden = make_custom_field("Remark")
    shown = make_custom_field("Motto", is_searchable=True)
    customs = {f"custom_{hidden.pk}": "Ångström", f"custom_{shown.pk}": "Carpe diem"}
    address = {"street1": "Hauptstraße 5", "po_box": "Postfach 1234", "country": "Oz Land"}
    made = [
        make_contact(actor, **TEXTS, **customs, addresses=[address]),
        make_contact(actor, background="Only Me"),
        make_contact(actor, source="Only this", is_reference=True),
        make_contact(actor),
    ]
    ids = [each.pk for each in made]
    editor = connection.schema_editor()
    monkeypatch.setattr(MIGRATION, "FEW", few)
    monkeypatch.setattr(MIGRATION, "BATCH", 2)

    MIGRATION.part(apps, editor)
    texts = ContactText.objects.order_by("pk").values_list("beside", flat=True)
    assert list(texts) == [fold(each.background) for each in made]

    MIGRATION.gather(apps, editor)
    assert drifts_of(ids) == []
    assert list(texts.all())[1:] == ["only me", "only this", ""]
    if has_index():
        led = Contact.objects.filter(pk__led_to=Hint("only", "beside"))
        assert sorted(led.values_list("pk", flat=True)) == ids[1:3]


def test_what_is_asked_is_written_as_the_index_is_made() -> None:
    assert f"({spelt_column('beside')} gin_trgm_ops)" in MIGRATION.POSTGRESQL
