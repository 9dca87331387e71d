"""Say which parameters each list takes, and turn them into a query."""
