"""Publishers, each in a file of its own."""

from __future__ import annotations

import json
import re
from typing import Any

import pyoxigraph as ox

from generator.importers.dcat.names import first, is_plain_address, last_part
from generator.importers.dcat.statements import Term
from generator.importers.dcat.walk import ALSO, Walk, shown_term
from generator.importers.distributions import shorten
from generator.importers.html import to_line
from generator.standards import Property, properties, vocabulary
from generator.text.slugs import is_slug, slugify


def read_publisher(walk: Walk, term: Term, row: Property, subject: str) -> str:
    """A publisher's id; its file is made when it is first met. Blank ones are the same when their names are."""
    describe = walk.found.about(term)
    named = properties()["Agent"]["name"]
    paths = (named.iri, *ALSO["Agent", "name"].split())
    names = (walk.read(walk.found.objects(term, path), named, subject) for path in paths)
    name = next(filter(None, names), None)
    if not describe and not isinstance(term, ox.BlankNode):
        spelling = to_line(term.value) if isinstance(term, ox.Literal) else last_part(term.value)
        name = walk.draft.speech.say({"": spelling})
        if name and ("literal", spelling) not in walk.bodies:
            walk.report.tell("guessed.publisher-by-name", "", spelling)
            walk.bodies.setdefault(("literal", spelling), walk.bodies.get(name_key(name), ""))
    key = term if isinstance(term, ox.NamedNode) else name_key(name)
    if walk.bodies.get(key):
        walk.leave_repeated(term, walk.nodes.get(walk.bodies[key], term))
        return walk.bodies[key]
    if not name:
        if describe:
            walk.report.tell("left-out.nameless", subject, f"foaf:Agent {shown_term(term)}".strip())
        return ""
    own = re.fullmatch(r"https?://.*/publisher/([^/#]+)#agent", term.value)
    source = term.value if isinstance(term, ox.NamedNode) and not own and is_plain_address(term.value) else ""
    wanted = own[1] if own and is_slug(own[1]) else shorten(slugify(first(name)), 150)
    identifier = free_body(walk, wanted, source)
    if walk.bodies.get(name_key(name)):
        walk.report.tell("kept.twin-publisher", "", f"{first(name)}: {walk.bodies[name_key(name)]}, {identifier}")
    walk.bodies[key] = identifier
    walk.nodes[identifier] = term
    walk.bodies.setdefault(name_key(name), identifier)
    walk.draft.publishers[identifier] = {"name": name}
    values = {"name": name, **walk.describe("Agent", term, "")} if describe else {"name": name}
    if source:
        values.setdefault("identifier", source)
    if values.get("identifier") == identifier:
        del values["identifier"]
    for kind in walk.found.objects(term, "org:classification"):
        code = kind.value.rpartition("#")[2]
        if own and code in vocabulary("publisher-kinds"):
            values["kind"] = code
    walk.draft.publishers[identifier] = {**values, **walk.draft.publishers[identifier], "name": name}
    return identifier


def name_key(name: Any) -> str:
    return json.dumps(name, sort_keys=True, ensure_ascii=False).casefold()


def free_body(walk: Walk, wanted: str, source: str) -> str:
    """An id that no other publisher has; the one that the folder knows the source's publisher by."""
    folder = walk.draft.folder
    for identifier, path in folder.publishers.items():
        if source and folder.map_of(path).get("identifier") == source:
            return identifier
    found, number = wanted, 2
    while found in walk.draft.publishers:
        found, number = f"{wanted}-{number}", number + 1
    return found
