"""CKAN's resources as distributions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.importers.addresses import read_address
from generator.importers.ckan.coverage import bare_date
from generator.importers.ckan.packages import Package, language_words, reasons, translated
from generator.importers.distributions import Distributions, Resource
from generator.importers.html import to_line
from generator.importers.licenses import find_license
from generator.importers.records import Fields, list_items, said, says_nothing, unfolded
from generator.importers.terms import find_languages
from generator.standards import vocabulary


def distributions_of(
    package: Package, subject: str, to_distributions: Distributions, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    report = to_distributions.report
    renamed = {key: f"resources.{name}" for key, name in names.items()}
    resources = []
    for item in list_items(package.get("resources")):
        if not isinstance(item, dict):
            report.tell("left-out.field", subject, "resources", said(item))
        elif said(item.get("state")).casefold() not in ("", "active"):
            report.tell("left-out.resource-state", subject, said(item.get("name")) or said(item.get("id")))
        else:
            resources.append(read_resource(Fields(item, report, subject, reasons(), "resources.", renamed)))
    return to_distributions.of(subject, resources)


def read_resource(fields: Fields) -> Resource:
    """A CKAN resource in the words that all portals share."""
    report, subject = fields.report, fields.subject
    url = fields.take("distribution.downloadURL", "url", "download_url", "access_url", "uri", read=said) or ""
    resource = Resource(
        id=fields.take("distribution.id", "id", read=said) or "",
        title=translated(fields, "name", "distribution.title") or translated(fields, "title", "distribution.title"),
        description=translated(fields, "description", "distribution.description"),
        url=url,
        format=fields.take("distribution.format", "format", read=said) or "",
        media_type=fields.take("distribution.mediaType", "mimetype", "media_type", read=said) or "",
        issued=fields.take("distribution.issued", "issued", "release_date", "created", read=bare_date) or "",
        modified=fields.take("distribution.modified", "modified", "last_modified", "revision_timestamp", read=bare_date)
        or "",
        size=fields.take("distribution.byteSize", "size", "byte_size", read=to_size) or "",
        uploaded=said(fields.values.get("url_type")) == "upload",
        more={
            "license": license_of(fields),
            "language": fields.take(
                "distribution.language",
                "language",
                read=lambda value: find_languages(report, subject, language_words(value)),
            ),
            "conformsTo": fields.take("distribution.conformsTo", "conforms_to", read=to_urls),
            "applicableLegislation": fields.take(
                "distribution.applicableLegislation", "applicable_legislation", read=to_urls
            ),
            "file": fields.take("distribution.file", "file", read=said),
            "columns": fields.take("distribution.columns", "schema", read=to_columns),
            "checksum": fields.take("distribution.checksum", "hash", read=to_checksum),
        },
    )
    fields.rest()
    return resource


def license_of(fields: Fields) -> Any:
    """The licence of an object, by whichever of its keys says most."""
    keys = ("license_id", "license", "license_url", "license_title")
    identifier, other, url, title = (said(fields.values.get(key)) for key in keys)
    if not (identifier or other or url or title):
        return None
    found = find_license(fields.report, fields.subject, identifier or other, url or other, title)
    for key in keys:
        if found:
            fields.took(key, "license")
        elif not says_nothing(fields.values.get(key)):
            fields.read.add(key)
            fields.report.tell("left-out.unusable", fields.subject, fields.path(key), said(fields.values[key]))
    return found


def to_size(value: Any) -> str:
    """
    A size in bytes; words other than a number and its unit say nothing.

    >>> to_size("42 octets"), to_size(1024), to_size("12.0"), to_size("big")
    ('42', '1024', '12', '')
    """
    match = re.fullmatch(r"(\d{1,15})(?:\.0+)?\s*(?:octets?|bytes?|b|o)?", said(value), re.IGNORECASE)
    return match[1] if match else ""


def to_urls(value: Any) -> list[str]:
    """The addresses of a list; what is none is left to be told."""
    texts = [
        said(item.get("uri") or item.get("url")) if isinstance(item, dict) else said(item) for item in list_items(value)
    ]
    return [address.url for text in texts if "/" in text and (address := read_address(text))]


def to_columns(value: Any) -> list[dict[str, Any]]:
    """The columns of a table schema, as Frictionless and ckanext-validation write them."""
    schema = unfolded(value)
    fields = schema.get("fields") if isinstance(schema, dict) else None
    found = []
    for item in fields if isinstance(fields, list) else []:
        if isinstance(item, dict) and to_line(said(item.get("name"))):
            kind = said(item.get("type"))
            column = {key: to_line(said(item.get(key))) for key in ("name", "title", "description", "unit")}
            column["type"] = kind if kind in vocabulary("column-types") else ""
            found.append({key: text for key, text in column.items() if text})
    return found


def to_checksum(value: Any) -> str:
    """SHA-256 alone: other sums are no checksum that Vitrine can hold."""
    text = to_line(said(value)).casefold().removeprefix("sha256:")
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else ""
