"""Whoever changes the same contact as others at once loses nothing, whatever they all speak."""

import json
from collections import Counter

import pytest

from tests.serving import Server
from tests.trust.changing import CHANGERS, Changer, Concord, RedmineUp, made, squeezed
from tests.trust.figures import enough, tell
from tests.trust.test_concurrency import CLIENTS, together

OK = (200, 204)


@pytest.fixture(scope="module", params=CHANGERS)
def changer(request: pytest.FixtureRequest, running: Server) -> Changer:
    """Return somebody who changes contacts in one dialect, or in the browser."""
    return CHANGERS[request.param](running)


def value(changer: Changer, name: str, number: int) -> str:
    """Return a text that is an address of nobody else where one has to be."""
    text = f"{name_of(changer)}{number}".lower()
    return f"{text}@changed.example" if name.lower() == "email" else text


def name_of(changer: Changer) -> str:
    return type(changer).__name__


def test_two_who_count_what_they_have_read_lose_nothing(changer: Changer, running: Server) -> None:
    contact, each, counted = made(running, f"C{name_of(changer)}"), enough(3, 50), changer.names[2]
    refusals: Counter[int] = Counter()
    assert changer.change(contact, {counted: "0"}).status in OK

    def count(client: int) -> None:
        for _ in range(each):
            while (status := add_one(changer, contact, counted, client)) not in OK:
                refusals[status] += 1

    together(count)
    total = number_in(changer.read(contact).values[counted])
    assert total == CLIENTS * each
    # Whoever was too late was told so, and nobody anything else.
    assert set(refusals) <= {changer.stale}
    told = f"{total} of {total} counted by {CLIENTS} clients"
    tell(
        f"no lost update: {name_of(changer)}",
        f"{told}, {refusals.total()} refused by {changer.stale}",
    )


def add_one(changer: Changer, contact: int, counted: str, client: int) -> int:
    """Read a number, write it one higher if nothing has changed; return the status.

    Who wrote it stands behind it: two people who type the same agree.
    """
    known = changer.read(contact)
    higher = number_in(known.values[counted]) + 1
    return changer.change(contact, {counted: f"{higher} by {client}"}, known).status


def number_in(text: str) -> int:
    """Return the number at the beginning of a text."""
    return int(text.partition(" ")[0])


def test_changes_of_different_fields_at_once_all_survive(changer: Changer, running: Server) -> None:
    contact, rounds = made(running, f"P{name_of(changer)}"), enough(3, 50)

    def change(client: int) -> None:
        name = changer.names[client]
        for number in range(rounds):
            answer = changer.change(contact, {name: value(changer, name, number)})
            assert answer.status in OK, answer

    together(change)
    stored = changer.read(contact).values
    expected = {name: value(changer, name, rounds - 1) for name in changer.names}
    assert {name: stored[name] for name in changer.names} == expected
    tell(
        f"partial updates at once: {name_of(changer)}",
        f"{CLIENTS * rounds} changes of {CLIENTS} fields, all last values there",
    )


def test_whoever_knows_an_older_version_is_refused_in_the_own_envelope(
    changer: Changer, running: Server
) -> None:
    contact, name = made(running, f"S{name_of(changer)}"), changer.names[0]
    known = changer.read(contact)
    assert changer.change(contact, {name: "Faster"}).status in OK
    answer = changer.change(contact, {name: "Slower"}, known)
    assert answer.status == changer.stale
    assert changer.refusal in squeezed(answer.body)
    if changer.refusal == b"":
        assert answer.body.strip() == b""
    assert changer.read(contact).values[name] == "Faster"
    assert changer.change(contact, {name: "Later"}, changer.read(contact)).status in OK


def test_records_tied_at_once_to_the_same_one_are_all_tied(running: Server) -> None:
    """The ties of a deal are written as a whole, so whoever read them earlier undid the others."""
    concord, each = Concord(running), enough(3, 25)
    people = [made(running, f"Tied{number}") for number in range(CLIENTS * each)]
    body = json.dumps({"deal": {"name": "Tied", "project_id": "demo"}}).encode()
    made_deal = RedmineUp(running).send("POST", "/projects/demo/deals.json", body)
    deal = json.loads(made_deal.body)["deal"]["id"]

    def tie(client: int) -> None:
        for contact in people[client::CLIENTS]:
            named = json.dumps({"deals": [deal]}).encode()
            answer = concord.send("PUT", f"/api/associations/contacts/{contact}", named)
            assert answer.status in OK, answer

    together(tie)
    shown = json.loads(concord.send("GET", f"/api/deals/{deal}?with=contacts").body)
    assert {row["id"] for row in shown["contacts"]} == set(people)
    tell("ties at once: Concord", f"{len(people)} contacts tied by {CLIENTS} clients, all there")
