"""What datasets are called: by their source, and by us; and where the portal was that named them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pyoxigraph as ox

from generator.authoring.report import Report
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.dcat.statements import NOWHERE, Statements, Subject
from generator.importers.html import to_line
from generator.importers.links import OldPortal

OWN_DATASET = re.compile(r"(?P<base>https?://\S+/)dataset/(?P<id>[^/#\s]+)#dataset")


def last_part(iri: str) -> str:
    """
    What an address ends with, that tells it from its neighbours.

    >>> last_part("https://exemple.org/dataset/arbres/"), last_part("https://exemple.org/item.html?id=a1&sublayer=0")
    ('arbres', 'a1-0')
    >>> last_part("urn:x:a1"), last_part("https://exemple.org/d#arbres")
    ('a1', 'arbres')
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return iri
    if parts.fragment:
        return unquote(parts.fragment)
    query = parse_qs(parts.query)
    if "id" in query:
        return "-".join(values[0] for values in query.values())
    return unquote(re.split(r"[/:]", parts.path.rstrip("/"))[-1] or parts.netloc)


def is_address(text: str) -> bool:
    return re.match(r"(?:https?|ftp|urn|tag|doi|info):\S+$", text, re.IGNORECASE) is not None


def name_datasets(found: Statements, draft: Draft) -> dict[Subject, str]:
    """Ids: ours from our IRIs, the rest from what the source calls them; one identifier is one dataset."""
    names: dict[str, tuple[Subject, str]] = {}
    wanted: dict[str, str] = {}
    for node in found.datasets():
        source = source_of(found, node)
        if source and source in names:
            draft.report.tell("left-out.twin", "", source)
            continue
        match = OWN_DATASET.fullmatch(node.value)
        title = title_of(found, node)
        name = match["id"] if match else last_part(source) if is_address(source) else source or title
        key = source or f"{title}#{len(names)}"
        names[key] = (node, source)
        wanted[key] = name or title
    taken = Ids(draft.folder.identifiers, RESERVED).name(wanted)
    return {names[key][0]: identifier for key, identifier in taken.items()}


def source_of(found: Statements, node: Subject) -> str:
    """What the source identifies a dataset by: its identifier, else its IRI."""
    for term in found.objects(node, "dct:identifier"):
        if not isinstance(term, ox.BlankNode) and (text := to_line(term.value)):
            return text
    return node.value.removeprefix(NOWHERE) if isinstance(node, ox.NamedNode) else ""


def title_of(found: Statements, node: Subject) -> str:
    titles = found.objects(node, "dct:title")
    return next((to_line(term.value) for term in titles if isinstance(term, ox.Literal)), "")


def find_portal(found: Statements, ids: Mapping[Subject, str], report: Report) -> OldPortal:
    """Where the catalogue's pages were, so that links among them lead to ours."""
    datasets: dict[str, str] = {}
    titles: dict[str, str] = {}
    hosts: Counter[str] = Counter()
    for node, identifier in ids.items():
        pages = [node, *found.objects(node, "dcat:landingPage")]
        for term in (*pages, *found.objects(node, "dct:identifier")):
            if not isinstance(term, ox.BlankNode):
                datasets.setdefault(last_part(term.value), identifier)
        hosts.update(urlsplit(t.value).netloc for t in pages if re.match(r"https?://[^/\s]+/.*dataset", t.value))
        titles[identifier] = title_of(found, node)
    host = hosts.most_common(1)[0][0] if hosts else ""
    base = f"https://{host}/" if host else ""
    return OldPortal(report, base, frozenset({host} - {""}), datasets, titles=titles)


def first(text: Any) -> str:
    """
    >>> first({"fr": "a", "en": "b"}), first("a"), first(None)
    ('a', 'a', '')
    """
    return str(next(iter(text.values()))) if isinstance(text, dict) else text or ""
