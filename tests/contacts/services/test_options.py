"""Option lists: edited by administrators, with numbers and machine names that stay."""

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, InvalidError
from contacts.fields import reference
from contacts.history import changes_of
from contacts.models import Option
from contacts.services.options import create_option, delete_option, update_option
from tests.builders import make_contact


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def named(list_name: str, name: str) -> Option:
    found = reference.options().named(list_name, name)
    assert found is not None
    return found


def test_new_option_can_be_chosen_at_once(administrator: Actor, owner: Actor) -> None:
    before = max(option.number for option in reference.options().of("lead_source"))

    made = create_option(administrator, {"list_name": "lead_source", "label": "Trade Fair"})

    assert (made["name"], made["number"]) == ("trade_fair", before + 1)
    assert make_contact(owner, lead_source="Trade Fair").lead_source_id == made["id"]
    with pytest.raises(ConflictError):
        delete_option(administrator, number(made))


def test_all_faults_of_an_option_are_reported_together(administrator: Actor) -> None:
    for values, faults in (
        (
            {"list_name": "planet", "label": "", "color": "red", "position": -1},
            {
                ("list_name", "unknown"),
                ("label", "blank"),
                ("color", "pattern"),
                ("position", "too_small"),
            },
        ),
        (
            {"list_name": "phone_type", "label": "MOBILE", "name": "mobile"},
            {("label", "taken"), ("name", "taken")},
        ),
    ):
        with pytest.raises(InvalidError) as refused:
            create_option(administrator, values)
        assert {(fault.key, fault.code) for fault in refused.value.faults} == faults


def test_label_changes_and_machine_name_stays(administrator: Actor, owner: Actor) -> None:
    mobile = named("phone_type", "mobile")

    assert update_option(administrator, mobile.pk, {"label": "Cell"})["name"] == "mobile"
    assert named("phone_type", "mobile").label == "Cell"
    assert changes_of("option", mobile.pk)[0].before == {"label": "Mobile"}
    with pytest.raises(InvalidError) as refused:
        update_option(administrator, mobile.pk, {"name": "cell", "list_name": "gender"})
    assert {fault.code for fault in refused.value.faults} == {"read_only"}
    with pytest.raises(ForbiddenError):
        update_option(owner, mobile.pk, {"label": "Handy"})


def test_list_has_one_default_which_cannot_be_deleted(administrator: Actor) -> None:
    mobile, phone = named("phone_type", "mobile"), named("phone_type", "phone")
    with pytest.raises(ConflictError):
        delete_option(administrator, phone.pk)

    update_option(administrator, mobile.pk, {"is_default": True})

    default = reference.options().default_of("phone_type")
    assert default is not None
    assert default.pk == mobile.pk
    delete_option(administrator, phone.pk)
    assert reference.options().named("phone_type", "phone") is None


def test_number_of_a_deleted_option_is_not_used_again(administrator: Actor) -> None:
    first = create_option(administrator, {"list_name": "gender", "label": "Diverse"})
    delete_option(administrator, number(first))

    second = create_option(administrator, {"list_name": "gender", "label": "Unknown"})

    assert second["number"] == int(str(first["number"])) + 1


def test_status_of_tickets_can_be_made_to_close_them(administrator: Actor) -> None:
    feedback = named("ticket_status", "feedback")

    assert update_option(administrator, feedback.pk, {"is_closed": True})["is_closed"] is True
    assert named("ticket_status", "feedback").traits == {"is_closed": True}
    update_option(administrator, feedback.pk, {"is_closed": False})
    assert named("ticket_status", "feedback").traits == {}
