"""What arrives in a CKAN that harvests a portal, and what is lost on the way. `make interop` runs it."""
