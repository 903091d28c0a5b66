"""Themes: the portal's own where the catalogue is a Vitrine's, else what its categories stand for."""

from __future__ import annotations

import pyoxigraph as ox

from generator.importers.addresses import read_address
from generator.importers.dcat.codes import LABELS, code_of
from generator.importers.dcat.names import words_of
from generator.importers.dcat.statements import Term
from generator.importers.dcat.walk import Values, Walk
from generator.importers.html import to_line
from generator.site import iris
from generator.standards import Property, vocabulary
from generator.text.slugs import is_slug


def adopt_themes(walk: Walk) -> None:
    """The catalogue's own themes, where it is a Vitrine's: their codes, names and order stay."""
    concepts: list[Values] = []
    start = iris.theme_iri(walk.base, "\0").split("\0") if walk.base else ["\0", ""]
    for node in walk.found.subjects:
        iri = node.value
        if not (iri.startswith(start[0]) and iri.endswith(start[1]) and "skos:Concept" in walk.found.types(node)):
            continue
        identifier = iri.removeprefix(start[0]).removesuffix(start[1])
        if is_slug(identifier):
            walk.themes[iri] = identifier
            concepts.append({"id": identifier, **walk.describe("Concept", node, "")})
    # DCAT-US 3 has the names of the themes in use alone: of the default ones, we know the rest.
    default = vocabulary("themes")
    if any("closeMatch" in concept or concept["id"] not in default for concept in concepts):
        walk.draft.themes.adopt(concepts)


def read_themes(walk: Walk, terms: list[Term], row: Property, subject: str) -> list[str]:
    """The portal's own concepts first: the EU's beside them are only what they map to."""
    named = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    if own := [walk.themes[iri] for iri in named if iri in walk.themes]:
        codes = [walk.draft.themes.own(subject, code) for code in own]
        return [code for code in codes if code]
    found = []
    for term in terms:
        if isinstance(term, ox.Literal) and not walk.found.about(term):
            found.append(walk.draft.themes.find(subject, {walk.language(term): term.value}))
            continue
        eu = code_of("data-themes", term)
        labels = [label for name in LABELS for label in walk.found.objects(term, name)]
        names = walk.languages(labels, row, subject, to_line)
        if eu:
            title = vocabulary("data-themes")[eu].title
            names = {language: title[language] for language in (*walk.draft.languages, "en") if language in title}
        address = read_address(term.value) if isinstance(term, ox.NamedNode) and not eu else None
        name = "" if eu or not address else words_of(term.value)
        if not names and name:
            walk.report.tell("guessed.theme-name", subject, f"{term.value} → {name}")
        if not names and not name:
            walk.report.tell("left-out.theme", subject, "" if isinstance(term, ox.BlankNode) else term.value)
        found.append(walk.draft.themes.find(subject, names, name, eu, address.url if address else ""))
    return list(dict.fromkeys(code for code in found if code))
