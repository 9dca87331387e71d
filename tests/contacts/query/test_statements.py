"""Kept statements have their numbers written in, and mean what they meant."""

import pytest
from django.db import connection
from django.db.models import F

from contacts.models import Tag
from contacts.query.slots import Given, ValueSlot
from contacts.query.statements import _with_numbers, rows_of

pytestmark = pytest.mark.django_db


class OfDriver(int):
    """A number of a kind of its own, as PostgreSQL's driver has them; it is written otherwise."""

    def __repr__(self) -> str:
        return f"OfDriver({int(self)})"

    __str__ = __repr__


def test_numbers_stand_in_the_text_and_all_else_is_bound() -> None:
    params = [OfDriver(7), "7", -1, True, 2**63, None]
    sql = "SELECT '100%%', '%%s', %s, %s, 2 -%s, %s, %s, %s"
    assert _with_numbers(sql, params) == (
        "SELECT '100%%', '%%s', 7, %s, 2 -(-1), %s, %s, %s",
        ("7", True, 2**63, None),
    )


def test_a_statement_with_its_numbers_finds_the_same() -> None:
    params: list[int | str] = [7, "7", -1]
    sql = "SELECT '100%%', '%%s', %s, %s, 2 -%s"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        before = cursor.fetchone()
        cursor.execute(*_with_numbers(sql, params))
        assert cursor.fetchone() == before


def test_values_of_each_run_are_filled_in_beside_the_numbers() -> None:
    for name in ("one", "two"):
        Tag.objects.create(name=name, name_key=name)

    def found(name: str) -> list[object]:
        slot = Given(ValueSlot("name"), Tag._meta.get_field("name_key"))
        rows = Tag.objects.filter(pk__gt=-3, position__lt=10**6).filter(name_key=slot)
        return [
            each
            for (each,) in rows_of(
                "test_statements",
                lambda: rows.order_by(F("pk")).values_list("name"),
                using="default",
                values={"name": name},
            )
        ]

    assert [found(name) for name in ("one", "two", "three")] == [["one"], ["two"], []]
