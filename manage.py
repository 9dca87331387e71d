#!/usr/bin/env python
"""Start the project's commands."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs the above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
