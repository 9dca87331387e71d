"""The product's settings with the floors of the ratios mounted, for a server that is measured."""

from crm.settings import *  # noqa: F403 -- all of them

ROOT_URLCONF = "benchmarks.floors"
