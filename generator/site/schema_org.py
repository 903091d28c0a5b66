"""
The catalogue and its datasets in schema.org's words, as Google Dataset Search and others read them.

Texts are plain strings in the page's language, as far as they were written in it: few readers know tagged ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model import Column, Dataset, Distribution, Kind, LicenseDocument, Location, PeriodOfTime
from generator.site import iris
from generator.site.collections import localized_keywords
from generator.site.contacts import contact_of
from generator.site.links import publisher_link
from generator.site.site import Site
from generator.standards import vocabulary
from generator.text.markdown import excerpt, plain_text
from generator.text.slugs import encode_url

SHORTEST, LONGEST = 50, 5000
"""Characters of a dataset's description, as Google Dataset Search takes it."""


def catalog_data(site: Site, language: str) -> Node:
    """The home page: a DataCatalog."""
    catalog = site.catalog
    return drop_empty(
        {
            **catalog_reference(site, language),
            "description": plain_text(site.speech(language).choose(catalog.description)),
            "publisher": organization(site, language, catalog.publisher, catalog.contact_point),
            "license": license_iri(catalog.license),
            "inLanguage": list(site.languages),
            "spatialCoverage": [place_node(site, language, area) for area in catalog.spatial],
            "datePublished": catalog.issued,
            "dateModified": last_change(site),
            "isAccessibleForFree": True,
        }
    )


def last_change(site: Site) -> str:
    return next((site.catalog.datasets[id].changed for id in site.order), "")


def catalog_reference(site: Site, language: str) -> Node:
    return {
        "@type": "DataCatalog",
        "@id": iris.catalog_iri(site.catalog.portal.base_url),
        "name": str(site.speech(language).choose(site.catalog.title)),
        "url": site.addresses.absolute("", language),
    }


def dataset_data(site: Site, language: str, dataset: Dataset) -> Node | None:
    """A dataset's page: a Dataset; nothing for a withdrawn one, which search engines then forget."""
    if not dataset.offered:
        return None
    contact = contact_of(site.catalog, dataset)
    body = organization(site, language, dataset.publisher, contact.point if contact else None)
    files = [download(site, language, dataset, item) for item in dataset.distribution]
    return drop_empty(
        {
            "@type": "Dataset",
            "@id": iris.dataset_iri(site.catalog.portal.base_url, dataset.id),
            "name": str(site.speech(language).choose(dataset.title)),
            "description": findable_description(site, language, dataset),
            "url": site.addresses.absolute(f"dataset/{dataset.id}/", language),
            "sameAs": encode_url(dataset.landing_page) if dataset.landing_page else "",
            "identifier": dataset.identifier or dataset.id,
            "keywords": list(dict.fromkeys(localized_keywords(dataset, language, site.default))),
            "about": [theme(site, language, key) for key in dict.fromkeys(dataset.theme)],
            "license": license_iri(dataset.license),
            "isAccessibleForFree": True if dataset.access_rights in ("", "public") else None,
            "creator": body,
            "publisher": body,
            "datePublished": dataset.issued,
            "dateModified": dataset.modified,
            "version": dataset.version,
            "inLanguage": list(dict.fromkeys(dataset.language)),
            "spatialCoverage": [node for area in dataset.spatial if (node := place_node(site, language, area))],
            "temporalCoverage": [found for period in dataset.temporal if (found := interval(period))],
            "variableMeasured": variables(site, language, dataset),
            "includedInDataCatalog": catalog_reference(site, language),
            "distribution": [item for item in files if "contentUrl" in item],
            "subjectOf": [*(item for item in files if "contentUrl" not in item), *map(web_page, dataset.page)],
        }
    )


def findable_description(site: Site, language: str, dataset: Dataset) -> str:
    """The description in plain words; what is too short to be found is followed by whose dataset it is."""
    text = excerpt(site.speech(language).choose(dataset.description), LONGEST - 1)
    if len(text) >= SHORTEST:
        return text
    owner = publisher_link(site, dataset.publisher, language).title
    title, name = site.speech(language).choose(dataset.title), site.speech(language).choose(site.catalog.title)
    context = site.speech(language).say("site.dataset.in-context", title=title, publisher=owner, site=name)
    return f"{text} {context}".strip()


