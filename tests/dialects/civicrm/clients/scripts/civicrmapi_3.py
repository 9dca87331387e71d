"""Keep contacts through civicrmapi's APIv3 and print what it saw."""

import json
import sys

from civicrmapi import AccessDenied, ApiError, HttpApiV3

base_url, site_key, api_key = sys.argv[1:4]
api = HttpApiV3(base_url, api_key, site_key)

(made,) = api.Contact.create(
    {
        "contact_type": "Individual",
        "first_name": "Capi",
        "last_name": "Tester",
        "api.Email.create": {"email": "capi@example.org"},
    }
)
contact_id = made["id"]
(found,) = api.Contact.get({"email": "capi@example.org", "api.Phone.get": {}})
api.Phone.create({"contact_id": contact_id, "phone": "+32 2", "phone_type_id": "Mobile"})
listed = api.Contact.getlist({"input": "tester"})
options = api.Contact.getoptions({"field": "gender_id"})
fields = api.Contact.getfields({"action": "create"})
replaced = api.Email.replace({"contact_id": contact_id, "values": [{"email": "new@example.org"}]})
api.Contact.delete({"id": contact_id})

refused = {}
for name, params in {"unknown": ("Foo", "get"), "bad": ("Contact", "create")}.items():
    try:
        api(*params)
    except ApiError as error:
        refused[name] = str(error)
try:
    HttpApiV3(base_url, "wrong", site_key).Contact.get()
except AccessDenied:
    refused["key"] = "denied"

print(
    json.dumps(
        {
            "name": found["display_name"],
            "phones": found["api.Phone.get"]["count"],
            "label": listed[0]["label"],
            "options": options,
            "has_fields": any(field["name"] == "first_name" for field in fields),
            "replaced": [each["email"] for each in replaced],
            "left": api.Contact.get({"id": contact_id}),
            "refused": sorted(refused),
        }
    )
)
