"""Words by which the index of the search text leads to what is looked for inside a text."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields.contact_declaring import CODES
from contacts.index import BESIDE_FIELDS, SEARCHED_FIELDS
from contacts.models import Contact, ContactKey, ContactText, User
from contacts.query import Not, Or, Query, hints, search, titles, where
from contacts.query.hints import WHOLE_NAMES, Hint, hint_of
from contacts.query.titles import forget_titles
from contacts.query.trigrams import LEAST_TRIGRAM, has_trigrams
from tests.builders import actor_for, make_contact, make_custom_field

pytestmark = pytest.mark.django_db

PERSON: dict[str, Any] = {
    "prefix": "Prof. Ing.",
    "suffix": "Júnior",
    "first_name": "Zoë-Marie",
    "middle_name": "van der",
    "last_name": "O'Brien, Straße",
    "nickname": "Ζωή  Μ.",
    "job_title": "Head of R&D",
    "department": "Überseehandel",
    "company": "Möbel_Haus 24",
    "emails": ["Zoe.Marie+x@exämple.com", "z@b.co"],
    "phones": ["+49 (0)30 1234-567 8", "٠١٢٣٤٥٦٧"],
    "addresses": [
        {"street1": "Rue de l'Été 5", "street2": "Flur 7", "city": "Łódź", "postcode": "AB-90 123"}
    ],
    "websites": ["https://zoe.example.com/ü"],
    "messengers": ["@zoë_m"],
}
FIRM = {
    "kind": "organization",
    "organization_name": "ＡＣＭＥ ﬁrm № 5",
    "legal_name": "ACME S.à r.l.",
}
NAMELESS = {"kind": "person", "first_name": "", "emails": ["nobody@example.com"]}


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


@pytest.mark.parametrize("values", [PERSON, FIRM, NAMELESS])
def test_each_part_of_a_text_has_its_word_in_the_search_text(
    actor: Actor, values: dict[str, Any]
) -> None:
    contact = make_contact(actor, **values)
    texts_of = ContactText.objects.get(pk=contact.pk)
    codes = {code: key for key, code in CODES.items()}
    texts = [
        (codes[code], text)
        for code, text in ContactKey.objects.filter(contact=contact).values_list("code", "text")
    ]
    texts += [("display_name", contact.name_key), ("sort_name", contact.sort_name)]
    looked = 0
    for key, text in texts:
        if key not in SEARCHED_FIELDS | BESIDE_FIELDS | WHOLE_NAMES:
            continue
        for start in range(len(text)):
            hint = hint_of(where(actor, key, "contains", text[start : start + 12]))
            looked += bool(hint)
            assert hint is None or hint.word in getattr(texts_of, hint.column), (key, text[start:])
    assert looked > LEAST_TRIGRAM


def test_a_pattern_leads_by_its_longest_word(actor: Actor) -> None:
    assert hint_of(where(actor, "last_name", "like", "a%smi_hers\\_x%")) == Hint("hers")
    assert hint_of(where(actor, "last_name", "like", "%ab_cd%")) is None
    assert hint_of(where(actor, "phones", "contains", "(555) 12-34")) == Hint("5551234")
    assert hint_of(where(actor, "phones", "like", "%555%")) == Hint("555")


def test_a_title_is_found_that_the_search_text_does_not_have(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a whole name read the keys of all names from end to end."""
    make_contact(actor, prefix="Professor", first_name="Ida", last_name="Neumann")
    make_contact(actor, first_name="Jo", last_name="Fessorini")
    names = [where(actor, "full_name", "contains", word) for word in ("neum", "fesso", "a neu")]
    assert [hint_of(each) for each in names] == [Hint("neum"), None, Hint("neu")]
    assert hint_of(where(actor, "full_name", "like", "%Neumann%")) == Hint("neumann")
    assert [search(actor, Query(condition=each)).total for each in names] == [1, 2, 1]

    monkeypatch.setattr(titles, "MOST", 0)
    forget_titles()
    assert hint_of(names[0]) is None, "who has so many titles may have any word in one"


def test_what_the_search_text_does_not_have_is_looked_for_beside_it(actor: Actor) -> None:
    size = make_custom_field("Size", type="text", is_searchable=True)
    hidden = make_custom_field("Hidden", type="text", is_searchable=False)
    number = make_custom_field("Number", type="integer", is_searchable=True)

    found = [
        hint_of(where(actor, key, "contains", "smith"))
        for key in (f"custom_{size.pk}", f"custom_{hidden.pk}", "source", "prefix", "background")
    ]

    assert found == [Hint("smith"), *[Hint("smith", "beside")] * 4]
    assert hint_of(where(actor, f"custom_{number.pk}", "like", "%123%")) is None
    assert hint_of(where(actor, "entry_channel", "contains", "form")) is None
    assert hint_of(where(actor, "last_name", "eq", "smith")) is None
    assert hint_of(where(actor, "source", "eq", "smith")) is None
    assert hint_of(where(actor, "background", "in", ["smith", "jones"])) is None
    assert hint_of(where(actor, "last_name", "contains", "Smith", case_sensitive=True)) is None