def organization(site: Site, language: str, key: str, contact: Kind | None) -> Node:
    agent = site.catalog.publishers[key]
    name = str(site.speech(language).choose(contact.name)) if contact else ""
    reached = drop_empty({"name": name, "email": contact.email, "url": contact.url}) if contact else {}
    return drop_empty(
        {
            "@type": "Organization",
            "@id": iris.publisher_iri(site.catalog.portal.base_url, key),
            "name": str(site.speech(language).choose(agent.name)) or key,
            "url": site.addresses.absolute(f"publisher/{key}/", language),
            "sameAs": encode_url(agent.homepage) if agent.homepage else "",
            "contactPoint": {"@type": "ContactPoint", "contactType": "customer service", **reached} if reached else {},
        }
    )


def theme(site: Site, language: str, key: str) -> Node:
    return {
        "@type": "DefinedTerm",
        "@id": iris.theme_iri(site.catalog.portal.base_url, key),
        "name": str(site.speech(language).choose(site.collections[language]["theme"][key].title)),
        "url": site.addresses.absolute(f"theme/{key}/", language),
        "inDefinedTermSet": iris.theme_scheme_iri(site.catalog.portal.base_url),
    }


def license_iri(license: LicenseDocument | None) -> str:
    return encode_url(license.iri) if license and license.iri else ""


def place_node(site: Site, language: str, area: Location) -> Node:
    """An area; schema.org's box is south, west, north, east."""
    found: dict[str, Any] = {"name": str(site.speech(language).choose(area.name))}
    if area.bbox:
        west, south, east, north = (f"{side:f}".rstrip("0").rstrip(".") for side in area.bbox)
        found["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return {"@type": "Place", **found} if (found := drop_empty(found)) else {}


def interval(period: PeriodOfTime) -> str:
    """
    An ISO 8601 interval.

    >>> interval(PeriodOfTime(start="2010", end="2025-02")), interval(PeriodOfTime(start="2010"))
    ('2010/2025-02', '2010/..')
    """
    return f"{period.start or '..'}/{period.end or '..'}" if period.start or period.end else ""


def download(site: Site, language: str, dataset: Dataset, item: Distribution) -> Node:
    """A file or a service, by where its content is; a page that leads to data is about them, and not a file of them."""
    base = site.catalog.portal.base_url
    known = vocabulary("formats").terms.get(item.format)
    service = bool(known and known.facts.get("service"))
    address = encode_url(item.download_url or (item.access_url if service else "")) if not item.file else ""
    if item.file:
        address = iris.file_url(base, dataset.id, item.file)
    title = str(site.speech(language).choose(item.title))
    if not address:
        return drop_empty(
            {"@type": "WebPage", "name": title, "url": encode_url(item.access_url) if item.access_url else ""}
        )
    return drop_empty(
        {
            "@type": "DataDownload",
            "@id": iris.distribution_iri(iris.dataset_iri(base, dataset.id), item.id),
            "name": title or item.file or item.format or item.id,
            "description": plain_text(site.speech(language).choose(item.description)),
            "contentUrl": address,
            "encodingFormat": item.media_type or item.format,
            "contentSize": f"{item.byte_size} B" if item.byte_size is not None else "",
            "sha256": item.checksum,
            "license": license_iri(item.license),
            "inLanguage": list(dict.fromkeys(item.language)),
            "datePublished": item.issued,
            "dateModified": item.modified,
        }
    )


def web_page(url: str) -> Node:
    return {"@type": "WebPage", "url": encode_url(url)}


def variables(site: Site, language: str, dataset: Dataset) -> list[Node]:
    """What the columns of its files measure, each name once."""
    columns = {column.name: column for item in reversed(dataset.distribution) for column in reversed(item.columns)}
    return [variable(site, language, column) for column in reversed(columns.values())]


def variable(site: Site, language: str, column: Column) -> Node:
    return drop_empty(
        {
            "@type": "PropertyValue",
            "name": column.name,
            "alternateName": str(site.speech(language).choose(column.title)),
            "description": str(site.speech(language).choose(column.description)),
            "unitText": column.unit,
        }
    )


Node = Mapping[str, Any]


def drop_empty(node: Node) -> dict[str, Any]:
    """A node without what is empty."""
    return {name: value for name, value in node.items() if value not in ("", None, (), [], {})}
