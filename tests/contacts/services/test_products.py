"""Products, and the products of deals."""

from decimal import Decimal

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.history import changes_of
from contacts.models import Deal, Product, Project
from contacts.query import Query, get_record, search
from contacts.services.deal_products import store_deal_products
from contacts.services.deals import create_deal, update_deal
from contacts.services.products import (
    archive_product,
    copy_product,
    create_product,
    delete_product,
    restore_product,
    update_product,
)
from tests.builders import make_custom_field

pytestmark = pytest.mark.django_db


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


@pytest.fixture
def tile(owner: Actor) -> int:
    values = {"name": "Tile", "sku": "T-1", "unit_price": "2.5", "tax_rate": 20, "unit": "piece"}
    return number(create_product(owner, values))


@pytest.fixture
def deal(owner: Actor, project: Project) -> int:
    return number(create_deal(owner, {"project": project.pk, "name": "Roof"}))


def test_product_is_kept_with_its_custom_values(owner: Actor) -> None:
    field = make_custom_field("Material", object_kind="product")
    made = create_product(owner, {"name": "Tile", "unit_price": 1, f"custom_{field.pk}": "clay"})
    assert (made["unit_price"], made["custom"]) == ("1.000", {str(field.pk): "clay"})
    assert changes_of("product", number(made)).get().action == "created"


def test_name_and_number_of_living_products_are_taken(owner: Actor, tile: int) -> None:
    with pytest.raises(InvalidError) as caught:
        create_product(owner, {"name": "TILE", "sku": "T-1"})
    assert {fault.key for fault in caught.value.faults} == {"name", "sku"}
    archive_product(owner, tile)
    create_product(owner, {"name": "Tile", "sku": "T-1"})
    with pytest.raises(InvalidError):
        restore_product(owner, tile)


def test_copy_has_a_name_of_its_own_and_no_number(owner: Actor, tile: int) -> None:
    names = [copy_product(owner, tile)["name"] for _time in range(2)]
    assert names == ["Tile (copy)", "Tile (copy) 2"]
    assert Product.objects.get(name="Tile (copy)").sku == ""


def test_only_the_trash_is_deleted_for_good(owner: Actor, tile: int) -> None:
    with pytest.raises(NotFoundError):
        delete_product(owner, tile)
    archive_product(owner, tile)
    assert search(owner, Query("product")).ids == []
    delete_product(owner, tile)
    assert not Product.objects.exists()


def test_whoever_may_not_change_deals_may_not_change_products(reporter: Actor, tile: int) -> None:
    assert get_record(reporter, "product", tile)["name"] == "Tile"
    with pytest.raises(ForbiddenError):
        update_product(reporter, tile, {"name": "Brick"})
    with pytest.raises(ForbiddenError):
        create_product(reporter, {"name": "Brick"})


def test_lines_take_over_the_product_and_make_the_amount(
    owner: Actor, deal: int, tile: int
) -> None:
    lines = [
        {"product": tile, "quantity": 100},
        {"name": "Work", "unit_price": 50, "quantity": 2, "discount_type": "percent"}
        | {"discount": 10},
    ]
    stored = store_deal_products(owner, deal, lines)
    assert [row["name"] for row in stored] == ["Tile", "Work"]
    # 250 and a fifth of tax, and 100 less a tenth.
    assert Deal.objects.get(pk=deal).amount == Decimal("390.00")
    update_product(owner, tile, {"unit_price": 3})
    change = {"id": stored[0]["id"], "quantity": 10}
    again = store_deal_products(owner, deal, [change], removed=[number(stored[1])])
    assert [(row["name"], row["unit_price"]) for row in again] == [("Tile", "2.500")]
    assert Deal.objects.get(pk=deal).amount == Decimal("30.00")


def test_wrong_lines_are_named_by_their_place_and_nothing_is_stored(
    owner: Actor, deal: int
) -> None:
    with pytest.raises(InvalidError) as caught:
        store_deal_products(owner, deal, [{"name": "Work"}, {"unit_price": "much"}])
    keys = {fault.key for fault in caught.value.faults}
    assert keys == {"products.1.name", "products.1.unit_price"}
    assert get_record(owner, "deal", deal)["product_count"] == 0


def test_deal_has_tags_and_remembers_since_when_it_is_in_its_stage(owner: Actor, deal: int) -> None:
    before = get_record(owner, "deal", deal)["stage_changed_at"]
    stage = search(owner, Query("stage")).ids[0]
    after = update_deal(owner, deal, {"stage": stage, "tags": ["Hot", "hot", "Roof"]})
    assert (before, len(after["tags"])) == (None, 2)  # type: ignore[arg-type]  # a list
    assert after["stage_changed_at"] == after["updated_at"]
