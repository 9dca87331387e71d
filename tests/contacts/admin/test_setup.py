"""Projects, people, tags, custom fields and lists in the browser, and one's own profile."""

from typing import Any

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.models import (
    CustomField,
    Deal,
    DealStatus,
    Group,
    Option,
    Pipeline,
    Project,
    ProjectMember,
    Role,
    Tag,
    User,
)
from contacts.services.deals import create_deal
from tests.builders import PASSWORD, make_contact, make_custom_field
from tests.contacts.admin.reading import Page

pytestmark = pytest.mark.django_db

ADMINISTRATION = [
    "customfield/",
    "customfield/add/",
    "customfieldgroup/",
    "dealstatus/",
    "membershiplevel/",
    "option/",
    "optionlist/",
    "optionlist/add/",
    "relationshiptype/",
    "relationshiptype/add/",
    "pipeline/",
    "role/",
    "tag/",
    "user/",
    "user/add/",
    "usergroup/",
]


@pytest.mark.parametrize("place", ADMINISTRATION)
def test_what_is_for_administrators_is_closed_to_managers(
    at_alice: Client, at_ada: Client, place: str
) -> None:
    assert at_ada.get(f"/admin/contacts/{place}").status_code == 200
    assert at_alice.get(f"/admin/contacts/{place}").status_code == 403


def test_a_project_is_made_and_gets_a_member_who_then_sees_it(
    at_ada: Client, charlie: User, browser_of: Any
) -> None:
    at_ada.post(
        "/admin/contacts/project/add/",
        {"name": "Fair", "identifier": "fair", "modules": ["contacts"], "status": "1"},
    )
    project = Project.objects.get(identifier="fair")
    before = browser_of(charlie).get(f"/admin/contacts/project/{project.pk}/").status_code

    at_ada.post(
        f"/admin/contacts/project/{project.pk}/members/",
        {"user": charlie.pk, "roles": [Role.objects.get(name="Reporter").pk]},
    )

    after = browser_of(charlie).get(f"/admin/contacts/project/{project.pk}/")
    assert project.modules == ["contacts"]
    assert before == 404
    assert after.status_code == 200
    assert "Reporter" in after.content.decode()


def test_a_member_without_roles_is_refused_with_the_form_kept(
    at_ada: Client, charlie: User, project: Project
) -> None:
    answer = at_ada.post(f"/admin/contacts/project/{project.pk}/members/", {"user": charlie.pk})

    assert answer.status_code == 422
    assert f'<option value="{charlie.pk}" selected>' in answer.content.decode()
    assert not ProjectMember.objects.filter(user=charlie, project=project).exists()


def test_a_member_gets_other_roles_and_leaves(at_ada: Client, bob: User, project: Project) -> None:
    member = ProjectMember.objects.get(user=bob)
    address = f"/admin/contacts/project/{project.pk}/members/{member.pk}/"

    at_ada.post(address, {"roles": [Role.objects.get(name="Reporter").pk]})
    assert [role.name for role in member.roles.all()] == ["Reporter"]

    at_ada.post(address, {"remove": "1"})
    assert not ProjectMember.objects.filter(user=bob).exists()


def test_a_project_that_holds_contacts_stays(
    at_ada: Client, owner: Actor, project: Project
) -> None:
    make_contact(owner)

    answer = at_ada.post(f"/admin/contacts/project/{project.pk}/delete/", follow=True)

    assert Project.objects.filter(pk=project.pk).exists()
    assert "You can archive it." in answer.content.decode()


def test_a_user_is_made_and_signs_in(at_ada: Client, client: Client, project: Project) -> None:
    at_ada.post(
        "/admin/contacts/user/add/",
        {"username": "dora", "first_name": "Dora", "password": PASSWORD, "may_use_api": "on"},
    )

    entered = client.post("/admin/login/", {"username": "dora", "password": PASSWORD})
    assert entered.status_code == 302
    assert User.objects.get(username="dora").contact is not None


