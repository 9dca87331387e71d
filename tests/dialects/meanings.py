"""One condition, as each dialect writes it, and the one tree that all of them mean.

A column is the name of a dialect; a meaning that a dialect cannot express has no spelling there.
The trees are written as saved filters keep them (`contacts.query.to_json`). `{tag}` stands for
the id of the tag "VIP", `{owner}` for alice's id.
"""

from dataclasses import dataclass, field
from typing import Any

Tree = dict[str, Any]


def is_(key: str, operator: str, value: object, **flags: object) -> Tree:
    """Return one comparison."""
    return {"field": key, "operator": operator, "value": value, **flags}


@dataclass(frozen=True)
class Meaning:
    """A sentence, the tree that it means, and its spellings by dialect."""

    sentence: str
    tree: Tree
    spellings: dict[str, str] = field(default_factory=dict)


MEANINGS = (
    Meaning(
        "the last name is Smith, whatever its case",
        is_("last_name", "eq", "Smith"),
        {
            "concord": "q=Smith&search_fields=last_name:=",
            "civicrm": '{"last_name": "Smith"}',
        },
    ),
    Meaning(
        "the last name contains mit",
        is_("last_name", "contains", "mit"),
        {"concord": "q=mit&search_fields=last_name:like"},
    ),
    Meaning(
        "the last name begins with Sm",
        is_("last_name", "starts_with", "Sm"),
        {
            "concord": (
                "filters[children][0][type]=rule"
                "&filters[children][0][query][rule]=last_name"
                "&filters[children][0][query][operator]=begins_with"
                "&filters[children][0][query][value]=Sm"
            )
        },
    ),
    Meaning(
        "the last name looks like S_ith with a wildcard",
        is_("last_name", "like", "%S_ith%"),
        {"concord": "q=S_ith&search_fields=last_name"},
    ),
    Meaning(
        "the city is Jena and the first name Tom",
        {"and": [is_("first_name", "eq", "Tom"), is_("city", "eq", "Jena")]},
        {
            "concord": (
                "q=first_name:Tom;city:Jena&search_fields=first_name:=;city:=&search_match=and"
            )
        },
    ),
    Meaning(
        "the city is Jena or the first name Tom",
        {"or": [is_("first_name", "eq", "Tom"), is_("city", "eq", "Jena")]},
        {"concord": "q=first_name:Tom;city:Jena&search_fields=first_name:=;city:="},
    ),
    Meaning(
        "an e-mail address is one of two",
        {"or": [is_("emails", "eq", "a@x.org"), is_("emails", "eq", "b@x.org")]},
        {"concord": "q=a@x.org,b@x.org&search_fields=email:in"},
    ),
    Meaning(
        "alice is the owner",
        is_("owner", "eq", "{owner}"),
        {"concord": "q={owner}&search_fields=user_id", "wildapricot": "'Assigned to' eq {owner}"},
    ),
    Meaning(
        "it has the tag VIP",
        is_("tags", "in", ["{tag}"]),
        {"concord": "q=vip&search_fields=tags.name:=", "vtiger": "tags = 'vip'"},
    ),
    Meaning(
        "there is no city",
        is_("city", "is_empty", True),
        {
            "concord": (
                "filters[children][0][type]=rule"
                "&filters[children][0][query][rule]=city"
                "&filters[children][0][query][operator]=is_null"
            )
        },
    ),
    Meaning(
        "the last name is not Smith",
        {"not": is_("last_name", "eq", "Smith")},
        {
            "concord": (
                "filters[children][0][type]=rule"
                "&filters[children][0][query][rule]=last_name"
                "&filters[children][0][query][operator]=not_equal"
                "&filters[children][0][query][value]=Smith"
            )
        },
    ),
    Meaning(
        "the first name contains to",
        is_("first_name", "contains", "to"),
        {"wildapricot": "substringof('First name', 'to')"},
    ),
    Meaning(
        "the first name is one of two",
        is_("first_name", "in", ["Tom", "Ann"]),
        {
            "wildapricot": "First name eq Tom OR FirstName eq 'Ann'",
            "civicrm": '{"first_name": {"in": "Tom,Ann"}}',
        },
    ),
    Meaning(
        "the main e-mail address is one",
        is_("emails", "eq", "a@x.org", scope="primary"),
        {"wildapricot": "e-Mail eq a@x.org", "civicrm": '{"email": "a@x.org"}'},
    ),
    Meaning(
        "the main city is not Jena",
        {"not": is_("city", "eq", "Jena", scope="primary")},
        {"wildapricot": "City ne 'Jena'"},
    ),
    Meaning(
        "it has any of the tags VIP",
        is_("tags", "has_any", ["{tag}"]),
        {"wildapricot": "Tags eq ‘vip’", "civicrm": '{"tag": ["VIP"]}'},
    ),
    Meaning(
        "it is in the trash",
        is_("archived_at", "is_empty", False),
        {"wildapricot": "Archived eq true"},
    ),
    Meaning(
        "the job title is there",
        {"not": is_("job_title", "is_empty", True)},
        {"wildapricot": "'Job title' ne NULL"},
    ),
    Meaning(
        "the first name is Tom, whatever its case",
        is_("first_name", "eq", "Tom"),
        {"concord": "q=Tom&search_fields=first_name:=", "vtiger": "firstname = 'Tom'"},
    ),
    Meaning(
        "the first name is not Tom, or there is none",
        {"not": is_("first_name", "eq", "Tom")},
        {"vtiger": "firstname != 'Tom'"},
    ),
    Meaning(
        "the first name looks like T_m, with the client's own wildcards",
        is_("first_name", "like", "T_m%"),
        {"vtiger": "firstname LIKE 'T_m%'", "civicrm": '{"first_name": "T_m%"}'},
    ),
    Meaning(
        "there is no first name",
        is_("first_name", "is_empty", True),
        {"vtiger": "firstname = ''", "civicrm": '{"first_name": {"IS NULL": 1}}'},
    ),
    Meaning(
        "the first name is another than Tom",
        {"and": [{"not": is_("first_name", "eq", "Tom")}, is_("first_name", "is_empty", False)]},
        {"civicrm": '{"first_name": {"!=": "Tom"}}'},
    ),
    Meaning(
        "the full name has art in it",
        is_("full_name", "contains", "art"),
        {"civicrm": '{"display_name": "art"}'},
    ),
    Meaning(
        "the full name has art in it, and so behind it",
        {
            "and": [
                is_("full_name", "contains", "art"),
                is_("full_name", "contains", "so"),
                is_("full_name", "like", "%art%so%"),
            ]
        },
        {"civicrm": '{"display_name": "art so"}'},
    ),
    Meaning(
        "the first name is Tom or the last name Smith, and the job title Cook",
        {
            "and": [
                is_("job_title", "eq", "Cook"),
                {"or": [is_("first_name", "eq", "Tom"), is_("last_name", "eq", "Smith")]},
            ]
        },
        {
            "civicrm": (
                '{"first_name": "Tom", "last_name": "Smith", "job_title": "Cook",'
                ' "options": {"or": ["first_name", "last_name"]}}'
            )
        },
    ),
    Meaning(
        "the job title is Cook and the birthday after a day, or the first name is Tom",
        {
            "or": [
                {
                    "and": [
                        is_("job_title", "eq", "Cook"),
                        is_("birthday", "gt", "1980-06-08", include_empty=False),
                    ]
                },
                is_("first_name", "eq", "Tom"),
            ]
        },
        {"vtiger": "title = 'Cook' AND birthday > '1980-06-08' OR firstname = 'Tom'"},
    ),
)


def single(tree: Tree) -> Tree:
    """Return a tree without groups of one."""
    for word in ("and", "or"):
        if word in tree:
            parts = [single(part) for part in tree[word]]
            return parts[0] if len(parts) == 1 else {word: parts}
    return {"not": single(tree["not"])} if "not" in tree else tree


def filled(part: Any, facts: dict[str, int]) -> Any:
    """Return a tree or spelling with what only a test knows."""
    if isinstance(part, dict):
        return {key: filled(each, facts) for key, each in part.items()}
    if isinstance(part, list):
        return [filled(each, facts) for each in part]
    if not isinstance(part, str):
        return part
    for name, value in facts.items():
        if part == f"{{{name}}}":
            return value
        part = part.replace(f"{{{name}}}", str(value))
    return part
