"""Processes that begin at once, to be killed at any instant.

Starting one anew takes seconds, nearly all of them for loading the program. So one process loads
it, and forks another for each function that it is told to call: with nothing open, and in a state
that nothing has changed since the loading.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PAUSE_IN_SECONDS = 0.02
PATIENCE_IN_SECONDS = 180


@dataclass
class Fork:
    """A process that calls one function."""

    parent: "Parent"
    pid: int
    answer: Path
    status: int | None = None

    def is_over(self, *, within: float = 0) -> bool:
        """Tell whether it has ended, or ends within so many seconds."""
        give_up = time.monotonic() + within
        while self.status is None:
            self.status = self.parent.ask({"pid": self.pid})
            if self.status is None and time.monotonic() >= give_up:
                return False
            if self.status is None:
                time.sleep(PAUSE_IN_SECONDS)
        return True

    def kill(self) -> None:
        """Kill it, unless it has ended by itself."""
        if not self.is_over():
            os.kill(self.pid, signal.SIGKILL)
            assert self.is_over(within=PATIENCE_IN_SECONDS)

    def result(self) -> Any:
        """Return what the function has returned, once it has."""
        assert self.is_over(within=PATIENCE_IN_SECONDS)
        assert self.status == 0, self.parent.log.read_text(errors="replace")[-5_000:]
        return json.loads(self.answer.read_text())


@dataclass
class Parent:
    """The process that has loaded a module."""

    process: "subprocess.Popen[str]"
    log: Path
    forks: int = 0

    def begin(self, function: str, *arguments: object) -> Fork:
        """Let a new process call a function of the module."""
        self.forks += 1
        answer = self.log.with_name(f"{self.log.stem}-{self.forks}.json")
        asked = {"function": function, "arguments": arguments, "answer": str(answer)}
        return Fork(self, self.ask(asked), answer)

    def call(self, function: str, *arguments: object) -> Any:
        """Return what a function of the module returns in a process of its own."""
        return self.begin(function, *arguments).result()

    def ask(self, asked: Mapping[str, object]) -> Any:
        """Return what the process says."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, self.log.read_text(errors="replace")[-5_000:]
        return json.loads(said)


@contextmanager
def parent_of(module: str, environment: Mapping[str, str], log: Path) -> Iterator[Parent]:
    """Lend the parent of processes that call functions of a module."""
    with (
        log.open("wb") as said,
        subprocess.Popen(
            [sys.executable, "-m", __name__, module],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as process,
    ):
        yield Parent(process, log)


def _serve(module: ModuleType) -> None:
    """Do as the lines say: fork, or tell with which status a process has ended."""
    for line in sys.stdin:
        asked = json.loads(line)
        if "pid" in asked:
            pid, status = os.waitpid(asked["pid"], os.WNOHANG)
            told = os.waitstatus_to_exitcode(status) if pid else None
        else:
            told = os.fork() or _call(module, **asked)
        print(json.dumps(told), flush=True)  # noqa: T201  # the other side reads it


def _call(module: ModuleType, function: str, arguments: list[Any], answer: str) -> int:
    """Call the function in this process, which ends with it."""
    status = 1
    try:
        with Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)
        returned = getattr(module, function)(*arguments)
        Path(answer).write_text(json.dumps(returned))
        status = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(import_module(sys.argv[1]))
