"""Keep contacts through civicrmapi's APIv4 and print what it saw."""

import json
import sys

from civicrmapi import AccessDenied, ApiError, HttpApiV4

base_url, _site_key, api_key = sys.argv[1:4]
api = HttpApiV4(base_url, api_key)

(made,) = api.Contact.create(
    {
        "values": {"contact_type": "Individual", "first_name": "Capi", "last_name": "Four"},
        "chain": {
            "email": ["Email", "create", {"values": {"contact_id": "$id", "email": "c@4.org"}}]
        },
    }
)
contact_id = made["id"]
where = [["id", "=", contact_id]]
(found,) = api.Contact.get({"select": ["display_name", "email_primary.email"], "where": where})
(joined,) = api.Contact.get(
    {
        "select": ["email.email"],
        "join": [["Email AS email", "INNER", ["id", "=", "email.contact_id"]]],
        "where": where,
    }
)
(tag,) = api.Tag.create({"values": {"name": "Capi 4"}})
(tagged,) = api.EntityTag.create(
    {
        "values": {
            "entity_table": "civicrm_contact",
            "entity_id": contact_id,
            "tag_id": tag["id"],
        }
    }
)
(group,) = api.Group.create({"values": {"title": "Capi 4"}})
(member,) = api.GroupContact.create(
    {"values": {"contact_id": contact_id, "group_id": group["id"], "status": "Added"}}
)
(changed,) = api.Contact.update({"where": where, "values": {"nick_name": "C"}, "reload": True})
(access,) = api.Contact.checkAccess({"action": "delete", "values": {"id": contact_id}})
names = [field["name"] for field in api.Contact.getFields()]
actions = [action["name"] for action in api.Contact.getActions()]
deleted = api.Contact.delete({"where": where})

refused = {}
for name, params in {"unknown": ("Foo", "get"), "field": ("Contact", "get")}.items():
    try:
        api(*params, {"where": [["bogus", "=", 1]]})
    except ApiError as error:
        refused[name] = str(error)
try:
    HttpApiV4(base_url, "wrong").Contact.get()
except AccessDenied:
    refused["key"] = "denied"

print(
    json.dumps(
        {
            "name": found["display_name"],
            "email": found["email_primary.email"],
            "chained": made["email"][0]["email"],
            "joined": joined["email.email"],
            "tagged": tagged["entity_id"] == contact_id and tagged["tag_id"] == tag["id"],
            "member": [member["contact_id"] == contact_id, member["status"]],
            "nick": changed["nick_name"],
            "access": access,
            "has_fields": {"first_name", "contact_type"} <= set(names),
            "actions": sorted(actions),
            "deleted": deleted == [{"id": contact_id}],
            "left": api.Contact.get(
                {"where": [["id", "=", contact_id], ["is_deleted", "=", False]]}
            ),
            "refused": sorted(refused),
        }
    )
)
