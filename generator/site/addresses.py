"""The addresses of a site: paths in each language, links that work under any base path, addresses in full."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.model import Catalog
from generator.text.markdown import prefix

# Stands for the site's root in every link until the page's own depth is known. No YAML or Markdown file can hold it:
# the reader refuses control characters.
ROOT = "\x02"

EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")
"""An address that no one has to write otherwise, as most are."""

LANGUAGE_FREE = re.compile(r"\.[a-z0-9]{1,8}$")


def localize(path: str, language: str, default: str) -> str:
    """
    The path of a page in a language: the default one has no prefix.

    >>> localize("dataset/arbres/", "en", "fr"), localize("", "fr", "fr")
    ('en/dataset/arbres/', '')
    """
    return path if language == default else f"{language}/{path}"


def page_path(path: str, number: int) -> str:
    """
    >>> page_path("theme/sante/", 1), page_path("theme/sante/", 3)
    ('theme/sante/', 'theme/sante/page/3/')
    """
    return path if number == 1 else f"{path}page/{number}/"


def file_of(path: str) -> str:
    """
    The file that a host serves at a path.

    >>> file_of("dataset/"), file_of("data.json")
    ('dataset/index.html', 'data.json')
    """
    return f"{path}index.html" if not path or path.endswith("/") else path


def anchor(path: str) -> str:
    """
    The site's root as seen from a file, for links that work under any base path.

    >>> anchor("index.html"), anchor("dataset/arbres/index.html")
    ('./', '../../')
    """
    return "../" * path.count("/") or "./"


def link(path: str) -> str:
    """A link to a path of the site, as templates and markup write it: ROOT is replaced when the page is finished."""
    return ROOT + (path if PLAIN.fullmatch(path) else quote(path, safe="/-._~#?=&%:@!$'()*+,;"))


def file_link(dataset: str, name: str) -> str:
    """
    A link to a data file: whatever is in its name is no query and no fragment.

    >>> file_link("arbres", "taux 100%.csv").removeprefix(ROOT), file_link("arbres", "a#b?.csv").removeprefix(ROOT)
    ('dataset/arbres/taux%20100%25.csv', 'dataset/arbres/a%23b%3F.csv')
    """
    return ROOT + quote(f"dataset/{dataset}/{name}")


def resolve(target: str, folder: str) -> str:
    """
    The site path that a link written in a page of `folder` leads to, without query or fragment.

    >>> resolve("/dataset/arbres/", "about/"), resolve("../faq.md", "about/equipe/"), resolve("x.csv", "dataset/a/")
    ('dataset/arbres/', 'about/faq.md', 'dataset/a/x.csv')
    """
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    joined = path[1:] if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    joined = "" if joined in (".", "/") else joined.lstrip("/")
    return joined + "/" if path.endswith("/") and joined and not joined.endswith("/") else joined


def search_directory(language: str, part: str = "") -> str:
    """
    The file that leads to all others of the language's search index; its name never changes.

    >>> search_directory("fr"), search_directory("fr", "records")
    ('search/fr/directory.bin', 'search/records/fr/directory.bin')
    """
    return f"search/{part}/{language}/directory.bin" if part else f"search/{language}/directory.bin"


@dataclass(frozen=True)
class Addresses:
    """
    Where the pages of a catalogue stand, and how a page of a language links to them.

    `kinds` has the keys that have pages by language and kind of collection; `absent` are the ids of datasets that have
    no page, as they have errors or are drafts; `held` the paths of pages that are not published yet.
    """

    catalog: Catalog
    kinds: Mapping[str, Mapping[str, Container[str]]]
    absent: frozenset[str]
    held: frozenset[str] = frozenset()

    def path(self, path: str, language: str) -> str:
        return localize(path, language, self.catalog.portal.default_language)

    def link(self, path: str, language: str) -> str:
        """A link to a page in a language."""
        return link(self.path(path, language))

    def absolute(self, path: str, language: str = "") -> str:
        """A page's address in full; what stands in braces is left for the reader to fill in."""
        whole = self.path(path, language) if language else path
        return self.catalog.portal.base_url + (whole if PLAIN.fullmatch(whole) else quote(whole, safe="/#{}%"))

    def target(self, written: str, folder: str, language: str) -> str | None:
        """The site path that a link in Markdown leads to; None when it leads elsewhere or within its own page."""
        if EXTERNAL.match(written) or written.startswith("#") or not written:
            return None
        path = resolve(written, folder)
        if path.endswith(".md"):
            page = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md"))
            suffix = re.search(r"\.([a-z]{2,3})$", page)
            if suffix and suffix[1] in self.catalog.portal.languages:
                page, language = page.removesuffix(suffix[0]), suffix[1]
            path = page if page.endswith("/") or not page else page + "/"
        head, _, rest = path.partition("/")
        if head in self.catalog.portal.languages and head != self.catalog.portal.default_language:
            return path if path.endswith("/") or "." in rest else path + "/"
        if path and not path.endswith("/") and (self.is_named(head, rest) or not LANGUAGE_FREE.search(path)):
            path += "/"
        return self.path(path, language) if not path or path.endswith("/") else path

    def is_named(self, kind: str, id: str) -> bool:
        """Whether a dataset or a collection has this id, in which a dot looks like a file's ending."""
        if kind == "dataset":
            return id in self.catalog.datasets or id in self.absent
        return any(id in held.get(kind, ()) for held in self.kinds.values())

    def is_absent(self, path: str) -> bool:
        """Whether a path would be the page, or a file, of a dataset that is left out, or a page that waits."""
        own = path.partition("/")[2] if path.partition("/")[0] in self.catalog.portal.languages else path
        return own.strip("/") in self.held or (own.startswith("dataset/") and own.split("/")[1] in self.absent)

    def lead(self, written: str, folder: str, language: str, part: str = "") -> str | None:
        """A link in Markdown as it is published; None when it leads to what is left out or waits."""
        if written.startswith("#"):
            return f"#{prefix(part)}{written[1:]}" if len(written) > 1 else written
        path = self.target(written, folder, language)
        if path is None:
            return written
        if self.is_absent(path):
            return None
        rest = re.search(r"[?#].*", written)
        if not rest:
            return link(path)
        # A fragment names a heading of a text, whose ids have a prefix, or a file of a dataset.
        is_file = path.removeprefix(f"{language}/").startswith("dataset/")
        return link(path) + (rest[0] if is_file else re.sub(r"#(?=.)", "#text-", rest[0]))
