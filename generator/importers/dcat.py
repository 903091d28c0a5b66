"""
DCAT catalogues, Vitrine's own among them, as datasets: the feeds' walk over the property table, the other way.

A row with an IRI is read by its range, so that a property added to the table is imported without a line here. What
the table can't know stands in ALSO (other names of the same thing) and in what follows the walk, class by class.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pyoxigraph as ox

from generator.feeds import iris
from generator.feeds.text import paragraphs
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.distributions import PAGES, shorten
from generator.importers.files import Folder
from generator.importers.geometry import read_geometry
from generator.importers.links import OldPortal
from generator.importers.rdf import NOWHERE, Statements, Subject, Term, compact, expand, read_statements
from generator.importers.report import Report
from generator.importers.terms import find_code, find_license, fold_keywords
from generator.importers.text import DayOrder, guess_language, read_address, read_email, to_line, to_markdown
from generator.ranges import DATE
from generator.standards import Property, properties, vocabulary
from generator.urls import is_slug, slugify

Values = dict[str, Any]

# Other names under which catalogues say what a row of the table says, the likeliest first.
ALSO = {
    ("Agent", "name"): "skos:prefLabel vcard:fn vcard:organization-name rdfs:label dct:title schema:name",
    ("Agent", "homepage"): "foaf:page vcard:hasURL vcard:url schema:url",
    ("Catalog", "title"): "rdfs:label foaf:name",
    ("Concept", "prefLabel"): "rdfs:label dct:title",
    ("Dataset", "contactPoint"): "adms:contactPoint",
    ("Dataset", "publisher"): "dct:creator",
    ("Dataset", "title"): "rdfs:label",
    ("Dataset", "version"): "owl:versionInfo",
    ("Distribution", "format"): "schema:encodingFormat pod:format",
    ("Distribution", "title"): "rdfs:label",
    ("Kind", "name"): "vcard:hasFN vcard:organization-name vcard:hasOrganizationName foaf:name rdfs:label",
    ("Kind", "email"): "vcard:hasEmail/vcard:value vcard:hasEmail/vcard:hasValue vcard:email foaf:mbox",
    ("Kind", "url"): "vcard:url foaf:page foaf:homepage",
    ("Location", "bbox"): "locn:geometry geosparql:hasGeometry/geosparql:asWKT dcat:centroid",
    ("Location", "name"): "rdfs:label locn:geographicName foaf:name dct:title",
    ("PeriodOfTime", "start"): "schema:startDate time:hasBeginning/time:inXSDDate time:hasBeginning/time:inXSDDateTime",
    ("PeriodOfTime", "end"): "schema:endDate time:hasEnd/time:inXSDDate time:hasEnd/time:inXSDDateTime",
}

# Where a node of a vocabulary or a licence has its name.
LABELS = ("skos:prefLabel", "rdfs:label", "dct:title", "foaf:name", "rdf:value")

# What says nothing that the mapped statements do not.
TECHNICAL = """
    rdf:type dcat:dataset dcat:record dcat:catalog foaf:isPrimaryTopicOf skos:inScheme skos:topConceptOf hydra:next
    hydra:nextPage adms:status skos:changeNote org:classification dcat-us:geographicBoundingBox
