"""An address of an older portal."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.diagnostics import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """
    An old address and where it leads: `path` is below the site's root, `target` a path of
    the site from its root, or an address elsewhere.
    """

    path: str
    target: str
    place: Place = field(default=Place(""), compare=False, repr=False)
