"""No file of a portal's folder, and no variable of Python's, runs in what Vitrine starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.search import explain as explaining
from generator.source.programs import find_program
from tests.conftest import ARBRES, ROOT

LEAVE = "open({file!r}, 'a').write('ran ' + __name__ + chr(10))\n"
DATA = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")

STOLEN = [
    "json.py",
    "base64.py",
    "zlib.py",
    "encodings/__init__.py",
    "polars.py",
    "numpy/__init__.py",
    "generator/__init__.py",
    "generator/previews/worker.py",
    "sitecustomize.py",
    "usercustomize.py",
]


def run(arguments: list[str], folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, cwd=folder, env=os.environ | variables, capture_output=True, text=True)


def script(variables: Mapping[str, str]) -> list[str]:
    """What the console script does, isolated from the environment's variables where these are not what is tried."""
    flags = [] if variables else ["-I"]
    return [sys.executable, *flags, "-c", f"import sys; sys.path.append({str(ROOT)!r}); "
            "import generator.cli as cli; cli.main()"]  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_lies_beside_portal_yaml_is_no_code(portal, tmp_path, jobs):
    """
    Modules in a portal's folder that bear the names of Python's, of libraries' and of Vitrine's own never run.
    """
    mark = tmp_path / "ran.txt"
    files = {"datasets/arbres/dataset.yaml": DATA, "datasets/arbres/arbres.csv": "nom,n\nA,1\nB,2\n"}
    small = portal({**files, **{name: LEAVE.format(file=str(mark)) for name in STOLEN}})
    command = [*script({}), "build", "--lang", "en", "--jobs", jobs]
    done = run(command, small.folder, {})

    assert done.returncode == 0, done.stderr
    assert not mark.exists()
    assert "<td>A</td>" in (small.folder / "site/dataset/arbres/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONSTARTUP": "json.py"},
        {"PYTHONWARNINGS": "error"},
        {"PYTHONPLATLIBDIR": "nowhere"},
        {"PYTHONINSPECT": "1"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_variables_of_python_reach_no_worker(variables):
    """
    A process that Vitrine starts has no variable of Python's in force.
    """
    program = (
        "import sys; f = sys.flags; print(f.isolated, f.optimize, f.inspect, sys.warnoptions, '' in sys.path, "
        f"{str(ROOT)!r} in sys.path)"
    )
    command = f"from generator.source.programs import python_command; print(python_command({program!r}))"
    told = run([sys.executable, "-c", command], ROOT, {}).stdout
    done = run(eval(told), ROOT, variables)

    assert (done.stdout, done.stderr) == ("1 0 0 [] False False\n", "")


def test_modules_asked_for_later_do_not_come_from_the_current_folder(portal, tmp_path):
    """
    `vitrine` itself looks away from the current folder even where `PYTHONPATH` names it, as an empty part of it does.
    """
    mark = tmp_path / "ran.txt"
    small = portal({"fastexcel.py": LEAVE.format(file=str(mark)), "IPython.py": LEAVE.format(file=str(mark))})
    variables = {"PYTHONPATH": f"{ROOT}{os.pathsep}"}
    command = "import generator.cli as cli, sys; cli.keep_to_safe_path(); print(sys.path); import IPython"
    done = run([sys.executable, "-c", command], small.folder, variables)

    assert "No module named 'IPython'" in done.stderr
    assert str(small.folder) not in done.stdout
    assert not mark.exists()


@pytest.mark.skipif(os.name == "nt", reason="a program is no script there")
def test_programs_are_not_looked_for_where_one_is(tmp_path, monkeypatch):
    """
    A `git` or a `node` in the current folder does not run, though `PATH` names that folder, by `.` or in full.
    """
    for name in ("vitrine-git", "node"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", str(tmp_path)]))

    assert [find_program("vitrine-git"), find_program("node")] == [None, None]


def test_build_py_runs_nothing_beside_it_in_place_of_pythons_own(tmp_path):
    """
    `python build.py` takes Python's own modules, whatever stands beside it.
    """
    mark = tmp_path / "ran.txt"
    (tmp_path / "build.py").write_bytes((ROOT / "build.py").read_bytes())
    (tmp_path / "json.py").write_text(LEAVE.format(file=str(mark)))
    done = run([sys.executable, "build.py", "--lang", "en"], tmp_path, {})

    assert "portal.yaml" in done.stderr
    assert not mark.exists()


def test_scripts_of_a_theme_are_held_by_node(tmp_path):
    """
    What a theme's script reads outside its folder, or starts, while a search is explained is refused.
    """
    node = explaining.find_node()
    flags = explaining.confinement(node, tmp_path)
    if not flags:
        pytest.skip("this Node is older than 20 and can't be held")
    script = tmp_path / "script.js"
    script.write_text(
        "const tries = [() => require('fs').readFileSync('/etc/passwd'), () => require('fs').writeFileSync('x', 'y'),"
        " () => require('child_process').execSync('id')];"
        "console.log(tries.map((f) => { try { f(); return 'done'; } catch (e) { return e.code; } }).join(' '));"
    )
    done = subprocess.run([node, *flags, script], capture_output=True, text=True, cwd=tmp_path, env={})

    assert (done.stdout, done.stderr) == (" ".join(["ERR_ACCESS_DENIED"] * 3) + "\n", "")
