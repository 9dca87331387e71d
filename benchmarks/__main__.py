"""Run every benchmark: `python -m benchmarks [--json FILE] [--sizes 10000 100000]`."""

import argparse
import sys

from benchmarks import dialects, figures, filtered, page, queries, served, transfer


def main() -> int:
    """Run the scripts one after the other; return 1 when a figure misses its bar."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    found = page.measure(options.sizes, options.rounds) + queries.measure(options.sizes[0])
    found += filtered.measure([max(options.sizes)], min(options.rounds, 30))
    found += dialects.measure(options.sizes, min(options.rounds, 30))
    found += transfer.measure(options.sizes)
    found += served.measure([min(options.sizes)], seconds=5)
    return figures.report(found, options.json)


if __name__ == "__main__":
    sys.exit(main())
