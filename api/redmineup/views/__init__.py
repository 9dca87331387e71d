"""Answer the operations of this dialect, one module per noun."""

from api.redmineup.views.base import RedmineUpView

__all__ = ["RedmineUpView"]
