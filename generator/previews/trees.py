"""JSON to its structure: keys, the kinds of their values, how often they are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.previews.labels import one_line
from generator.previews.limits import DEPTH, ITEMS, KEYS, NODES
from generator.previews.profile import Branch


class Grower:
    """Grows a tree, and stops where it would be too large to look at."""

    def __init__(self) -> None:
        self.left = NODES

    def grow(self, key: str, values: Sequence[object], among: int, depth: int = 0) -> Branch:
        """The branch of a key that has these values, in as many objects as `among`."""
        kinds = tuple(dict.fromkeys(map(kind_of, values)))
        lists = [value for value in values if isinstance(value, list)]
        objects = [value for value in values if isinstance(value, dict)]
        inner = [item for value in lists for item in value[:ITEMS]][: 10 * ITEMS]
        children: list[Branch] = []
        more = 0
        if depth < DEPTH:
            objects_inside = [item for item in inner if isinstance(item, dict)]
            if objects_inside and len(objects_inside) == len(inner):
                objects += objects_inside
                inner = []
            children, more = self.grow_keys(objects, depth)
            if inner and self.left > 0:
                self.left -= 1
                children.append(self.grow("", inner, len(inner), depth + 1))
        else:
            more = len({name for item in objects for name in item}) + bool(inner)
        return Branch(
            key=one_line(key),
            kinds=kinds,
            present=len(values),
            among=among,
            items=sum(map(len, lists)),
            example=example_of(values),
            children=tuple(children),
            more=more,
        )

    def grow_keys(self, objects: Sequence[Mapping[str, object]], depth: int) -> tuple[list[Branch], int]:
        names = list(dict.fromkeys(name for item in objects for name in item))
        room = max(min(KEYS, self.left), 0)
        self.left -= min(len(names), room)
        children = [
            self.grow(name, [item[name] for item in objects if name in item], len(objects), depth + 1)
            for name in names[:room]
        ]
        return children, len(names) - len(children)


def grow_tree(data: object) -> Branch:
    """
    >>> [branch.key for branch in grow_tree([{"a": 1}, {"b": None}]).children]
    ['a', 'b']
    """
    return Grower().grow("", [data], 1)


def kind_of(value: object) -> str:
    if value is None:
        return "null"
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (list, "list")):
        if isinstance(value, kind):
            return name
    return "object"


def example_of(values: Sequence[object]) -> str:
    """The first value that says something."""
    for value in values:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float) and value != "":
            return one_line(str(value))
    return ""
