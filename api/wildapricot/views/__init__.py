"""Answer requests: one view set per resource, one short method per operation."""

from api.wildapricot.views.accounts import root
from api.wildapricot.views.base import WildApricotView

__all__ = ["WildApricotView", "root"]
