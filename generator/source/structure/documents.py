"""The objects of YAML files of which a portal has many: a file that did not change is not read again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any, TypeVar

from generator import model
from generator.model.diagnostics import Place
from generator.model.digest import program_digest
from generator.source.files import Source, SourceDocument
from generator.source.ranges.context import Context
from generator.source.store import pack, unpack
from generator.source.structure.objects import structure_object

Model = TypeVar("Model", bound=model.Written)


def structure_document(
    kind: type[Model],
    document: SourceDocument,
    source: Source,
    context: Context,
    refine: Callable[[Model], Model] | None = None,
    **known: Any,
) -> Model:
    """
    What a YAML file says, as `structure_object` has it, with all that is wrong in it. `refine` adds to it what follows
    from the file alone.
    """
    content = document.read()
    made_from = program_digest(), kind.__name__, context.default_language, document.path, document.file is not None
    key = sha256(repr(made_from).encode() + content).hexdigest()
    if kept := source.kept.recall(key):
        with suppress(ValueError, TypeError):
            found, diagnostics = unpack(kept)
            context.diagnostics += diagnostics
            return found  # type: ignore[no-any-return]
    node, diagnostics = document.parse(content)
    own = Context(context.default_language, diagnostics)
    found = structure_object(kind, node, own, Place(document.path), **known)
    found = refine(found) if refine else found
    source.kept[key] = pack((found, own.diagnostics))
    context.diagnostics += own.diagnostics
    return found
