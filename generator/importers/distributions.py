"""One resource of another portal as a distribution."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.authoring.report import Report
from generator.importers.addresses import Address, read_address
from generator.importers.dates import DayOrder, take_date
from generator.importers.html import to_line
from generator.importers.links import OldPortal
from generator.importers.terms import TextLanguages
from generator.standards import Term, vocabulary
from generator.text.slugs import is_slug, slugify

# Extensions and endings of pages, which are never the file itself.
PAGES = frozenset(("html", "htm", "xhtml", "php", "asp", "aspx", "jsp", "faces", "cgi", "do"))


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What every portal says of a resource, in its own spelling; texts are by language, "" the source's own."""

    id: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    format: str = ""
    media_type: str = ""
    issued: str = ""
    modified: str = ""
    size: str = ""
    uploaded: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else a distribution has, by our keys."""


@dataclass
class Distributions:
    """Resources to distributions of one dataset after another."""

    report: Report
    speech: TextLanguages
    portal: OldPortal
    days: DayOrder

    def of(self, subject: str, resources: list[Resource]) -> list[dict[str, Any]]:
        """The distributions of a dataset; a resource without a usable address is told and left out."""
        found = [(resource, self.address(subject, resource)) for resource in resources]
        usable = [(resource, address) for resource, address in found if address]
        taken = {resource.id for resource, _ in usable if is_slug(resource.id)}
        return [self.distribution(subject, resource, address, taken) for resource, address in usable]

    def address(self, subject: str, resource: Resource) -> Address | None:
        title = next((to_line(text) for text in resource.title.values() if text), "") or resource.id
        if resource.more.get("file"):
            return Address("")
        if not resource.url.strip():
            self.report.tell("left-out.no-url", subject, title)
            return None
        address = read_address(resource.url)
        relative = resource.url.strip().startswith("/") or not re.match(r"\w+:", resource.url.strip())
        if address is None and relative and self.portal.base:
            address = read_address(self.portal.absolute(resource.url.strip()))
            if address:
                self.report.tell("links.absolute", subject, resource.url.strip())
        if address is None:
            self.report.tell("left-out.relative-url" if relative else "left-out.bad-url", subject, resource.url.strip())
        elif address.guess:
            self.report.tell(f"guessed.{address.guess}", subject, resource.url.strip())
        return address

    def distribution(self, subject: str, resource: Resource, address: Address, taken: set[str]) -> dict[str, Any]:
        spelling = to_line(resource.format)
        term = vocabulary("formats").find(spelling) if spelling else None
        if spelling and term is None:
            self.report.tell("kept.format", subject, spelling)
        title = self.speech.say({language: to_line(text) for language, text in resource.title.items()})
        description = {language: self.portal.read(text, subject) for language, text in resource.description.items()}
        values = {
            "id": resource.id if is_slug(resource.id) else self.name(resource, spelling, taken),
            "title": title,
            "description": self.speech.say(description),
            **({self.kind(subject, resource, address.url, term): address.url} if address.url else {}),
            "format": term.code if term else spelling,
            "mediaType": self.media_type(subject, resource, term),
            "issued": self.day(subject, resource.issued),
            "modified": self.day(subject, resource.modified),
            "byteSize": int(resource.size) if re.fullmatch(r"\d{1,15}", resource.size) else None,
            **resource.more,
        }
        return {key: value for key, value in values.items() if value not in (None, "", {}, [])}

    def kind(self, subject: str, resource: Resource, url: str, term: Term | None) -> str:
        """
        `downloadURL` where the address leads to a file, else `accessURL`, which is true of every address.

        The format speaks of the data; only the address can tell whether a file or a page stands behind it.
        """
        parts = urlsplit(url)
        extension = posixpath.splitext(unquote(parts.path))[1].removeprefix(".").casefold()
        if term and (term.facts.get("service") or term.code == "HTML"):
            return "accessURL"
        named = vocabulary("formats").find(extension) if extension else None
        if (named and not named.facts.get("service") and extension not in PAGES) or resource.uploaded:
            return "downloadURL"
        if term is None or extension in PAGES:
            if term:
                self.report.tell("guessed.page", subject, url)
            return "accessURL"
        words = re.split(r"[^a-z0-9]+", unquote(f"{parts.path}?{parts.query}").casefold())
        names = {term.code.casefold(), *term.facts.get("extensions", ())}
        if "wsdl" not in words and any(names_format(word, name) for word in words for name in names):
            self.report.tell("guessed.file", subject, url)
            return "downloadURL"
        self.report.tell("guessed.page", subject, url)
        return "accessURL"

    def media_type(self, subject: str, resource: Resource, term: Term | None) -> str:
        """The media type where it says more than the format does."""
        spelling = resource.media_type.partition(";")[0].strip()
        known = vocabulary("media-types").find(spelling) if spelling else None
        if spelling and known is None:
            self.report.tell("left-out.media-type", subject, spelling)
        return known.code if known and not (term and term.facts.get("mediaType") == known.code) else ""

    def name(self, resource: Resource, spelling: str, taken: set[str]) -> str:
        """A code for a resource that has none: its title, numbered where two have the same."""
        title = next((to_line(text) for text in resource.title.values() if text), "")
        base = shorten(slugify(resource.id or title or spelling or "file"))
        name, number = base, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name)
        return name

    def day(self, subject: str, text: str) -> str:
        return take_date(self.report, self.days.read, subject, text)


def names_format(word: str, name: str) -> bool:
    """
    Whether a word of an address names a format, alone or beside a verb.

    >>> names_format("csvexport", "csv"), names_format("tabelid", "tab")
    (True, False)
    """
    verbs = "export|download|file"
    return bool(re.fullmatch(rf"(?:{verbs})?{re.escape(name)}(?:{verbs})?", word))


def shorten(slug: str, length: int = 80) -> str:
    """
    >>> shorten("un-deux-trois", 9)
    'un-deux'
    """
    return slug if len(slug) <= length else slug[: length + 1].rpartition("-")[0].rstrip("-") or slug[:length]
