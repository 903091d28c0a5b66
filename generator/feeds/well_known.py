"""
What programs look for at a host's root without having been told: its APIs (RFC 9727) and its linked data (VoID, 7.2).

RFC 8615 gives these addresses a meaning at the root of a host alone. A portal in a sub-folder has the same files there,
to which a host's administrator may redirect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from generator.feeds.dcat_ap.nodes import PREFIXES
from generator.feeds.digests import about
from generator.feeds.json_lines import render_json
from generator.feeds.plain_text import paragraphs
from generator.model.digest import digest
from generator.site.iris import catalog_iri, dataset_iri
from generator.site.representations import API_CATALOG, HARVEST
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards.feeds import feeds, linked
from generator.text.languages import present

VOID = "http://rdfs.org/ns/void#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

FORMATS = {
    "text/turtle": "http://www.w3.org/ns/formats/Turtle",
    "application/rdf+xml": "http://www.w3.org/ns/formats/RDF_XML",
    "application/ld+json": "http://www.w3.org/ns/formats/JSON-LD",
}
"""The syntaxes of linked data, by media type."""


def plan(site: Site) -> Iterator[Task]:
    inputs = digest(about(site), "well-known", site.order[:1])
    yield Task(API_CATALOG, render_apis, (), inputs)
    yield Task(".well-known/void", render_void, (), inputs)


def render_apis(site: Site) -> bytes:
    """A linkset (RFC 9264) of the APIs, each with its description, and of the catalogue's forms."""
    base = site.catalog.portal.base_url
    manual = [{"href": f"{base}{HARVEST}", "type": "text/html", "hreflang": [site.default]}]
    description = [{"href": f"{base}api/openapi.json", "type": "application/json"}]
    forms = [{"href": f"{base}{row.path}", "type": row.type} for row in linked("catalog")]
    entries = [row.path for row in feeds().values() if row.entry]
    return render_json(
        {
            "linkset": [
                {"anchor": f"{base}{API_CATALOG}", "item": [{"href": f"{base}{path}"} for path in entries]},
                *({"anchor": f"{base}{path}", "service-desc": description, "service-doc": manual} for path in entries),
                {"anchor": base, "alternate": forms},
            ]
        }
    )


def render_void(site: Site) -> bytes:
    """The catalogue as a dataset of linked data: where all of it is, in which formats and words."""
    catalog, base = site.catalog, site.catalog.portal.base_url
    whole, file = catalog_iri(base), f"{base}.well-known/void"
    dumps = [(row.path, iri) for type_, iri in FORMATS.items() for row in linked("catalog") if row.type == type_]
    addresses: Mapping[tuple[str, str], Sequence[str]] = {
        (file, RDF_TYPE): [f"{VOID}DatasetDescription"],
        (file, f"{PREFIXES['foaf']}primaryTopic"): [whole],
        (whole, RDF_TYPE): [f"{VOID}Dataset"],
        (whole, f"{PREFIXES['foaf']}homepage"): [base],
        (whole, f"{VOID}dataDump"): [f"{base}{path}" for path, _ in dumps],
        (whole, f"{VOID}feature"): [iri for _, iri in dumps],
        (whole, f"{VOID}vocabulary"): [PREFIXES["dcat"], PREFIXES["dct"]],
        (whole, f"{VOID}rootResource"): [whole],
        (whole, f"{VOID}exampleResource"): [dataset_iri(base, id) for id in site.order[:1]],
    }
    texts = {"title": present(catalog.title), "description": present(catalog.description)}
    triples = [
        *(Triple(NamedNode(s), NamedNode(p), NamedNode(o)) for (s, p), objects in addresses.items() for o in objects),
        *(
            Triple(NamedNode(whole), NamedNode(PREFIXES["dct"] + name), Literal(paragraphs(words), language=language))
            for name, text in texts.items()
            for language, words in text.items()
        ),
    ]
    return serialize(triples, format=RdfFormat.TURTLE) or b""
