"""The layers of the design, held by reading the imports: each module knows only those of the rows above its own."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "generator"

# Where it differs from the design's list: `speech` and `views` stand early, as they only say and hold words; `ranges`
# is the half of `structure` that reads single values, which importers and the schema need alone; `site` holds what
# pages, feeds and search draw on; `links` asks pages where their links are relative to, as the plan is checked.
LAYERS = """
loaders
strings standards garbage urls
diagnostics
model colors geometry hosting tasks markup typography borrowed output
speech reports freshness prose
views forbidden
source
ranges lexicon shadows
structure
rules
collections theme related previews linked forms
dressing environment starter
site
citation
schema_org
pages feeds search
links rendering ledger
pipeline importers templates validate
serve schema guide
cli
"""

RANKS = {name: rank for rank, row in enumerate(LAYERS.strip().split("\n")) for name in row.split()}


def imports(file: Path) -> set[str]:
    """The package's modules and packages that a file imports, by the first part of their name."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            found |= {alias.name for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.add("a relative import")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "generator"}
    return found


def unit(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


FILES = [
    file for file in sorted(PACKAGE.rglob("*.py")) if file != PACKAGE / "__init__.py" and "themes" not in file.parts
]


def test_every_module_has_its_layer():
    """
    A new module is given a row, and a row names no module that is gone.
    """
    assert {unit(file) for file in FILES} == set(RANKS)


def test_modules_know_only_the_layers_above():
    """
    No module imports one of its own row or a later one; within a package its modules may know one another.
    """
    wrong = [
        f"{file.relative_to(PACKAGE)} imports {name}"
        for file in FILES
        for name in sorted(imports(file) - {unit(file)})
        if name not in RANKS or RANKS[name] >= RANKS[unit(file)]
    ]

    assert wrong == []
