"""A form that somebody else was faster with is not stored, whatever kind of record it is of.

The kinds are taken from the registered screens: one that is added is asked here too.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from contacts.access import Actor
from contacts.admin import site
from contacts.admin.records import RecordAdmin
from contacts.models import Change, Pipeline, Project, Stage, User
from contacts.services.activities import create_activity
from contacts.services.credentials import create_credential
from contacts.services.currencies import create_currency
from contacts.services.custom_fields import create_custom_field, create_custom_field_group
from contacts.services.deal_setup import create_deal_category
from contacts.services.deals import create_deal
from contacts.services.folders import create_folder
from contacts.services.groups import create_group
from contacts.services.membership_levels import create_membership_level
from contacts.services.products import create_product
from contacts.services.tag_setup import create_tag
from contacts.services.ticket_categories import create_ticket_category
from contacts.services.tickets import create_ticket
from contacts.services.user_groups import create_user_group
from contacts.services.web_forms import create_web_form
from contacts.services.webhooks import create_webhook
from tests.builders import actor_for, make_contact, make_user
from tests.contacts.admin.reading import read

pytestmark = pytest.mark.django_db

Make = Callable[[Actor, dict[str, Any], dict[str, Any]], object]
# What there is none of at first, made from values that name a project or what it may be about.
MAKERS: dict[str, Make] = {
    "activity": lambda actor, place, about: create_activity(
        actor, {**place, "subject": "First", "contacts": [about["contact"]]}
    ),
    "credential": lambda actor, place, about: create_credential(
        actor, "redmineup_api_key", {"name": "First"}
    ),
    "currency": lambda actor, place, about: create_currency(actor, {"code": "XAU", "name": "Gold"}),
    "custom_field": lambda actor, place, about: create_custom_field(
        actor, {"label": "First", "type": "text"}
    ),
    "custom_field_group": lambda actor, place, about: create_custom_field_group(
        actor, {"title": "First"}
    ),
    "deal": lambda actor, place, about: create_deal(actor, {**place, **about, "name": "First"}),
    "deal_category": lambda actor, place, about: create_deal_category(
        actor, {**place, "name": "First"}
    ),
    "folder": lambda actor, place, about: create_folder(actor, {"name": "First"}),
    "group": lambda actor, place, about: create_group(actor, {"title": "First"}),
    "membership_level": lambda actor, place, about: create_membership_level(
        actor, {"name": "First"}
    ),
    "product": lambda actor, place, about: create_product(actor, {"name": "First"}),
    "tag": lambda actor, place, about: create_tag(actor, {"name": "First"}),
    "ticket": lambda actor, place, about: create_ticket(
        actor, {**place, **about, "subject": "First"}
    ),
    "ticket_category": lambda actor, place, about: create_ticket_category(
        actor, {**place, "name": "First"}
    ),
    "user_group": lambda actor, place, about: create_user_group(actor, {"name": "First"}),
    "web_form": lambda actor, place, about: create_web_form(
        actor, {**place, "title": "First", "fields": ["first_name"]}
    ),
    "webhook": lambda actor, place, about: create_webhook(
        actor, kind="contact", action="created", url="https://example.com/", dialect="redmineup"
    ),
}
# What a change of another's changes in each form, where that is no name.
TYPED = ("name", "title", "label", "subject", "name_a_b", "label_a_b", "first_name", "url")


def changeable() -> dict[str, RecordAdmin]:
    """Return the nouns that have a form for stored records."""
    found = {}
    for model_admin in site._registry.values():
        if isinstance(model_admin, RecordAdmin):
            try:
                reverse(f"admin:{model_admin.opts.label_lower.replace('.', '_')}_change", args=[1])
            except NoReverseMatch:
                continue
            found[model_admin.opts.model_name or ""] = model_admin
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_form_of_a_pipeline_is_stale_when_another_changed_its_stages_alone(ada: User) -> None:
    pipeline = Pipeline.objects.create(name="Sales")
    stage = Stage.objects.create(pipeline=pipeline, name="Talk")
    address = reverse("admin:contacts_pipeline_change", args=[pipeline.pk])
    at_ada, faster = signed_in(ada), signed_in(make_user("faster", is_superuser=True))

    opened = read(at_ada, address).posting_form()
    name = next(key for key, (text, *_more) in opened.fields.items() if text == "Talk")
    assert faster.post(address, opened.filled(**{name: "Write"})).status_code == 302
    assert at_ada.post(address, opened.filled(**{name: "Call"})).status_code == 409
    stage.refresh_from_db()
    assert stage.name == "Write"
    # Nothing has changed since: one's own second tab is no reason.
    again = read(at_ada, address).posting_form()
    for text in ("Call", "Visit"):
        assert at_ada.post(address, again.filled(**{name: text})).status_code == 302


@pytest.mark.parametrize("noun", sorted(changeable()))
def test_a_stale_form_is_refused_and_the_faster_change_stays(
    noun: str, ada: User, project: Project
) -> None:
    model_admin = changeable()[noun]
    actor, contact = actor_for(ada), make_contact(first_name="Tom", projects=[project.pk])
    if model_admin.kind in MAKERS:
        MAKERS[model_admin.kind](actor, {"project": project.pk}, {"contact": contact.pk})
    row = model_admin.model._default_manager.order_by("-pk").first()
    assert row is not None, f"nothing is known about how to make a {model_admin.kind}"
    address = reverse(f"admin:contacts_{noun}_change", args=[row.pk])
    at_ada, faster = signed_in(ada), signed_in(make_user("faster", is_superuser=True))

    opened = read(at_ada, address).posting_form()
    typed = next(name for name in TYPED if name in opened.fields)
    text = opened.fields[typed][0]
    assert faster.post(address, opened.filled(**{typed: f"{text}2"})).status_code == 302
    refused = at_ada.post(address, opened.filled())
    assert refused.status_code == 409
    again = read(at_ada, address).posting_form()
    assert again.fields[typed] == [f"{text}2"]
    # One's own change by a double click is no reason to refuse the second.
    for _click in range(2):
        assert at_ada.post(address, again.filled(**{typed: text})).status_code == 302
    assert Change.objects.filter(record_kind=model_admin.kind, record_id=row.pk).exists()
