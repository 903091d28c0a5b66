"""What was found in files, remembered by digest."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from generator.previews.profile import Finding, Problem, unpack
from generator.source.guard import CACHE, delete, leads_elsewhere, read_inside, write_inside

NAME = re.compile(r"[0-9a-f]{32}")
"""What the files are called, which are the only ones that are ever deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedFinding:
    """What was found: problems, and the packed profile. `lasting` unless another day, or machine, might find more."""

    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    lasting: bool = True


class Cache:
    """What was found in files, by digest, in the portal's cache folder. What can't be kept is found again."""

    FOLDER = f"{CACHE}/previews"

    def __init__(self, portal: Path) -> None:
        self.portal = portal

    def read(self, name: str) -> CachedFinding | None:
        content = read_inside(self.portal, f"{self.FOLDER}/{name}")
        if content is None:
            return None
        mark, _, rest = content.partition(b"\n")
        if mark.decode("ascii", "replace") != sha256(rest).hexdigest():
            return None
        problems, _, data = rest.partition(b"\n")
        return CachedFinding(problems=unpack(Finding, problems).problems, data=data)

    def write(self, name: str, entry: CachedFinding) -> None:
        problems = json.dumps({"profile": asdict(Finding())["profile"], "problems": list(map(asdict, entry.problems))})
        content = problems.encode() + b"\n" + entry.data
        mark = f"{sha256(content).hexdigest()}\n".encode()
        write_inside(self.portal, f"{self.FOLDER}/{name}", mark + content)

    def prune(self, names: set[str]) -> None:
        """Forget files that are gone."""
        if leads_elsewhere(self.portal, self.FOLDER):
            return
        try:
            for file in (self.portal / self.FOLDER).iterdir():
                if file.name not in names and NAME.fullmatch(file.name):
                    delete(file)
        except OSError:
            return
