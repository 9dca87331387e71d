"""Say for each filter of contacts which fields it looks at."""

from collections.abc import Mapping

from api.redmineup import grammar
from api.redmineup.grammar import Clause, split_names
from api.redmineup.mapping.rules import (
    Rule,
    ids,
    listed,
    moment,
    text,
    user_id,
    yes_or_no,
)
from contacts.access import Actor
from contacts.fields import catalogue
from contacts.query import Condition, Not, Or, where

NAMES = ("first_name", "organization_name", "household_name")


def _compare_tags(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    """Return "has all of the tags", or not all of them."""
    names = split_names("|".join(clause.values))
    found: Condition = where(actor, "tags", "has_all", names) if names else Or(())
    return Not(found) if clause.operator == "!" else found


def _compare_company(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    """Return "is an organization" or its opposite; households are no companies."""
    answers = {yes_or_no(actor, word) for word in clause.values} - {None}
    if len(answers) != 1:
        # Both answers are true of all, none of nothing.
        return Not(Or(())) if bool(answers) == (clause.operator == "=") else Or(())
    wanted = answers.pop() == (clause.operator == "=")
    company = where(actor, "kind", "eq", "organization")
    return company if wanted else Not(company)


def _country(_actor: Actor, word: str) -> object:
    """Return the id of a country by its two letters."""
    code = word.strip().upper()
    field = catalogue("contact").by_key["country"]
    return next((each.value for each in field.choices if each.name == code), None)


CONTACT_FILTERS: Mapping[str, Rule] = {
    "first_name": text(*NAMES, about="First name, or the name of a company"),
    "last_name": text("last_name", about="Last name"),
    "middle_name": text("middle_name", about="Middle name"),
    "job_title": text("job_title", about="Job title"),
    "company": text("company", about="Name of the company"),
    "phone": text("phones", about="Any phone"),
    "email": text("emails", about="Any e-mail"),
    "full_address": text("full_address", about="The address in one line"),
    "street1": text("street1", about="Street"),
    "street2": text("street2", about="Second line of the street"),
    "city": text("city", about="City"),
    "region": text("region", about="Region"),
    "postcode": text("postcode", about="Postcode"),
    "country": listed("country", read=_country, about="Two letters of the country"),
    "tags": Rule(
        ("tags",), grammar.OPTIONAL_LIST, _compare_tags, "Names of tags; all must be there"
    ),
    "assigned_to_id": listed("owner", read=user_id, about="Id of the assignee, or `me`"),
    "author_id": listed("author", read=user_id, about="Id of the author, or `me`"),
    "ids": ids("id", about="Ids"),
    "is_company": Rule(("kind",), grammar.LIST, _compare_company, "`1` companies, `0` people"),
    "created_on": moment("created_at", about="When it was created"),
    "updated_on": moment("updated_at", about="When it was changed", operators=grammar.PAST),
    "last_note": moment("last_note_at", about="The last note", operators=grammar.PAST),
    "has_deals": listed(
        "has_deals", read=yes_or_no, about="`1` with deals, `0` without", operators=grammar.LIST
    ),
    "has_open_issues": listed(
        "open_ticket_owner", read=user_id, about="With open tickets of a user"
    ),
}

CONTACT_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "name": "sort_name",
    "first_name": "display_name",
    "last_name": "sort_name",
    "middle_name": "middle_name",
    "job_title": "job_title",
    "company": "company",
    "phones": "phones",
    "emails": "emails",
    "address": "full_address",
    "street1": "street1",
    "street2": "street2",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "country": "country",
    "created_on": "created_at",
    "updated_on": "updated_at",
    "assigned_to": "owner",
    "author": "author",
}