def has_index() -> bool:
    return connection.vendor == "sqlite" or has_trigrams("default")


def statements_of(actor: Actor, query: Query) -> tuple[list[int], list[str]]:
    with CaptureQueriesContext(connection) as asked:
        page = search(actor, query)
    return page.ids, [each["sql"] for each in asked]


def test_a_word_leads_unless_very_many_have_it(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom = make_contact(actor, first_name="Tom", last_name="Goldsmith", phones=["555 12 34"])
    make_contact(actor, first_name="Smithy", last_name="Blank")
    either = Or(
        (
            where(actor, "last_name", "contains", "smith"),
            where(actor, "display_name", "ends_with", "dsmith"),
            where(actor, "phones", "contains", "12-34"),
            where(actor, "prefix", "contains", "smith"),
        )
    )
    ids, led = statements_of(actor, Query(condition=either))
    assert ids == [tom.pk]
    assert has_index() is any("strpos(wide" in sql or "MATCH" in sql for sql in led[-2:])

    monkeypatch.setattr(hints, "LED_TO_EACH", 0)
    one = Query(condition=where(actor, "last_name", "contains", "smith"))
    ids, plain = statements_of(actor, one)
    assert ids == [tom.pk]
    assert not any("strpos(wide" in sql or "MATCH" in sql for sql in plain[-2:])
    assert statements_of(actor, Query(condition=either))[0] == [tom.pk]


def test_a_page_of_what_very_many_have_is_found_among_the_first(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_index():
        pytest.skip("how many have a word is not asked without an index")
    monkeypatch.setattr(hints, "MOST_LED_TO", 1)
    monkeypatch.setattr(hints, "FEW", 1)
    made = [make_contact(actor, first_name=name, last_name="Smithson").pk for name in "ABCD"]
    make_contact(actor, first_name="Ezra", last_name="Blank")
    Contact.objects.filter(pk=made[0]).update(updated_at="2001-01-01T00:00:00Z")
    word = Query(search="smiths", limit=2, total=False)
    part = Query(condition=where(actor, "last_name", "contains", "mithso"), limit=2, total=False)

    for query in (word, part):
        search(actor, query)
        ids, asked = statements_of(actor, query)
        assert ids == made[:2]
        # It looks again whether few have the words, which is what it would begin with; PostgreSQL
        # goes along the names alone.
        more = 2 if connection.vendor == "postgresql" else 1
        assert len(asked) == 1 + more * (query is word)
    assert search(actor, Query(search="smiths", limit=2)).total == len(made)
    assert search(actor, Query(search="smiths", limit=10)).ids == made


def test_a_word_that_few_have_is_not_counted_on(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_index():
        pytest.skip("how many have a word is not asked without an index")
    monkeypatch.setattr(hints, "FEW", 1)
    monkeypatch.setattr(hints, "MOST_LED_TO", 2)
    for name in ("Smithe", "Smitho", "Smithx"):
        make_contact(actor, last_name=name)
    is_sqlite = connection.vendor == "sqlite"
    of_few, of_many = ([2], [2, 3]) if is_sqlite else ([3], [3])
    for word, limits in (("smithx", of_few), ("smith", of_many), ("smithx", []), ("smith", [])):
        part = Query(condition=where(actor, "last_name", "contains", word))
        counted = [sql for sql in statements_of(actor, part)[1] if "led_to" in sql]
        assert [int(sql.split("LIMIT ")[1].split(")")[0]) for sql in counted] == limits


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has an index for an OR")
def test_alternatives_that_few_fit_are_found_each_by_itself(actor: Actor) -> None:
    tom = make_contact(actor, first_name="Tom", last_name="Ui")
    ada = make_contact(actor, first_name="Ui", emails=["ui@example.com"])
    few = tuple(where(actor, key, "eq", "ui") for key in ("last_name", "first_name", "nickname"))
    ids, asked = statements_of(actor, Query(condition=Or(few)))
    assert ids == [ada.pk, tom.pk]
    assert any(" UNION " in sql for sql in asked)
    ids, asked = statements_of(actor, Query(condition=Or((where(actor, "gender", "in", []), *few))))
    assert ids == [ada.pk, tom.pk]
    assert any(" UNION " in sql for sql in asked), "few may have a choice that very many could"
    many = Or((*few, Not(where(actor, "kind", "eq", "person"))))
    ids, asked = statements_of(actor, Query(condition=many))
    assert ids == [ada.pk, tom.pk]
    # How far the first contacts go is asked with a UNION ALL.
    assert not any(" UNION " in sql.replace(" UNION ALL ", "") for sql in asked)
