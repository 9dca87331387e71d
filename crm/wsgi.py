"""Offer the server to a WSGI container."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from crm.body_first import BodyFirst
from crm.client_address import client_address
from crm.patience import Pace
from crm.statement_timeout import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

application = BodyFirst(
    get_wsgi_application(),
    most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    address_of=client_address,
    pace=Pace(settings.BODY_SECONDS, settings.BODY_BYTES_PER_SECOND),
)
limit_statements()
