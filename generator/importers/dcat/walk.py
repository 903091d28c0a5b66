"""
The feeds' walk over the property table, the other way.

A row with an IRI is read by its range, so that a property added to the table is imported without a line here. What
the table can't know stands in ALSO: other names of the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from generator.authoring.report import Report
from generator.importers.catalogs import Draft
from generator.importers.dates import DayOrder
from generator.importers.dcat.statements import Statements, Subject, Term, compact
from generator.importers.languages import read_tag
from generator.importers.links import OldPortal
from generator.standards import Property, properties

Values = dict[str, Any]

# Other names under which catalogues say what a row of the table says, the likeliest first.
ALSO = {
    ("Agent", "name"): "skos:prefLabel vcard:fn vcard:organization-name rdfs:label dct:title schema:name",
    ("Agent", "homepage"): "foaf:page vcard:hasURL vcard:url schema:url",
    ("Catalog", "catalog"): "dct:hasPart",
    ("Catalog", "title"): "rdfs:label foaf:name",
    ("Concept", "prefLabel"): "rdfs:label dct:title",
    ("Dataset", "contactPoint"): "adms:contactPoint",
    ("Dataset", "hasVersion"): "dct:hasVersion",
    ("Dataset", "inSeries"): "dct:isPartOf",
    ("Dataset", "isVersionOf"): "dct:isVersionOf",
    ("Dataset", "page"): "pod:describedBy",
    ("Dataset", "previousVersion"): "adms:prev",
    ("Dataset", "publisher"): "dct:creator",
    ("Dataset", "title"): "rdfs:label",
    ("Dataset", "version"): "owl:versionInfo",
    ("Distribution", "format"): "schema:encodingFormat pod:format",
    ("Distribution", "title"): "rdfs:label",
    ("Kind", "name"): "vcard:hasFN vcard:organization-name vcard:hasOrganizationName foaf:name rdfs:label",
    ("Kind", "email"): "vcard:hasEmail/vcard:value vcard:hasEmail/vcard:hasValue vcard:email foaf:mbox",
    ("Kind", "url"): "vcard:url foaf:page foaf:homepage",
    ("Location", "bbox"): "locn:geometry geosparql:hasGeometry/geosparql:asWKT",
    ("Location", "geometry"): "geosparql:hasGeometry/geosparql:asWKT",
    ("Location", "name"): "rdfs:label locn:geographicName foaf:name dct:title",
    ("PeriodOfTime", "start"): "schema:startDate time:hasBeginning/time:inXSDDate time:hasBeginning/time:inXSDDateTime",
    ("PeriodOfTime", "end"): "schema:endDate time:hasEnd/time:inXSDDate time:hasEnd/time:inXSDDateTime",
}


# What says nothing that the mapped statements do not.
TECHNICAL = """
    rdf:type dcat:dataset dcat:record foaf:isPrimaryTopicOf skos:inScheme skos:topConceptOf hydra:next
    hydra:nextPage
"""
# What a class's own module reads, beside the walk.
ELSEWHERE = """
    adms:status skos:changeNote org:classification dcat-us:geographicBoundingBox
