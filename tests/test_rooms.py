"""The rooms of the house, as CONTRIBUTING.md lists them, held by reading the imports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"

FLOORS: Mapping[str, int] = {
    room: int(floor)
    for floor, room in re.findall(
        r"^\| (\d+) \| \[(\w+)\]\(generator/\2\) \|",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
"""Room to floor: a room knows only those of lower floors."""

LINES, LENGTH = 350, 60
"""How long a module may be without saying why in its docstring, and a function."""


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py")) if "themes" not in file.parts}
TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}


def imports(name: str) -> Iterator[str]:
    """The modules of the package that one imports, wherever in it."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} has a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in FILES else node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def known(name: str) -> Sequence[str]:
    return sorted({other for other in imports(name) if other in FILES and other != "generator"})


def room(name: str) -> str:
    return name.split(".")[1]


def test_the_house_has_the_rooms_of_the_table_and_no_loose_module() -> None:
    """
    A new room is given a row, a row names no room that is gone, and nothing lies between the rooms.
    """
    inside = {path.name for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "__init__.py", "themes")}
    assert inside == set(FLOORS)


def test_no_room_knows_one_of_its_own_floor_or_above() -> None:
    """
    What a module imports of other rooms lies on lower floors.
    """
    wrong = [
        f"{name} imports {other}"
        for name in FILES
        if name != "generator"
        for other in known(name)
        if room(other) != room(name) and FLOORS[room(other)] >= FLOORS[room(name)]
    ]
    assert wrong == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    """
    Whoever reads a module can begin with what it imports.
    """
    try:
        order = tuple(TopologicalSorter({name: known(name) for name in FILES}).static_order())
    except CycleError as error:
        raise AssertionError(" imports ".join(reversed(error.args[1]))) from error
    assert len(order) == len(FILES)


def test_what_is_long_says_why() -> None:
    """
    A module of more than 350 lines has a reason in its docstring; no function has 60 lines.
    """
    long = [
        name
        for name, file in FILES.items()
        if len(file.read_text(encoding="utf-8").splitlines()) > LINES
        and "long" not in (ast.get_docstring(TREES[name]) or "")
    ]
    tall = [
        f"{name}.{node.name}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 >= LENGTH
    ]
    assert (long, tall) == ([], [])


def own_files(folder: Path) -> list[str]:
    """What is in a folder of the house, as a newcomer is told: modules without their ending, other files with it."""
    files = [path for path in folder.iterdir() if path.is_file() and path.name not in ("__init__.py", "__main__.py")]
    return sorted(path.stem if path.suffix == ".py" else path.name for path in files)


def list_files() -> str:
    """The files of each room and of the theme's templates, a line a folder."""
    folders = [PACKAGE / name for name in FLOORS] + [ROOT / "themes/default/templates"]
    lines = []
    for top in folders:
        for folder in (top, *sorted(path for path in top.rglob("*") if path.is_dir() and path.name != "__pycache__")):
            path = folder.relative_to(ROOT).as_posix()
            if folder.name == "catalog" and room_of(folder) == "rules":
                lines.append(f"- **{path}/**: a file a rule")
            elif files := own_files(folder):
                lines.append(f"- **{path}/**: {', '.join(files)}")
    return "\n".join(lines)


def room_of(folder: Path) -> str:
    return folder.relative_to(PACKAGE).parts[0]


def test_newcomers_are_told_every_file(request: pytest.FixtureRequest) -> None:
    """
    CONTRIBUTING lists what each room holds, by name; `--update-expected` writes the list.
    """
    guide = ROOT / "CONTRIBUTING.md"
    head, rest = guide.read_text(encoding="utf-8").split("writes this list -->\n", 1)
    listed, tail = rest.split("<!-- /files -->", 1)
    if request.config.getoption("--update-expected"):
        listed = f"{list_files()}\n"
        guide.write_text(f"{head}writes this list -->\n{listed}<!-- /files -->{tail}", encoding="utf-8")

    assert listed == f"{list_files()}\n"


def test_tests_mirror_the_rooms() -> None:
    """
    A test of a room lies in the folder of its name.
    """
    folders = {file.parent.name for file in (ROOT / "tests").glob("*/test_*.py")}
    assert folders - set(FLOORS) == {"browser", "fuzz"}