def test_a_weak_password_and_a_taken_name_are_refused_together(at_ada: Client, alice: User) -> None:
    answer = at_ada.post("/admin/contacts/user/add/", {"username": "alice", "password": "12345678"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "User name: This is already used" in text
    assert "Password: Many people use this password." in text
    assert "12345678" not in text


def test_a_locked_user_is_out_at_once_and_back_when_unlocked(
    at_ada: Client, at_bob: Client, bob: User
) -> None:
    at_ada.post(f"/admin/contacts/user/{bob.pk}/lock/", {"lock": "1"})
    assert at_bob.get("/admin/").status_code == 302

    at_ada.post(f"/admin/contacts/user/{bob.pk}/lock/", {"unlock": "1"})
    assert User.objects.get(pk=bob.pk).is_active


def test_the_last_administrator_stays(at_ada: Client, ada: User) -> None:
    answer = at_ada.post(f"/admin/contacts/user/{ada.pk}/lock/", {"lock": "1"}, follow=True)

    assert "last administrator" in answer.content.decode()
    assert User.objects.get(pk=ada.pk).is_active


def test_a_role_is_changed_module_by_module(at_ada: Client) -> None:
    role = Role.objects.get(name="Reporter")

    at_ada.post(
        f"/admin/contacts/role/{role.pk}/",
        {
            "name": "Reporter",
            "position": role.position,
            "rights_contacts": ["view_contacts"],
            "rights_deals": ["view_deals", "add_deals"],
            "rights_tickets": ["view_tickets", "add_tickets"],
        },
    )

    role.refresh_from_db()
    assert set(role.rights) == {
        *("view_contacts", "view_deals", "add_deals", "view_tickets", "add_tickets")
    }


def test_a_tag_is_renamed_for_all_its_contacts(at_ada: Client, owner: Actor) -> None:
    contact = make_contact(owner, tags=["custmer"])
    tag = Tag.objects.get()

    at_ada.post(f"/admin/contacts/tag/{tag.pk}/", {"name": "Customer", "color": "#1565c0"})

    page = at_ada.get(f"/admin/contacts/contact/{contact.pk}/").content.decode()
    assert "Customer" in page
    assert "custmer" not in page


def test_a_member_makes_a_group_and_finds_its_contacts(at_alice: Client, owner: Actor) -> None:
    at_alice.post(
        "/admin/contacts/group/add/",
        {"title": "Choir", "visibility": "public", "is_active": "on"},
    )
    group = Group.objects.get(title="Choir")
    make_contact(owner, first_name="Singing", groups=[group.pk])
    make_contact(owner, first_name="Silent")

    listed = at_alice.get("/admin/contacts/group/").content.decode()
    found = at_alice.get(f"/admin/contacts/contact/?group={group.pk}").content.decode()

    assert f"/admin/contacts/contact/?group={group.pk}" in listed
    assert "Singing" in found
    assert "Silent" not in found


def test_two_tags_become_one(at_ada: Client, owner: Actor) -> None:
    first, second = make_contact(owner, tags=["vip"]), make_contact(owner, tags=["VIPs"])
    gone, stays = Tag.objects.get(name="VIPs"), Tag.objects.get(name="vip")

    at_ada.post(f"/admin/contacts/tag/{gone.pk}/merge/", {"into": stays.pk})

    assert {link.contact_id for link in stays.contact_links.all()} == {first.pk, second.pk}
    assert not Tag.objects.filter(pk=gone.pk).exists()


def test_a_custom_field_with_options_is_made_and_filled_in(at_ada: Client, owner: Actor) -> None:
    answer = at_ada.post(
        "/admin/contacts/customfield/add/",
        {
            **{"label": "Licence", "object_kind": "contact", "type": "option", "is_active": "on"},
            **{"access": "members", "is_filterable": "on", "options-count": "2"},
            **{"is_in_form": "on", "is_in_list": "on"},
            **{"options-0-label": "Free", "options-0-is_active": "True"},
            **{"options-1-label": "Paid", "options-1-is_active": "True"},
        },
    )

    field = CustomField.objects.get(label="Licence")
    assert answer.status_code == 302
    assert [option.label for option in field.options.all()] == ["Free", "Paid"]
    page = at_ada.get("/admin/contacts/contact/add/").content.decode()
    assert "Licence" in page


def test_field_is_shown_in_the_form_and_offered_as_a_column_where_it_is_said(
    at_ada: Client, owner: Actor
) -> None:
    contact = make_contact(owner, first_name="Ann")
    make_custom_field("Slope", is_in_form=False)
    make_custom_field("Pitch", is_in_list=False)
    make_custom_field("Height", is_in_form=False, is_required=True)

    form = at_ada.get(f"/admin/contacts/contact/{contact.pk}/change/").content.decode()
    listed = at_ada.get("/admin/contacts/contact/").content.decode()
    told = Page(at_ada.get("/admin/contacts/customfield/")).text

    assert "Slope" not in form
    assert "Pitch" in form
    assert "Height" in form
    assert ">Slope</option>" in listed
    assert ">Pitch</option>" not in listed
    assert "list and form" in told


def test_people_must_fill_in_what_programs_may_leave_out(at_ada: Client, owner: Actor) -> None:
    field = make_custom_field("Height", is_required_in_forms=True)
    contact = make_contact(owner, first_name="Ann")
    address = f"/admin/contacts/contact/{contact.pk}/change/"

    refused = at_ada.post(address, {"first_name": "Anna", f"custom_{field.pk}": ""})

    assert refused.status_code == 422
    assert "This field is required." in refused.content.decode()
    contact.refresh_from_db()
    assert contact.first_name == "Ann"


def test_options_keep_their_numbers_when_they_change_places(at_ada: Client) -> None:
    field = make_custom_field("Licence", options=("Free", "Paid"))
    free, paid = field.options.order_by("position")

    at_ada.post(
        f"/admin/contacts/customfield/{field.pk}/",
        {
            **{"label": "Licence", "type": "option", "access": "members", "slug": "licence"},
            **{"is_active": "on", "is_filterable": "on", "options-count": "2"},
            **{"options-0-id": paid.pk, "options-0-label": "Paid", "options-0-is_active": "True"},
            **{"options-1-id": free.pk, "options-1-label": "Gratis", "options-1-is_active": "True"},
        },
    )

    assert [(option.pk, option.label) for option in field.options.order_by("position")] == [
        (paid.pk, "Paid"),
        (free.pk, "Gratis"),
    ]


def test_a_pipeline_keeps_exactly_the_stages_of_its_form(at_ada: Client) -> None:
    pipeline = Pipeline.objects.get(is_default=True)
    first = pipeline.stages.order_by("position")[0]

    at_ada.post(
        f"/admin/contacts/pipeline/{pipeline.pk}/",
        {
            **{"name": pipeline.name, "position": "0", "is_default": "on", "stages-count": "2"},
            **{"stages-0-name": "Asked", "stages-0-probability": "10"},
            **{"stages-1-id": first.pk, "stages-1-name": first.name, "stages-1-probability": "20"},
        },
    )

    assert [stage.name for stage in pipeline.stages.order_by("position")] == ["Asked", first.name]
    assert pipeline.stages.get(name=first.name).pk == first.pk


def test_a_status_that_deals_have_stays(at_ada: Client, owner: Actor, project: Project) -> None:
    create_deal(owner, {"name": "Roof", "project": project.pk})
    status = Deal.objects.get().status

    answer = at_ada.post(f"/admin/contacts/dealstatus/{status.pk}/delete/", follow=True)

    assert DealStatus.objects.filter(pk=status.pk).exists()
    assert "is in use and stays" in answer.content.decode()


def test_an_option_is_added_to_a_list_and_offered(at_alice: Client, at_ada: Client) -> None:
    at_ada.post(
        "/admin/contacts/option/add/",
        {"list_name": "activity_type", "label": "Site visit", "is_active": "on"},
    )

    assert Option.objects.get(label="Site visit").list_name == "activity_type"
    assert "Site visit" in at_alice.get("/admin/contacts/activity/add/").content.decode()


def test_the_profile_changes_language_and_name(at_bob: Client, bob: User) -> None:
    answer = at_bob.post(
        "/admin/profile/",
        {"first_name": "Боб", "last_name": "Член", "language": "ru", "time_zone": "Europe/Moscow"},
        follow=True,
    )

    bob.refresh_from_db()
    assert (bob.first_name, bob.time_zone) == ("Боб", "Europe/Moscow")
    assert "Ваш профиль" in answer.content.decode()


def test_a_new_password_needs_the_present_one_and_keeps_this_session(
    at_bob: Client, bob: User
) -> None:
    new = "a much better password"
    wrong = at_bob.post("/admin/profile/", {"current": "guess", "password": new})
    right = at_bob.post("/admin/profile/", {"current": PASSWORD, "password": new})

    bob.refresh_from_db()
    assert wrong.status_code == 422
    assert right.status_code == 302
    assert bob.check_password(new)
    assert at_bob.get("/admin/").status_code == 200


def test_whoever_must_change_the_password_can_do_nothing_else(at_bob: Client, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(must_change_password=True)

    answer = at_bob.get("/admin/contacts/contact/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/profile/")
    assert "Choose a new password" in at_bob.get("/admin/profile/").content.decode()
