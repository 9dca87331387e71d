"""Which kinds of jobs there are, and what each wants to know."""

import importlib
import importlib.util
import inspect
import pkgutil
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.apps import apps
from django.utils.functional import Promise

# The module in which a room registers its jobs.
MODULE = "jobs"
OURS = ("contacts", "api", "crm")
ATTEMPTS = 5

Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of job.

    `attempts` is how often it is tried without a step getting stored; `every` is the time from the
    end of one run to the next, for those that nobody starts.
    """

    name: str
    title: str | Promise
    run: Callable[..., object]
    attempts: int
    every: timedelta | None
    signature: inspect.Signature

    def check(self, parameters: Mapping[str, object]) -> None:
        """Raise TypeError for parameters that the function does not take."""
        bound = self.signature.bind(None, **parameters)
        for name, value in bound.kwargs.items():
            kind = self.signature.parameters[name].annotation
            if isinstance(kind, type | types.UnionType) and not isinstance(value, kind):
                raise TypeError(f"{self.name}: {name} is {value!r}, which is no {kind}")


_definitions: dict[str, Definition] = {}
_loaded: list[bool] = []


def job(
    name: str,
    *,
    title: str | Promise,
    attempts: int = ATTEMPTS,
    every: timedelta | None = None,
) -> Callable[[Function], Function]:
    """Register a function as a kind of job; its keyword parameters are those of the job.

    The first parameter is the `Work`; a mapping that it returns is kept as the result.
    """

    def register(function: Function) -> Function:
        known = _definitions.get(name)
        if known is not None and known.run.__module__ != function.__module__:
            raise ValueError(f"two jobs are called {name!r}")
        signature = inspect.signature(function, eval_str=True)
        _definitions[name] = Definition(name, title, function, attempts, every, signature)
        return function

    return register


def _load() -> None:
    """Import the module `jobs` of every room, once, so that all kinds are known."""
    if _loaded:
        return
    _loaded.append(True)
    for app in apps.get_app_configs():
        if app.name.split(".")[0] in OURS:
            _load_package(app.name.rpartition(".apps")[0] or app.name)


def _load_package(name: str) -> None:
    """Import `jobs` of the package and of the packages in it."""
    rooms = [f"{name}.{each.name}" for each in _modules_of(name) if each.ispkg]
    for place in (name, *rooms):
        if any(each.name == MODULE and not each.ispkg for each in _modules_of(place)):
            importlib.import_module(f"{place}.{MODULE}")


def _modules_of(place: str) -> list[pkgutil.ModuleInfo]:
    spec = importlib.util.find_spec(place)
    return list(pkgutil.iter_modules(spec.submodule_search_locations)) if spec else []


def definitions() -> list[Definition]:
    """Return all kinds of jobs."""
    _load()
    return list(_definitions.values())


def find_definition(name: str) -> Definition | None:
    """Return a kind of job, or None for one that this version does not know."""
    _load()
    return _definitions.get(name)
