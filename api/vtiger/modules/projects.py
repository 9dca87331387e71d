"""Project: the projects in which contacts, sales and tickets lie."""

import re
import unicodedata
from collections.abc import Mapping

from api.vtiger.mapping.belonging import moments
from api.vtiger.mapping.field import Document, Draft
from api.vtiger.mapping.plain import TextField
from api.vtiger.mapping.references import NumberedField, Target
from api.vtiger.mapping.words import WordsField
from api.vtiger.modules.changing import with_present
from api.vtiger.modules.table import Module
from contacts.access import Actor
from contacts.query import Query, get_record, search, where
from contacts.services.projects import create_project, delete_project, update_project

KIND = "project"
PROJECT = Target("Project", 29, KIND)
STATUSES: Mapping[str, str] = {
    "active": "in progress",
    "closed": "completed",
    "archived": "archived",
}
# Beside a number that is free, as much as identifiers hold.
LONGEST = 90


def read(actor: Actor, record_id: int) -> Document:
    """Return the document of a project."""
    return get_record(actor, KIND, record_id)


def complete(actor: Actor, draft: Draft) -> None:
    """Give a new project an identifier that follows from its name and is not taken."""
    letters = unicodedata.normalize("NFKD", str(draft.values.get("name") or "")).lower()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST] or "project"
    stem = f"project-{stem}" if stem.isdigit() else stem
    identifier, number = stem, 1
    while _is_taken(actor, identifier):
        number += 1
        identifier = f"{stem}-{number}"
    draft.values["identifier"] = identifier


def _is_taken(actor: Actor, identifier: str) -> bool:
    same = where(actor, "identifier", "eq", identifier, kind=KIND)
    return bool(search(actor, Query(KIND, same, limit=1)).ids)


PROJECTS = Module(
    name=PROJECT.name,
    number=PROJECT.number,
    label="Projects",
    id_label="projectid",
    kind=KIND,
    label_fields=("projectname",),
    create=create_project,
    update=with_present(read, update_project),
    archive=delete_project,
    has_trash=False,
    complete=complete,
    fields=(
        TextField(
            name="projectname", label="Project Name", key="name", kind=KIND, is_mandatory=True
        ),
        WordsField(
            name="projectstatus",
            label="Status",
            key="status",
            kind=KIND,
            path=("status",),
            words=STATUSES,
            offers_only=True,
        ),
        TextField(name="projecturl", label="Project Url", type="url", key="homepage", kind=KIND),
        NumberedField(name="project_no", label="Project No", prefix="PROJ", kind=KIND),
        *moments(KIND),
        TextField(
            name="description", label="Description", type="text", key="description", kind=KIND
        ),
    ),
)
