"""What every page draws on: the catalogue, the theme, each language's collections, how to say and link things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalog, Dataset, MenuItem, Page, Reuse, Text
from generator.model.diagnostics import Diagnostic
from generator.pages.templates import FAULTS, BrokenTemplate, locate, make_environment
from generator.pages.views.frame import Alternate, Card, Chrome, Feed, Link, LogoView, View
from generator.previews.backdrop import Backdrop
from generator.previews.reading import Previews
from generator.site.addresses import ROOT, anchor, file_of, link, localize, resolve
from generator.site.collections import Collection, collect, recent_first
from generator.site.related import relate
from generator.site.representations import CATALOG_FORMS, HARVEST, PART_FORMS, dataset_forms, forms
from generator.site.tasks import digest, program_digest
from generator.standards import vocabulary
from generator.text.fallback import mark_borrowed
from generator.text.markdown import excerpt, prefix, render_markdown
from generator.text.speech import Speech, Words, choose
from generator.text.typography import space_html
from generator.theme.files import Theme

EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
LANGUAGE_FREE = re.compile(r"\.[a-z0-9]{1,8}$")


def nothing(path: str) -> None:
    """Of a site that was never built."""


@dataclass(frozen=True, eq=False)
class Site:
    """
    A catalogue and a theme, ready to render. It holds no rendered page, and pickles.

    `cache` is a folder where what is costly to find out may be kept; no artifact depends on what is there. `previews`
    tell what is in the files beside the metadata, by dataset and distribution; `backdrop` lies below their maps.
    `noindex` tells robots to leave the site alone: it is a preview of what will be published. `left_out` are the errors
    of the datasets that are therefore not in the catalogue, `absent` the ids of those. `published` gives an artifact as
    the last build left it, if it would come out the same.
    """

    catalog: Catalog
    theme: Theme
    cache: Path | None = None
    previews: Previews = field(default_factory=dict)
    backdrop: Backdrop = field(default_factory=Backdrop)
    noindex: bool = False
    left_out: Sequence[Diagnostic] = ()
    absent: frozenset[str] = frozenset()
    published: Callable[[str], bytes | None] = nothing

    def __getstate__(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def after(self, published: Callable[[str], bytes | None]) -> Site:
        """The same site, with all that it has found out by now, as it follows on one that was published."""
        site = replace(self)
        vars(site).update({**vars(self), "published": published})
        return site

    @property
    def default(self) -> str:
        return self.catalog.portal.default_language

    @property
    def languages(self) -> Sequence[str]:
        return self.catalog.portal.languages

    @cached_property
    def order(self) -> Sequence[str]:
        """The ids of all datasets that are not withdrawn, the most recent first."""
        return [d.id for d in recent_first(self.catalog.datasets.values()) if d.withdrawn is None]

    @cached_property
    def collections(self) -> Mapping[str, Mapping[str, Mapping[str, Collection]]]:
        """Language, kind, key."""
        return {language: collect(self.catalog, language) for language in self.languages}

    @cached_property
    def related(self) -> Mapping[str, Sequence[str]]:
        """Dataset id to the ids of those that resemble it most."""
        return relate(self.catalog, self.order)

    @cached_property
    def reuses(self) -> Mapping[str, Sequence[Reuse]]:
        """Dataset id to the reuses that name it, the most recent first."""
        found: dict[str, list[Reuse]] = {}
        for page in self.pages_of("reuses"):
            assert isinstance(page, Reuse)
            for key in dict.fromkeys(page.dataset):
                found.setdefault(key, []).append(page)
        return found

    @cached_property
    def pages_of(self) -> Callable[[str], Sequence[Page]]:
        """A content type's folder to its pages, the most recent first."""
        return cache(self.find_pages)

    def find_pages(self, folder: str) -> Sequence[Page]:
        pages = [page for page in self.catalog.pages if page.path.startswith(f"{folder}/")]
        return sorted(pages, key=lambda page: page.date, reverse=True)

    # ------------------------------------------------------------ digests

    @cached_property
    def digest(self) -> str:
        """Of what is on every page."""
        catalog, theme = self.catalog, self.theme
        agent = catalog.publishers.get(catalog.publisher)
        assets = sorted(theme.addresses.items())
        shared = (
            catalog.portal,
            catalog.title,
            catalog.description,
            catalog.theme_taxonomy,
            catalog.contact_point,
        )
        return digest(
            program_digest(), shared, agent, theme.templates, assets, theme.strings, self.noindex, sorted(self.absent)
        )

    @cached_property
    def dataset_digests(self) -> Mapping[str, str]:
        """Dataset id to a digest of all that its own page and card show."""
        agents = self.catalog.publishers
        return {key: digest(dataset, agents.get(dataset.publisher)) for key, dataset in self.catalog.datasets.items()}

    @cached_property
    def catalog_digest(self) -> str:
        """Of the whole catalogue, for artifacts that hold all of it."""
        about = replace(self.catalog, datasets={}, pages=(), deleted={}, shallow_history=False)
        return digest(self.digest, about, list(self.dataset_digests.items()))

    def search_directory(self, language: str) -> str:
        """The file that leads to all others of the language's search index; its name never changes."""
        return f"search/{language}/directory.bin"

    # ------------------------------------------------------------ words

    @cached_property
    def speech(self) -> Callable[[str], Speech]:
        """Language to its speech."""
        return cache(lambda language: Speech(language, self.theme.words(language), self.theme.borrowed(language)))

    def words(self, text: Text, language: str) -> Words:
        """The text in the language, else in the portal's others in their order, else in any."""
        return choose(text, language, self.languages)

    def label(self, labels: Text, language: str) -> str:
        """A label of the standards' tables."""
        return self.speech(language).label(labels)

    def markdown(self, text: Text, language: str, folder: str, level: int = 2, part: str = "") -> tuple[Markup, str]:
        """
        A Markdown text as safe HTML, and the language it is in; its links lead to pages in the page's language.

        `part` tells it from other texts of its page.
        """
        words = self.words(text, language)
        html = render_markdown(words, level, lambda target: self.lead(target, folder, language, part), part)
        if words.language == "fr":
            html = space_html(html)
        return Markup(html), words.language

    # ------------------------------------------------------------ links

    def path(self, path: str, language: str) -> str:
        return localize(path, language, self.default)

    def link(self, path: str, language: str) -> str:
        """A link to a page in a language."""
        return link(self.path(path, language))

    def absolute(self, path: str, language: str = "") -> str:
        """A page's address in full; what stands in braces is left for the reader to fill in."""
        return self.catalog.portal.base_url + quote(self.path(path, language) if language else path, safe="/#{}%")

    def target(self, written: str, folder: str, language: str) -> str | None:
        """The site path that a link in Markdown leads to; None when it leads elsewhere or within its own page."""
        if EXTERNAL.match(written) or written.startswith("#") or not written:
            return None
        path = resolve(written, folder)
        if path.endswith(".md"):
            page = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md"))
            suffix = re.search(r"\.([a-z]{2,3})$", page)
            if suffix and suffix[1] in self.languages:
                page, language = page.removesuffix(suffix[0]), suffix[1]
            path = page if page.endswith("/") or not page else page + "/"
        head, _, rest = path.partition("/")
        if head in self.languages and head != self.default:
            return path if path.endswith("/") or "." in rest else path + "/"
        if path and not path.endswith("/") and (self.is_named(head, rest) or not LANGUAGE_FREE.search(path)):
            path += "/"
        return self.path(path, language) if not path or path.endswith("/") else path

    def is_named(self, kind: str, id: str) -> bool:
        """Whether a dataset or a collection has this id, in which a dot looks like a file's ending."""
        if kind == "dataset":
            return id in self.catalog.datasets or id in self.absent
        return any(id in collections.get(kind, ()) for collections in self.collections.values())

    def is_absent(self, path: str) -> bool:
        """Whether a path would be the page, or a file, of a dataset that is left out."""
        own = path.partition("/")[2] if path.partition("/")[0] in self.languages else path
        return own.startswith("dataset/") and own.split("/")[1] in self.absent

    def lead(self, written: str, folder: str, language: str, part: str = "") -> str | None:
        """A link in Markdown as it is published; None when it leads to a dataset that is left out."""
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

    def finish(self, html: str, path: str) -> bytes:
        """A rendered page with its links made relative to where it stands, and what it borrows marked."""
        return mark_borrowed(html).replace(ROOT, anchor(file_of(path))).encode()

    # ------------------------------------------------------------ what surrounds a page

    def alternates(self, path: str, language: str, available: Iterable[str] | None = None) -> tuple[Alternate, ...]:
        """The page in each language; by default every page is in all of them."""
        names = vocabulary("languages")
        return tuple(
            Alternate(
                code=code,
                name=names[code].facts.get("name", code) if code in names else code,
                url=self.link(path, code),
                absolute=self.absolute(path, code),
                current=code == language,
            )
            for code in (self.languages if available is None else available)
        )

    def chrome(self, path: str, language: str, available: Iterable[str] | None = None) -> Chrome:
        catalog = self.catalog
        return Chrome(
            language=language,
            site=self.words(catalog.title, language),
            home=self.link("", language),
            menu=self.menu(path, language),
            alternates=self.alternates(path, language, available),
            feeds=self.feeds(path, language),
            search=self.link("dataset/", language),
            index=link(self.search_directory(language)),
            publisher=self.publisher_link(catalog.publisher, language),
            logo=self.logo(language),
            noindex=self.noindex,
            footer=[*self.entry_links(catalog.portal.footer, language), self.harvest_link(language)],
        )

    def entry_links(self, items: Iterable[MenuItem], language: str) -> Sequence[Link]:
        """What portal.yaml links to, in the page's language."""
        leads = [(self.words(item.title, language), self.lead(item.url, "", language)) for item in items]
        return [Link(title=title, url=url) for title, url in leads if url is not None]

    def logo(self, language: str) -> LogoView | None:
        picture, told = self.theme.logo, self.catalog.portal.logo
        if picture is None:
            return None
        alt = self.words(told.alt if told else {}, language)
        return LogoView(url=self.asset(picture.asset), alt=alt, width=picture.width, height=picture.height)

    def feeds(self, path: str, language: str) -> Sequence[Feed]:
        """The page's own machine-readable forms, else the catalogue's, and what changed last."""
        kind, _, rest = path.partition("/")
        key = rest.partition("/")[0]
        if kind == "dataset" and key in self.catalog.datasets:
            return [*dataset_forms(self.catalog.datasets[key]), self.news("", language)]
        collection = self.collections[language].get(kind, {}).get(key)
        if collection is None:
            return [*forms("", CATALOG_FORMS), self.news("", language)]
        own = forms(collection.path, PART_FORMS) if kind in ("publisher", "theme") else []
        return [*own, self.news(collection.path, language, self.words(collection.title, language))]

    def news(self, path: str, language: str, title: str = "") -> Feed:
        said = self.speech(language).say("site.updates", title=title or self.words(self.catalog.title, language))
        return Feed(title=said, url=self.link(f"{path}feed.atom", language), media_type="application/atom+xml")

    def menu(self, path: str, language: str) -> Sequence[Link]:
        here = path.strip("/")
        return [
            Link(title=title, url=url, current=target.strip("/") == here)
            for title, url, target in self.menu_items(language)
        ]

    @cached_property
    def menu_items(self) -> Callable[[str], Sequence[tuple[Words, str, str]]]:
        """Language to the menu: title, link, and what portal.yaml wrote."""
        return cache(self.make_menu)

    def make_menu(self, language: str) -> Sequence[tuple[Words, str, str]]:
        speech = self.speech(language)
        items = [(self.words(item.title, language), item.url) for item in self.catalog.portal.menu]
        if not items:
            items = [
                (Words(speech.say(f"site.terms.{kind}"), language), f"/{kind}/")
                for kind in ("dataset", "theme", "publisher")
            ]
        leads = [(title, self.lead(url, "", language), url) for title, url in items]
        return [(title, url, target) for title, url, target in leads if url is not None]

    @cached_property
    def publisher_link(self) -> Callable[[str, str], Link]:
        """Publisher and language to the link to its page."""
        return cache(self.make_publisher_link)

    def make_publisher_link(self, key: str, language: str) -> Link:
        agent = self.catalog.publishers[key]
        return Link(title=self.words(agent.name, language), url=self.link(f"publisher/{key}/", language))

    def collection_link(self, collection: Collection, language: str) -> Link:
        return Link(
            title=self.words(collection.title, language),
            url=self.link(collection.path, language),
            count=len(collection.datasets),
        )

    def home_link(self, language: str) -> Link:
        return Link(title=Words(self.speech(language).say("site.home"), language), url=self.link("", language))

    def harvest_link(self, language: str) -> Link:
        title = Words(self.speech(language).say("site.harvest.title"), language)
        return Link(title=title, url=self.link(HARVEST, language))

    def terms_link(self, kind: str, language: str) -> Link:
        title = Words(self.speech(language).say(f"site.terms.{kind}"), language)
        return Link(title=title, url=self.link(f"{kind}/", language))

    # ------------------------------------------------------------ rendering

    @cached_property
    def environment(self) -> Callable[[str], Environment]:
        """Language to the theme's templates speaking it."""
        base = self.catalog.portal.base_url
        return cache(lambda language: make_environment(self.theme, self.speech(language), base))

    def asset(self, name: str) -> str:
        return link(self.theme.addresses[name])

    def render(self, template: str, view: View, path: str) -> bytes:
        return self.finish(self.fill(template, view.chrome.language, page=view), path)

    def fill(self, template: str, language: str, /, **values: object) -> str:
        """A template's HTML, links not yet relative. BrokenTemplate when the theme's author went wrong."""
        try:
            return self.environment(language).get_template(template).render(**values)
        except FAULTS as error:
            raise BrokenTemplate(locate(self.theme, template, error)) from error

    @cached_property
    def card(self) -> Callable[[str, str], Markup]:
        """A dataset's card in a language, rendered once and shown in every list."""
        return cache(self.render_card)

    def render_card(self, key: str, language: str) -> Markup:
        view = self.card_view(self.catalog.datasets[key], language)
        return Markup(self.fill("card.html", language, card=view))

    def card_view(self, dataset: Dataset, language: str) -> Card:
        description = self.words(dataset.description, language)
        return Card(
            title=self.words(dataset.title, language),
            url=self.link(f"dataset/{dataset.id}/", language),
            excerpt=Words(excerpt(description), description.language),
            publisher=self.publisher_link(dataset.publisher, language),
            modified=dataset.modified,
            formats=tuple(dict.fromkeys(item.format for item in dataset.distribution if item.format)),
        )
