"""The explorer shows a call in every environment and runs it with the rights of its reader."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from contacts.models import Contact, Project, User
from tests.builders import actor_for, make_contact

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon[a-z]+=", re.IGNORECASE)
CALL = "/explorer/?entity=Contact&action=get&first_name=Tom&return=first_name"
SEED = "first_name=Alice&last_name=Roberts&sequential=0"


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def codes(page: str) -> dict[str, str]:
    """Return the code that a page shows, by its title."""
    found = re.findall(r"<summary>([^<]*)</summary>\s*<pre[^>]*><code>(.*?)</code>", page, re.S)
    # The environments come first; further commands are called curl as well.
    return {html.unescape(title): html.unescape(code) for title, code in reversed(found)}


def answer(page: str) -> Any:
    """Return the document that the answer shows."""
    found = re.search(r'class="answer"><code>(.*?)</code>', page, re.S)
    assert found is not None
    return json.loads(html.unescape(found[1]))


@pytest.fixture
def at_alice(alice: User) -> Client:
    return at(alice)


@pytest.fixture
def tom(alice: User, project: Project) -> int:
    return make_contact(actor_for(alice), first_name="Tom", projects=[project.pk]).pk


@pytest.mark.django_db
def test_strangers_are_led_to_the_sign_in_and_back(client: Client) -> None:
    led = client.get("/explorer/?entity=Email")

    assert led.status_code == 302
    assert led["Location"] == "/admin/login/?next=/explorer/%3Fentity%3DEmail"


@pytest.mark.parametrize("path", ["/civicrm/api3", "/civicrm/api", "/civicrm/api/explorer"])
def test_addresses_of_the_original_lead_here_with_what_they_preselect(
    path: str, client: Client
) -> None:
    led = client.get(path, {"entity": "Email", "action": "get"})

    assert led["Location"] == "/explorer/?entity=Email&action=get"
    assert client.get(f"{path}/")["Location"] == "/explorer/"


def test_the_address_of_version_four_says_so(client: Client) -> None:
    assert client.get("/civicrm/api4")["Location"] == "/explorer/?version=4"


def test_the_call_of_the_seed_reads_like_the_seed(at_alice: Client) -> None:
    shown = codes(at_alice.get(f"/explorer/?{SEED}").content.decode())

    assert "civicrm_api3('Contact', 'get', [" in shown["PHP (civicrm_api3)"]
    assert "CiviCRM_API3_Exception $e" in shown["PHP (civicrm_api3)"]
    assert shown["PHP (kernel)"] == (
        "$result = Civi::service('civi_api_kernel')->run('Contact', 'get', [\n"
        "  'version' => 3,\n  'first_name' => 'Alice',\n  'last_name' => 'Roberts',\n]);"
    )
    assert "if ($api->Contact->Get([" in shown["PHP (class.api.php)"]
    assert 'CRM.api3("Contact", "get", {' in shown["Javascript (CRM.api3)"]
    assert shown["Smarty"].startswith(
        '{crmAPI var="result" entity="Contact" action="get" version="3"'
        ' first_name="Alice" last_name="Roberts"}'
    )
    assert shown["cv"] == "cv api Contact.get first_name=Alice last_name=Roberts"
    assert shown["drush"] == "drush civicrm-api Contact.get first_name=Alice last_name=Roberts"
    assert shown["wp"] == "wp civicrm-api Contact.get first_name=Alice last_name=Roberts"
    assert "/extern/rest.php?entity=Contact&action=get&json=%7B" in shown["REST"]
    assert shown["curl"].startswith("curl 'http://testserver/extern/rest.php?")


def test_the_call_is_shown_in_version_four_too(at_alice: Client) -> None:
    address = f"/explorer/?entity=Contact&action=get&{SEED}&version=4"
    shown = codes(at_alice.get(address).content.decode())
    where = [["first_name", "=", "Alice"], ["last_name", "=", "Roberts"]]
    asked = json.dumps({"where": where, "limit": 25})

    assert shown["cv api4"] == f"cv api4 Contact.get '{asked}'"
    assert shown["PHP (civicrm_api4)"].startswith("$result = civicrm_api4('Contact', 'get', [")
    assert "/civicrm/ajax/api4/Contact/get?params=" in shown["REST (version 4)"]
    assert list(shown)[-1] == "PHP (civicrm_api4)"
    chained = at_alice.get("/explorer/?api.Email.get={}").content.decode()
    assert codes(chained)["Version 4"] == "Version 4 chains calls in another manner."


@pytest.mark.django_db
def test_an_address_that_is_no_text_is_read_as_far_as_it_is_one(at_alice: Client) -> None:
    page = at_alice.get(f"{CALL}&last_name=%ED%A0%80")

    assert page.status_code == 200
    assert "Tom" in page.content.decode()


def test_what_is_chosen_comes_from_the_kernel(at_alice: Client) -> None:
    page = at_alice.get("/explorer/?entity=address&action=create").content.decode()

    assert "<option selected>Address</option>" in page
    assert "<option selected>create</option>" in page
    assert '<option value="street_address">Street Address</option>' in page
    # A write compares nothing.
    assert "NOT LIKE" not in page


def test_a_field_with_options_offers_them(at_alice: Client) -> None:
    page = at_alice.get("/explorer/?gender_id=1").content.decode()

    assert 'list="list-gender_id"' in page
    assert re.search(r'<datalist id="list-gender_id"><option value="1">Female', page)


def test_rows_operators_options_and_chains_make_the_parameters(at_alice: Client) -> None:
    query = (
        "f[]=first_name&o[]=LIKE&v[]=T%25&f[]=birth_date&o[]=>&v[]=1980-01-01&f[]=birth_date&o[]=<"
        "&v[]=1990-01-01&f[]=id&o[]=IN&v[]=1,2&f[]=last_name&o[]=IS NULL&v[]=&f[]=&o[]==&v[]="
        "&return[]=first_name&return[]=id&sort=sort_name DESC&limit=3&offset=1"
        '&ce[]=Email&ca[]=get&cp[]={"return":"email"}&ce[]=Email&ca[]=get&cp[]='
        '&more={"options.or":[["first_name","last_name"]]}'
    )
    shown = codes(at_alice.get(f"/explorer/?{query}").content.decode())

    code = shown["cv"]
    assert json.loads(code[len("echo '") : code.index("' | cv")]) == {
        "first_name": {"LIKE": "T%"},
        "birth_date": {">": "1980-01-01", "<": "1990-01-01"},
        "id": {"IN": ["1", "2"]},
        "last_name": {"IS NULL": 1},
        "return": "first_name,id",
        "options": {"limit": 3, "offset": 1, "sort": "sort_name DESC"},
        "api.Email.get": {"return": "email"},
        "api.Email.get.2": {},
        "options.or": [["first_name", "last_name"]],
    }


def test_a_call_runs_with_the_rights_of_the_reader(
    at_alice: Client, tom: int, charlie: User
) -> None:
    found = answer(at_alice.post(CALL).content.decode())
    hidden = answer(at(charlie).post(CALL).content.decode())

    assert [each["id"] for each in found["values"]] == [str(tom)]
    assert hidden["count"] == 0


def test_a_dry_run_answers_as_if_it_were_done_and_changes_nothing(
    at_alice: Client, tom: int
) -> None:
    address = f"/explorer/?entity=Contact&action=create&id={tom}&first_name=Thomas"
    form = at_alice.get(address).content.decode()
    page = at_alice.post(address, {"dry_run": "1"}).content.decode()

    assert 'name="dry_run" value="1" checked' in form
    assert answer(page)["values"][0]["first_name"] == "Thomas"
    assert "Dry run: nothing was kept" in page
    assert Contact.objects.get(pk=tom).first_name == "Tom"


def test_a_write_without_dry_run_is_kept_as_made_through_the_protocol(
    at_alice: Client, tom: int
) -> None:
    address = f"/explorer/?entity=Contact&action=create&id={tom}&first_name=Thomas"
    at_alice.post(address)

    contact = Contact.objects.get(pk=tom)
    assert contact.first_name == "Thomas"
    page = at_alice.get(f"/admin/contacts/contact/{tom}/").content.decode()
    assert "CiviCRM" in page


def test_a_refusal_is_shown_and_not_hidden(at_alice: Client) -> None:
    page = at_alice.post("/explorer/?entity=Contact&action=getsingle&id=999999").content.decode()

    assert answer(page)["error_message"] == "Expected one Contact but found 0"
    assert '<span class="chip bad">200</span>' in page


def test_a_post_without_the_token_is_refused(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    assert client.post(CALL).status_code == 403


def test_users_without_the_right_to_programs_look_but_run_nothing(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(may_use_api=False)

    assert at(alice).get(CALL).status_code == 200
    assert at(alice).post(CALL).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "entity=Nope",
        "entity=Contact&action=nope",
        "entity[]=x&action[]=y",
        "more={nope",
        "f[]=first_name&o[]=FOO&v[]=x",
        "json={nope",
        "%00=1&first_name=%00",
    ],
)
def test_nonsense_in_the_address_is_a_page_still(query: str, at_alice: Client) -> None:
    assert at_alice.get(f"/explorer/?{query}").status_code == 200
    assert at_alice.post(f"/explorer/?{query}").status_code == 200


def test_a_text_that_is_no_json_is_named(at_alice: Client) -> None:
    page = at_alice.get("/explorer/?more={nope").content.decode()

    assert "This is no JSON object, so it is left out: {nope" in page


def test_the_page_keeps_to_the_policy_and_is_light(at_alice: Client) -> None:
    page = at_alice.get(CALL).content

    assert INLINE.findall(page.decode()) == []
    assert len(page) < 100_000


def test_every_page_leads_to_the_explorer(at_alice: Client) -> None:
    assert '<a href="/explorer/"' in at_alice.get("/admin/").content.decode()


def test_the_same_is_shown_and_run_in_the_other_protocols(at_alice: Client, tom: int) -> None:
    page = html.unescape(at_alice.get(CALL).content.decode())

    assert "GET /contacts.json\nfirst_name=Tom\nlimit=25" in page
    assert "SELECT firstname FROM Contacts WHERE firstname = 'Tom' ORDER BY id" in page
    assert "$filter=('First name' eq 'Tom' AND 'Archived' eq 'false')" in page
    assert "filters[children][0][query][rule]=first_name" in page
    assert "-u APIKEY:YOUR-API-KEY" in page
    for name in ("concord:0", "redmineup:0", "vtiger:0", "wildapricot:0"):
        shown = at_alice.post(CALL, {"through": name}).content.decode()
        assert "Tom" in json.dumps(answer(shown))


def test_a_change_is_shown_and_rehearsed_in_the_other_protocols(at_alice: Client, tom: int) -> None:
    address = f"/explorer/?action=create&id={tom}&job_title=Boss&nick_name=T"

    page = html.unescape(at_alice.get(address).content.decode())
    ran = at_alice.post(address, {"through": "redmineup:0", "dry_run": "1"}).content.decode()

    assert f"PUT /contacts/{tom}.json" in page
    assert "They change the same." in page
    assert "It cannot set: Nickname." in page
    assert "Dry run: nothing was kept" in ran
    assert Contact.objects.get(pk=tom).job_title == ""
    at_alice.post(address, {"through": "redmineup:0"})
    assert Contact.objects.get(pk=tom).job_title == "Boss"


def test_what_a_protocol_cannot_say_is_told_in_a_sentence(at_alice: Client) -> None:
    page = html.unescape(at_alice.get("/explorer/?gender_id=1").content.decode())

    assert "It cannot ask this about Gender." in page


def test_a_request_that_is_not_shown_is_not_run(at_alice: Client) -> None:
    assert at_alice.post(CALL, {"through": "vtiger:7"}).status_code == 404


@pytest.mark.django_db
def test_the_call_is_run_in_version_four_where_that_is_wanted(at_alice: Client, tom: int) -> None:
    ran = at_alice.post(CALL, {"through": "civicrm:4"})
    (person,) = answer(ran.content.decode())["values"]
    assert person == {"id": tom, "first_name": "Tom"}

    ran = at_alice.post(f"{CALL}&version=4", {"through": "civicrm:4"})
    assert answer(ran.content.decode())["version"] == 4
    assert "Run in Version 4" not in ran.content.decode()


@pytest.mark.django_db
def test_a_change_in_version_four_is_rehearsed_too(at_alice: Client, tom: int) -> None:
    change = f"/explorer/?entity=Contact&action=update&id={tom}&first_name=Tim"
    at_alice.post(change, {"through": "civicrm:4", "dry_run": "1"})
    assert Contact.objects.get(pk=tom).first_name == "Tom"
    at_alice.post(change, {"through": "civicrm:4"})
    assert Contact.objects.get(pk=tom).first_name == "Tim"
