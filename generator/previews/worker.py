"""
A process that reads files, so that a file that takes too long, or too much, takes only this process with it.

Each line on standard input is a job; each line on standard output what was found.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.previews.limits import MEMORY
from generator.previews.profile import Finding, Problem, Profile, pack

if TYPE_CHECKING:
    from generator.previews.frames import Frame

TABLES = ("CSV", "TSV", "XLSX", "XLSM", "XLSB", "XLS", "ODS", "Parquet", "JSON Lines")
TREES = ("JSON", "GeoJSON")


def has_tables() -> bool:
    """Whether what reads tables is installed."""
    from importlib.util import find_spec

    return find_spec("polars") is not None and find_spec("fastexcel") is not None


def examine(path: Path, format: str, chart: Mapping[str, Any] | None = None, tables: bool = True) -> Finding:
    """What is in a file. Whatever is wrong with it is a problem, never an exception."""
    try:
        if path.stat().st_size == 0:
            return Finding(problems=(Problem(code="data-file-empty"),))
        found = examine_tree(path, format, chart, tables) if format in TREES else examine_table(path, format, chart)
        if chart and tables and not found.profile.table and not found.problems:
            return replace(found, problems=(Problem(code="chart-without-table", key="chart"),))
        return found
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Rust is no Exception
        problem = getattr(error, "problem", None)
        if isinstance(error, MemoryError):
            problem = Problem(code="data-file-too-slow")
        return Finding(problems=(problem or Problem(code="data-file-broken"),))


def examine_table(path: Path, format: str, chart: Mapping[str, Any] | None) -> Finding:
    from generator.previews.maps import coordinate_columns, from_columns, make_map
    from generator.previews.tables import READERS
    from generator.text.slugs import slugify

    frame = READERS[format](path)
    profile, problems = of_frame(frame, chart)
    assert profile.table
    here = coordinate_columns([slugify(name) for name in frame.names], frame.kinds)
    found = None
    if here:
        x, y = (frame.values[place] for place in here)
        assert x is not None and y is not None
        found = make_map(from_columns(x.to_list(), y.to_list(), labels(frame)))
    return Finding(
        profile=Profile(table=profile.table, chart=profile.chart, map=found),
        problems=(*frame.problems, *problems),
    )


def labels(frame: Frame) -> list[str | None]:
    """What the points of a table are called: a column of names, else the first of texts."""
    from generator.previews.maps import NAMES
    from generator.text.slugs import slugify

    slugs = [slugify(name) for name in frame.names]
    texts = [place for place, kind in enumerate(frame.kinds) if kind in ("string", "code")]
    named = [place for name in NAMES for place in texts if slugs[place] == name or slugs[place].startswith(f"{name}-")]
    found: list[str | None] = frame.columns[(named or texts)[0]].to_list() if texts else [None] * frame.read
    return found


def of_frame(frame: Frame, chart: Mapping[str, Any] | None) -> tuple[Profile, list[Problem]]:
    from generator.previews.charts import Request, make_chart
    from generator.previews.frames import describe

    frame.recognize_all()
    drawn = None
    problems: list[Problem] = []
    if chart:
        request = Request(kind=chart["kind"], x=chart["x"], y=tuple(chart["y"]), series=chart["series"])
        drawn, problems = make_chart(frame, request)
    return Profile(table=describe(frame), chart=drawn), problems


def examine_tree(path: Path, format: str, chart: Mapping[str, Any] | None, tables: bool) -> Finding:
    from generator.previews.maps import features, make_map, properties_of
    from generator.previews.trees import grow_tree

    data, problem = read_json(path)
    if problem:
        return Finding(problems=(problem,))
    is_map = isinstance(data, dict) and (format == "GeoJSON" or data.get("type") == "FeatureCollection")
    if not is_map:
        if format == "GeoJSON":
            return Finding(problems=(Problem(code="data-file-broken"),))
        return Finding(profile=Profile(tree=grow_tree(data)))
    found = make_map(features(data))
    rows = properties_of(data)
    problems: list[Problem] = []
    if found is None and rows:
        problems.append(Problem(code="bad-coordinates"))
    elif found is None:
        problems.append(Problem(code="data-file-empty"))
    profile = Profile(map=found)
    if rows and found and tables and has_tables():
        from generator.previews.tables import from_objects

        told, wrong = of_frame(from_objects(rows, row_count=len(rows)), chart)
        table = told.table if told.table and told.table.columns else None
        profile, problems = Profile(map=found, table=table, chart=told.chart), problems + wrong
    return Finding(profile=profile, problems=tuple(problems))


def read_json(path: Path) -> tuple[Any, Problem | None]:
    """A JSON file's value, or what is wrong with it and on which line."""
    from generator.previews.limits import WHOLE

    if path.stat().st_size > WHOLE:
        return None, Problem(code="data-file-too-large", values={"limit": str(WHOLE // 1_000_000)})
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig")), None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, Problem(code="data-file-syntax", values={"line": str(line)})
    except json.JSONDecodeError as error:
        return None, Problem(code="data-file-syntax", values={"line": str(error.lineno)})
    except (RecursionError, ValueError):  # a number of thousands of digits, or a list in a list in a list…
        return None, Problem(code="data-file-broken")


def main() -> None:
    """Answer jobs until there are no more."""
    os.environ["POLARS_MAX_THREADS"] = "1"  # the same order of everything, and the other cores for other files
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever a library prints is no answer
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass
    for line in sys.stdin:
        job = json.loads(line)
        finding = examine(Path(job["path"]), job["format"], job["chart"], job["tables"])
        blob = base64.b64encode(zlib.compress(pack(finding.profile))).decode() if finding.profile else ""
        problems = json.loads(pack(Finding(problems=finding.problems)))["problems"]
        answers.write(json.dumps([problems, blob]) + "\n")
        answers.flush()
