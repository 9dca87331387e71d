"""Wait for the one write lock of SQLite by asking for it often.

SQLite itself asks less and less often, in the end ten times a second. A process that has much to
write leaves the lock free for some milliseconds only, and one that asks so seldom misses them: two
processes with sixteen clients let some wait for seconds. Asking costs some microseconds.
"""

from __future__ import annotations

import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

ASK_AGAIN_IN_SECONDS = 0.001


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions ask for the write lock every millisecond."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin, however long others write, within the timeout of the connection."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        give_up = time.monotonic() + patience
        self._set_busy_timeout(0)
        try:
            while not self._begins(is_last=time.monotonic() > give_up):
                time.sleep(ASK_AGAIN_IN_SECONDS)
        finally:
            self._set_busy_timeout(int(patience * 1000))

    def _begins(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in its stubs
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True

    def _set_busy_timeout(self, milliseconds: int) -> None:
        """Tell SQLite how long to wait by itself, past everything that watches statements."""
        self.connection.execute(f"PRAGMA busy_timeout={milliseconds}")
