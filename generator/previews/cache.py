"""What was found in data files, as it is kept from one build to the next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from generator.previews.profile import Finding, Problem, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedFinding:
    """What was found: problems, and the packed profile. `lasting` unless another day, or machine, might find more."""

    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    lasting: bool = True

    def written(self) -> bytes:
        problems = {"profile": asdict(Finding())["profile"], "problems": list(map(asdict, self.problems))}
        return json.dumps(problems).encode() + b"\n" + self.data

    @classmethod
    def read(cls, written: bytes) -> CachedFinding:
        """What was written."""
        problems, _, data = written.partition(b"\n")
        return cls(problems=unpack(Finding, problems).problems, data=data)
