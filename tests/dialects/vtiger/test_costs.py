"""A list costs as many statements whatever its length, in every module."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.builders import join, make_project, make_user
from tests.dialects.vtiger.calling import Caller
from tests.dialects.vtiger.test_neighbours_sync import ELEMENTS

pytestmark = pytest.mark.django_db

Make = Callable[[int], object]
ROWS = 6


def makers(caller: Caller) -> Iterator[tuple[str, Make]]:
    """Yield each module with what makes a record that points to as much as it can."""
    firm = caller.create("Accounts", accountname="Acme")["id"]
    boss = caller.create("Contacts", lastname="Boss")["id"]
    deal = caller.create("Potentials", **ELEMENTS["Potentials"], related_to=firm)["id"]
    ticket = caller.create("HelpDesk", **ELEMENTS["HelpDesk"])["id"]
    parents = (firm, deal, ticket)
    links: dict[str, dict[str, Any]] = {
        "Potentials": {"related_to": firm, "contact_id": boss},
        "HelpDesk": {"parent_id": firm, "contact_id": boss},
    }
    for module, element in ELEMENTS.items():
        more = links.get(module, {})
        yield module, lambda _n, m=module, e={**element, **more}: caller.create(m, **e)  # type: ignore[misc]  # bound now
    for module in ("Calendar", "Events"):
        yield (
            module,
            lambda n, m=module: caller.create(m, **ELEMENTS[m], parent_id=parents[n % 3]),  # type: ignore[misc]  # bound now
        )
    yield "Accounts", lambda n: caller.create("Accounts", accountname=f"A{n}", account_id=firm)
    yield (
        "Contacts",
        lambda n: caller.create("Contacts", lastname=f"C{n}", account_id=firm, contact_id=boss),
    )
    yield (
        "ModComments",
        lambda n: caller.create(
            "ModComments", commentcontent="x", related_to=[boss, *parents][n % 4], customer=boss
        ),
    )
    yield "Groups", lambda n: caller.create("Groups", groupname=f"G{n}")
    yield "Users", lambda n: join(make_user(f"user{n}"), make_project(f"P{n}"))
    yield (
        "Currency",
        lambda n: caller.create(
            "Currency", currency_name=f"C{n}", currency_code=f"XA{'ABCDEF'[n]}"
        ),
    )
    yield "DocumentFolders", lambda n: caller.create("DocumentFolders", foldername=f"F{n}")


def test_a_page_costs_as_much_whatever_its_size(
    as_ada: Caller, django_assert_max_num_queries: Any
) -> None:
    """The session, the rows, the contacts that they name, what else they refer to."""
    for module, make in makers(as_ada):
        for number in range(ROWS):
            make(number)
        # What is kept in memory is read again after a change.
        as_ada.query(f"select * from {module} limit 1;")
        for limit in (1, ROWS):
            with django_assert_max_num_queries(5 if module in ("Calendar", "Events") else 4):
                rows = as_ada.query(f"select * from {module} limit {limit};")
            assert len(rows) >= limit, module
