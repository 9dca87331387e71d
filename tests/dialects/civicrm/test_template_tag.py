"""The tag `crmAPI`, with which pages show answers of calls."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from contacts.models import Project, User
from tests.builders import make_contact


def page(text: str, user: User | AnonymousUser | None, **variables: Any) -> str:
    """Return what a template makes for a visitor."""
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    context = Context({"request": request, **variables})
    return Template("{% load civicrm %}" + text).render(context)


@pytest.fixture
def alice_roberts(project: Project) -> None:
    make_contact(first_name="Alice", last_name="Roberts")


@pytest.mark.usefixtures("alice_roberts")
def test_page_of_the_seed_counts_the_contacts(alice: User) -> None:
    shown = page(
        '{% crmAPI var="myContactList" entity="Contact" action="get" version="3"'
        ' first_name="Alice" last_name="Roberts" %}'
        "Found {{ myContactList.count }} item(s).",
        alice,
    )

    assert shown == "Found 1 item(s)."


@pytest.mark.usefixtures("alice_roberts")
def test_values_are_a_list_and_parameters_may_be_variables(alice: User) -> None:
    shown = page(
        '{% crmAPI var="found" entity="Contact" first_name=name option_limit=5 %}'
        "{% for each in found.values %}{{ each.last_name }}{% endfor %}",
        alice,
        name="Alice",
    )

    assert shown == "Roberts"


@pytest.mark.usefixtures("alice_roberts")
def test_visitor_reads_what_it_may_see_and_no_more(charlie: User) -> None:
    text = '{% crmAPI var="n" entity="Contact" action="getcount" first_name="Alice" %}{{ n }}'

    assert page(text, charlie) == "0"
    assert "Sign in" in page('{% crmAPI entity="Contact" first_name="Alice" %}', None)


def test_without_a_variable_the_answer_is_shown_as_escaped_json(
    project: Project, alice: User
) -> None:
    make_contact(first_name="<b>", last_name="X")

    shown = page('{% crmAPI entity="Contact" last_name="X" return="first_name" %}', alice)

    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.usefixtures("alice_roberts")
def test_json_takes_parameters_or_asks_for_text(alice: User) -> None:
    merged = page(
        '{% crmAPI var="n" entity="Contact" action="getcount" json=given %}{{ n }}',
        alice,
        given='{"first_name":"Alice"}',
    )
    text = page(
        '{% crmAPI var="t" entity="Contact" first_name="Alice" json=1 %}{{ t|safe }}', alice
    )

    assert merged == "1"
    assert json.loads(text)["count"] == 1


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ('{% crmAPI var="x" action="get" %}', "missing 'entity' parameter"),
        ('{% crmAPI var="x" entity="Contact" action="delete" id=1 %}', "pages only read"),
        ('{% crmAPI var="x" entity="Contact" json="{no" %}', "not a JSON object"),
    ],
)
def test_tag_that_cannot_be_is_an_error_of_the_template(tag: str, told: str, alice: User) -> None:
    with pytest.raises(TemplateSyntaxError, match=told):
        page(tag, alice)
