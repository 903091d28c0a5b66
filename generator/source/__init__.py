"""Files to nodes with places, and the facts of files: what is read from disk and git."""