"""

WITHDRAWN = re.compile(r"dataset-status/(?:WITHDRAWN|DEPRECATED)$")
OWN_DATASET = re.compile(r"(?P<base>https?://\S+/)dataset/(?P<id>[^/#\s]+)#dataset")

EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def import_dcat(source: str, into: Path) -> Report:
    """
    Import a DCAT catalogue from a file, a folder or an address; also DCAT-US's `data.json`.

    SourceError when the source can't be read; then nothing is written.
    """
    remote = re.match(r"https?://", source, re.IGNORECASE) is not None
    report = Report(source=source if remote else Path(source).name)
    found = read_statements(source, report)
    folder = Folder.open(into, report)
    catalog = main_catalog(found)
    own, others = find_languages(found, catalog)
    draft = Draft.begin(folder, report, own, others)
    Mapper.of(found, draft).fill(catalog)
    return draft.write()


def main_catalog(found: Statements) -> Subject | None:
    """The catalogue that has the most datasets: a catalogue of catalogues has several."""
    catalogs = found.of_type("dcat:Catalog")
    return max(catalogs, key=lambda node: len(found.objects(node, "dcat:dataset")), default=None)


def find_languages(found: Statements, catalog: Subject | None) -> tuple[str, list[str]]:
    """
    The language of texts without a tag, and those of the tags.

    The catalogue's own languages come first, in their order, as far as texts are in them.
    """
    tags: Counter[str] = Counter()
    bare: list[str] = []
    for node in found.datasets():
        for name in ("dct:title", "dct:description"):
            for term in found.objects(node, name):
                if isinstance(term, ox.Literal):
                    tags[find_code("languages", term.language or "")] += 1
                    if not term.language:
                        bare.append(term.value)
    untagged = tags.pop("", 0)
    said = [code_of("languages", term) for term in (found.objects(catalog, "dct:language") if catalog else [])]
    said = [code for code in dict.fromkeys(said) if code and (code in tags or not tags)]
    spoken = list(dict.fromkeys([*said, *sorted(tags, key=lambda code: (-tags[code], code))]))
    if not spoken or (untagged and not said):
        spoken = list(dict.fromkeys([guess_language(bare), *spoken, *([] if spoken else ["fr"])]))
    spoken = [code for code in spoken if code]
    return spoken[0], spoken[1:]


@cache
def media_types() -> Mapping[str, str]:
    """Media type to the one format that has it."""
    found: dict[str, list[str]] = {}
    for term in vocabulary("formats").terms.values():
        found.setdefault(term.facts.get("mediaType", ""), []).append(term.code)
    return {media_type: codes[0] for media_type, codes in found.items() if media_type and len(codes) == 1}


def code_of(name: str, term: Term) -> str:
    """The code that an IRI or a word stands for: an authority's, another list's by its last part, a word as it is."""
    if isinstance(term, ox.BlankNode):
        return ""
    text = term.value.strip()
    if code := find_code(name, text) or find_code(name, text.rstrip("/")):
        return code
    media_type = text.partition("/media-types/")[2] or text
    if name in ("formats", "media-types"):
        media_type = unquote(media_type).partition(";")[0].strip().lower()
        return media_types().get(media_type, "") if name == "formats" else find_code(name, media_type)
    # The authority's own codes are all known by their IRI; in another list the same last part means the same.
    if "/" in text and not (vocabulary(name).authority and text.startswith(vocabulary(name).authority)):
        return find_code(name, last_part(text))
    return ""


def last_part(iri: str) -> str:
    """
    What an address ends with, that tells it from its neighbours.

    >>> last_part("https://exemple.org/dataset/arbres/"), last_part("https://exemple.org/item.html?id=a1&sublayer=0")
    ('arbres', 'a1-0')
    >>> last_part("urn:x:a1"), last_part("https://exemple.org/d#arbres")
    ('a1', 'arbres')
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return iri
    if parts.fragment:
        return unquote(parts.fragment)
    query = parse_qs(parts.query)
    if "id" in query:
        return "-".join(values[0] for values in query.values())
    return unquote(re.split(r"[/:]", parts.path.rstrip("/"))[-1] or parts.netloc)


def first(text: Any) -> str:
    """
    >>> first({"fr": "a", "en": "b"}), first("a"), first(None)
    ('a', 'a', '')
    """
    return str(next(iter(text.values()))) if isinstance(text, dict) else text or ""


def is_number(text: str) -> bool:
    return re.fullmatch(r"\s*[-+]?\d+(?:\.\d+)?(?:E[-+]?\d+)?\s*", text, re.IGNORECASE) is not None


def place(boxes: list[list[float]], areas: Any) -> Any:
    """
    Areas with the boxes that stand beside them.

    >>> place([[1, 2, 3, 4]], {"name": "a"}), place([[1, 2, 3, 4]], [])
    ({'name': 'a', 'bbox': [1, 2, 3, 4]}, {'bbox': [1, 2, 3, 4]})
    """
    items = [areas] if isinstance(areas, dict) else areas
    if len(items) == len(boxes) and not any("bbox" in area for area in items):
        items = [{**area, "bbox": box} for area, box in zip(items, boxes, strict=True)]
    else:
        items = [*items, *({"bbox": box} for box in boxes)]
    return items[0] if len(items) == 1 else items


def is_address(text: str) -> bool:
    return re.match(r"(?:https?|ftp|urn|tag|doi|info):\S+$", text, re.IGNORECASE) is not None


