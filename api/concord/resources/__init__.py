"""Say of every resource what it is in the domain; one engine answers for all of them."""

from api.concord.resources.activities import ACTIVITIES, CALLS
from api.concord.resources.contacts import COMPANIES, CONTACTS
from api.concord.resources.custom_fields import CUSTOM_FIELDS
from api.concord.resources.deals import DEALS
from api.concord.resources.notes import NOTES
from api.concord.resources.options import OPTION_RESOURCES
from api.concord.resources.pipelines import PIPELINES, STAGES
from api.concord.resources.products import PRODUCTS
from api.concord.resources.table import Resource
from api.concord.resources.users import USERS
from contacts.errors import NotFoundError

RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for resource in (
        CONTACTS,
        COMPANIES,
        DEALS,
        ACTIVITIES,
        CALLS,
        NOTES,
        PIPELINES,
        STAGES,
        PRODUCTS,
        USERS,
        CUSTOM_FIELDS,
        *OPTION_RESOURCES,
    )
}

# Names under which a published client asks; docs/dialects/concord.md, "Aliases".
ALIASES = {
    "activityTypes": "activity-types",
    "callOutcomes": "call-outcomes",
    "stages": "pipeline-stages",
}


def resource_named(name: str) -> Resource:
    """Return a resource; raises NotFoundError."""
    found = RESOURCES.get(ALIASES.get(name, name))
    if found is None:
        raise NotFoundError("resource")
    return found
