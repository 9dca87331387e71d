"""Have all threads of a process share one heap.

The C library gives threads heaps of their own, eight for each core, and each keeps what its threads
once needed most. Every answer is sent by another of many threads, so a process grew until all heaps
had seen a long one. Python runs one thread at a time, so one heap makes them hardly wait.
"""

from __future__ import annotations

import ctypes

# As in <malloc.h> of the GNU C library.
M_ARENA_MAX = -8


def share_one_heap() -> bool:
    """Tell the C library, before there are threads; False where it has no such heaps."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(M_ARENA_MAX, 1))
