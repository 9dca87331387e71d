"""Use requests and httpx as integrations do, print what came back as one line of JSON."""

import json
import sys

import httpx
import requests

base_url, token = sys.argv[1:3]
api = f"{base_url}/api"
headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
seen = {}

# A form's intake: look the address up, create the contact unless it is known, then a deal, a note.
session = requests.Session()
session.headers.update(headers)


def ask(method, path, **more):
    """Send a request that has to succeed and return its JSON."""
    answer = session.request(method, f"{api}/{path}", **more)
    answer.raise_for_status()
    return answer.json() if answer.content else None


lookup = {"q": "zoe@example.org", "search_fields": "email:=", "per_page": 1}
seen["unknown"] = ask("GET", "contacts", params=lookup)["data"]
phones = [{"number": "79001234567", "type": "mobile"}]
sent = {"first_name": "Zoë", "email": "zoe@example.org", "phones": phones, "user_id": 1}
contact = ask("POST", "contacts", json=sent)["id"]
seen["found"] = [row["id"] == contact for row in ask("GET", "contacts", params=lookup)["data"]]
again = session.post(f"{api}/contacts", json=sent)
seen["again"] = [again.status_code, "email" in again.text]
stage = ask("GET", "pipeline-stages")["data"][0]["id"]
body = {"name": "Заявка", "stage_id": stage, "amount": 10, "user_id": 1, "contacts": [contact]}
deal = ask("POST", "deals", json={**body, "tags": ["Новый тег"]})
seen["deal"] = [tag["name"] for tag in deal["tags"]]
ties = {"via_resource": "deals", "via_resource_id": deal["id"], "deals": [deal["id"]]}
note = ask("POST", "notes", json={"body": "<p>x</p>", **ties, "contacts": [contact]})
seen["note"] = [len(note["deals"]), len(note["contacts"])]

# Modules of automation services send forms with brackets.
form = {
    "first_name": "Form",
    "phones[0][number]": "+1 555",
    "phones[0][type]": "work",
    "tags[]": ["A", "B"],
}
made = ask("POST", "contacts", data=form)
seen["form"] = [made["phones"][0]["type"], [tag["name"] for tag in made["tags"]]]
changed = ask("POST", f"contacts/{made['id']}", data={"_method": "PUT", "city": "Jena"})
seen["overridden"] = changed["city"]

# Another library, a paginator that follows the links, and a body with DELETE.
with httpx.Client(base_url=base_url, headers=headers) as client:
    for number in range(5):
        client.post("/api/companies", json={"name": f"Page {number}"}).raise_for_status()
    names, url = [], f"{api}/companies?per_page=2&order=name|desc&q=page&search_fields=name"
    while url:
        page = client.get(url).json()
        names += [row["name"] for row in page["data"]]
        url = page["links"]["next"]
    seen["pages"] = names
    counted = []
    for number in range(1, page["meta"]["last_page"] + 1):
        params = {"per_page": 2, "page": number, "q": "page", "search_fields": "name:like"}
        counted += client.get("/api/companies", params=params).json()["data"]
    seen["counted"] = len(counted)
    company = counted[0]["id"]
    path = f"/api/associations/contacts/{contact}"
    client.put(path, json={"companies": [company]}).raise_for_status()
    client.request("DELETE", path, json={"companies": [company]}).raise_for_status()
    seen["detached"] = client.get(f"/api/contacts/{contact}").json()["companies"]
    found = client.get("/api/contacts/search", params={"q": "first_name:ZOË", "take": 1}).json()
    seen["search"] = [row["first_name"] for row in found]

print(json.dumps(seen))
