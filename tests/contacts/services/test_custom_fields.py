"""Custom fields: defined by administrators, with ids that stay."""

import pytest

from contacts import index
from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError
from contacts.fields import catalogue
from contacts.history import changes_of
from contacts.models import Contact, CustomField, CustomFieldOption, CustomValue, Project
from contacts.query import Query, get_contact, get_record, search
from contacts.services.contacts import update_contact
from contacts.services.custom_fields import (
    create_custom_field,
    create_custom_field_group,
    delete_custom_field,
    delete_custom_field_group,
    try_type,
    update_custom_field,
)
from contacts.services.deals import create_deal
from tests.builders import make_contact, make_custom_field


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


@pytest.fixture
def color(administrator: Actor) -> dict[str, object]:
    """Return the document of a choice of two."""
    return create_custom_field(
        administrator, {"label": "Colour", "type": "option"}, options=["Red", "Blue"]
    )


def options_of(document: dict[str, object]) -> dict[str, int]:
    return {each["label"]: each["id"] for each in document["options"]}  # type: ignore[attr-defined]  # a list of dicts


def test_defined_field_takes_values_at_once(
    administrator: Actor, owner: Actor, contact: Contact
) -> None:
    field = create_custom_field(
        administrator,
        {"label": "Shoe size", "type": "integer", "default": "40", "is_searchable": True},
    )

    assert (field["slug"], field["access"], field["object_kind"]) == (
        "shoe_size",
        "members",
        "contact",
    )
    key = f"custom_{field['id']}"
    assert update_contact(owner, contact.pk, {key: "42"})["custom"] == {str(field["id"]): 42}
    assert get_contact(owner, make_contact(owner).pk)["custom"] == {str(field["id"]): 40}
    assert changes_of("custom_field", number(field)).get().action == "created"


def test_all_faults_of_a_definition_are_reported_together(
    administrator: Actor, color: dict[str, object]
) -> None:
    with pytest.raises(InvalidError) as refused:
        create_custom_field(
            administrator,
            {
                "label": "",
                "slug": "colour",
                "type": "money",
                "pattern": "(",
                "min_length": 5,
                "max_length": 2,
                "kinds": ["robot"],
                "projects": [999],
            },
        )

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("label", "blank"),
        ("slug", "taken"),
        ("type", "not_in_list"),
        ("pattern", "invalid"),
        ("min_length", "too_large"),
        ("kinds", "not_in_list"),
        ("projects", "unknown"),
    }
    with pytest.raises(InvalidError) as refused:
        create_custom_field(
            administrator,
            {"label": "Size", "type": "option", "default": "XL"},
            options=["S", "s", "", {"label": "M", "color": "red"}],
        )
    assert {(fault.key, fault.code) for fault in refused.value.faults} >= {
        ("options", "taken"),
        ("options", "blank"),
        ("options", "invalid"),
        ("default", "not_in_list"),
    }
    assert CustomField.objects.count() == 1


def test_only_administrators_define_fields(owner: Actor, color: dict[str, object]) -> None:
    for refused in (
        lambda: create_custom_field(owner, {"label": "Mine"}),
        lambda: update_custom_field(owner, number(color), {"label": "Mine"}),
        lambda: delete_custom_field(owner, number(color)),
        lambda: try_type(owner, number(color), "text"),
    ):
        with pytest.raises(ForbiddenError):
            refused()
    assert CustomField.objects.get().label == "Colour"


def test_slugs_follow_from_labels_and_never_clash(administrator: Actor) -> None:
    slugs = [
        create_custom_field(administrator, {"label": label})["slug"]
        for label in ("Größe", "Grosse", "Размер", "Цвет", "2nd")
    ]

    assert slugs == ["grosse", "grosse_2", "field", "field_2", "nd"]


def test_options_keep_their_ids_through_every_change(
    administrator: Actor, owner: Actor, contact: Contact, color: dict[str, object]
) -> None:
    red, blue = options_of(color).values()
    field = number(color)
    update_contact(owner, contact.pk, {f"custom_{field}": "Red"})

    changed = update_custom_field(
        administrator,
        field,
        {},
        options=[{"id": blue, "label": "Red"}, {"id": red, "label": "Blue"}, "Green"],
    )
    assert options_of(changed)["Blue"] == red
    assert get_contact(owner, contact.pk)["custom"] == {str(field): red}

    # What a contact still has is switched off; what nobody has goes.
    left = update_custom_field(administrator, field, {}, options=["Green"])
    options = left["options"]
    assert [(each["label"], each["is_active"]) for each in options] == [  # type: ignore[attr-defined]  # a list of dicts
        ("Green", True),
        ("Blue", False),
    ]
    assert not CustomFieldOption.objects.filter(pk=blue).exists()
    assert get_contact(owner, contact.pk)["custom"] == {str(field): red}
    with pytest.raises(InvalidError):
        update_custom_field(administrator, field, {}, options=["Green", {"id": blue}])


