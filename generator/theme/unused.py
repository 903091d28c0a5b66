"""Templates and blocks of a theme that nothing will ever show, as their name is not one of the parent's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.model.diagnostics import Diagnostic, Place, closest

NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def check_shadows(
    own: Mapping[str, str], inherited: Mapping[str, str], sources: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """
    What a theme's own templates have that its parents' do not: a file that no other names, a block below `extends`.

    A template with a fault of syntax is told where it is compiled.
    """
    trees: dict[str, nodes.Template] = {}
    for name, text in {**inherited, **own}.items():
        try:
            trees[name] = Environment().parse(text)
        except (TemplateSyntaxError, RecursionError):
            continue
    used = {name for tree in trees.values() for node in tree.find_all(NAMING) for name in constants(node)}
    for name in own:
        if name not in inherited and name not in used:
            suggestion = closest(name, (known for known in inherited if ":" not in known))
            yield Diagnostic.at(Place(sources[name]), "unused-template", value=name, suggestion=suggestion)
        if name in trees and (parent := parent_of(trees[name])):
            known = blocks(parent, trees)
            for node in trees[name].body:
                if isinstance(node, nodes.Block) and node.name not in known:
                    place = Place(sources[name], node.lineno, 1)
                    suggestion = closest(node.name, known)
                    choices = ", ".join(f"`{block}`" for block in sorted(known))
                    yield Diagnostic.at(place, "unused-block", value=node.name, choices=choices, suggestion=suggestion)


def constants(node: nodes.Node) -> Iterator[str]:
    template = getattr(node, "template", None)
    if isinstance(template, nodes.Const):
        yield template.value


def parent_of(tree: nodes.Template) -> str:
    """The template that one extends, or nothing."""
    return next((name for node in tree.find_all(nodes.Extends) for name in constants(node)), "")


def blocks(name: str, trees: Mapping[str, nodes.Template]) -> set[str]:
    """The blocks of a template and of those that it extends."""
    tree = trees.get(name)
    if tree is None:
        return set()
    return {block.name for block in tree.find_all(nodes.Block)} | blocks(parent_of(tree), trees)
