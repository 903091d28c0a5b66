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
from generator.importers.dcat.statements import NOWHERE, Statements, Subject, expand
from generator.importers.html import to_line
from generator.importers.links import UUID, OldPortal
from generator.site import iris
from generator.text.slugs import slugify

OWN_DATASET = re.compile(r"(?P<base>https?://\S+/)dataset/(?P<id>[^/#\s]+)#dataset")


OWN_PUBLISHER = re.compile(r"(?P<base>https?://\S+/)publisher/[^/#\s]+#agent")

# The end of an address that says what a thing is rather than which.
GENERIC = "dataset distribution resource this id ds set catalog record file download data"


def address_parts(iri: str) -> list[str]:
    """
    The words of an address, the one that tells it from its neighbours most likely first.

    >>> address_parts("https://exemple.org/dataset/arbres/"), address_parts("https://exemple.org/item.html?id=a1&sublayer=0")
    (['arbres', 'dataset', 'exemple.org'], ['a1-0', 'item.html', 'exemple.org'])
    >>> address_parts("urn:x:a1"), address_parts("https://exemple.org/d/11#arbres")
    (['a1', 'x', 'urn'], ['arbres', '11', 'd', 'exemple.org'])
    """
    try:
        parts = urlsplit(iri)
        query = parse_qs(parts.query)
    except ValueError:
        return [unquote(iri)]
    path = parts.path if parts.netloc else iri.partition("?")[0].partition("#")[0]
    words = [unquote(unquote(word)) for word in reversed(re.split(r"[/:]", path)) if word]
    asked = ["-".join(values[0] for values in query.values())] if "id" in query else []
    return [*filter(None, (unquote(parts.fragment).strip("/"),)), *asked, *words, *filter(None, (parts.netloc,))]


def last_part(iri: str) -> str:
    """
    What an address ends with, that tells it from its neighbours.

    >>> last_part("https://exemple.org/dataset/arbres/"), last_part("https://exemple.org/d#arbres")
    ('arbres', 'arbres')
    """
    return next(iter(address_parts(iri)), iri)


def shortest_names(addresses: Mapping[str, list[str]]) -> dict[str, str]:
    """
    What to call each of several things by the words of its address: as few of them as tell it from the others.

    >>> shortest_names({"a": ["wells", "set", "town-a"], "b": ["wells", "set", "town-b"], "c": ["lanes", "set"]})
    {'a': 'town-a-wells', 'b': 'town-b-wells', 'c': 'lanes'}
    >>> shortest_names({"a": ["this", "7"], "b": ["this", "8"]})
    {'a': '7', 'b': '8'}
    """
    chosen = {
        key: [next((word for word in words if word.casefold() not in GENERIC.split()), words[0])]
        for key, words in addresses.items()
    }
    for depth in range(1, 8):
        counts = Counter("-".join(words).casefold() for words in chosen.values())
        twins = [key for key, words in chosen.items() if counts["-".join(words).casefold()] > 1]
        groups: dict[str, list[str]] = {}
        for key in twins:
            groups.setdefault("-".join(chosen[key]).casefold(), []).append(key)
        for group in groups.values():
            further = {addresses[key][depth] if depth < len(addresses[key]) else "" for key in group}
            if len(further) > 1:
                for key in group:
                    word = addresses[key][depth] if depth < len(addresses[key]) else ""
                    chosen[key] = [word, *chosen[key]] if word and word not in chosen[key] else chosen[key]
        if not twins:
            break
    return {key: slugify("-".join(words)) if len(words) > 1 else words[0] for key, words in chosen.items()}


def words_of(iri: str) -> str:
    """
    What an address that nothing describes is called by its last part; nothing where that is no word of anybody's.

    >>> words_of("https://exemple.org/theme/Sea-State"), words_of("http://eurovoc.europa.eu/4381")
    ('Sea State', '4381')
    >>> words_of("https://exemple.org/theme/5de8f397-634f-4164-0711-19c5aabbccdd")
    ''
    """
    text = " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"[-_+]+", " ", last_part(iri))).split())
    if UUID.fullmatch(last_part(iri)) or re.fullmatch(r"[0-9a-f]{16,}", last_part(iri)):
        return ""
    return text[:1].upper() + text[1:]


