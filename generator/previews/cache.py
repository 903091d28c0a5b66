"""What was found in files, remembered by digest."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from generator.previews.profile import Finding, Problem, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was found: problems, and the packed profile. `lasting` unless another day, or machine, might find more."""

    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    lasting: bool = True


class Cache:
    """What was found in files, by digest, in the portal's cache folder. What can't be kept is found again."""

    def __init__(self, portal: Path) -> None:
        self.folder = portal / ".cache" / "vitrine" / "previews"

    def read(self, name: str) -> Entry | None:
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        mark, _, rest = content.partition(b"\n")
        if mark.decode("ascii", "replace") != sha256(rest).hexdigest():
            return None
        problems, _, data = rest.partition(b"\n")
        return Entry(problems=unpack(Finding, problems).problems, data=data)

    def write(self, name: str, entry: Entry) -> None:
        problems = json.dumps({"profile": asdict(Finding())["profile"], "problems": list(map(asdict, entry.problems))})
        content = problems.encode() + b"\n" + entry.data
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new = self.folder / f".{name}.{os.getpid()}"
            new.write_bytes(f"{sha256(content).hexdigest()}\n".encode() + content)
            new.replace(self.folder / name)
        except OSError:
            return

    def prune(self, names: set[str]) -> None:
        """Forget files that are gone."""
        try:
            for file in self.folder.iterdir():
                if file.name not in names and not file.name.startswith("."):
                    file.unlink(missing_ok=True)
        except OSError:
            return
