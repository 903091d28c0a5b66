"""An imported catalogue as a portal: ids that stay, publishers, and the files that an empty folder lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.authoring import report_pages
from generator.authoring.folder import Folder
from generator.authoring.init import PLACEHOLDER, Beginning, frame, portal_links
from generator.authoring.memory import Memory
from generator.authoring.report import Report
from generator.authoring.yaml_style import render
from generator.importers.distributions import shorten
from generator.importers.prose import ProseMender
from generator.importers.redirects import Redirects
from generator.importers.spelling import english, respell_entries, respell_in
from generator.importers.terms import TextLanguages, find_code
from generator.importers.themes import Themes
from generator.site.collections import KINDS
from generator.source.folders import CATALOG, PORTAL
from generator.standards import properties
from generator.text.locales import find_locale
from generator.text.slugs import is_slug, slugify
from generator.text.strings import spoken, strings

# Names that the folder `datasets/` keeps for itself.
RESERVED = ("catalog", "dataset", "publishers")


class Ids:
    """The source's names as ids of ours: slugs, one each, the same again at the next import."""

    def __init__(self, known: Mapping[str, str], reserved: Iterable[str] = ()) -> None:
        self.known = known
        self.taken = set(reserved)
        self.ids: dict[str, str] = {}

    def assign(self, names: Iterable[tuple[str, str]]) -> dict[str, str]:
        """
        Name to id, for pairs of a name and what the source identifies it by: known ones first, then what is a slug
        already, then the rest in their order.

        >>> Ids({}).assign([("Á", ""), ("a", ""), ("b b", "")])
        {'a': 'a', 'Á': 'a-2', 'b b': 'b-b'}
        """
        pairs = list(names)
        for name, identifier in pairs:
            if found := self.known.get(identifier) or self.known.get(name):
                self.ids[name] = found
                self.taken.add(found)
        rest = [name for name, _ in pairs if name not in self.ids]
        for name in sorted(rest, key=lambda name: not is_slug(name)):
            self.ids[name] = self.free(name)
        return self.ids

    def name(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """
        What the source identifies things by to ids, by what each would best be called.

        >>> Ids({"b": "c"}).name({"https://a/x": "x", "https://b/x": "x", "b": "x", "y": "Y é"})
        {'https://a/x': 'x', 'https://b/x': 'x-2', 'b': 'c', 'y': 'y-e'}
        """
        ids = {identifier: self.known[identifier] for identifier in wanted if identifier in self.known}
        self.taken |= set(ids.values())
        for identifier in sorted(wanted, key=lambda identifier: not is_slug(wanted[identifier])):
            if identifier not in ids:
                ids[identifier] = self.free(wanted[identifier])
        return {identifier: ids[identifier] for identifier in wanted}

    def free(self, name: str) -> str:
        """An id that nothing else has."""
        base = name if is_slug(name) else shorten(slugify(name), 150)
        found, number = base, 2
        while found in self.taken:
            found, number = f"{base}-{number}", number + 1
        self.taken.add(found)
        return found


@dataclass
class Draft:
    """
    A catalogue on its way into a folder. What `datasets`, `publishers`, `catalog` and `portal` hold is written as it
    stands; what `catalog` lacks is supposed. `files` are pages and pictures by path, `redirects` old addresses.
    """

    folder: Folder
    report: Report
    speech: TextLanguages
    languages: list[str]
    themes: Themes
    title: str = ""
    description: str = ""
    catalog: dict[str, Any] = field(default_factory=dict)
    portal: dict[str, Any] = field(default_factory=dict)
    datasets: dict[str, dict[str, Any]] = field(default_factory=dict)
    publishers: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    redirects: Redirects = field(default_factory=Redirects)
    locale: str = ""
    """The country that the source says it is of, where nothing in its texts tells otherwise."""
    gone: list[str] = field(default_factory=list)
    """Addresses of what somebody deleted here since an earlier import."""

    @classmethod
    def begin(cls, folder: Folder, report: Report, source_language: str, others: Iterable[str]) -> Draft:
        """
        A draft that speaks the portal's languages where it has some, else the source's.

        A source in a language that the portal lacks is taken for its default language.
        """
        written = folder.map_of(PORTAL).get("languages")
        spellings = written if isinstance(written, list) else [written] if isinstance(written, str) else []
        languages = [code for code in (find_code("languages", str(text)) for text in spellings) if code]
        if not languages:
            languages = list(dict.fromkeys([source_language, *others]))
        source = source_language
        if source not in languages:
            report.tell("guessed.language", "", f"{source} → {languages[0]}")
            source = languages[0]
        folder.language = languages[0]
        speech = TextLanguages(default=languages[0], source=source)
        ours = not folder.holds(CATALOG) or folder.memory.of("Catalog", "") is not None
        themes = Themes.of(folder.map_of(CATALOG), ours, remembered_themes(folder.memory), report, speech)
        return cls(folder, report, speech, languages, themes)

    @property
    def words(self) -> Mapping[str, str]:
        return strings(spoken(self.speech.default))

    def placeholder(self) -> str:
        """The publisher of what has none: it says so itself."""
        identifier = slugify(self.words["import.placeholder.publisher"])
        self.publishers.setdefault(identifier, {"name": self.in_words("import.placeholder.publisher")})
        return identifier

    def in_words(self, key: str) -> Any:
        """A text of ours, in each of the portal's languages that we speak, English when there is none."""
        known = [language for language in self.languages if spoken(language) == language] or ["en"]
        return self.speech.say(
            {language: respell_in(strings(language)[key], language, self.locale) for language in known}
        )

    def find_locale(self) -> str:
        """The country whose spellings the source's texts have."""
        texts = english([self.title, self.description, self.datasets, self.publishers], self.languages[0])
        return find_locale(texts, self.locale) if "en" in self.languages else ""

    def write(self) -> Report:
        """Everything to disk at once, the report with it; SourceError leaves the folder as it was."""
        folder, report = self.folder, self.report
        self.locale = self.find_locale()
        self.mend_texts()
        main = self.main_publisher()
        self.write_frame(main)
        self.write_portal()
        self.write_catalog(main)
        for identifier, values in sorted(self.datasets.items()):
            self.write_object("Dataset", identifier, folder.dataset_path(identifier), values)
        for identifier, values in sorted(self.publishers.items()):
            self.write_object("Agent", identifier, folder.publisher_path(identifier), values)
        for path, data in sorted(self.files.items()):
            folder.write_file(path, data)
        self.redirects.write(folder, self.gone, self.addresses())
        self.tell_gone("Dataset", self.datasets, "kept.gone")
        self.tell_gone("Agent", self.publishers, "kept.gone-publisher")
        report.objects["dataset"] = len(self.datasets)
        report.objects["distribution"] = sum(len(values.get("distribution", ())) for values in self.datasets.values())
        report.objects["publisher"] = len(self.publishers)
        report.objects["theme"] = len(self.themes.used)
        language = spoken(self.speech.default)
        folder.pending[report_pages.PAGE] = report_pages.render_page(report, language).encode()
        folder.pending[report_pages.DETAILS] = report_pages.render_details(report, language).encode()
        folder.commit()
        return report

    def mend_texts(self) -> None:
        """Every Markdown text held to what pages can show, whatever it came from."""
        mender = ProseMender(self.report, self.paths())
        self.catalog = mender.mend_object(self.catalog, "Catalog", "", "")
        self.description = mender.mend(self.description, "", "")
        for identifier, values in self.datasets.items():
            self.datasets[identifier] = mender.mend_object(values, "Dataset", identifier, f"dataset/{identifier}/")
        for identifier, values in self.publishers.items():
            self.publishers[identifier] = mender.mend_object(values, "Agent", "", f"publisher/{identifier}/")
        for path, data in self.files.items():
            if path.endswith(".md"):
                self.files[path] = mender.mend_page(path, data)

    def paths(self) -> frozenset[str]:
        """The pages and files that the portal will have, as links in texts lead to them."""
        folder = self.folder
        here = (file.relative_to(folder.root).as_posix() for file in (folder.root / "content").rglob("*"))
        content = (path.removeprefix("content/") for path in (*self.files, *here))
        return frozenset(
            [
                *("", *(f"{kind}/" for kind in (*KINDS, "dataset", "harvest"))),
                *(f"dataset/{identifier}/" for identifier in (*self.datasets, *folder.datasets)),
                *(f"publisher/{identifier}/" for identifier in (*self.publishers, *folder.publishers)),
                *(f"theme/{identifier}/" for identifier in self.themes.used),
                *(re.sub(r"(?:\.[a-z]{2,3})?\.md$", "/", path) for path in content),
            ]
        )

    def main_publisher(self) -> str:
        """The catalogue's publisher: the source's, else the one with the most datasets."""
        bodies = Counter(values["publisher"] for values in self.datasets.values())
        main = min(bodies, key=lambda name: (-bodies[name], name)) if bodies else ""
        return self.catalog.get("publisher") or main or next(iter(sorted(self.publishers)), "") or self.placeholder()

    def write_object(self, kind: str, identifier: str, path: str, values: Mapping[str, Any]) -> None:
        """A dataset or publisher, unless somebody deleted it here since an earlier import."""
        folder = self.folder
        if folder.deleted(kind, identifier, path) and not (kind == "Agent" and self.is_named(identifier)):
            self.report.tell("kept.deleted", "", path)
            self.gone.append(f"/{'dataset' if kind == 'Dataset' else 'publisher'}/{identifier}/")
            folder.remembered.objects[f"{kind} {identifier}"] = folder.memory.of(kind, identifier) or {}
            return
        folder.write(path, ordered(values, kind), kind, identifier, {})

    def is_named(self, publisher: str) -> bool:
        """Whether a dataset of the folder still has a publisher that somebody deleted."""
        paths = self.folder.datasets.values()
        written = {self.folder.map_of(path).get("publisher") for path in paths}
        new = {
            values.get("publisher")
            for identifier, values in self.datasets.items()
            if not self.folder.holds(self.folder.dataset_path(identifier))
            and not self.folder.memory.of("Dataset", identifier)
        }
        return publisher in written | new

    def tell_gone(self, kind: str, now: Mapping[str, Any], code: str) -> None:
        """What an earlier import brought and the source has no more: it stays, for somebody to decide."""
        folder = self.folder
        for identifier in folder.memory.names(kind):
            path = folder.dataset_path(identifier) if kind == "Dataset" else folder.publisher_path(identifier)
            if identifier not in now and folder.holds(path):
                self.report.tell(code, "", path)
                folder.remembered.objects[f"{kind} {identifier}"] = folder.memory.of(kind, identifier) or {}

    def addresses(self) -> list[str]:
        """The pages that the portal has today, in its default language."""
        pages = [
            f"/{path.removeprefix('content/').removesuffix('.md')}/" for path in self.files if path.endswith(".md")
        ]
        return [
            *(f"/dataset/{name}/" for name in self.datasets),
            *(f"/publisher/{name}/" for name in self.publishers),
            *pages,
        ]

    def write_frame(self, publisher: str) -> None:
        """What surrounds the catalogue of a portal that begins with this import."""
        if self.folder.holds(PORTAL):
            return
        title = self.catalog.get("title") or self.speech.say({"": self.title})
        title = title or self.in_words("import.placeholder.title")
        name = self.publishers.get(publisher, {}).get("name") or self.in_words("import.placeholder.publisher")
        beginning = Beginning(languages=self.languages, title=self.spoken(title), publisher=self.spoken(name))
        for path, text in frame(beginning).items():
            if path not in self.files:
                speaks = "en" if path.endswith(".en.md") else self.languages[0] if path.endswith(".md") else ""
                self.folder.write_once(path, respell_in(text, speaks, self.locale) if speaks else text)

    def spoken(self, text: Any) -> Mapping[str, str]:
        """A text as it is written, by language."""
        return text if isinstance(text, Mapping) else {self.languages[0]: str(text)}

    def write_portal(self) -> None:
        links = portal_links(self.languages)
        for name in ("menu", "footer", "actions"):
            links[name] = respell_entries(links[name], self.languages[0], self.locale)
        if self.locale:
            self.report.tell("guessed.locale", "", self.locale)
        values = {
            "baseURL": PLACEHOLDER,
            "languages": self.languages,
            "locale": self.locale,
            **links,
            **self.portal,
        }
        comments = {"baseURL": self.words["import.placeholder.base-url"]} if "baseURL" not in self.portal else {}
        if not any(dataset.get("modified") or dataset.get("issued") for dataset in self.datasets.values()):
            # Nothing is the latest where nothing has a date.
            values["home"] = [block for block in values["home"] if block not in ("latest", "additions")]
        text = render(ordered(values, "Portal"), "Portal", comments)
        self.folder.write_once(PORTAL, text)
        if self.folder.is_as_written(PORTAL, text):
            if comments:
                self.report.tell("guessed.base-url", "", PLACEHOLDER)
            self.report.tell("guessed.language", "", ", ".join(self.languages))

    def write_catalog(self, publisher: str) -> None:
        """catalog.yaml: what the source says, kept in step; what is supposed, written once and told while it stands."""
        folder = self.folder
        exists = folder.holds(CATALOG)
        known = {
            "title": self.speech.say({"": self.title}),
            "description": self.speech.say({"": self.description}),
            "language": self.languages,
            "themeTaxonomy": self.themes.taxonomy(self.languages),
            **self.catalog,
        }
        known = {key: value for key, value in known.items() if value not in (None, "", [], {})}
        supposed = {
            "title": self.in_words("import.placeholder.title"),
            "description": self.in_words("import.placeholder.description"),
            "publisher": publisher,
        }
        supposed = {key: value for key, value in supposed.items() if key not in known}
        comments = {"title": self.words["import.placeholder.catalog"]} if supposed else {}
        values = ordered(known if exists else {**supposed, **known}, "Catalog")
        folder.write(CATALOG, values, "Catalog", "", comments)
        for key in supposed:
            folder.remembered.objects["Catalog "] = without_keys(folder.remembered.objects["Catalog "], key)
        written = {**values, **folder.map_of(CATALOG)}
        if "title" in supposed and written.get("title") == supposed["title"]:
            self.report.tell("guessed.catalog", "", CATALOG)
        if "publisher" in supposed and written.get("publisher") == publisher:
            self.report.tell("guessed.catalog-publisher", "", publisher)
        for concept in known.get("themeTaxonomy", ()):
            if concept["id"] in self.themes.used and "closeMatch" not in concept:
                self.report.tell("guessed.new-theme", "", concept["id"])


def without_keys(values: Mapping[str, str], key: str) -> dict[str, str]:
    """What is remembered, less what was supposed and not said."""
    return {name: value for name, value in values.items() if name.split("@")[0].split("/")[0] != key}


def remembered_themes(memory: Memory) -> list[str]:
    """The themes that the last import declared."""
    names = (name.split("/") for name in memory.of("Catalog", "") or {})
    return list(dict.fromkeys(parts[1] for parts in names if parts[0] == "themeTaxonomy" and len(parts) > 2))


def ordered(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The values that say something, in the order in which a publisher writes them."""
    rows = properties()[kind]
    return {name: values[name] for name in rows if values.get(name) not in (None, "", [], {})}
