"""
How Vitrine starts other programs: nothing in a portal's folder, nor in Python's environment variables, says what runs.

A portal's folder is the current one, most of the time, and its files may come from a stranger's pull request.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

BOOT = """\
import importlib.util, sys
package, *sys.path = sys.argv[1:]
sys.argv[1:] = []
spec = importlib.util.spec_from_file_location(
    "generator", package + "/__init__.py", submodule_search_locations=[package]
)
sys.modules["generator"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["generator"])
"""
"""Finds this very package where it is, so that the folder that holds it need not be among those that are looked in."""


def python_command(program: str) -> list[str]:
    """
    A Python that runs a text, with this package, and with other modules from the safe folders only.

    `-I` leaves out the current folder, the user's own packages and every `PYTHON*` variable.
    """
    return [sys.executable, "-I", "-c", BOOT + program, str(PACKAGE), *safe_path()]


def safe_path() -> list[str]:
    """Where this process finds modules, but for the current folder, any portal's, and what depends on where one is."""
    return list(dict.fromkeys(folder for folder in sys.path if Path(folder).is_absolute() and not is_portal(folder)))


def is_portal(folder: str) -> bool:
    """Whether a folder is the current one, or that of a portal."""
    return os.path.realpath(folder) == os.path.realpath(Path.cwd()) or Path(folder, "portal.yaml").exists()


def keep_to_safe_path() -> None:
    """Have this process, too, load modules from the safe folders only from now on, and those that it spawns."""
    sys.path[:] = safe_path()
    os.environ["PYTHONSAFEPATH"] = "1"


def find_program(name: str, beside: Sequence[str | Path] = ()) -> str | None:
    """The program of that name in the folders of `PATH`, or beside; never in one that depends on where one is."""
    folders = [folder for folder in (*program_folders(), *map(str, beside)) if not is_portal(folder)]
    # On Windows, `which` looks in the current folder first whatever it is told.
    found = shutil.which(name, path=os.pathsep.join(folders))
    return found if found and not is_portal(str(Path(found).parent)) else None


def program_folders() -> Iterator[str]:
    return (folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(folder).is_absolute())
