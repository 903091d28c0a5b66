"""
Words that stand for the same thing: a general list a language ships in `synonyms/`, and a portal adds its own in
`search/synonyms.<language>.yaml`, written alike. The reader's browser gets only those that lead to the index's terms.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Place
from generator.search.analysis import Analyzer
from generator.source import nodes

FOLDER = Path(__file__).with_name("synonyms")
ARROW = "=>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Expressions that find each other; or, with `to`, that find those and are not found by them.

    `quiet` expressions say little about what is sought.
    """

    words: tuple[str, ...]
    to: tuple[str, ...] = ()
    quiet: bool = False


def synonyms_path(language: str) -> str:
    """
    Where a portal writes its own, from its root.

    >>> synonyms_path("fr")
    'search/synonyms.fr.yaml'
    """
    return f"search/synonyms.{language}.yaml"


def read_synonyms(portal: Path, language: str) -> tuple[list[Group], list[Diagnostic]]:
    """The portal's groups, then the general ones, and what is wrong with the portal's file. It may have none."""
    groups, diagnostics = [], []
    path = synonyms_path(language)
    if (portal / path).is_file():
        groups, diagnostics = parse_synonyms(path, (portal / path).read_bytes())
    shipped = FOLDER / f"{language.lower().partition('-')[0]}.yaml"
    if shipped.is_file():
        groups += parse_synonyms(shipped.name, shipped.read_bytes())[0]
    return groups, diagnostics


def parse_synonyms(path: str, content: bytes) -> tuple[list[Group], list[Diagnostic]]:
    """The groups of one file; a line that is none is reported and left out."""
    try:
        root, diagnostics = nodes.parse(path, nodes.decode(path, content))
    except nodes.Refused as refused:
        return [], [refused.diagnostic]
    if root is None:
        return [], diagnostics
    groups = []
    for item in root.items if isinstance(root, nodes.Sequence) else [root]:
        group = parse_group(item.value) if isinstance(item, nodes.Scalar) else None
        if group:
            groups.append(group)
        else:
            diagnostics.append(Diagnostic.at(item.place, "bad-synonyms"))
    return groups, diagnostics


def parse_group(line: str) -> Group | None:
    """
    A line of the file; None when it says nothing.

    >>> parse_group("impôt, taxe").words
    ('impôt', 'taxe')
    >>> parse_group("trou => nid de poule, chaussée").to
    ('nid de poule', 'chaussée')
    >>> parse_group("chercher, trouver =>").quiet
    True
    >>> parse_group("impôt"), parse_group("=> impôt"), parse_group("a => b => c")
    (None, None, None)
    """
    sides = [tuple(word for part in side.split(",") if (word := part.strip())) for side in line.split(ARROW)]
    if len(sides) == 1 and len(sides[0]) > 1:
        return Group(words=sides[0])
    if len(sides) == 2 and sides[0]:
        return Group(words=sides[0], to=sides[1], quiet=not sides[1])
    return None


def pack_synonyms(groups: Iterable[Group], language: str, known: Container[str]) -> list[str]:
    """
    What search-query.js reads: `a|b c;d` are terms that find each other, those after `;` not in the index; `a>b` is one
    way; `a>` says little. What leads to no term of the index (`known`) is left out.

    >>> groups = [Group(words=("poubelle", "déchet", "matière résiduelle")), Group(words=("trou",), to=("chaussée",))]
    >>> pack_synonyms(groups, "fr", {"dechet", "matier", "residuel"})
    ['dechet|matier residuel;poubel']
    """
    return list(dict.fromkeys(_pack(groups, Analyzer.of(language), known)))


def _pack(groups: Iterable[Group], analyzer: Analyzer, known: Container[str]) -> Iterator[str]:
    def analyzed(words: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(term for word in words if (term := " ".join(analyzer.terms(word)))))

    def is_known(expression: str) -> bool:
        return all(term in known for term in expression.split(" "))

    for group in groups:
        words = analyzed(group.words)
        if group.quiet:
            yield f"{'|'.join(words)}>"
        elif group.to:
            if words and (targets := list(filter(is_known, analyzed(group.to)))):
                yield f"{'|'.join(words)}>{'|'.join(targets)}"
        elif (found := list(filter(is_known, words))) and len(words) > 1:
            others = [word for word in words if word not in found]
            yield "|".join(found) + (f";{'|'.join(others)}" if others else "")
