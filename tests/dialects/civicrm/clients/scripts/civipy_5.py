"""Keep contacts through civipy's APIv3 and print what it saw."""

import json
import os
import sys
import warnings

base_url, site_key, api_key = sys.argv[1:4]
os.environ |= {
    "CIVI_REST_BASE": f"{base_url}/civicrm/ajax/rest",
    "CIVI_SITE_KEY": site_key,
    "CIVI_USER_KEY": api_key,
    "CIVI_API_VERSION": "3",
    "CIVI_LOG_LEVEL": "ERROR",
}
warnings.simplefilter("ignore")

from civipy import CiviContact, CiviEmail  # noqa: E402 -- it reads the settings when imported
from civipy.exceptions import CiviAPIError  # noqa: E402 -- the same

made = CiviContact.create(contact_type="Individual", first_name="Civi", last_name="Py")
email = CiviEmail.create(contact_id=made.id, email="civi@example.org")
found = CiviContact.find(last_name="Py")
updated = found.update(first_name="Changed", options={"reload": 1})
everybody = CiviContact.find_all(contact_type="Individual", options={"limit": 1, "sort": "id"})
again = CiviContact.find_or_create({"last_name": "Py"}, contact_type="Individual")
try:
    CiviContact.create(first_name="No type")
    refused = ""
except CiviAPIError as error:
    refused = str(error)
removed = again.delete()

print(
    json.dumps(
        {
            "made": made.display_name,
            "email": email.email,
            "found": found.sort_name,
            "updated": updated["values"][0]["display_name"],
            "page": len(everybody),
            "same": again.id == made.id,
            "refused": bool(refused),
            "removed": removed["values"],
            "left": CiviContact.find(last_name="Py") is None,
        }
    )
)
