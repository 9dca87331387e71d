"""One description a file: what the kernel has to know of an entity."""
