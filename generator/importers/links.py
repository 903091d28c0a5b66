"""Links into the old portal, made links into the new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from generator.authoring.report import Report
from generator.importers.html import lost_elements, to_markdown
from generator.text.code_spans import mask_code

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
PAGE = re.compile(r"/datasets?/(?P<key>[^/]+)(?:/resource/(?P<resource>[^/]+))?")
BODY = re.compile(r"/organizations?/(?P<key>[^/]+)")

# `www.exemple.org/a`, whose author left out the scheme; `fichier.pdf` is a file beside the page.
SCHEMELESS = re.compile(r"www\.|(?:[\w-]+\.)+[a-z]{2,}/", re.IGNORECASE)

LINK = re.compile(
    r"""
    (?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?P<gap>[ ]?)
        \(\s*(?P<target><[^<>\s]*>|(?:[^\s()<>]|\([^\s()]*\))+)(?P<title>\s+(?:"[^"]*"|'[^']*'))?\s*\)
  | (?P<definition>^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?)(?P<reference>[^\s<>]+)
  | <(?P<auto>https?://[^\s<>]+)>
  | (?P<bare>https?://[^\s<>()\[\]`"]+)
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class LinkMark:
    """A link, a picture, a definition or an address of a text, found where none of its code is."""

    match: re.Match[str]
    text: str

    def __getitem__(self, group: str | int) -> str:
        """What was written, code and all; nothing where there is no such part."""
        start, end = self.match.span(group)
        return self.text[start:end] if start >= 0 else ""

    def start(self, group: str | int = 0) -> int:
        return self.match.start(group)

    def end(self) -> int:
        return self.match.end()


def find_marks(text: str) -> Iterator[LinkMark]:
    return (LinkMark(match, text) for match in LINK.finditer(mask_code(text)))


@dataclass
class OldPortal:
    """
    Where the imported portal was, and what its addresses name.

    `datasets` and `publishers` are every name and number of theirs to our ids; `aliases` are names by which only the
    old portal itself knew a dataset; `resources` are distributions to the dataset that has them.
    """

    report: Report
    base: str = ""
    hosts: frozenset[str] = frozenset()
    datasets: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    publishers: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    """Old addresses that follow no rule, from the portal's root and without a slash at the end, to ours."""

    def find(self, target: str) -> str:
        """The path of ours that an address in the old portal stands for, or nothing."""
        try:
            parts = urlsplit(target)
            host = (parts.hostname or "").casefold()
        except ValueError:
            return ""
        if parts.scheme.lower() not in ("", "http", "https"):
            return ""
        path = unquote(parts.path)
        own = not host or host in self.hosts
        if own and (found := self.paths.get(path.rstrip("/"))):
            return found
        if match := PAGE.search(path):
            resource = match["resource"] or ""
            if resource in self.resources:
                return f"/dataset/{self.resources[resource]}/#{resource}"
            found = self.name(match["key"], own)
            return f"/dataset/{found}/" if found else ""
        if own and (match := BODY.search(path)) and match["key"] in self.publishers:
            return f"/publisher/{self.publishers[match['key']]}/"
        if not host and path:
            folder, _, key = path.rstrip("/").rpartition("/")
            if not path.startswith("/") or folder.strip("/") in self.publishers:
                found = self.name(key, own)
                return f"/dataset/{found}/" if found else ""
        return ""

    def name(self, key: str, own: bool) -> str:
        key = key.rstrip(".,;:")
        return self.datasets.get(key) or (self.aliases.get(key, "") if own else "")

    def read(self, text: str, subject: str) -> str:
        """A text of the source's, HTML or Markdown, as Markdown of ours."""
        for name in lost_elements(text):
            self.report.tell("left-out.script", subject, f"<{name}>")
        return self.rewrite(to_markdown(text), subject)

    def rewrite(self, text: str, subject: str) -> str:
        """Markdown whose links into the old portal lead to ours; what can't be reached any more is text."""

        def replace(match: LinkMark) -> str:
            if match["target"]:
                return self.rewrite_link(match, subject)
            if match["reference"]:
                return match["definition"] + self.rewrite_target(match["reference"], subject)
            target, tail = trim(match["auto"] or match["bare"])
            path = self.find(target)
            if not path:
                return match[0]
            self.report.tell("links.rewritten", subject, target)
            return f"[{self.title_of(path) or target}]({path}){tail}"

        parts, done = [], 0
        for mark in find_marks(text):
            parts += [text[done : mark.start()], replace(mark)]
            done = mark.end()
        return "".join([*parts, text[done:]])

    def rewrite_link(self, match: LinkMark, subject: str) -> str:
        target = match["target"].strip("<>")
        image, text, title = match["image"], match["text"], match["title"] or ""
        if path := self.find(target):
            self.report.tell("links.rewritten", subject, target)
            shown = self.title_of(path) if text.strip() == target else text
            return f"[{shown}]({path}{title})"
        if match["gap"] or target.startswith("#") or re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            written = f"({match['target']}{title})"
            return match[0] if match["gap"] else f"{image}[{text}]{written}"
        if SCHEMELESS.match(target):
            self.report.tell("guessed.scheme", subject, target)
            return f"{image}[{text}](https://{target}{title})"
        if self.base:
            self.report.tell("links.absolute", subject, target)
            return f"{image}[{text}]({self.absolute(target)}{title})"
        self.report.tell("links.unlinked", subject, target)
        return text

    def rewrite_target(self, target: str, subject: str) -> str:
        """The address of a link's definition, which stays as it is where nothing better is known."""
        if path := self.find(target):
            self.report.tell("links.rewritten", subject, target)
            return path
        if self.base and not re.match(r"#|[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            self.report.tell("links.absolute", subject, target)
            return self.absolute(target)
        return target

    def absolute(self, target: str) -> str:
        """A relative address as the old portal understood it, seen from a dataset's page."""
        return urljoin(f"{self.base}dataset/", target)

    def title_of(self, path: str) -> str:
        return self.titles.get(path.removeprefix("/dataset/").partition("/")[0], "").replace("[", "(").replace("]", ")")


def trim(url: str) -> tuple[str, str]:
    """
    An address in running text, and the punctuation after it.

    >>> trim("https://exemple.org/dataset/a).")
    ('https://exemple.org/dataset/a', ').')
    """
    bare = url.rstrip(").,;:!?'*_")
    return bare, url[len(bare) :]


def find_hosts(urls: Iterable[str]) -> list[str]:
    """The hosts that serve `/dataset/…/resource/…`, as CKAN does, the most frequent first."""
    counts: Counter[str] = Counter()
    for url in urls:
        match = re.match(r"(https?://[^/\s]+)/(?:[\w-]+/)*dataset/[^/\s]+/resource/", url, re.IGNORECASE)
        if match:
            counts[match[1].casefold()] += 1
    return [host for host, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
