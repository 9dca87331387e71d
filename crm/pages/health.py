"""Tell load balancers whether this process lives, and whether it can serve."""

from __future__ import annotations

from functools import cache

import structlog
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

RETRY_AFTER_IN_SECONDS = 5

logger = structlog.get_logger("crm.health")


class NotMigratedError(Exception):
    """The tables are older than the code."""


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and has the tables that this version needs.

    A replica that is away is told, and no reason to send requests elsewhere: we go on without it.
    """
    try:
        ask(DEFAULT_DB_ALIAS)
        require_migrations()
    except (DatabaseError, NotMigratedError) as error:
        logger.warning("not ready", reason=type(error).__name__)
        response = JsonResponse({"status": "unavailable"}, status=503)
        response["Retry-After"] = str(RETRY_AFTER_IN_SECONDS)
        return response
    away = [alias for alias in connections if alias != DEFAULT_DB_ALIAS and not answers(alias)]
    return JsonResponse({"status": "ok", **dict.fromkeys(away, "away")})


def ask(alias: str) -> None:
    """Have a database answer; raises DatabaseError."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")


def answers(alias: str) -> bool:
    """Tell whether a database answers."""
    try:
        ask(alias)
    except DatabaseError as error:
        logger.warning("replica away", reason=type(error).__name__)
        return False
    return True


@cache
def require_migrations() -> None:
    """Raise `NotMigratedError` while migrations are missing; looks no more once they are there."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigratedError
