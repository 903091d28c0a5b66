"""
Words that stand for the same thing: a general list a language ships in `synonyms/`, and a portal adds its own in
`search/synonyms.<language>.yaml`, written alike. The reader's browser gets only those that lead to the index's terms.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from generator.model.diagnostics import Diagnostic
from generator.search.analyzer import Analyzer
from generator.search.packing import Columns, json_column, utf16
from generator.source import nodes
from generator.source.files import linked_file
from generator.source.guard import is_stray, read_inside

FOLDER = Path(__file__).with_name("synonyms")
ARROW = "=>"


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymGroup:
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


def read_synonyms(portal: Path, language: str) -> tuple[list[SynonymGroup], list[Diagnostic]]:
    """The portal's groups, then the general ones, and what is wrong with the portal's file. It may have none."""
    groups: list[SynonymGroup] = []
    diagnostics: list[Diagnostic] = []
    path = synonyms_path(language)
    if is_stray(portal, path):
        diagnostics = [linked_file(path)]
    elif content := read_inside(portal, path):
        groups, diagnostics = parse_synonyms(path, content)
    shipped = FOLDER / f"{language.lower().partition('-')[0]}.yaml"
    if shipped.is_file():
        groups += parse_synonyms(shipped.name, shipped.read_bytes())[0]
    return groups, diagnostics


def parse_synonyms(path: str, content: bytes) -> tuple[list[SynonymGroup], list[Diagnostic]]:
    """The groups of one file; a line that is none is reported and left out."""
    try:
        root, diagnostics = nodes.parse_yaml(path, nodes.decode_yaml(path, content))
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


def parse_group(line: str) -> SynonymGroup | None:
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
        return SynonymGroup(words=sides[0])
    if len(sides) == 2 and sides[0]:
        return SynonymGroup(words=sides[0], to=sides[1], quiet=not sides[1])
    return None


PART = 600
"""About how many letters a file has, so that a search needs few bytes."""


def encode_synonyms(
    groups: Iterable[SynonymGroup], language: str, known: Container[str]
) -> Mapping[str, list[Columns]]:
    """A series of files for directory.py: the JSON lines that search-query.js asks for by a phrase's first term."""
    return {"synonyms": [(json_column(lines),) for lines in pack_synonyms(groups, language, known)]}


def pack_synonyms(groups: Iterable[SynonymGroup], language: str, known: Container[str]) -> list[list[str]]:
    """
    By file, lines `a|b c>d|e`: who asks for one on the left also finds those on the right, none when it says little.

    What leads to no term of the index (`known`) is left out.

    >>> bin = SynonymGroup(words=("poubelle", "déchet", "matière résiduelle"))
    >>> groups = [bin, SynonymGroup(words=("trou",), to=("chaussée",))]
    >>> pack_synonyms(groups, "fr", {"dechet"})
    [['poubel|mati residuel>dechet']]
    """
    packed = list(_pack(groups, Analyzer.of(language), known))
    size = sum(len("|".join([source, *targets])) for sources, targets in packed for source in sources)
    count = size // PART + 1
    parts: list[dict[str, None]] = [{} for _ in range(count)]
    for sources, targets in packed:
        split: dict[int, list[str]] = {}
        for source in sources:
            if targets != [source]:
                split.setdefault(part(source, count), []).append(source)
        for number, some in split.items():
            parts[number][f"{'|'.join(some)}>{'|'.join(targets)}"] = None
    return [list(lines) for lines in parts]


def part(phrase: str, count: int) -> int:
    """The file, of so many, of what a phrase stands for, by its first term: search-query.js's part()."""
    number = 0
    units = utf16(phrase.partition(" ")[0])
    for high, low in zip(units[::2], units[1::2], strict=True):
        number = (number * 31 + high * 256 + low) % count
    return number


def _pack(
    groups: Iterable[SynonymGroup], analyzer: Analyzer, known: Container[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    def analyzed(words: Sequence[str]) -> list[str]:
        # French stems leave participles apart from their verb, as their accent is folded first: planter, plantée.
        participles = (f"{word[:-1]}{end}" for word in words if word.endswith("er") for end in ("e", "ee"))
        found = dict.fromkeys(tuple(analyzer.terms(word)) for word in chain(words, participles))
        single = {terms[0] for terms in found if len(terms) == 1}
        # Whoever finds "waste" finds "food waste".
        return [" ".join(terms) for terms in found if len(terms) == 1 or (terms and single.isdisjoint(terms))]

    def is_known(expression: str) -> bool:
        return all(term in known for term in expression.split(" "))

    groups = list(groups)
    implied: dict[str, list[str]] = {}
    for group in groups:
        if group.to:
            for word in group.words:
                implied.setdefault(word, []).extend(group.to)
    # What one of them leads to, all that stand for it lead to.
    groups += [
        SynonymGroup(words=tuple(other for other in group.words if other != word), to=tuple(implied[word]))
        for group in groups
        if not group.to and not group.quiet
        for word in group.words
        if word in implied
    ]
    for group in groups:
        sources = analyzed(group.words)
        targets = [word for word in analyzed(group.to or group.words) if is_known(word)]
        if group.quiet:
            yield sources, ()
        elif targets:
            yield sources, targets
