"""What a theme joins: the files that are published as one, as theme.yaml lists them, its parent's lists among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set

from generator.model.diagnostics import Diagnostic, closest
from generator.theme.assets import OWN_SHEET
from generator.theme.settings import Settings
from generator.theme.theme import Theme


def merge_joins(parent: Theme, joins: Settings, own: Collection[str]) -> dict[str, tuple[str, ...]]:
    """
    What is joined in a theme: its own lists, and its parent's of other names.

    A file of its own, if its parent's list does not have it, takes the place of all that is joined under its name; a
    list that has its own name, without such a file, takes up the parent's there. A theme's own colours come after its
    parent's, which stay.
    """
    whole = {name: parts for name, parts in parent.joins.items() if name not in own or name in parts}
    for name, values in joins.items():
        inherited = {} if name in own else {name: parent.joins.get(name, (name,))}
        whole[name] = tuple(part for value, _ in values for part in inherited.get(value, (value,)))
    before = parent.joins.get(OWN_SHEET, ())
    if OWN_SHEET in own:
        before = tuple(f"{parent.name}:{part}" if part == OWN_SHEET else part for part in before)
    after = whole[OWN_SHEET] if OWN_SHEET in joins else (OWN_SHEET,) if OWN_SHEET in own else ()
    if before or after:
        whole[OWN_SHEET] = tuple(dict.fromkeys((*before, *after)))
    return whole


def check_joins(
    joins: Settings, whole: Mapping[str, tuple[str, ...]], own: Collection[str], known: Set[str]
) -> Iterator[Diagnostic]:
    """
    What a theme's own lists have that is not there, that is joined elsewhere, or that is joined itself.

    `known` are the names that a list may have.
    """
    joined = {part: name for name, parts in whole.items() if name not in joins for part in parts}
    for name, values in joins.items():
        if values and name in joined:
            yield Diagnostic.at(values[0][1], "nested-join", value=name, name=joined[name])
        if values and name in own and name not in [value for value, _ in values]:
            yield Diagnostic.at(values[0][1], "file-and-join", name=name)
        for value, place in values:
            if value in whole and value != name:
                yield Diagnostic.at(place, "nested-join", value=value, name=name)
                continue
            if value in joined:
                yield Diagnostic.at(place, "joined-twice", value=value, name=joined[value])
            elif value not in known:
                suggestion = closest(value, known - joined.keys())
                yield Diagnostic.at(place, "missing-part", value=value, name=name, suggestion=suggestion)
            joined[value] = name
