"""Terms of vocabularies, as IRIs or words, as codes of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import unquote

import pyoxigraph as ox

from generator.importers.dcat.names import last_part
from generator.importers.dcat.statements import Term
from generator.importers.terms import find_code
from generator.standards import vocabulary

# Where a node of a vocabulary or a licence has its name.
LABELS = ("skos:prefLabel", "rdfs:label", "dct:title", "foaf:name", "rdf:value")


@cache
def media_types() -> Mapping[str, str]:
    """Media type to the one format that has it."""
    found: dict[str, list[str]] = {}
    for term in vocabulary("formats").terms.values():
        found.setdefault(term.facts.get("mediaType", ""), []).append(term.code)
    return {media_type: codes[0] for media_type, codes in found.items() if media_type and len(codes) == 1}


def code_of(name: str, term: Term) -> str:
    """The code that an IRI or a word stands for: an authority's, another list's by its last part, a word as it is."""
    if isinstance(term, ox.BlankNode):
        return ""
    # The EU's lists are often written with `https`, under which they can be read, but not what they are called.
    text = re.sub(
        r"^https?://(?:www\.)?publications\.europa\.eu/", "http://publications.europa.eu/", term.value.strip()
    )
    if code := find_code(name, text) or find_code(name, text.rstrip("/")):
        return code
    media_type = text.partition("/media-types/")[2] or text
    if name in ("formats", "media-types"):
        media_type = unquote(media_type).partition(";")[0].strip().lower()
        return media_types().get(media_type, "") if name == "formats" else find_code(name, media_type)
    # The authority's own codes are all known by their IRI; in another list the same last part means the same.
    if "/" in text and not (vocabulary(name).authority and text.startswith(vocabulary(name).authority)):
        return find_code(name, last_part(text))
    return ""