@dataclass
class Mapper:
    """
    Statements to datasets of a draft.

    `ids` leads from datasets to our ids, `bodies` from publishers, `themes` from the portal's own concepts.
    """

    found: Statements
    draft: Draft
    base: str = ""
    ids: dict[Subject, str] = field(default_factory=dict)
    bodies: dict[Any, str] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    portal: OldPortal = field(init=False)
    days: DayOrder = field(init=False)
    inside: list[Term] = field(default_factory=list)

    @classmethod
    def of(cls, found: Statements, draft: Draft) -> Mapper:
        mapper = cls(found, draft)
        matches = [OWN_DATASET.fullmatch(node.value) for node in found.datasets()]
        bases = Counter(match["base"] for match in matches if match)
        mapper.base = bases.most_common(1)[0][0] if bases else ""
        mapper.days = DayOrder(
            term.value
            for predicates in found.subjects.values()
            for iri in ("dct:issued", "dct:modified")
            for term in predicates.get(expand(iri), ())
        )
        mapper.name_datasets()
        mapper.portal = mapper.find_portal()
        return mapper

    @property
    def report(self) -> Report:
        return self.draft.report

    # ------------------------------------------------------------ names

    def name_datasets(self) -> None:
        """Ids: ours from our IRIs, the rest from what the source calls them; one identifier is one dataset."""
        names: dict[str, tuple[Subject, str]] = {}
        wanted: dict[str, str] = {}
        for node in self.found.datasets():
            source = self.source_of(node)
            if source and source in names:
                self.report.tell("left-out.twin", "", source)
                continue
            match = OWN_DATASET.fullmatch(node.value)
            title = self.title_of(node)
            name = match["id"] if match else last_part(source) if is_address(source) else source or title
            key = source or f"{title}#{len(names)}"
            names[key] = (node, source)
            wanted[key] = name or title
        taken = Ids(self.draft.folder.identifiers, RESERVED).name(wanted)
        self.ids = {names[key][0]: identifier for key, identifier in taken.items()}

    def source_of(self, node: Subject) -> str:
        """What the source identifies a dataset by: its identifier, else its IRI."""
        for term in self.found.objects(node, "dct:identifier"):
            if not isinstance(term, ox.BlankNode) and (text := to_line(term.value)):
                return text
        return node.value.removeprefix(NOWHERE) if isinstance(node, ox.NamedNode) else ""

    def title_of(self, node: Subject) -> str:
        titles = self.found.objects(node, "dct:title")
        return next((to_line(term.value) for term in titles if isinstance(term, ox.Literal)), "")

    def find_portal(self) -> OldPortal:
        """Where the catalogue's pages were, so that links among them lead to ours."""
        datasets: dict[str, str] = {}
        titles: dict[str, str] = {}
        hosts: Counter[str] = Counter()
        for node, identifier in self.ids.items():
            pages = [node, *self.found.objects(node, "dcat:landingPage")]
            for term in (*pages, *self.found.objects(node, "dct:identifier")):
                if not isinstance(term, ox.BlankNode):
                    datasets.setdefault(last_part(term.value), identifier)
            hosts.update(urlsplit(t.value).netloc for t in pages if re.match(r"https?://[^/\s]+/.*dataset", t.value))
            titles[identifier] = self.title_of(node)
        host = hosts.most_common(1)[0][0] if hosts else ""
        base = f"https://{host}/" if host else ""
        return OldPortal(self.report, base, frozenset({host} - {""}), datasets, titles=titles)

    # ------------------------------------------------------------ the catalogue

    def fill(self, catalog: Subject | None) -> None:
        self.adopt_themes()
        for node, identifier in self.ids.items():
            self.draft.datasets[identifier] = self.dataset(node, identifier)
        for term in self.found.objects(catalog, "dcat:dataset") if catalog else []:
            if not self.found.about(term):
                self.report.tell("left-out.undescribed", "", term.value)
        for name in ("dcat:DataService", "dcat:DatasetSeries"):
            if name.partition(":")[2] not in properties():
                for node in self.found.of_type(name):
                    named = self.title_of(node) or node.value if isinstance(node, ox.NamedNode) else self.title_of(node)
                    self.report.tell("left-out.class", "", f"{name} {named}".strip())
        if catalog is not None:
            self.draft.catalog = self.catalog(catalog)

    def catalog(self, node: Subject) -> Values:
        values = self.describe("Catalog", node, "", except_=("themeTaxonomy",))
        if values.get("homepage", "").rstrip("/") == self.base.rstrip("/"):
            values.pop("homepage", None)
        return values

    def adopt_themes(self) -> None:
        """The catalogue's own themes, where it is a Vitrine's: their codes, names and order stay."""
        concepts: list[Values] = []
        start = iris.theme_iri(self.base, "\0").split("\0") if self.base else ["\0", ""]
        for node in self.found.subjects:
            iri = node.value
            if not (iri.startswith(start[0]) and iri.endswith(start[1]) and "skos:Concept" in self.found.types(node)):
                continue
            identifier = iri.removeprefix(start[0]).removesuffix(start[1])
            if is_slug(identifier):
                self.themes[iri] = identifier
                concepts.append({"id": identifier, **self.describe("Concept", node, "")})
        # DCAT-US 3 has the names of the themes in use alone: of the default ones, we know the rest.
        default = vocabulary("themes")
        if any("exactMatch" in concept or concept["id"] not in default for concept in concepts):
            self.draft.themes.adopt(concepts)

    # ------------------------------------------------------------ the walk

    def describe(self, kind: str, node: Term, subject: str, except_: Iterable[str] = ()) -> Values:
        """A node as the keys of a class: each row with an IRI by the reader of its range."""
        values: Values = {}
        if node in self.inside:
            return values
        self.inside.append(node)
        read = set(TECHNICAL.split())
        for row in properties()[kind].values():
            if not row.iri:
                continue
            paths = (row.iri, *ALSO.get((kind, row.name), "").split())
            read |= {path.partition("/")[0] for path in paths}
            if row.name in except_:
                continue
            for path in paths:
                value = self.read(self.found.objects(node, path), row, subject)
                if value not in EMPTY:
                    values[row.name] = value
                    if kind in ("Dataset", "Distribution"):
                        self.report.took(path, row.name if kind == "Dataset" else f"distribution.{row.name}")
                    break
        self.inside.pop()
        for iri in self.found.about(node):
            if (name := compact(iri)) not in read:
                self.report.tell("left-out.field", subject, name if kind == "Dataset" else f"{kind}.{name}")
        return values

    def read(self, terms: list[Term], row: Property, subject: str) -> Any:
        """The value of a row; of several where it takes one, the first that can be read."""
        if not terms:
            return None
        if whole := WHOLE.get(row.range):
            return whole(self, terms, row, subject)
        reader = reader_of(row.range)
        values: list[Any] = []
        for term in terms:
            value = reader(self, term, row, subject)
            if value not in (*EMPTY, *values):
                values.append(value)
        if row.many and (len(values) != 1 or not isinstance(values[0], dict)):
            return values
        if len(values) > 1:
            for value in values[1:]:
                self.report.tell("left-out.more", subject, f"{row.iri} {value}")
        return values[0] if values else None

    # ------------------------------------------------------------ classes

    def dataset(self, node: Subject, identifier: str) -> Values:
        values = self.describe("Dataset", node, identifier, except_=("distribution", "identifier", "landingPage"))
        own = OWN_DATASET.fullmatch(node.value)
        if not values.get("title"):
            values["title"] = self.draft.speech.say({"": self.source_of(node) or identifier})
            self.report.tell("guessed.title", identifier, self.source_of(node))
        if not values.get("publisher"):
            values["publisher"] = self.draft.placeholder()
            self.report.tell("guessed.publisher", identifier)
        if own and values.get("description") == values["title"]:
            # DCAT-AP wants a description; our feeds say the title where there is none.
            del values["description"]
        source = self.source_of(node)
        values["identifier"] = source if source != identifier else ""
        values["landingPage"] = self.landing_page(node, identifier, own)
        values["distribution"] = self.distributions(node, identifier, values.get("license"), own)
        values["contactPoint"] = self.contact(node, values.get("contactPoint"), values["publisher"], own)
        if boxes := self.american_boxes(node, identifier):
            values["spatial"] = place(boxes, values.get("spatial") or [])
        if not own and not values.get("license"):
            self.hoist_license(values)
        if any(WITHDRAWN.search(term.value) for term in self.found.objects(node, "adms:status")) and own:
            reason = self.read(self.found.objects(node, "skos:changeNote"), WITHDRAWAL["reason"], identifier)
            values["withdrawn"] = {"date": values.pop("modified", ""), **({"reason": reason} if reason else {})}
        return values

    def landing_page(self, node: Subject, identifier: str, own: re.Match[str] | None) -> str:
        """The page elsewhere that presents the data: our own pages are not elsewhere."""
        terms = self.found.objects(node, "dcat:landingPage")
        if own:
            page = iris.dataset_page(own["base"], own["id"])
            terms = [term for term in terms if term.value != page]
        value: str = self.read(terms, properties()["Dataset"]["landingPage"], identifier) or ""
        if value:
            self.report.took("dcat:landingPage", "landingPage")
        return value

    def contact(self, node: Subject, contact: Any, publisher: str, own: re.Match[str] | None) -> Any:
        """A contact that says more than who publishes; of a Vitrine's, one that is shared goes where it is from."""
        body = self.draft.publishers[publisher]
        if own and contact:
            iri = self.found.objects(node, "dcat:contactPoint")[0].value
            if iri == iris.contact_iri(own["base"]):
                return None
            if iri == iris.contact_iri(own["base"], publisher):
                if contact != {"name": body.get("name")}:
                    body["contactPoint"] = contact
                return None
            return contact
        return contact if contact != {"name": body.get("name")} else None

    def american_boxes(self, node: Subject, subject: str) -> list[list[float]]:
        """DCAT-US 3 states the sides of a box beside the area, since its schema takes no geometry."""
        found = []
        for term in self.found.objects(node, "dcat-us:geographicBoundingBox"):
            sides = [
                self.found.objects(term, f"dcat-us:{side}Bounding{axis}")
                for side, axis in zip(("west", "south", "east", "north"), ("Longitude", "Latitude") * 2, strict=True)
            ]
            written = ",".join(f"{float(s[0].value):.9g}" for s in sides if s and is_number(s[0].value))
            if box := read_geometry(written):
                found.append(box)
            else:
                self.report.tell("left-out.spatial", subject, written)
        return found

    def hoist_license(self, values: Values) -> None:
        """The licence that all distributions share is the dataset's: many catalogues state it of them alone."""
        items = values["distribution"]
        license_ = items[0].get("license") if items else None
        if license_ and all(item.get("license") == license_ for item in items):
            values["license"] = license_
            for item in items:
                del item["license"]
            self.report.took("dcat:distribution/dct:license", "license")

    def distributions(self, node: Subject, subject: str, license_: Any, own: re.Match[str] | None) -> list[Values]:
        found = []
        for term in self.found.objects(node, "dcat:distribution"):
            values = self.describe("Distribution", term, subject)
            if not self.address(values, term, subject, own):
                continue
            if values.get("license") == license_:
                values.pop("license", None)
            format_ = values.get("format", "")
            if not format_ and (known := media_types().get(values.get("mediaType", ""))):
                values["format"] = format_ = known
            facts = vocabulary("formats")[format_].facts if format_ in vocabulary("formats") else {}
            if values.get("mediaType") == facts.get("mediaType", ""):
                values.pop("mediaType", None)
            found.append((term, values))
        named = {id(values): self.own_name(node, term) for term, values in found}
        taken = set(named.values()) - {""}
        for term, values in found:
            name = named[id(values)] or self.distribution_name(term, values, taken)
            taken.add(name)
            values["id"] = name
        if found:
            self.report.took("dcat:distribution", "distribution")
        return [values for _, values in found]

    def address(self, values: Values, term: Term, subject: str, own: re.Match[str] | None) -> bool:
        """Whether there is an address; one that only repeats another says nothing."""
        download = values.get("downloadURL", "")
        access = values.get("accessURL", "")
        if own and access == iris.dataset_page(own["base"], own["id"]):
            values.pop("accessURL", None)
            return True
        if access and access == download:
            del values["accessURL"]
        elif access and not download and not own and leads_to_file(access):
            values["downloadURL"] = values.pop("accessURL")
        if not access and not download:
            written = [*self.found.objects(term, "dcat:accessURL"), *self.found.objects(term, "dcat:downloadURL")]
            if not any(text.value.strip() for text in written):
                self.report.tell("left-out.no-url", subject, first(values.get("title")) or term.value)
            return False
        return True

    def own_name(self, dataset: Subject, term: Term) -> str:
        """The id in an IRI that is ours, else in one that ends with a slug that is the distribution's alone."""
        iri = term.value if isinstance(term, ox.NamedNode) else ""
        start = iris.beside(dataset.value, "")
        if OWN_DATASET.fullmatch(dataset.value) and iri.startswith(start):
            name = iri.removeprefix(start).removesuffix("_")
            return name if is_slug(name) else ""
        name = last_part(iri) if iri else ""
        return name if is_slug(name) and re.search(r"resource|distribution|#", iri) else ""

    def distribution_name(self, term: Term, values: Values, taken: set[str]) -> str:
        base = shorten(slugify(first(values.get("title")) or values.get("format") or "file"))
        name, number = base, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        return name

    def publisher(self, term: Term, subject: str) -> str:
        """A publisher's id; its file is made when it is first met. Blank ones are the same when their names are."""
        describe = self.found.about(term)
        row = properties()["Agent"]["name"]
        paths = (row.iri, *ALSO["Agent", "name"].split())
        names = (self.read(self.found.objects(term, path), row, subject) for path in paths)
        name = next(filter(None, names), None)
        if not describe and not isinstance(term, ox.BlankNode):
            spelling = to_line(term.value) if isinstance(term, ox.Literal) else last_part(term.value)
            name = self.draft.speech.say({"": spelling})
            if name and ("literal", spelling) not in self.bodies:
                self.report.tell("guessed.publisher-by-name", "", spelling)
                self.bodies.setdefault(("literal", spelling), self.bodies.get(self.name_key(name), ""))
        key = term if isinstance(term, ox.NamedNode) else self.name_key(name)
        if self.bodies.get(key):
            return self.bodies[key]
        if not name:
            return ""
        own = re.fullmatch(r"https?://.*/publisher/([^/#]+)#agent", term.value)
        source = term.value if isinstance(term, ox.NamedNode) and not own and is_address(term.value) else ""
        wanted = own[1] if own and is_slug(own[1]) else shorten(slugify(first(name)), 150)
        identifier = self.free_body(wanted, source)
        self.bodies[key] = identifier
        self.bodies.setdefault(self.name_key(name), identifier)
        self.draft.publishers[identifier] = {"name": name}
        values = {"name": name, **self.describe("Agent", term, "")} if describe else {"name": name}
        if source:
            values.setdefault("identifier", source)
        if values.get("identifier") == identifier:
            del values["identifier"]
        for kind in self.found.objects(term, "org:classification"):
            code = kind.value.rpartition("#")[2]
            if own and code in vocabulary("publisher-kinds"):
                values["kind"] = code
        self.draft.publishers[identifier] = {**values, **self.draft.publishers[identifier], "name": name}
        return identifier

    def name_key(self, name: Any) -> str:
        return json.dumps(name, sort_keys=True, ensure_ascii=False).casefold()

    def free_body(self, wanted: str, source: str) -> str:
        """An id that no other publisher has; the one that the folder knows the source's publisher by."""
        folder = self.draft.folder
        for identifier, path in folder.publishers.items():
            if source and folder.map_of(path).get("identifier") == source:
                return identifier
        found, number = wanted, 2
        while found in self.draft.publishers:
            found, number = f"{wanted}-{number}", number + 1
        return found

    # ------------------------------------------------------------ ranges

    def read_text(self, terms: list[Term], row: Property, subject: str) -> Any:
        return self.draft.speech.say(self.languages(terms, row, subject, to_line))

    def read_markdown(self, terms: list[Term], row: Property, subject: str) -> Any:
        if self.base:
            return self.draft.speech.say(self.languages(terms, row, subject, from_plain))
        return self.draft.speech.say(
            self.languages(terms, row, subject, lambda text: self.portal.rewrite(to_markdown(text), subject))
        )

    def languages(
        self, terms: list[Term], row: Property, subject: str, convert: Callable[[str], str]
    ) -> dict[str, str]:
        """Language to text, "" for a literal without a tag; an IRI is no text."""
        spoken: dict[str, str] = {}
        for term in terms:
            if not isinstance(term, ox.Literal) or not (text := convert(term.value)):
                continue
            language = self.language(term, subject)
            if language in spoken and spoken[language] != text:
                self.report.tell("left-out.more", subject, f"{row.iri} {text}")
            spoken.setdefault(language, text)
        # What has no tag beside texts that have one is most often a repetition.
        if spoken.get("") in [text for language, text in spoken.items() if language]:
            del spoken[""]
        return spoken

    def language(self, term: ox.Literal, subject: str) -> str:
        if not term.language:
            return ""
        code = find_code("languages", term.language) or find_code("languages", term.language.partition("-")[0])
        if not code:
            self.report.tell("left-out.language", subject, term.language)
        return code

    def read_keywords(self, terms: list[Term], row: Property, subject: str) -> Any:
        words: dict[str, list[str]] = {}
        for term in terms:
            if isinstance(term, ox.Literal):
                words.setdefault(self.language(term, subject), []).append(term.value)
        return self.draft.speech.say({language: fold_keywords(items) for language, items in words.items()})

    def read_boxes(self, terms: list[Term], row: Property, subject: str) -> Any:
        """The first of several spellings of a geometry that can be read."""
        for term in terms:
            if isinstance(term, ox.Literal) and (box := read_geometry(term.value)):
                return box
        for term in terms:
            if isinstance(term, ox.Literal):
                self.report.tell("left-out.spatial", subject, term.value)
        return None

    def read_token(self, term: Term, row: Property, subject: str) -> str:
        return "" if isinstance(term, ox.BlankNode) else to_line(term.value)

    def read_url(self, term: Term, row: Property, subject: str) -> str:
        """An address, as IRI or as text; of a blank node, the address that it has."""
        if isinstance(term, ox.BlankNode):
            inner = [*self.found.objects(term, "foaf:page"), *self.found.objects(term, "dct:source")]
            return next((self.read_url(other, row, subject) for other in inner if isinstance(other, ox.NamedNode)), "")
        text = term.value.strip().removeprefix(NOWHERE)
        if not text:
            return ""
        address = read_address(text)
        if address is None:
            self.report.tell("left-out.relative-url" if ":" not in text else "left-out.bad-url", subject, text)
            return ""
        if address.guess:
            self.report.tell(f"guessed.{address.guess}", subject, text)
        return address.url

    def read_mail(self, term: Term, row: Property, subject: str) -> str:
        if isinstance(term, ox.BlankNode) or (not isinstance(term, ox.Literal) and self.found.about(term)):
            return ""
        text = unquote(term.value).strip().removeprefix(NOWHERE)
        email = read_email(re.sub(r"^(?:mailto:\s*)+", "", text, flags=re.IGNORECASE))
        if text and not email:
            self.report.tell("left-out.email", subject, text)
        return email

    def read_date(self, term: Term, row: Property, subject: str) -> str:
        """A year, month, day or moment; midnight is how a day is written by who has only moments."""
        text = term.value.strip()
        if isinstance(term, ox.BlankNode) or not text:
            return ""
        text = re.sub(r"^(\d{4}(?:-\d\d){0,2})(?:Z|[+-]\d\d:\d\d)$", r"\1", text)
        text = re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", text.replace(" ", "T", 1) if text[4:5] == "-" else text)
        text = re.sub(r"T00:00(?::00)?(?:Z|[+-]\d\d:?\d\d)?$", "", text)
        if DATE.fullmatch(text) and self.days.read(text):
            return text
        day = self.days.read(text)
        if day is None:
            self.report.tell("left-out.date", subject, term.value)
            return ""
        if day.guess:
            self.report.tell(f"guessed.date-{day.guess}", subject, f"{term.value} → {day.iso}")
        return day.iso

    def read_integer(self, term: Term, row: Property, subject: str) -> int | None:
        text = term.value.strip()
        try:
            number = float(text) if isinstance(term, ox.Literal) else -1
        except ValueError:
            number = -1
        if not (0 <= number < 10**15 and number == int(number)):
            self.report.tell("left-out.number", subject, f"{row.iri} {text}")
            return None
        return int(text) if text.isdecimal() else int(number)

    def read_sha256(self, term: Term, row: Property, subject: str) -> str:
        algorithms = [other.value for other in self.found.objects(term, "spdx:algorithm")]
        values = [other.value.strip().lower() for other in self.found.objects(term, "spdx:checksumValue")]
        value = next((text for text in values if re.fullmatch(r"[0-9a-f]{64}", text)), "")
        if value and all(re.search(r"sha-?256", text, re.IGNORECASE) for text in algorithms):
            return value
        self.report.tell("left-out.checksum", subject, " ".join(map(last_part, algorithms)) or term.value)
        return ""

    def read_license(self, term: Term, row: Property, subject: str) -> Any:
        """A licence by its IRI, else by its name."""
        about = [label for name in LABELS for label in self.found.objects(term, name)]
        names = self.languages(about, row, subject, to_line)
        iri = "" if isinstance(term, ox.BlankNode) else term.value.strip().removeprefix(NOWHERE)
        if isinstance(term, ox.BlankNode):
            links = (*self.found.objects(term, "foaf:page"), *self.found.objects(term, "rdfs:seeAlso"))
            iri = next((other.value for other in links if isinstance(other, ox.NamedNode)), "")
        plain = re.sub(r"(?:/|#)$", "", iri)
        for spelling in (iri, plain, f"{plain}/", re.sub("^https:", "http:", plain), re.sub("^http:", "https:", iri)):
            if code := find_code("licenses", spelling):
                return code
        if is_address(iri) and names:
            return {"iri": iri, "name": self.draft.speech.say(names)} if read_address(iri) else None
        return find_license(self.report, subject, iri, "", next(iter(names.values()), ""))

    def read_publisher(self, term: Term, row: Property, subject: str) -> str:
        return self.publisher(term, subject)

    def read_themes(self, terms: list[Term], row: Property, subject: str) -> list[str]:
        """The portal's own concepts first: the EU's beside them are only what they map to."""
        named = [term.value for term in terms if isinstance(term, ox.NamedNode)]
        if own := [self.themes[iri] for iri in named if iri in self.themes]:
            codes = [self.draft.themes.own(subject, code) for code in own]
            return [code for code in codes if code]
        found = []
        for term in terms:
            if isinstance(term, ox.Literal) and not self.found.about(term):
                found.append(self.draft.themes.find(subject, {self.language(term, subject): term.value}))
                continue
            eu = "" if isinstance(term, ox.BlankNode) else find_code("data-themes", term.value)
            labels = [label for name in LABELS for label in self.found.objects(term, name)]
            names = self.languages(labels, row, subject, to_line)
            if eu:
                names = dict(vocabulary("data-themes")[eu].title)
            name = "" if eu or isinstance(term, ox.BlankNode) else last_part(term.value)
            found.append(self.draft.themes.find(subject, names, name if is_slug(name) else "", eu))
        return list(dict.fromkeys(code for code in found if code))

    def read_code(self, name: str, term: Term, row: Property, subject: str) -> str:
        """A code by its IRI, its spelling, or the labels of what has no IRI that is known."""
        labels = [label for path in LABELS for label in self.found.objects(term, path)]
        for spelling in (term, *labels):
            if code := code_of(name, spelling):
                return code
        words = [label.value for label in labels if isinstance(label, ox.Literal)]
        if not isinstance(term, ox.BlankNode):
            words.append(last_part(term.value) if isinstance(term, ox.NamedNode) else term.value)
        word = next(filter(None, map(to_line, words)), "")
        if not word:
            return ""
        if name == "formats":
            self.report.tell("kept.format", subject, word)
            return word
        told = {"frequencies": "frequency", "languages": "language", "media-types": "media-type"}.get(name, name)
        known = ("frequency", "language", "media-type", "access-rights")
        self.report.tell(f"left-out.{told if told in known else 'code'}", subject, word)
        return ""

    def read_object(self, kind: str, term: Term, row: Property, subject: str) -> Any:
        """A part, inside its owner; one that is only a text or an address is what its class can make of it."""
        if self.found.about(term):
            values = self.describe(kind, term, subject)
            if not values and kind == "Location":
                self.report.tell("left-out.spatial", subject, term.value)
            return values
        if isinstance(term, ox.BlankNode):
            return {}
        text = to_line(term.value)
        if kind == "Location":
            if isinstance(term, ox.Literal) and (box := read_geometry(text)):
                return {"bbox": box}
            if isinstance(term, ox.Literal) and text[:1] not in "{[<":
                return {"name": self.draft.speech.say({self.language(term, subject): text})}
            self.report.tell("left-out.spatial", subject, text)
        elif kind == "PeriodOfTime":
            ends = [part.strip() for part in text.split("/")]
            values = {
                key: self.read_date(ox.Literal(part), row, subject)
                for key, part in zip(("start", "end"), ends, strict=False)
                if part not in ("", "..")
            }
            return {key: value for key, value in values.items() if value}
        elif kind == "Kind":
            if email := read_email(unquote(text)):
                return {"email": email}
            if isinstance(term, ox.NamedNode):
                return {"url": url} if (url := self.read_url(term, row, subject)) else {}
            return {"name": self.draft.speech.say({self.language(term, subject): text})}
        else:
            self.report.tell("left-out.undescribed", subject, f"{row.iri} {text}")
        return {}


