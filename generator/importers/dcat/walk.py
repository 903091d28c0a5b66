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
    ("Catalog", "title"): "rdfs:label foaf:name",
    ("Concept", "prefLabel"): "rdfs:label dct:title",
    ("Dataset", "contactPoint"): "adms:contactPoint",
    ("Dataset", "hasVersion"): "dct:hasVersion",
    ("Dataset", "inSeries"): "dct:isPartOf",
    ("Dataset", "isVersionOf"): "dct:isVersionOf",
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
    hydra:nextPage adms:status skos:changeNote org:classification dcat-us:geographicBoundingBox
"""


EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


@dataclass
class Walk:
    """
    Statements on their way to a draft, and what was made of them so far.

    `whole` and `reader_of` are the readers of ranges; `ids` leads to our ids from datasets and from what identifies
    them, `services` from services, `bodies` from publishers, `themes` from the portal's own concepts; `base` is where
    a Vitrine's datasets are.
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
    bodies: dict[Any, str] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    inside: list[Term] = field(default_factory=list)
    frequencies: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        return self.draft.report

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
        if whole := self.whole.get(row.range):
            return whole(self, terms, row, subject)
        reader = self.reader_of(row.range)
        values: list[Any] = []
        for term in terms:
            value = reader(self, term, row, subject)
            for item in value if row.many and isinstance(value, list) else [value]:
                if item not in (*EMPTY, *values):
                    values.append(item)
        if row.many and (len(values) != 1 or not isinstance(values[0], dict)):
            return values
        if len(values) > 1:
            for value in values[1:]:
                self.report.tell("left-out.more", subject, f"{row.iri} {value}")
        return values[0] if values else None

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
        code = read_tag(term.language)
        if not code:
            self.report.tell("left-out.language", subject, term.language)
        return code


Whole = Callable[[Walk, list[Term], Property, str], Any]
"""All values of a property at once."""
One = Callable[[Walk, Term, Property, str], Any]
