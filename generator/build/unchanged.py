"""
Whether a portal's site would come out as it is published, known before anything is read: what the last build leaves for
the next to decide it by, and what that one then says.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.build.inputs import SOURCES, Doubtful, Inputs, find_inputs
from generator.build.spare import generation
from generator.model.diagnostics import Diagnostic, Place
from generator.source.guard import CACHE, read_inside, write_inside
from generator.source.sealed import seal, unseal

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is told of a build. `held` and `warnings` are counts, `large` tells the feeds that are too large."""

    datasets: int
    pages: int
    languages: Sequence[str]
    held: int
    warnings: int
    large: Sequence[Diagnostic] = ()

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Account:
        large = [Diagnostic(Place(*item["place"]), item["code"], item["values"]) for item in kept["large"]]
        return cls(**{**kept, "large": large})


class LastBuild:
    """
    What a portal's last build into a folder was made from, and left there.

    It knows a portal's files by how they look and, where these look otherwise, by what is in them: looked at once, when
    this is made. `options` are those that decide what is published.
    """

    def __init__(self, portal: Path, output: Path, options: Sequence[object]) -> None:
        self.portal, self.output = portal, output
        name = hashlib.sha256(os.path.realpath(output).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self.path = f"{CACHE}/{name}.last"
        self.kept = self._read()
        self.also: Sequence[str] = self.kept.get("also", ())
        self.inputs = self._find()
        self.facts = [*options, *(self.inputs.facts if self.inputs else ())]
        self.content = self._digest()

    def account(self, verify: bool) -> Account | None:
        """
        What was told of that build, if all would come out as it is published; whether what is published is as it was
        left is seen of the whole folder, or only of its root.
        """
        kept, looks = self.kept, self.inputs.looks if self.inputs else ""
        if "account" not in kept or kept["facts"] != self.facts or kept["content"] != self.content:
            return None
        if not kept["left"] or kept["left"] != generation(self.output):
            return None
        if verify and not is_whole(self.portal, self.output):
            return None
        if kept["looks"] != looks and self.inputs and self.inputs.settled:
            self._write({**kept, "looks": looks})
        return Account.from_json(kept["account"])

    def remember(self, account: Account, left: Sequence[int], named: Iterable[str]) -> None:
        """
        Leave for the next build what this one was made from. `left` tells the folder that it has published; `named` are
        the files of the portal that it took, wherever they are. What changed meanwhile was perhaps read, perhaps not.
        """
        also = sorted({path for path in named if path.partition("/")[0] not in SOURCES})
        then, now = self.inputs, self._find()
        kept: dict[str, Any] = {"also": also}
        if then and now and self.content and also == [*self.also] and now.looks == then.looks:
            looks = then.looks if then.settled else ""
            kept |= {"facts": self.facts, "looks": looks, "content": self.content, "left": [*left]}
            kept |= {"account": asdict(account)}
        self._write(kept)

    def _read(self) -> dict[str, Any]:
        content = unseal(read_inside(self.portal, self.path) or b"")
        kept = json.loads(content) if content else {}
        return dict(kept) if kept.get("format") == FORMAT else {}

    def _find(self) -> Inputs | None:
        try:
            return find_inputs(self.portal, self.also)
        except (Doubtful, OSError):
            return None

    def _digest(self) -> str:
        """A digest of what is in all files; nothing where that can't be known. It is remembered for their looks."""
        if self.inputs and self.inputs.looks == self.kept.get("looks"):
            return str(self.kept["content"])
        try:
            return self.inputs.content() if self.inputs else ""
        except OSError:
            return ""

    def _write(self, kept: Mapping[str, object]) -> None:
        write_inside(self.portal, self.path, seal(json.dumps({**kept, "format": FORMAT}).encode()))


def is_whole(portal: Path, output: Path) -> bool:
    """Whether each published file is as the last build has left it, and there is no other."""
    from generator.build.ledger import Ledger  # which loads more than a look at the portal's files takes

    return Ledger(portal, output).is_whole()
