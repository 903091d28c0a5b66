"""
Linked data from a file, a folder or an address, page after page.

Nothing but the source's own pages is fetched, and a document has a size beyond which it is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pyoxigraph as ox

from generator.authoring.report import Report, SourceError
from generator.importers.dcat.statements import Statements
from generator.importers.dcat.syntax import EXTENSIONS, FORMATS, XML_TYPES, RdfDocument, read_document
from generator.importers.web import LIMIT, Web, get, web
from generator.source.guard import files_inside
from generator.source.secrets import public_address, with_secrets

PAGES = 10_000
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.9, application/json;q=0.8, */*;q=0.1"


def read_statements(source: str, report: Report) -> Statements:
    """All that a source says. SourceError when it can't be read, or holds no dataset."""
    if re.match(r"https?://", source, re.IGNORECASE):
        found = fetch_pages(source, report)
    elif Path(source).is_dir():
        found = read_folder(Path(source), report)
    else:
        found = read_document(read_file(Path(source)), report)
        tell_pages(found, report)
    if not found.datasets():
        raise SourceError("no-datasets", path=public_address(source))
    return found


def read_file(file: Path) -> RdfDocument:
    try:
        if file.stat().st_size > LIMIT:
            raise SourceError("too-large", path=file, limit=LIMIT // 1_000_000)
        return RdfDocument(name=str(file), data=file.read_bytes(), type=file.suffix.lower())
    except FileNotFoundError:
        raise SourceError("no-source", path=file) from None
    except OSError as error:
        raise SourceError("unreadable-source", path=file, problem=error.strerror or error) from None


def read_folder(folder: Path, report: Report) -> Statements:
    """Every file below; one that holds no linked data is told, and each dataset is taken from the first that has it."""
    found = Statements()
    inside, strays = files_inside(folder)
    for path in strays:
        report.tell("left-out.file", "", path)
    for path in inside:
        if Path(path).suffix.lower() not in EXTENSIONS:
            continue
        try:
            found.merge(read_document(read_file(folder / path), report))
        except SourceError:
            report.tell("left-out.file", "", path)
    return found


def next_pages(page: Statements) -> list[str]:
    """The addresses of the pages that follow; ckanext-dcat writes them as literals."""
    return [
        term.value
        for node in page.subjects
        for name in ("hydra:next", "hydra:nextPage")
        for term in page.objects(node, name)
        if not isinstance(term, ox.BlankNode)
    ]


def tell_pages(page: Statements, report: Report) -> None:
    for url in dict.fromkeys(next_pages(page)):
        report.tell("left-out.page", "", url)


def fetch_pages(url: str, report: Report) -> Statements:
    """
    The pages of a catalogue, each once.

    A page that brings no new dataset is the last, wherever it leads; one on another host is not ours to ask.
    """
    found = Statements()
    seen: set[str] = set()
    waiting = [urldefrag(url).url]
    with web() as client:
        while waiting:
            address = waiting.pop(0)
            if address in seen:
                continue
            if len(seen) >= PAGES:
                raise SourceError("too-many-pages", url=public_address(url), limit=PAGES)
            seen.add(address)
            document = fetch(client, address)
            page = read_document(document, report)
            if not found.merge(page) and len(seen) > 1:
                break
            for target in next_pages(page):
                following = urldefrag(urljoin(document.base, target)).url
                if urlsplit(following).hostname not in (urlsplit(url).hostname, urlsplit(document.base).hostname):
                    raise SourceError("foreign-page", url=public_address(address), page=public_address(following))
                waiting.append(with_secrets(following, url))
    return found


def fetch(client: Web, url: str) -> RdfDocument:
    answer = get(client, url, accept=ACCEPT)
    shown = public_address(answer.url)
    type_ = (
        answer.type if answer.type in FORMATS or answer.type in XML_TYPES else Path(urlsplit(url).path).suffix.lower()
    )
    return RdfDocument(name=public_address(url), data=answer.data, type=type_, base=shown, charset=answer.charset)