"""


EMPTY: tuple[Any, ...] = (None, "", [], {}, ())
UNUSED = "left-out.unused left-out.undescribed left-out.email"
DEEP = 40
"""How far parts may lie inside parts, and publishers below publishers."""

# What a class is called in the report, as a publisher would write its keys.
PLACES = {
    "Agent": "publisher.",
    "Catalog": "catalog.",
    "Concept": "theme.",
    "DataService": "service.",
    "Dataset": "",
    "Distribution": "distribution.",
    "Kind": "contactPoint.",
    "LinkedCatalog": "catalog.catalog.",
    "Location": "spatial.",
    "PeriodOfTime": "temporal.",
}
# Where a node has its name, or whatever else it says in words.
WORDS = (
    "skos:prefLabel",
    "foaf:name",
    "vcard:fn",
    "dct:title",
    "rdfs:label",
    "rdf:value",
    "dct:description",
    "rdfs:comment",
    "skos:notation",
    "schema:name",
)


def shown_term(term: Term) -> str:
    """An address, without the letters that stand for a blank node, which do not last."""
    return "" if isinstance(term, ox.BlankNode) else term.value


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass
class Walk:
    """
    Statements on their way to a draft, and what was made of them so far.

    `whole` and `reader_of` are the readers of ranges; `ids` leads to our ids from datasets and from what identifies
    them, `services` from services, `records` and `catalogs` from what is in them, `bodies` from publishers, `nodes`
    back to where each was described first, `themes` from the portal's own concepts; `base` is where a Vitrine's
    datasets are, `frequencies` those that stood for periods.
    """

    found: Statements
    draft: Draft
    whole: Mapping[str, Whole]
    reader_of: Callable[[str], One]
    ids: Mapping[Subject | str, str]
    services: Mapping[Subject, str]
    base: str
    portal: OldPortal
    days: DayOrder
    records: Mapping[Term, list[Subject]] = field(default_factory=dict)
    catalogs: Mapping[Term, Subject] = field(default_factory=dict)
    bodies: dict[Any, str] = field(default_factory=dict)
    nodes: dict[str, Term] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    inside: list[Term] = field(default_factory=list)
    frequencies: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        return self.draft.report

    def describe(self, kind: str, node: Term, subject: str, except_: Iterable[str] = ()) -> Values:
        """A node as the keys of a class: each row with an IRI by the reader of its range."""
        values: Values = {}
        if node in self.inside or len(self.inside) > DEEP:
            self.report.tell("left-out.circle", subject, f"{kind} {shown_term(node)}".strip())
            return values
        self.inside.append(node)
        read = set(f"{TECHNICAL} {ELSEWHERE}".split())
        for row in properties()[kind].values():
            if not row.iri:
                continue
            paths = (row.iri, *ALSO.get((kind, row.name), "").split())
            read |= {path.partition("/")[0] for path in paths}
            if row.name in except_:
                continue
            told = len(self.report.events)
            for path in paths:
                terms = self.found.objects(node, path)
                if row.many and isinstance(values.get(row.name), list):
                    more = self.read(terms, row, subject) or []
                    values[row.name] += [item for item in more if item not in values[row.name]]
                    if more:
                        self.report.took(path, f"{PLACES.get(kind, kind)}{row.name}")
                elif row.name in values:
                    # Several spellings of one place are one place.
                    if kind != "Location":
                        self.tell_beside(terms, values[row.name], path, subject)
                elif (value := self.read(terms, row, subject)) not in EMPTY:
                    values[row.name] = value
                    self.forget(told, row, path)
                    self.report.took(path, f"{PLACES.get(kind, kind)}{row.name}")
                if len(self.report.events) > told:
                    self.report.doubts[path] += 1
        self.inside.pop()
        for iri in self.found.about(node):
            if (name := compact(iri)) not in read:
                self.found.asked.add((node, iri))
                self.report.tell("left-out.field", subject, name if kind == "Dataset" else f"{kind}.{name}")
                self.keep_words(node, iri, subject, name if kind == "Dataset" else f"{kind}.{name}")
        return values

    def keep_words(self, node: Term, iri: str, subject: str, name: str) -> None:
        """What a property without counterpart says of a dataset in words stays in the report."""
        texts = [term.value.strip() for term in self.found.about(node).get(iri, ()) if isinstance(term, ox.Literal)]
        if subject and any(texts):
            self.report.tell("kept.words", subject, f"{name} {', '.join(filter(None, texts))}")

    def forget(self, told: int, row: Property, path: str) -> None:
        """What the property itself did not tell, a path through it did after all."""
        if path.startswith(f"{row.iri}/"):
            new = self.report.events[told:]
            self.report.events[told:] = [event for event in new if event.code not in UNUSED.split()]

    def tell_beside(self, terms: list[Term], value: Any, path: str, subject: str) -> None:
        """What another property says of the same thing, where it says more than was taken."""
        for term in terms:
            if (text := self.words(term)) and folded(text) not in folded(str(value)):
                self.report.tell("left-out.more", subject, f"{path} {text}")

    def leave_repeated(self, node: Term, first: Term, depth: int = 0) -> None:
        """What a node only repeats of another, that was described already, need not be told."""
        if depth > DEEP or node == first:
            return
        for iri, values in self.found.about(node).items():
            others = list(self.found.about(first).get(iri, ()))
            if [self.words(value) for value in values] == [self.words(value) for value in others]:
                self.found.asked.add((node, iri))
                for value, other in zip(values, others, strict=True):
                    self.leave_repeated(value, other, depth + 1)

    def words(self, term: Term) -> str:
        """What a node or a literal says of itself, in few words: its name, else its address."""
        names = [name for path in WORDS for name in self.found.objects(term, path) if isinstance(name, ox.Literal)]
        if isinstance(term, ox.Literal):
            return term.value.strip()
        return next((name.value.strip() for name in names if name.value.strip()), shown_term(term))

    def read(self, terms: list[Term], row: Property, subject: str) -> Any:
        """The value of a row; of several where it takes one, the first that can be read."""
        if not terms:
            return None
        told = len(self.report.events)
        if whole := self.whole.get(row.range):
            value = whole(self, terms, row, subject)
            if value in EMPTY and len(self.report.events) == told:
                self.tell_unused(terms, row, subject)
            return value
        reader = self.reader_of(row.range)
        values: list[Any] = []
        for term in terms:
            told = len(self.report.events)
            value = reader(self, term, row, subject)
            if value in EMPTY and len(self.report.events) == told:
                self.tell_unused([term], row, subject)
            for item in value if row.many and isinstance(value, list) else [value]:
                if item not in (*EMPTY, *values):
                    values.append(item)
        if row.many and (len(values) != 1 or not isinstance(values[0], dict)):
            return values
        if len(values) > 1:
            for value in values[1:]:
                self.report.tell("left-out.more", subject, f"{row.iri} {value}")
        return values[0] if values else None

    def tell_unused(self, terms: list[Term], row: Property, subject: str) -> None:
        """What a reader could make nothing of, although it says something."""
        for term in terms:
            if text := self.words(term):
                self.report.tell("left-out.unused", subject, f"{row.iri} {text}")
            elif self.found.about(term):
                self.report.tell("left-out.undescribed", subject, row.iri)

    def languages(
        self, terms: list[Term], row: Property, subject: str, convert: Callable[[str], str]
    ) -> dict[str, str]:
        """Language to text, "" for a literal without a tag; an IRI is no text."""
        spoken: dict[str, str] = {}
        listed = [term for term in terms if isinstance(term, ox.Literal) and term.value.strip()]
        known = [term for term in listed if not term.language or read_tag(term.language)]
        for term in listed:
            if term not in known:
                self.report.tell("left-out.language", subject, term.language or "")
        for term in known or listed:
            if not (text := convert(term.value)):
                continue
            language = self.language(term)
            if language in spoken and spoken[language] != text:
                self.report.tell("left-out.more", subject, f"{row.iri} {text}")
            spoken.setdefault(language, text)
        # What has no tag beside texts that have one is most often a repetition.
        if spoken.get("") in [text for language, text in spoken.items() if language]:
            del spoken[""]
        return spoken

    def language(self, term: ox.Literal) -> str:
        """The language of a text: "" for the source's own, as which an unlisted one is taken where it stands alone."""
        return read_tag(term.language) if term.language else ""


Whole = Callable[[Walk, list[Term], Property, str], Any]
"""All values of a property at once."""
One = Callable[[Walk, Term, Property, str], Any]