WITHDRAWAL = properties()["Withdrawal"]

Whole = Callable[[Mapper, list[Term], Property, str], Any]
"""All values of a property at once."""
One = Callable[[Mapper, Term, Property, str], Any]

WHOLE: Mapping[str, Whole] = {
    "text": Mapper.read_text,
    "markdown": Mapper.read_markdown,
    "keywords": Mapper.read_keywords,
    "bbox": Mapper.read_boxes,
    "ref:themes": Mapper.read_themes,
}
ONE: Mapping[str, One] = {
    "token": Mapper.read_token,
    "slug": Mapper.read_token,
    "url": Mapper.read_url,
    "link": Mapper.read_url,
    "email": Mapper.read_mail,
    "date": Mapper.read_date,
    "integer": Mapper.read_integer,
    "sha256": Mapper.read_sha256,
    "license": Mapper.read_license,
    "ref:publishers": Mapper.read_publisher,
}


@cache
def reader_of(range_: str) -> One:
    """The reader of a range; other codes are a vocabulary's, other objects a class's. KeyError for the rest."""
    kind, _, name = range_.partition(":")
    if range_ in ONE or kind not in ("code", "object"):
        return ONE[range_]
    if kind == "code":
        return lambda mapper, term, row, subject: mapper.read_code(name, term, row, subject)
    return lambda mapper, term, row, subject: mapper.read_object(name, term, row, subject)


def leads_to_file(url: str) -> bool:
    """
    Whether an address names a file by its extension: many catalogues state the accessURL of files alone.

    >>> leads_to_file("https://exemple.org/a.csv"), leads_to_file("https://exemple.org/a.php")
    (True, False)
    """
    extension = posixpath.splitext(unquote(urlsplit(url).path))[1].removeprefix(".").casefold()
    term = vocabulary("formats").find(extension) if extension and extension not in PAGES else None
    return term is not None and not term.facts.get("service")


SPECIAL = re.compile(r"[\\*_`\[\]]|^[#+>-]|(?<=\d)\.(?=\s)", re.MULTILINE)


def from_plain(text: str) -> str:
    """
    Markdown for the plain text of our own feeds, marked where Markdown would read something else in it.

    >>> print(from_plain("un *deux*"), from_plain("a_b [c]"), from_plain("<ID> &lt;"))
    un \\*deux\\* a_b [c] &lt;ID> &amp;lt;
    """
    text = text.strip()
    if paragraphs(text).split() == text.split():
        return text
    marked = SPECIAL.sub(lambda match: "\\" + match[0], text.replace("&", "&amp;").replace("<", "&lt;"))
    return marked if paragraphs(marked).split() == text.split() else text
