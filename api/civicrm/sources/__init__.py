"""Where records come from: the domain's stored records, or small tables in memory."""
