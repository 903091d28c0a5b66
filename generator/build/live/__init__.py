"""A portal on its publisher's machine: built at each change, served, and reloaded in the browser."""

from generator.build.live.server import PortRefused, serve
from generator.build.live.watcher import State

__all__ = ["PortRefused", "State", "serve"]
