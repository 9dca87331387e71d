"""The fields that records of work have in common: whose they are, who follows them, with whom."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Field
from contacts.fields.storage import Column, LinkedContacts, Links
from contacts.models import Contact
from contacts.models.followers import Follower

USER = types.UserType()
IDS = types.IdsType()


def belongings(kind: str) -> tuple[Field, ...]:
    """Return the owners, the last editor and the door by which a record came."""
    group, channel = types.UserGroupType(), Column("entry_channel", is_text=True)
    return (
        declare(kind, "owner", USER, _("Owner"), column="owner_id"),
        declare(kind, "owner_group", group, _("Owning user group"), column="owner_group_id"),
        declare(kind, "editor", USER, _("Last editor"), column="editor_id", is_writable=False),
        declare(
            kind,
            "entry_channel",
            types.TextType(),
            _("Came through"),
            storage=channel,
            is_writable=False,
        ),
    )


def archived(kind: str) -> Field:
    """Return since when a record is in the trash."""
    return declare(
        kind,
        "archived_at",
        types.DateTimeType(),
        _("Archived"),
        column="archived_at",
        is_writable=False,
    )


def followers(kind: str, model: type[Follower]) -> Field:
    """Return the users who follow a record."""
    return declare(
        kind,
        "followers",
        IDS,
        _("Followed by"),
        storage=Links(model, "user_id", f"{kind}_id"),
        is_writable=False,
        is_multiple=True,
        is_sortable=False,
        traits={"target": "user"},
    )


def tags(kind: str, model: type[Model]) -> Field:
    """Return the tags of a record; `model` is the table of its links."""
    return declare(
        kind,
        "tags",
        types.TagsType(),
        _("Tags"),
        storage=Links(model, "tag_id", f"{kind}_id", by="tag__name_key"),
        is_multiple=True,
    )


def leads(kind: str, model: type[Model]) -> Field:
    """Return a field that only finds: the leads of a record, those that were converted too."""
    stages = tuple(each for each in Contact.Stage.values if each != Contact.Stage.CONTACT)
    storage = LinkedContacts(model, f"{kind}_id", tuple(Contact.Kind.values), stages=stages)
    traits = {"target": "contact"}
    return declare(kind, "lead", IDS, _("Lead"), storage=storage, is_writable=False, traits=traits)


def people(kind: str, model: type[Model], main: str = "contact") -> tuple[Field, ...]:
    """Return fields that only find: the contacts of a record by their kinds."""
    owner = f"{kind}_id"
    found: Any = {"is_writable": False, "traits": {"target": "contact"}}
    persons = LinkedContacts(model, owner, ("person", "household"), main)
    companies = LinkedContacts(model, owner, ("organization",), main)
    return (
        declare(kind, "person", IDS, _("Person"), storage=persons, **found),
        declare(kind, "company", IDS, _("Company"), storage=companies, **found),
    )
