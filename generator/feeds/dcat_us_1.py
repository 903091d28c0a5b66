"""`data.json`: DCAT-US 1.1 (Project Open Data), non-federal, in the portal's default language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.feeds.complete import complete_dataset
from generator.feeds.joined import Joined
from generator.feeds.json_lines import BETWEEN, PLACE, JsonLine, iter_json
from generator.feeds.parts import Part
from generator.feeds.plain_text import paragraphs
from generator.model import Agent, Catalog, Dataset, Distribution, Kind, Location, PeriodOfTime
from generator.site.freshness import last_day
from generator.site.iris import dataset_page
from generator.standards import vocabulary
from generator.text.slugs import encode_url
from generator.text.speech import choose

SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"

# What the schema takes as an e-mail address and as a media type. Python's \w is wider than JavaScript's.
MAIL = re.compile(r"[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+", re.ASCII)
MEDIA_TYPE = re.compile(r"[-\w]+/[-\w]+(\.[-\w]+)*([+][-\w]+)?", re.ASCII)

# RFC 2046: what is known to be a file and nothing more. The schema refuses a downloadURL without a mediaType.
UNKNOWN = "application/octet-stream"


def pod_document(catalog: Catalog, path: str, datasets: Iterable[JsonLine]) -> dict[str, Any]:
    """The feed at a path, with its datasets as they are written."""
    return {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@id": f"{catalog.portal.base_url}{path}",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": datasets,
    }


def joined_pod(catalog: Catalog, part: Part, line: Callable[[str], JsonLine]) -> Joined:
    """`data.json`, of the whole or of a part of it; `line` has a dataset as it is written."""
    datasets = [PLACE] if part.ids else []
    return Joined(
        ids=part.ids,
        piece=lambda id: line(id).encode(),
        chunks=lambda: iter_json(pod_document(catalog, f"{part.path}data.json", datasets)),
        between=BETWEEN,
    )


def pod_dataset(catalog: Catalog, dataset: Dataset) -> dict[str, Any]:
    """One dataset as the feed lists it."""
    dataset = complete_dataset(catalog, dataset)
    wanted = catalog.portal.languages
    page = dataset_page(catalog.portal.base_url, dataset.id)
    rights = vocabulary("access-rights")
    return without_empty(
        {
            "@type": "dcat:Dataset",
            "identifier": dataset.identifier,
            "title": choose(dataset.title, wanted),
            "description": plain_description(dataset, wanted),
            "keyword": pod_keywords(dataset, wanted),
            "issued": dataset.issued,
            "modified": dataset.modified,
            "publisher": pod_publisher(catalog, dataset.publisher, wanted),
            "contactPoint": pod_contact(catalog, dataset, wanted),
            "bureauCode": list(dict.fromkeys(dataset.bureau_code)),
            "programCode": list(dict.fromkeys(dataset.program_code)),
            "accessLevel": rights[dataset.access_rights or "public"].facts["us"],
            "license": encode_url(dataset.license.iri) if dataset.license else "",
            "rights": named_license(dataset, wanted),
            "spatial": pod_spatial(dataset.spatial, wanted),
            "temporal": pod_temporal(dataset.temporal),
            "accrualPeriodicity": pod_frequency(dataset.accrual_periodicity),
            "language": list(dict.fromkeys(dataset.language)),
            "isPartOf": pod_series(catalog, dataset),
            "theme": pod_themes(catalog, dataset, wanted),
            "conformsTo": next(map(encode_url, dataset.conforms_to), ""),
            "landingPage": page,
            "references": encoded_urls([dataset.landing_page, *dataset.page]),
            "distribution": [pod_distribution(item, page, wanted) for item in dataset.distribution],
        }
    )


def named_license(dataset: Dataset, wanted: tuple[str, ...]) -> str:
    """The name of a licence that has no address, which `license` may not hold."""
    return choose(dataset.license.name, wanted) if dataset.license and not dataset.license.iri else ""


def without_empty(members: dict[str, Any]) -> dict[str, Any]:
    """An object without its empty members: the schema refuses empty texts and lists."""
    return {name: value for name, value in members.items() if value}


def encoded_urls(urls: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(encode_url(url) for url in urls if url))


def plain_description(dataset: Dataset, wanted: tuple[str, ...]) -> str:
    """The description without marks; the title where it says nothing in words, as a lone picture does."""
    return paragraphs(choose(dataset.description, wanted)) or choose(dataset.title, wanted)


def pod_keywords(dataset: Dataset, wanted: tuple[str, ...]) -> list[str]:
    """The keywords of one language: harvesters take the feed as being in one."""
    lists = [dataset.keyword.get(language, ()) for language in (*wanted, *dataset.keyword)]
    return list(dict.fromkeys(next(filter(None, ([w for w in words if w.strip()] for words in lists)), [])))


def pod_publisher(
    catalog: Catalog, id: str, wanted: tuple[str, ...], below: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """A publisher within its parents; a circle of parents is cut."""
    agent = catalog.publishers.get(id, Agent())
    below |= {id}
    members: dict[str, Any] = {
        "@type": "org:Organization",
        "name": choose(agent.name, wanted) or id or choose(catalog.title, wanted) or catalog.portal.base_url,
    }
    if agent.parent in catalog.publishers and agent.parent not in below:
        members["subOrganizationOf"] = pod_publisher(catalog, agent.parent, wanted, below)
    return members


def pod_contact(catalog: Catalog, dataset: Dataset, wanted: tuple[str, ...]) -> dict[str, Any]:
    """A contact; without an e-mail only its name, which the non-federal schema takes."""
    contact = dataset.contact_point or Kind()
    name = choose(contact.name, wanted) or pod_publisher(catalog, dataset.publisher, wanted)["name"]
    mail = f"mailto:{contact.email}" if MAIL.fullmatch(contact.email) else ""
    return without_empty({"@type": "vcard:Contact", "fn": name, "hasEmail": mail})


def pod_themes(catalog: Catalog, dataset: Dataset, wanted: tuple[str, ...]) -> list[str]:
    themes = [theme for id in dataset.theme for theme in catalog.theme_taxonomy if theme.id == id]
    return list(dict.fromkeys(filter(None, (choose(theme.pref_label, wanted) for theme in themes))))


def pod_series(catalog: Catalog, dataset: Dataset) -> str:
    """The identifier of the first series that the dataset is in, which DCAT-US calls a collection."""
    series = (catalog.datasets[id] for id in dataset.in_series if id in catalog.datasets)
    return next((item.identifier or item.id for item in series if item.offered), "")


def pod_frequency(code: str) -> str:
    """An ISO 8601 repeating interval or `irregular`; nothing for what DCAT-US can't say."""
    frequencies = vocabulary("frequencies")
    return str(frequencies[code].facts.get("iso8601", "")) if code in frequencies else ""


