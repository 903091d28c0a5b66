"""What a reader gives, besides a table: features of a map, or a value with a structure; or why it gives nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.previews.maps import Feature
from generator.previews.profile import Problem


class Unreadable(Exception):
    """A file of which there can be no preview; `problem` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.problem = Problem(code=code, values={key: str(value) for key, value in values.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """
    Features of a map, None for one that has no place on earth, and what is known of each.

    `located` is whether any says where it is, in whatever way; `projection` names what the coordinates are in when the
    file says that it is no longitude and latitude.
    """

    features: Iterable[Feature | None]
    attributes: Sequence[Mapping[str, Any]]
    located: bool = True
    projection: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """
    A value with a structure of its own, as JSON has it, and the rows that it holds, if it is a table too, with the keys
    below which they stand.
    """

    value: object
    rows: Sequence[Mapping[str, Any]] = ()
    path: tuple[str, ...] = ()
