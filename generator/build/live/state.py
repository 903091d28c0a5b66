"""What a preview shows at a moment, and what is wrong with the portal's files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.build.live.artifacts import Artifacts
from generator.model.diagnostics import Diagnostic


@dataclass(frozen=True, kw_only=True)
class State:
    """
    `number` counts the states, `version` names what is shown: pages of another are to be loaded again.

    `base` is the path of the portal's address, `artifacts` the site, if there is one to show. `checked` says that the
    diagnostics are all there are, and not those of single files; `broken` are those of templates that pages asked for.
    `saved` are the files whose reading led to this state; none where the whole portal was read. `fault` is what is
    wrong beside the publisher's files.
    """

    number: int = 0
    version: str = ""
    base: str = "/"
    artifacts: Artifacts | None = None
    diagnostics: Sequence[Diagnostic] = ()
    broken: tuple[Diagnostic, ...] = ()
    checked: bool = False
    saved: Sequence[str] = ()
    fault: Exception | None = None
    seconds: float = 0.0

    @property
    def errors(self) -> list[Diagnostic]:
        return [item for item in (*self.diagnostics, *self.broken) if item.is_error]

    @property
    def failure(self) -> tuple[str, dict[str, Any]]:
        """The fault as a key of `cli:` and its values; no key when there is none."""
        match self.fault:
            case None:
                return "", {}
            case OSError():
                return "disk", {"problem": self.fault}
            case _:
                return "crash", {"problem": f"{type(self.fault).__name__}: {self.fault}"}
