"""Plain lists without pages: countries, currencies, time zones."""

from typing import Any
from zoneinfo import available_timezones

import pycountry
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.mapping import choices
from api.concord.views.base import ConcordViewSet


class CountrySet(ConcordViewSet):
    """All countries."""

    def list(self, request: DialectRequest) -> Response:
        """Return the countries by name."""
        return envelope.listed(choices.countries())


class CurrencySet(ConcordViewSet):
    """All currencies."""

    def list(self, request: DialectRequest) -> Response:
        """Return the currencies by their codes."""
        return envelope.single(
            {each.alpha_3: {"name": each.name, "code": each.numeric} for each in _currencies()}
        )


class TimeZoneSet(ConcordViewSet):
    """All time zones."""

    def list(self, request: DialectRequest) -> Response:
        """Return the names of the time zones."""
        return envelope.listed(sorted(available_timezones()))


def _currencies() -> list[Any]:  # pycountry's records have no type
    return list(pycountry.currencies)
