"""Drive python-redmine 1.5.1 (the last open release that knows contacts) and print what it saw."""

import collections
import collections.abc
import json
import sys
import tempfile

# The library is older than Python 3.10, where these names moved.
for name in ("Mapping", "MutableMapping", "Iterable", "Sequence", "Callable"):
    if not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))

from redmine import Redmine  # noqa: E402  # after the names are back in collections
from redmine.exceptions import (  # noqa: E402  # after the names are back in collections
    ResourceNotFoundError,
    ResourceRequirementsError,
    ValidationError,
)

base_url, key = sys.argv[1:3]
redmine = Redmine(base_url, key=key)
seen = {}

user = redmine.auth()
seen["user"] = user.login

with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    file.write("hello")
    file.flush()
    contact = redmine.contact.create(
        project_id="demo",
        first_name="Rita",
        last_name="Löfgren",
        company="Old Client Ltd",
        phones=["+1 111", "+1 222"],
        emails=["rita@example.com"],
        tag_list=["vip", "cold call"],
        address_attributes={"street1": "12, Street", "city": "Moscow", "country_code": "RU"},
        birthday="1980-02-29",
        custom_fields=[],
        uploads=[{"path": file.name, "filename": "hello.txt"}],
    )
seen["created"] = {
    "name": contact.first_name,
    "phones": contact.phones,
    "emails": contact.emails,
    "tags": list(contact.tag_list),
    "address": contact.address["full_address"],
    "birthday": str(contact.birthday),
    "projects": [each.name for each in contact.projects],
}
contact.job_title = "CEO"
seen["saved"] = contact.save()
again = redmine.contact.get(contact.id, include="notes,deals,contacts,issues")
seen["job_title"] = again.job_title

company = redmine.contact.create(project_id="demo", first_name="Old Client Ltd", is_company=True)
seen["employees"] = [
    each.id for each in redmine.contact.get(company.id, include="contacts").contacts
]
seen["is_mine"] = seen["employees"] == [contact.id]

seen["found"] = [each.id for each in redmine.contact.filter(search="löfgren")] == [contact.id]
for number in range(3):
    redmine.contact.create(project_id="demo", first_name=f"Page {number}", tag_list=["paged"])
seen["paged"] = sorted(each.first_name for each in redmine.contact.filter(tags="paged", limit=2))
seen["all"] = len(list(redmine.contact.filter(tags="paged")))

contact.project.add("second")
seen["projects"] = sorted(each.name for each in redmine.contact.get(contact.id).projects)
contact.project.remove("second")
try:
    contact.project.remove("demo")
except ValidationError as refused:
    seen["last_project"] = str(refused)

seen["tags"] = sorted({each.name for each in redmine.contact_tag.all()} & {"vip", "cold call"})
seen["statuses"] = [each.name for each in redmine.deal_status.all()]
seen["queries"] = len(list(redmine.crm_query.filter(resource="contact")))
deal = redmine.deal.create(project_id="demo", name="Big", contact_id=contact.id, price="1000.5")
seen["deal"] = [str(redmine.deal.get(deal.id).price), redmine.deal.get(deal.id).status.name]
seen["deals"] = deal.id in [each.id for each in redmine.deal.filter(project_id="demo")]
seen["deal_deleted"] = redmine.deal.delete(deal.id)

try:
    redmine.contact.create(project_id="demo", first_name="")
except ValidationError as refused:
    seen["blank"] = str(refused)
seen["deleted"] = redmine.contact.delete(contact.id)
try:
    redmine.contact.get(contact.id)
except (ResourceNotFoundError, ResourceRequirementsError):
    # For a resource of a plugin it takes 404 to mean that the plugin is missing.
    seen["gone"] = True
print(json.dumps(seen))
