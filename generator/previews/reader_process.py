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
from pathlib import Path

from generator.previews.examination import examine
from generator.previews.limits import MEMORY
from generator.previews.profile import Finding, pack


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
        finding = examine(Path(job["path"]), job["format"], job["chart"], job["tables"], job["types"])
        blob = base64.b64encode(zlib.compress(pack(finding.profile))).decode() if finding.profile else ""
        problems = json.loads(pack(Finding(problems=finding.problems)))["problems"]
        answers.write(json.dumps([problems, blob]) + "\n")
        answers.flush()