def test_change_of_type_converts_values_or_is_refused(administrator: Actor, owner: Actor) -> None:
    field = number(create_custom_field(administrator, {"label": "Size"}))
    key = f"custom_{field}"
    first = make_contact(owner, **{"first_name": "A", key: "42"})
    second = make_contact(owner, **{"first_name": "B", key: "wide"})

    conversion = try_type(administrator, field, "integer")
    assert (conversion.count, conversion.failed, conversion.examples) == (2, 1, ("wide",))
    with pytest.raises(InvalidError) as refused:
        update_custom_field(administrator, field, {"type": "integer"})
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("type", "not_allowed")]
    assert get_contact(owner, first.pk)["custom"] == {str(field): "42"}

    update_contact(owner, second.pk, {key: " 7 "})
    update_custom_field(administrator, field, {"type": "integer"})
    assert get_contact(owner, first.pk)["custom"] == {str(field): 42}
    assert get_contact(owner, second.pk)["custom"] == {str(field): 7}
    update_custom_field(administrator, field, {"type": "option"}, options=["42", "7"])
    assert CustomValue.objects.exclude(option=None).count() == 2
    update_custom_field(administrator, field, {"type": "text"})
    assert get_contact(owner, second.pk)["custom"] == {str(field): "7"}
    assert index.drifts_of([first.pk, second.pk]) == []


def test_searchable_field_is_found_as_soon_as_it_is_switched_on(
    administrator: Actor, owner: Actor, contact: Contact, color: dict[str, object]
) -> None:
    field = number(color)
    update_contact(owner, contact.pk, {f"custom_{field}": "Red"})
    asked = Query(search="red", wide=True)

    assert search(owner, asked).ids == []
    update_custom_field(administrator, field, {"is_searchable": True})
    assert search(owner, asked).ids == [contact.pk]
    red = options_of(color)["Red"]
    update_custom_field(administrator, field, {}, options=[{"id": red, "label": "Crimson"}])
    assert search(owner, Query(search="crimson", wide=True)).ids == [contact.pk]


def test_deleted_field_is_kept_by_the_history_of_its_records(
    administrator: Actor, owner: Actor, project: Project, contact: Contact
) -> None:
    field = number(create_custom_field(administrator, {"label": "Size"}))
    update_contact(owner, contact.pk, {f"custom_{field}": "42"})
    of_deals = number(create_custom_field(administrator, {"label": "Size", "object_kind": "deal"}))
    deal = number(
        create_deal(owner, {"project": project.pk, "name": "Roof", f"custom_{of_deals}": "big"})
    )

    delete_custom_field(administrator, field)
    delete_custom_field(administrator, of_deals)

    assert "custom" not in get_contact(owner, contact.pk)
    assert catalogue("contact").find(f"custom_{field}") is None
    assert changes_of("contact", contact.pk)[0].before == {"custom": {str(field): "42"}}
    assert get_record(owner, "deal", deal)["custom"] == {}
    assert changes_of("deal", deal)[0].before == {"custom": {str(of_deals): "big"}}
    assert changes_of("custom_field", field)[0].before["label"] == "Size"
    assert index.drifts_of([contact.pk]) == []


def test_several_values_cannot_become_one(
    administrator: Actor, owner: Actor, contact: Contact
) -> None:
    field = number(create_custom_field(administrator, {"label": "Hobby", "is_multiple": True}))
    update_contact(owner, contact.pk, {f"custom_{field}": ["chess", "golf"]})

    with pytest.raises(InvalidError) as refused:
        update_custom_field(administrator, field, {"is_multiple": False, "object_kind": "deal"})

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("is_multiple", "not_allowed"),
        ("object_kind", "read_only"),
    }


def test_definitions_are_seen_where_their_values_are(
    administrator: Actor, owner: Actor, outsider: Actor, project: Project
) -> None:
    secret = create_custom_field(administrator, {"label": "Risk", "access": "administrators"})
    local = create_custom_field(administrator, {"label": "Desk", "projects": [project.pk]})
    everybody = create_custom_field(administrator, {"label": "Hobby"})
    asked = Query(kind="custom_field")

    assert search(administrator, asked).total == 3
    assert search(owner, asked).ids == [number(local), number(everybody)]
    assert search(outsider, asked).ids == [number(everybody)]
    assert get_record(administrator, "custom_field", number(secret))["label"] == "Risk"


def test_fields_outlive_their_group(administrator: Actor) -> None:
    group = number(create_custom_field_group(administrator, {"title": "Body"}))
    field = number(create_custom_field(administrator, {"label": "Size", "group": group}))
    assert catalogue("contact").by_custom_id[field].group == "Body"

    with pytest.raises(InvalidError):
        create_custom_field_group(administrator, {"title": "Other", "name": "BODY"})
    delete_custom_field_group(administrator, group)

    assert catalogue("contact").by_custom_id[field].group == ""


def test_a_field_for_members_is_only_asked_of_those(owner: Actor, project: Project) -> None:
    field = make_custom_field("Badge", is_required=True, is_for_members=True)
    make_contact(owner)

    with pytest.raises(InvalidError) as refused:
        make_contact(owner, membership_level="Member")
    assert [fault.key for fault in refused.value.faults] == [f"custom_{field.pk}"]
    make_contact(owner, membership_level="Member", **{f"custom_{field.pk}": "7"})


def test_how_a_value_is_chosen_is_kept(administrator: Actor) -> None:
    made = create_custom_field(
        administrator, {"label": "Size", "type": "option", "control": "radio"}, options=["S", "M"]
    )

    assert made["control"] == "radio"
    assert catalogue("contact").by_custom_id[int(str(made["id"]))].control == "radio"
    changed = update_custom_field(administrator, int(str(made["id"])), {"control": ""})
    assert changed["control"] == ""
