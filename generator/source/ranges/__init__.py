"""Readers of single values: for each range of the property table, a node to a value."""
