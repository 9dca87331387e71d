"""What every dialect promises, proved for each one that is found.

``tests/dialects/<name>/driver.py`` says, as a class ``Driver``, how a dialect's own requests are
written; see ``driver.py`` here. The toy takes part, so that the suite is never empty.
"""
