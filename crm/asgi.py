"""Offer the server to an ASGI container; WSGI is measured to be faster."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from crm.statement_timeout import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

application = get_asgi_application()
limit_statements()
