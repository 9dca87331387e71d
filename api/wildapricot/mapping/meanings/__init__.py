"""What a field of this protocol means in the domain: how it is read, compared and written."""
