"""Name countries in the language of a form; the CRM itself keeps their English names."""

import gettext
from collections.abc import Iterable
from functools import cache

import pycountry
from django.utils.translation import get_language

from contacts.fields.field import Choice
from contacts.fields.text import fold


def named(choices: Iterable[Choice]) -> list[Choice]:
    """Return the countries with their names in the present language, in its order."""
    names = _names(get_language() or "en")
    renamed = [
        Choice(each.value, each.name, names.get(each.name, each.label), is_active=each.is_active)
        for each in choices
    ]
    return sorted(renamed, key=lambda choice: fold(str(choice.label)))


@cache
def _names(language: str) -> dict[str, str]:
    """Return the names by two-letter code; none where our English ones serve."""
    if language.startswith("en"):
        return {}
    try:
        known = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
    except OSError:
        return {}
    return {each.alpha_2: known.gettext(_common(each)) for each in pycountry.countries}


def _common(country: "pycountry.db.Country") -> str:
    """Return the name that people use, which only some countries have besides the official one."""
    return str(getattr(country, "common_name", country.name))
