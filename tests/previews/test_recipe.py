"""The recipe for a preview format in CONTRIBUTING.md, followed to the letter."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

from generator.previews.formats import preview_formats
from tests.conftest import SmallPortal

ROOT = Path(__file__).parents[2]
DATASET = """\
title: {fr: Casernes, en: Fire stations}
description: {fr: Les casernes de la ville., en: The city's fire stations.}
publisher: ville
license: cc-by-4.0
theme: [transport]
distribution:
  - {file: casernes.yaml, format: YAML}
"""


def block_in(language: str) -> str:
    """The block of code that the recipe shows in a language."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipe = text[text.index("## Adding a preview format") :]
    found = re.search(rf" *```{language}\n(.*?) *```", recipe, re.DOTALL)
    assert found
    return textwrap.dedent(found[1])


def test_a_row_and_a_module_make_a_preview(tmp_path: Path, portal: Callable[..., SmallPortal]) -> None:
    """
    In a copy of the project the row and the module of the recipe, and nothing else, show a file of a new format.
    """
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "generator", copy / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "themes/default", copy / "themes/default")
    table = copy / "generator/standards/formats.yaml"
    row = f"- code: YAML\n{textwrap.indent(block_in('yaml'), '  ')}"
    table.write_text(table.read_text("utf-8").replace("- code: YAML\n", row), "utf-8")
    (copy / "generator/previews/readers/yaml_document.py").write_text(block_in("python"), "utf-8")
    small = portal(
        {
            "datasets/casernes/dataset.yaml": DATASET,
            "datasets/casernes/casernes.yaml": "casernes: [{nom: Nord, postes: 4}]\n",
        }
    )
    command = [sys.executable, "-m", "generator.cli", "build", "--portal", str(small.folder), "--output", "site"]
    answer = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    page = copy / "site/dataset/casernes/index.html"
    assert page.exists(), answer.stdout + answer.stderr
    keys = re.findall(r'<span class="tree-key"><code[^>]*>(\w+)', page.read_text("utf-8"))
    assert keys == ["casernes", "nom", "postes"]


def test_each_reader_is_named_by_a_row() -> None:
    """
    No row names a reader that is not there, and no reader stands unused.
    """
    modules = {file.stem for file in (ROOT / "generator/previews/readers").glob("*.py")} - {"__init__"}
    assert {row.reader for row in preview_formats().values()} == modules
