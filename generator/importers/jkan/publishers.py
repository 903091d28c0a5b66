"""JKAN's organizations as publishers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.importers.addresses import read_address, read_email
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.html import to_line
from generator.importers.jkan.bodies import Body
from generator.importers.jkan.records import jkan_texts
from generator.importers.jkan.site import reasons
from generator.importers.links import OldPortal
from generator.importers.records import Fields, said

NOBODY = ("", "n/a", "none", "-")


@dataclass
class JkanPublishers:
    """Organizations by the names that datasets call them."""

    draft: Draft
    portal: OldPortal
    config: Mapping[str, Any]
    by_name: dict[str, str] = field(default_factory=dict)

    def add_body(self, body: Body) -> None:
        """A publisher of its files; what they say more is told."""
        report, say = self.draft.report, self.draft.speech.say
        described: dict[str, str] = {}
        contact: dict[str, Any] = {}
        homepage = ""
        for record in body.records:
            fields = Fields(record.values, report, "", reasons(), "_organizations.")
            jkan_texts(fields, record, "title", "publisher.name")
            for language, text in jkan_texts(fields, record, "description", "publisher.description").items():
                described.setdefault(language, self.portal.read(text, ""))
            for key, value in publisher_person(fields, self.draft).items():
                contact.setdefault(key, value)
            homepage = (
                homepage or fields.take("publisher.homepage", "homepage", "url", "link", "website", read=body_url) or ""
            )
            fields.rest()
            self.by_name.setdefault(to_line(record.texts("title")[""]).casefold(), body.id)
        for text in body.name.values():
            self.by_name.setdefault(text.casefold(), body.id)
        stem = body.records[0].stem
        self.draft.publishers[body.id] = {
            "name": say(body.name),
            "description": say(described),
            "homepage": homepage,
            "contactPoint": contact,
            "identifier": stem if stem != body.id else "",
        }

    def of(self, fields: Fields) -> str:
        """The publisher of a dataset; a body without a file of its own gets one that holds its name."""
        name = fields.take("publisher", "organization", read=lambda value: to_line(said(value))) or ""
        if name.casefold() in NOBODY:
            self.draft.report.tell("guessed.publisher", fields.subject)
            return self.draft.placeholder()
        if found := self.by_name.get(name.casefold()):
            return found
        found = Ids({}, {*RESERVED, *self.draft.publishers}).free(name)
        self.draft.publishers[found] = {"name": self.draft.speech.say({"": name})}
        self.by_name[name.casefold()] = found
        self.draft.report.tell("guessed.publisher-by-name", "", name)
        return found


def body_url(value: object) -> str:
    address = read_address(said(value)) if said(value) else None
    return address.url if address else ""


def publisher_person(fields: Fields, draft: Draft) -> dict[str, Any]:
    """Whom to write to, of a dataset or an organization."""

    def mail(value: object) -> str:
        found = read_email(said(value))
        if not found:
            draft.report.tell("left-out.email", fields.subject, said(value))
        return found

    name = fields.take("contactPoint.name", "maintainer_name", "maintainer", read=lambda value: to_line(said(value)))
    found = {
        "name": draft.speech.say({"": name or ""}),
        "email": fields.take("contactPoint.email", "maintainer_email", read=mail),
    }
    return {key: value for key, value in found.items() if value}
