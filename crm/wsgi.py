"""Offer the server to a WSGI container."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from crm.statement_timeout import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

application = get_wsgi_application()
limit_statements()
