"""A portal on its publisher's machine: each page made when it is asked for, and loaded again when a file is saved."""

from generator.build.live.server import PortRefused, serve
from generator.build.live.state import State

__all__ = ["PortRefused", "State", "serve"]
