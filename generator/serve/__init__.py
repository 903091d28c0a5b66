"""A portal on its publisher's machine: built at each change, served, and reloaded in the browser."""

from generator.serve.preview import State
from generator.serve.server import PortRefused, serve

__all__ = ["PortRefused", "State", "serve"]
