"""The command line that all benchmarks share."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks import databases, figures
from benchmarks.figures import Figure

Shown = Callable[[Sequence[Figure]], Sequence[Figure]]


def parser(text: str | None, sizes: Sequence[int]) -> argparse.ArgumentParser:
    """Return a parser of what every benchmark takes."""
    found = with_bars(argparse.ArgumentParser(description=text))
    found.add_argument("--sizes", type=int, nargs="+", default=list(sizes))
    found.add_argument("--engine", choices=databases.ENGINES, default=databases.ENGINES[0])
    found.add_argument("--size", type=int, help=argparse.SUPPRESS)
    found.add_argument("--given", help=argparse.SUPPRESS)
    return found


def with_bars(found: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add what is about the figures: where they go, which, and other bars than the design's."""
    found.add_argument("--json", metavar="FILE", help="write the figures there")
    found.add_argument("--only", metavar="WORDS", default="", help="figures with these words")
    found.add_argument("--max", type=float, metavar="RATIO", help="the most, in place of the bars")
    found.add_argument("--min", type=float, metavar="RATIO", help="the least, in place of the bars")
    return found


def addressed(found: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add what loads a server that runs already, ours or another system's."""
    found.add_argument("--address", metavar="URL", help="load this server; none is started")
    found.add_argument("--header", action="append", default=[], metavar="NAME: VALUE")
    return found


def headers_of(options: argparse.Namespace) -> dict[str, str]:
    """Return the headers that the command line gives."""
    return dict(each.split(": ", 1) for each in options.header)


def everything(found: Sequence[Figure]) -> Sequence[Figure]:
    """Print all figures."""
    return found


def run(
    options: argparse.Namespace, measure: Callable[[], list[Figure]], shown: Shown = everything
) -> int:
    """Measure on the engine that was asked for, print the figures, return the exit status."""
    with databases.on(options.engine):
        return report(options, measure(), shown)


def report(options: argparse.Namespace, found: Sequence[Figure], shown: Shown = everything) -> int:
    """Print what was asked for, with its bars; return the exit status: 1 where one is missed.

    All of it is written as JSON, whatever is `shown`.
    """
    chosen = [_barred(each, options) for each in figures.of_interest(found, options.only)]
    return figures.report(chosen, options.json, shown(chosen))


def _barred(figure: Figure, options: argparse.Namespace) -> Figure:
    """Return the figure with the bars of the command line, where it gives any."""
    if options.max is None and options.min is None:
        return figure
    return replace(figure, most=options.max, least=options.min)
