"""Read what a call says beside its values: names, options, filters, order, chained calls."""
