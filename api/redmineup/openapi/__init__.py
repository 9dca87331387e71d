"""Describe this dialect to programs; one module per noun adds its operations."""

from api.base.operations import Description
from api.redmineup.openapi.contacts import CONTACT_OPERATIONS, CONTACT_SCHEMAS
from api.redmineup.openapi.neighbours import NEIGHBOUR_OPERATIONS, NEIGHBOUR_SCHEMAS
from api.redmineup.openapi.parts import REFUSALS, SECURITY
from api.redmineup.openapi.singles import SINGLE_OPERATIONS

DESCRIPTION = Description(
    about=(
        "Contacts by the REST conventions of Redmine. Every address also answers `.xml`, and "
        "bodies may be JSON, XML or a form. POST with the parameter `_method` acts as that method."
    ),
    operations=[*CONTACT_OPERATIONS, *NEIGHBOUR_OPERATIONS, *SINGLE_OPERATIONS],
    refusals=REFUSALS,
    common_refusals=(400, 401, 403, 406, 413, 429, 503),
    schemas={**CONTACT_SCHEMAS, **NEIGHBOUR_SCHEMAS},
    security=SECURITY,
)
