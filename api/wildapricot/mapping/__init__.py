"""Say what the names of this protocol mean: fields, their values, filters, whole contacts."""
