"""Drive vtigerpy, unmodified, and print what it saw."""

import json
import sys

from vtigerpy import Vtiger

base_url, username, access_key = sys.argv[1:]
crm = Vtiger(base_url, username, access_key)
seen = {}


def result(answer):
    """Return the result of a success."""
    envelope = answer.json()
    assert answer.status_code == 200, answer.text
    assert envelope["success"], envelope
    return envelope["result"]


seen["types"] = "Contacts" in result(crm.get("listtypes"))["types"]
described = result(crm.get("describe", elementType="Contacts"))
seen["mandatory"] = [field["name"] for field in described["fields"] if field["mandatory"]]
element = {"lastname": "Петрова", "firstname": "Anna", "assigned_user_id": "19x1"}
made = result(crm.post("create", elementType="Contacts", element=json.dumps(element)))
seen["label"] = made["label"]
seen["read"] = result(crm.get("retrieve", id=made["id"])) == made
element = {**element, "id": made["id"], "mobile": "+7 900"}
seen["mobile"] = result(crm.post("update", element=json.dumps(element)))["mobile"]
revised = result(crm.post("revise", element=json.dumps({"id": made["id"], "title": "Boss"})))
seen["title"] = revised["title"]
query = "SELECT lastname, mobile FROM Contacts WHERE lastname = 'петрова' ORDER BY id DESC LIMIT 1;"
seen["found"] = result(crm.get("query", query=query))[0]["mobile"]
synced = result(crm.get("sync", modifiedTime=0, elementType="Contacts", syncType="application"))
seen["synced"] = made["id"] in [record["id"] for record in synced["updated"]] or synced["more"]
sent = {"totranslate": '["SINGLE_Contacts"]', "language": "ru_ru", "module": "Contacts"}
seen["translated"] = result(crm.post("gettranslation", **sent))
seen["refused"] = crm.get("query", query="nonsense").json()["error"]["code"]
seen["deleted"] = result(crm.post("delete", id=made["id"]))
seen["gone"] = crm.get("retrieve", id=made["id"]).json()["success"]
again = Vtiger(base_url, username, access_key, sessionName=crm.sessionName)
seen["reused"] = again.get("listtypes").json()["success"]
seen["goodbye"] = result(crm.post("logout"))
print(json.dumps(seen))
