"""Run every benchmark: `python -m benchmarks [--json FILE] [--sizes 10000 100000]`.

At the end stands one table of the design's goals: what was measured of each, reached or missed.
"""

import sys
from collections.abc import Iterator, Sequence

from benchmarks import (
    answered,
    command,
    crowds,
    dialects,
    duplicates,
    exports,
    filtered,
    goals,
    importing,
    page,
    queries,
    questions,
    searching,
    served,
    transfer,
)
from benchmarks.figures import Figure


def main() -> int:
    """Run the scripts one after the other; return 1 when a figure misses its bar."""
    parser = command.parser(__doc__, [10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0, help="of sixteen writers")
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 10_000])
    options = parser.parse_args()
    found: list[Figure] = []

    def measure() -> list[Figure]:
        for figures in measured(options.sizes, options.rounds, options.seconds, options.rows):
            # Each as soon as it is known: all of them take long.
            print(*figures, sep="\n", file=sys.stderr, flush=True)
            found.extend(figures)
        return found

    status = command.run(options, measure)
    print(goals.table(found))
    return status


def measured(
    sizes: Sequence[int], rounds: int, seconds: float, rows: Sequence[int]
) -> Iterator[list[Figure]]:
    """Yield the figures of all scripts, those that write last."""
    small, large = [min(sizes)], [max(sizes)]
    yield page.measure(sizes, rounds)
    yield dialects.measure(sizes, rounds)
    yield queries.measure(small)
    yield filtered.measure(large, rounds)
    yield duplicates.measure(sizes, max(1, rounds // 3))
    yield searching.measure(large, naive=12)
    yield exports.measure(large, 2_000)
    yield questions.measure(sizes, rounds)
    yield questions.measure(sizes, rounds, skewed=True)
    yield answered.measure(large, max(1, rounds // 3))
    yield importing.measure(sizes, rows)
    yield transfer.measure(sizes)
    yield served.measure(small, seconds=5)
    yield crowds.measure(small, seconds=seconds)


if __name__ == "__main__":
    sys.exit(main())