def is_plain_address(text: str) -> bool:
    return re.match(r"(?:https?|ftp|urn|tag|doi|info):\S+$", text, re.IGNORECASE) is not None


def own_bases(found: Statements) -> frozenset[str]:
    """
    The portals that are Vitrine's. Others call their datasets `…/dataset/x#dataset` too; ours have publishers,
    or pages, beside them that are called as ours are.
    """
    bases = set()
    for node in found.datasets():
        for term in found.about(node).get(expand("dct:publisher"), ()):
            if match := OWN_PUBLISHER.fullmatch(term.value):
                bases.add(match["base"])
        if match := OWN_DATASET.fullmatch(node.value):
            page = iris.dataset_page(match["base"], match["id"])
            pages = found.about(node).get(expand("dcat:landingPage"), ())
            bases |= {match["base"]} if any(term.value == page for term in pages) else set()
    return frozenset(bases)


def own_dataset(found: Statements, node: Subject) -> re.Match[str] | None:
    """The base and the id in a dataset's address, where it is a Vitrine's."""
    match = OWN_DATASET.fullmatch(node.value)
    return match if match and match["base"] in found.bases else None


def name_datasets(found: Statements, draft: Draft) -> dict[Subject, str]:
    """Ids: ours from our IRIs, the rest from what the source calls them; one identifier is one dataset."""
    names: dict[str, Subject] = {}
    wanted: dict[str, str] = {}
    addresses: dict[str, list[str]] = {}
    for node in found.datasets():
        source, title = source_of(found, node), title_of(found, node)
        if source and source in names:
            draft.report.tell("left-out.twin", "", source)
            continue
        if not source and not title and len(found.about(node)) < 2:
            draft.report.tell("left-out.nameless", "", "dcat:Dataset")
            continue
        match = own_dataset(found, node)
        key = source or f"{title}#{len(names)}"
        names[key] = node
        if match:
            wanted[key] = match["id"]
        elif is_plain_address(source):
            addresses[key] = [word for word in address_parts(source) if slug_of(word)] or [title or "dataset"]
        else:
            wanted[key] = next((text for text in (unquote(unquote(source)), title) if slug_of(text)), "dataset")
    wanted |= shortest_names(addresses)
    taken = Ids(draft.folder.identifiers, RESERVED).name({key: wanted[key] for key in names})
    return {names[key]: identifier for key, identifier in taken.items()}


def slug_of(text: str) -> str:
    """
    A slug that can be read, or nothing: not the digest that stands for a text without Latin letters.

    >>> slug_of("Été"), slug_of("健康"), slug_of("–")
    ('ete', '', '')
    """
    slug = slugify(text)
    return "" if slug == f"x-{slug[-8:]}" and not text.casefold().startswith("x") else slug


def source_of(found: Statements, node: Subject) -> str:
    """What the source identifies a dataset by: its identifier, else its IRI."""
    for term in found.objects(node, "dct:identifier"):
        if not isinstance(term, ox.BlankNode) and (text := to_line(term.value)):
            return text
    return node.value.removeprefix(NOWHERE) if isinstance(node, ox.NamedNode) else ""


def title_of(found: Statements, node: Subject) -> str:
    titles = found.objects(node, "dct:title")
    return next((to_line(term.value) for term in titles if isinstance(term, ox.Literal)), "")


def find_dcat_portal(found: Statements, ids: Mapping[Subject, str], report: Report) -> OldPortal:
    """Where the catalogue's pages were, so that links among them lead to ours."""
    datasets: dict[str, str] = {}
    titles: dict[str, str] = {}
    hosts: Counter[str] = Counter()
    for node, identifier in ids.items():
        pages = [node, *found.objects(node, "dcat:landingPage")]
        for term in (*pages, *found.objects(node, "dct:identifier")):
            if not isinstance(term, ox.BlankNode):
                datasets.setdefault(last_part(term.value), identifier)
        found_hosts = (re.match(r"https?://([^/\s]+)/.*dataset", term.value) for term in pages)
        hosts.update(match[1].rpartition("@")[2] for match in found_hosts if match)
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
