"""Answer requests: one engine for all resources, and what is beside them."""

from api.concord.views.base import ConcordView

__all__ = ["ConcordView"]
