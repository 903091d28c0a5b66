"""A reader for each range of the property table: terms to a value as a publisher writes it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from generator.feeds.plain_text import paragraphs
from generator.importers.addresses import read_address, read_email
from generator.importers.dates import take_date
from generator.importers.dcat.codes import LABELS, code_of
from generator.importers.dcat.names import is_plain_address, last_part
from generator.importers.dcat.statements import NOWHERE, Term
from generator.importers.dcat.walk import Values, Walk
from generator.importers.html import to_line
from generator.importers.licenses import find_license, license_code
from generator.importers.periods import take_periods
from generator.importers.places import Area, read_areas, take_areas
from generator.importers.terms import fold_keywords
from generator.source.ranges.codes import FEDERAL_CODES
from generator.source.ranges.dates import DURATION
from generator.source.ranges.geometry import box_of, is_box
from generator.standards import Property

# Where a licence has its name too.
NAMED = ("schema:name", "skos:altLabel", "skos:notation", "dct:identifier", "dct:description", "spdx:licenseText")
# Where a node that makes a statement has its text.
STATED = ("rdfs:label", "rdf:value", "oa:hasBody/rdf:value", "oa:bodyValue", "dct:description", "rdfs:comment")


def read_text(walk: Walk, terms: list[Term], row: Property, subject: str) -> Any:
    return walk.draft.speech.say(walk.languages(terms, row, subject, to_line))


def read_markdown(walk: Walk, terms: list[Term], row: Property, subject: str) -> Any:
    if walk.base:
        return walk.draft.speech.say(walk.languages(terms, row, subject, from_plain))
    return walk.draft.speech.say(walk.languages(terms, row, subject, lambda text: walk.portal.read(text, subject)))


def read_keywords(walk: Walk, terms: list[Term], row: Property, subject: str) -> Any:
    words: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, ox.Literal):
            words.setdefault(walk.language(term), []).append(term.value)
    return walk.draft.speech.say({language: fold_keywords(items) for language, items in words.items()})


def read_boxes(walk: Walk, terms: list[Term], row: Property, subject: str) -> Any:
    """The first of several spellings of a geometry that can be read; what is wrong with the others, if none can."""
    areas = [area for term in terms if isinstance(term, ox.Literal) for area in read_areas(term.value)]
    found = next((area for area in areas if area.box), None)
    for area in [found] if found else areas:
        if area.code or not area.box:
            walk.report.tell(area.code or "left-out.spatial", subject, area.written)
    return list(found.box) if found else None


def read_geometry_text(walk: Walk, terms: list[Term], row: Property, subject: str) -> str:
    """The first of several spellings of a geometry that says where each point is."""
    texts = (term.value.strip() for term in terms if isinstance(term, ox.Literal))
    return next((text for text in texts if box_of(text)), "")


def read_statement(walk: Walk, terms: list[Term], row: Property, subject: str) -> Any:
    """What is said by a node: of provenance, of quality; or by the text that stands in its place."""
    said = [text for term in terms for path in STATED for text in walk.found.objects(term, path)]
    bare = [term for term in terms if isinstance(term, ox.Literal)]
    if not said and not bare:
        walk.report.tell("left-out.undescribed", subject, said_of(row, terms[0]))
    return read_markdown(walk, [*said, *bare], row, subject)


def read_point(walk: Walk, term: Term, row: Property, subject: str) -> list[float]:
    area = next(iter(read_areas(term.value)), Area())
    if area.box[:2] != area.box[2:]:
        return []
    if area.code:
        walk.report.tell(area.code, subject, area.written)
    return list(area.box[:2])


def read_reference(walk: Walk, term: Term, row: Property, subject: str) -> str:
    """Our id of another dataset of the source."""
    known = walk.ids.get(term.value if isinstance(term, ox.Literal) else term, "")
    if not known:
        walk.report.tell("left-out.undescribed", subject, said_of(row, term))
    return known


def read_token(walk: Walk, term: Term, row: Property, subject: str) -> str:
    return "" if isinstance(term, ox.BlankNode) else to_line(term.value)


def read_url(walk: Walk, term: Term, row: Property, subject: str) -> str:
    """An address, as IRI or as text; of a blank node, the address that it has."""
    if isinstance(term, ox.BlankNode):
        inner = [*walk.found.objects(term, "foaf:page"), *walk.found.objects(term, "dct:source")]
        return next((read_url(walk, other, row, subject) for other in inner if isinstance(other, ox.NamedNode)), "")
    text = term.value.strip().removeprefix(NOWHERE)
    if not text:
        return ""
    # `manual.pdf` is a file beside a document that is somewhere, and no host.
    if term.value.startswith(NOWHERE) and not text.lower().startswith("www."):
        walk.report.tell("left-out.relative-url", subject, text)
        return ""
    address = read_address(text)
    if address is None:
        walk.report.tell("left-out.relative-url" if ":" not in text else "left-out.bad-url", subject, text)
        return ""
    if address.guess:
        walk.report.tell(f"guessed.{address.guess}", subject, text)
    return address.url


def read_mail(walk: Walk, term: Term, row: Property, subject: str) -> str:
    if isinstance(term, ox.BlankNode) or (not isinstance(term, ox.Literal) and walk.found.about(term)):
        return ""
    text = unquote(term.value).strip().removeprefix(NOWHERE)
    email = read_email(re.sub(r"^(?:mailto:\s*)+", "", text, flags=re.IGNORECASE))
    if text and not email:
        walk.report.tell("left-out.email", subject, text)
    return email


def read_date(walk: Walk, term: Term, row: Property, subject: str) -> str:
    return "" if isinstance(term, ox.BlankNode) else take_date(walk.report, walk.days.moment, subject, term.value)


def read_integer(walk: Walk, term: Term, row: Property, subject: str) -> int | None:
    text = term.value.strip()
    try:
        number = float(text) if isinstance(term, ox.Literal) else -1
    except ValueError:
        number = -1
    if not (0 <= number < 10**15 and number == int(number)):
        walk.report.tell("left-out.number", subject, f"{row.iri} {text}")
        return None
    return int(text) if text.isdecimal() else int(number)


def read_decimal(walk: Walk, term: Term, row: Property, subject: str) -> str:
    text = term.value.strip()
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", text) and float(text) > 0:
        return text
    walk.report.tell("left-out.number", subject, f"{row.iri} {text}")
    return ""


def read_duration(walk: Walk, term: Term, row: Property, subject: str) -> str:
    text = term.value.strip()
    if DURATION.fullmatch(text):
        return text
    walk.report.tell("left-out.number", subject, f"{row.iri} {text}")
    return ""


def read_federal_code(walk: Walk, term: Term, row: Property, subject: str) -> str:
    text = term.value.strip()
    if FEDERAL_CODES[row.range].fullmatch(text):
        return text
    walk.report.tell("left-out.code", subject, f"{row.name} {text}")
    return ""


def read_sha256(walk: Walk, term: Term, row: Property, subject: str) -> str:
    algorithms = [other.value for other in walk.found.objects(term, "spdx:algorithm")]
    values = [other.value.strip().lower() for other in walk.found.objects(term, "spdx:checksumValue")]
    value = next((text for text in values if re.fullmatch(r"[0-9a-f]{64}", text)), "")
    if value and all(re.search(r"sha-?256", text, re.IGNORECASE) for text in algorithms):
        return value
    walk.report.tell("left-out.checksum", subject, " ".join(map(last_part, algorithms)) or term.value)
    return ""


def read_license(walk: Walk, term: Term, row: Property, subject: str) -> Any:
    """A licence by its IRI, else by its name, wherever it has one; an address that nobody knows keeps its name."""
    paths = dict.fromkeys((*LABELS, *NAMED))
    labels = [label for name in paths if (label := walk.found.objects(term, name))]
    names = walk.languages(labels[0] if labels else [], row, subject, to_line)
    iri = "" if isinstance(term, ox.BlankNode) else term.value.strip().removeprefix(NOWHERE)
    if isinstance(term, ox.BlankNode):
        links = (*walk.found.objects(term, "foaf:page"), *walk.found.objects(term, "rdfs:seeAlso"))
        iri = next((other.value for other in links if isinstance(other, ox.NamedNode)), "")
    name = next(iter(names.values()), "")
    spellings = (iri, *(label.value for found in labels for label in found if isinstance(label, ox.Literal)))
    if code := next(filter(None, map(license_code, spellings)), ""):
        return code
    if is_plain_address(iri) and names:
        return {"iri": iri, "name": walk.draft.speech.say(names)} if read_address(iri) else None
    return find_license(walk.report, subject, "", iri, name)


def read_code(name: str, walk: Walk, term: Term, row: Property, subject: str) -> str:
    """A code by its IRI, its spelling, or the labels of what has no IRI that is known."""
    labels = [label for path in LABELS for label in walk.found.objects(term, path)]
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
        walk.report.tell("kept.format", subject, word)
        return word
    told = {"frequencies": "frequency", "languages": "language", "media-types": "media-type"}.get(name, name)
    known = ("frequency", "language", "media-type", "access-rights")
    walk.report.tell(f"left-out.{told if told in known else 'code'}", subject, word)
    return ""


def read_object(kind: str, walk: Walk, term: Term, row: Property, subject: str) -> Any:
    """A part, inside its owner; one that is only a text or an address is what its class can make of it."""
    if walk.found.about(term):
        values = walk.describe(kind, term, subject)
        if kind == "Location":
            leave_one_shape(values)
        if kind == "LinkedCatalog":
            values = linked_catalog(values, term)
            if not values:
                walk.report.tell("left-out.undescribed", subject, said_of(row, term))
        if not values and kind == "Location":
            walk.report.tell("left-out.spatial", subject, term.value)
        return values
    if isinstance(term, ox.BlankNode):
        return {}
    text = to_line(term.value)
    if kind == "Location":
        areas = take_areas(walk.report, subject, term.value)
        language = walk.language(term) if isinstance(term, ox.Literal) else ""
        found = [named_area(walk, area, language) for area in areas]
        return found[0] if len(found) == 1 else found
    if kind == "PeriodOfTime":
        periods, frequency = take_periods(walk.report, walk.days, subject, text)
        if frequency:
            walk.frequencies.setdefault(subject, frequency)
        return periods[0] if len(periods) == 1 else periods
    if kind == "Kind":
        if email := read_email(unquote(text)):
            return {"email": email}
        if isinstance(term, ox.NamedNode):
            return {"url": url} if (url := read_url(walk, term, row, subject)) else {}
        return {"name": walk.draft.speech.say({walk.language(term): text})}
    walk.report.tell("left-out.undescribed", subject, f"{row.iri} {text}")
    return {}


def named_area(walk: Walk, area: Area, language: str) -> Values:
    values = {"bbox": list(area.box), "name": walk.draft.speech.say({language: to_line(area.name)})}
    return {key: value for key, value in values.items() if value}


def said_of(row: Property, term: Term) -> str:
    """A statement to tell of; a blank node has no name that lasts."""
    return row.iri if isinstance(term, ox.BlankNode) else f"{row.iri} {term.value}"


def leave_one_shape(values: Values) -> None:
    """A geometry that is a box is written as one; the box of another is known from it."""
    geometry = values.get("geometry", "")
    if is_box(geometry):
        del values["geometry"]
    elif geometry and nearly(values.get("bbox"), box_of(geometry)):
        del values["bbox"]


def linked_catalog(values: Values, term: Term) -> Values:
    """A catalogue that says enough of itself to be led to; its title says what is in it where nothing else does."""
    if not isinstance(term, ox.NamedNode) or not values.get("title") or not values.get("publisher"):
        return {}
    return {"iri": term.value, "description": values["title"], **values}


def nearly(box: Any, other: Any) -> bool:
    return bool(box and other) and all(abs(one - two) < 1e-5 for one, two in zip(box, other, strict=True))


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
