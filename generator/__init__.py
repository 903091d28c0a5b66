"""Vitrine: a static open-data portal generator."""

__version__ = "0.1.0"

DISTRIBUTION = "vitrine-opendata"
"""What pip installs: the name `vitrine` belongs to a stranger's package there, while the command is `vitrine`."""
