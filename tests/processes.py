"""The processes of a server that runs, as Linux shows them."""

from contextlib import suppress
from pathlib import Path

from tests.serving import Server


def processes_of(server: Server) -> list[Path]:
    """Return the folders in /proc of the server's processes, the youngest included."""
    assert server.process is not None
    found, waiting = [], [server.process.pid]
    while waiting:
        pid = waiting.pop()
        folder = Path(f"/proc/{pid}")
        found.append(folder)
        for task in (folder / "task").iterdir():
            # A thread may end while it is looked at.
            with suppress(FileNotFoundError, ProcessLookupError):
                waiting.extend(map(int, (task / "children").read_text().split()))
    return found


def memory_of(server: Server) -> int:
    """Return the bytes that the processes hold, what they share counted once.

    What is mapped of the database's file belongs to the page cache: it grows with the file.
    """
    total = 0
    for folder in processes_of(server):
        for line in (folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                total += int(line.split()[1]) * 1024
    return total
