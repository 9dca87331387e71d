"""The choices of fields that have no list of their own: a few words, or records of a table."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from api.civicrm.mapping.fields import Offer
from api.civicrm.mapping.options import choices_of
from contacts.fields import reference
from contacts.fields.atlas import WORLD_REGIONS, atlas


def words(given: Iterable[str]) -> Offer:
    """Return an offer of words that are their own labels."""
    choices = {each: each for each in given}
    return lambda params: choices


def labels(choices: Mapping[str, str]) -> Offer:
    """Return an offer of labels by what is written for them."""
    return lambda params: choices


def records(table: Callable[[], reference.NamedTable]) -> Offer:
    """Return an offer of the records of a table by id."""
    return lambda params: {str(each.id): each.name for each in table().by_id.values()}


def languages(params: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the languages by what is kept of them: their code."""
    return {each.name: each.label for each in choices_of("language") if each.is_active}


def states(params: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the states of the country that a call names, else those of the United States."""
    wanted = str(params.get("country_id") or USUAL_COUNTRY).strip().upper()
    book = atlas()
    country = next(
        (
            each.id
            for each in book.countries.values()
            if wanted in (str(each.atlas_id), each.code, each.name.upper())
        ),
        None,
    )
    is_short = params.get("context") == "abbreviate"
    return {
        str(each.id): each.code if is_short and each.code else each.name
        for each in book.states.values()
        if each.country_id == country
    }


USUAL_COUNTRY = 1228
YES_NO = labels({"1": "Yes", "0": "No"})
REGIONS = labels({str(number): name for number, name in WORLD_REGIONS.items()})
