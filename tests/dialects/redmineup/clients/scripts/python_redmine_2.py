"""Drive python-redmine 2.5 with its own resources and one for contacts; print what it saw."""

import json
import sys

from redminelib import Redmine
from redminelib.exceptions import ForbiddenError, ResourceNotFoundError, ValidationError
from redminelib.resources import BaseResource

base_url, key = sys.argv[1:3]


class Contact(BaseResource):
    """A contact, in the way that the library's documentation shows for further resources."""

    redmine_version = (1, 2, 1)
    container_all = container_filter = "contacts"
    container_one = container_create = container_update = "contact"
    query_all_export = None
    query_all = query_filter = query_create = "/contacts.json"
    query_one = query_update = query_delete = "/contacts/{}.json"
    search_hints = ["contact"]


redmine = Redmine(base_url, key=key)
seen = {"user": redmine.auth().login}

project = redmine.project.create(name="Made by 2.5", identifier="made-by-25")
seen["project"] = redmine.project.get("made-by-25").name
project.description = "Changed"
project.save()
seen["description"] = redmine.project.get(project.id).description

user = redmine.user.create(
    login="client25",
    firstname="Cli",
    lastname="Ent",
    mail="c@example.com",
    password="long enough 1",
)
role = next(each for each in redmine.role.all() if each.name == "Manager")
member = redmine.project_membership.create(
    project_id=project.id, user_id=user.id, role_ids=[role.id]
)
seen["members"] = [
    each.user.name for each in redmine.project_membership.filter(project_id=project.id)
]

issue = redmine.issue.create(project_id=project.id, subject="Broken")
issue.subject = "Mended"
issue.save()
seen["issue"] = redmine.issue.get(issue.id).subject
seen["issues"] = [each.subject for each in redmine.issue.filter(project_id=project.id)]
try:
    redmine.issue.create(project_id=project.id, subject="")
except ValidationError as refused:
    seen["blank"] = str(refused)

contact = redmine.contact.create(
    project_id="made-by-25", first_name="Zoë", email="zoe25@client.example"
)
contact.first_name = "Zoe"
contact.save()
seen["contact"] = redmine.contact.get(contact.id).first_name
seen["contacts"] = [each.first_name for each in redmine.contact.filter(search="zoe25@client")]
seen["custom_fields"] = isinstance([each.name for each in redmine.custom_field.all()], list)

stranger = Redmine(base_url, username="client25", password="long enough 1")
seen["stranger"] = stranger.auth().login
try:
    stranger.user.all()[0]
except ForbiddenError:
    seen["forbidden"] = True
impersonated = Redmine(base_url, key=key, impersonate="client25")
seen["impersonated"] = impersonated.user.get("current").login
seen["deleted"] = redmine.contact.delete(contact.id)
try:
    redmine.contact.get(contact.id)
except ResourceNotFoundError:
    seen["gone"] = True
print(json.dumps(seen))
