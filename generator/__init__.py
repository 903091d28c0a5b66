"""Vitrine: a static open-data portal generator."""

__version__ = "0.1.0"
