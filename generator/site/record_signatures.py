"""Digests of all that records show, those of others that are named among them."""

from __future__ import annotations

from generator.model import Field, Page
from generator.model.digest import digest
from generator.site.memory import remembered
from generator.site.records import (
    DAYS,
    REFERENCES,
    named_by,
    names_in,
    phases_of,
    record_named,
    state_of,
    type_of,
    value_of,
    withdrawn_within,
)
from generator.site.site import Site
from generator.text.languages import Text

DEPTH = 3
"""How many steps away a record's page shows something of others: cards of those that name it, what they compute."""


def record_signature(site: Site, page: Page) -> str:
    """A digest of all that a record shows, but for its own long texts: its fields, its states, and who names it."""
    return signature(site, page.type, page.id, DEPTH)


@remembered
def signature(site: Site, kind: str, id: str, depth: int) -> str:
    page = record_named(site, kind, id)
    if page is None:
        return ""
    named = [
        (item.name, name, title_of(site, item, name))
        for item in type_of(site, page).published
        if item.range in REFERENCES
        for name in names_in(item, page)
    ]
    gone = withdrawn_within(site).get(page.address, ()) if depth else ()
    lasting = page.withdrawn, page.formerly, [(item.id, item.title, item.withdrawn) for item in gone]
    own = page.path, page.title, page.description, page.date, page.values, named, lasting
    below = [
        signature(site, mention.page.type, mention.page.id, depth - 1)
        for mention in (named_by(site).get((kind, id), ()) if depth else ())
    ]
    counted = [value_of(site, page, rule.name) for rule in type_of(site, page).computed if rule.range in DAYS]
    return digest(own, counted, phases_of(site, page), state_of(site, page), site.waiting.get((page.path, "")), below)


def title_of(site: Site, field: Field, id: str) -> Text:
    """What a field names is called; nothing where it is not published."""
    if field.range == "dataset":
        return site.catalog.datasets[id].title if id in site.catalog.datasets else {}
    if field.range == "publisher":
        return site.catalog.publishers[id].name if id in site.catalog.publishers else {}
    record = record_named(site, field.type, id)
    return record.title if record else {}
