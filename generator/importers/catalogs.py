"""An imported catalogue as a portal: ids that stay, publishers, and the files that an empty folder lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.authoring.folder import Folder, write_whole
from generator.authoring.init import PLACEHOLDER, Beginning, frame, portal_links, write_missing
from generator.authoring.report import Report
from generator.importers.distributions import shorten
from generator.importers.terms import TextLanguages, Themes, find_code
from generator.source.files import CATALOG, PORTAL
from generator.standards import properties
from generator.text.slugs import is_slug, slugify
from generator.text.strings import spoken, strings

REPORT = "import-report.md"

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
    A catalogue on its way into a folder. What `datasets`, `publishers` and `catalog` hold is written as it stands; what
    `catalog` lacks is supposed.
    """

    folder: Folder
    report: Report
    speech: TextLanguages
    languages: list[str]
    themes: Themes
    title: str = ""
    description: str = ""
    catalog: dict[str, Any] = field(default_factory=dict)
    datasets: dict[str, dict[str, Any]] = field(default_factory=dict)
    publishers: dict[str, dict[str, Any]] = field(default_factory=dict)

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
        themes = Themes.of(folder.map_of(CATALOG), folder.holds(CATALOG), report, speech)
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
        return self.speech.say({language: strings(language)[key] for language in known})

    def write(self) -> Report:
        """Everything to disk, the report last."""
        folder, report = self.folder, self.report
        bodies = Counter(values["publisher"] for values in self.datasets.values())
        main = min(bodies, key=lambda name: (-bodies[name], name)) if bodies else ""
        main = self.catalog.get("publisher") or main or next(iter(sorted(self.publishers)), "") or self.placeholder()
        self.write_frame(main)
        folder.ignore_built()
        self.write_portal()
        self.write_catalog(main)
        for identifier, values in sorted(self.publishers.items()):
            folder.write(folder.publisher_path(identifier), ordered(values, "Agent"), "Agent")
        for identifier, values in sorted(self.datasets.items()):
            folder.write(folder.dataset_path(identifier), ordered(values, "Dataset"), "Dataset", identifier)
        report.objects["dataset"] = len(self.datasets)
        report.objects["distribution"] = sum(len(values.get("distribution", ())) for values in self.datasets.values())
        report.objects["publisher"] = len(self.publishers)
        report.objects["theme"] = len(self.themes.used)
        (folder.root / "content").mkdir(parents=True, exist_ok=True)
        text = report.markdown(spoken(self.speech.default))
        file = folder.root / REPORT
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            write_whole(file, text)
        return report

    def write_frame(self, publisher: str) -> None:
        """What surrounds the catalogue of a portal that begins with this import."""
        if self.folder.holds(PORTAL):
            return
        title = self.catalog.get("title") or self.speech.say({"": self.title})
        title = title or self.in_words("import.placeholder.title")
        name = self.publishers.get(publisher, {}).get("name") or self.in_words("import.placeholder.publisher")
        beginning = Beginning(languages=self.languages, title=self.spoken(title), publisher=self.spoken(name))
        self.report.files["new"] += len(write_missing(self.folder.root, frame(beginning)))

    def spoken(self, text: Any) -> Mapping[str, str]:
        """A text as it is written, by language."""
        return text if isinstance(text, Mapping) else {self.languages[0]: str(text)}

    def write_portal(self) -> None:
        values = {"baseURL": PLACEHOLDER, "languages": self.languages, **portal_links(self.languages)}
        comments = {"baseURL": self.words["import.placeholder.base-url"]}
        if self.folder.write_once(PORTAL, values, "Portal", comments):
            self.report.tell("guessed.base-url", "", PLACEHOLDER)
            self.report.tell("guessed.language", "", ", ".join(self.languages))

    def write_catalog(self, publisher: str) -> None:
        """catalog.yaml, once; what was supposed in it is told as long as nobody has changed it."""
        exists = self.folder.holds(CATALOG)
        taxonomy = self.written_taxonomy() if exists else self.themes.taxonomy(self.languages)
        values = {
            "title": self.speech.say({"": self.title}) or self.in_words("import.placeholder.title"),
            "description": self.speech.say({"": self.description}) or self.in_words("import.placeholder.description"),
            "publisher": publisher,
            "language": self.languages,
            "themeTaxonomy": taxonomy,
            **self.catalog,
        }
        supposed = {"title", "description", "publisher"} - self.catalog.keys()
        comments = {"title": self.words["import.placeholder.catalog"]} if supposed else {}
        if self.folder.write_once(CATALOG, ordered(values, "Catalog"), "Catalog", comments):
            if supposed - {"publisher"}:
                self.report.tell("guessed.catalog", "", CATALOG)
            if "publisher" in supposed:
                self.report.tell("guessed.catalog-publisher", "", publisher)
            for concept in taxonomy:
                if concept["id"] in self.themes.used and "closeMatch" not in concept:
                    self.report.tell("guessed.new-theme", "", concept["id"])

    def written_taxonomy(self) -> list[dict[str, Any]]:
        found = self.folder.map_of(CATALOG).get("themeTaxonomy")
        return [concept for concept in found if isinstance(concept, dict)] if isinstance(found, list) else []


def ordered(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The values that say something, in the order in which a publisher writes them."""
    rows = properties()[kind]
    return {name: values[name] for name in rows if values.get(name) not in (None, "", [], {})}