def pod_spatial(areas: tuple[Location, ...], wanted: tuple[str, ...]) -> str:
    """
    One string: the box around all boxes, as west, south, east, north, else the names.

    >>> pod_spatial((Location(bbox=(-74.0, 45.4, -73.5, 45.7)), Location(bbox=(-71.5, 46.7, -71.1, 47))), ())
    '-74.0,45.4,-71.1,47'
    """
    boxes = [area.bbox for area in areas if area.bbox]
    if not boxes:
        return ", ".join(filter(None, (choose(area.name, wanted) for area in areas)))
    west, south, east, north = zip(*boxes, strict=True)
    return ",".join(map(str, (min(west), min(south), max(east), max(north))))


def pod_temporal(periods: tuple[PeriodOfTime, ...]) -> str:
    """
    From the first day to the last; nothing when an end is open, which the schema refuses.

    >>> pod_temporal((PeriodOfTime(start="2010", end="2024-02"),))
    '2010-01-01/2024-02-29'
    >>> pod_temporal((PeriodOfTime(start="2010"),))
    ''
    """
    if not periods or not all(period.start and period.end for period in periods):
        return ""
    return f"{min(first_day(p.start) for p in periods)}/{max(last_day(p.end).isoformat() for p in periods)}"


def first_day(date: str) -> str:
    return (date + "-01-01"[len(date) - 4 :])[:10]


def pod_distribution(item: Distribution, page: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    """A distribution; the dataset's page gives access where no address was written."""
    download = encode_url(item.download_url) if item.download_url else ""
    access = encode_url(item.access_url) if item.access_url else ""
    media_type = item.media_type if MEDIA_TYPE.fullmatch(item.media_type) else ""
    return without_empty(
        {
            "@type": "dcat:Distribution",
            "title": choose(item.title, wanted),
            "description": paragraphs(choose(item.description, wanted)),
            "accessURL": access or ("" if download else page),
            "downloadURL": download,
            "mediaType": media_type or (UNKNOWN if download else ""),
            "format": item.format,
            "conformsTo": next(map(encode_url, item.conforms_to), ""),
        }
    )
