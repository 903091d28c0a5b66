"""The distributions of a dataset, each with an id of its own."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import Any
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from generator.importers.dcat.codes import media_types
from generator.importers.dcat.names import first, last_part, own_dataset
from generator.importers.dcat.statements import Subject, Term
from generator.importers.dcat.walk import Values, Walk, shown_term
from generator.importers.distributions import PAGES, shorten
from generator.site import iris
from generator.standards import vocabulary
from generator.text.slugs import is_slug, slugify


def read_distributions(
    walk: Walk, node: Subject, subject: str, license_: Any, own: re.Match[str] | None
) -> list[Values]:
    found = []
    for term in walk.found.objects(node, "dcat:distribution"):
        values = walk.describe("Distribution", term, subject)
        for status in walk.found.objects(term, "adms:status"):
            walk.report.tell("left-out.status", subject, f"Distribution.adms:status {last_part(status.value)}")
        if not address(walk, values, term, subject, own):
            walk.report.doubts["dcat:distribution"] += 1
            continue
        if values.get("license") == license_:
            values.pop("license", None)
        endpoints = [end.value for end in walk.found.objects(term, "dcat:accessService/dcat:endpointURL")]
        if values.get("accessService") and values.get("accessURL") in endpoints:
            del values["accessURL"]
        format_ = values.get("format", "")
        if not format_ and (known := media_types().get(values.get("mediaType", ""))):
            values["format"] = format_ = known
        facts = vocabulary("formats")[format_].facts if format_ in vocabulary("formats") else {}
        if values.get("mediaType") == facts.get("mediaType", ""):
            values.pop("mediaType", None)
        found.append((term, values))
    named = {id(values): own_name(walk, node, term) for term, values in found}
    counts = Counter(named.values())
    # A name that several have, as `#distribution`, names none of them.
    named = {key: name if counts[name] == 1 else "" for key, name in named.items()}
    taken = set(named.values()) - {""}
    for term, values in found:
        name = named[id(values)] or distribution_name(walk, term, values, taken)
        taken.add(name)
        values["id"] = name
    if found:
        walk.report.took("dcat:distribution", "distribution")
    return [values for _, values in found]


def address(walk: Walk, values: Values, term: Term, subject: str, own: re.Match[str] | None) -> bool:
    """Whether there is an address; one that only repeats another says nothing."""
    download = values.get("downloadURL", "")
    access = values.get("accessURL", "")
    if own and access == iris.dataset_page(own["base"], own["id"]):
        values.pop("accessURL", None)
        return True
    if access and access == download:
        del values["accessURL"]
    elif access and not download and not own and leads_to_file(access):
        values["downloadURL"] = values.pop("accessURL")
    if not access and not download:
        written = [*walk.found.objects(term, "dcat:accessURL"), *walk.found.objects(term, "dcat:downloadURL")]
        if not any(text.value.strip() for text in written):
            walk.report.tell(
                "left-out.no-url", subject, first(values.get("title")) or values.get("format") or shown_term(term)
            )
        return False
    return True


def own_name(walk: Walk, dataset: Subject, term: Term) -> str:
    """The id in an IRI that is ours, else in one that ends with a slug."""
    iri = term.value if isinstance(term, ox.NamedNode) else ""
    start = iris.beside(dataset.value, "")
    if own_dataset(walk.found, dataset) and iri.startswith(start):
        name = iri.removeprefix(start).removesuffix("_")
        return name if is_slug(name) else ""
    name = last_part(iri) if iri else ""
    return name if is_slug(name) and re.search(r"resource|distribution|#", iri) else ""


def distribution_name(walk: Walk, term: Term, values: Values, taken: set[str]) -> str:
    base = shorten(slugify(first(values.get("title")) or values.get("format") or "file"))
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def leads_to_file(url: str) -> bool:
    """
    Whether an address names a file by its extension: many catalogues state the accessURL of files alone.

    >>> leads_to_file("https://exemple.org/a.csv"), leads_to_file("https://exemple.org/a.php")
    (True, False)
    """
    extension = posixpath.splitext(unquote(urlsplit(url).path))[1].removeprefix(".").casefold()
    term = vocabulary("formats").find(extension) if extension and extension not in PAGES else None
    return term is not None and not term.facts.get("service")
