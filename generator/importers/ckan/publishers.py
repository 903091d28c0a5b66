"""Who publishes CKAN's packages: the publisher that a record names, else the organization that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.importers.addresses import read_address, read_email
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.ckan.packages import Package, organization_name, reasons, translated
from generator.importers.html import to_line
from generator.importers.links import OldPortal
from generator.importers.records import Fields, said
from generator.importers.terms import find_code


@dataclass
class CkanPublishers:
    """Organizations by name, and the publishers that records name beside them."""

    draft: Draft
    portal: OldPortal
    bodies: Mapping[str, str]
    by_name: dict[str, str] = field(default_factory=dict)

    def add_organization(self, package: Package) -> str:
        """The organization that keeps a package, described once."""
        name = organization_name(package)
        if not name:
            return ""
        identifier = self.bodies[name]
        organization = package.get("organization")
        if identifier in self.draft.publishers:
            return identifier
        report, say = self.draft.report, self.draft.speech.say
        values = organization if isinstance(organization, dict) else {"name": organization}
        fields = Fields(values, report, "", reasons(), "organization.")
        title = {language: to_line(text) for language, text in translated(fields, "title", "publisher.name").items()}
        described = translated(fields, "description", "publisher.description")
        key = fields.first("id")[0] or fields.first("name")[0]
        fields.read.add("name")
        source = said(fields.values.get(key)) if key else name
        self.draft.publishers[identifier] = {
            "name": say(title) or say({"": name}),
            "description": say({code: self.portal.read(text, "") for code, text in described.items()}),
            "homepage": fields.take("publisher.homepage", "url", "website", "homepage", read=publisher_url),
            "contactPoint": ckan_contact(fields, self.draft),
            "identifier": source if source != identifier else "",
        }
        report.took("organization.name", "publisher", name)
        if key == "id":
            report.took("organization.id", "publisher.identifier", source)
        fields.rest()
        self.by_name.setdefault((to_line(next(iter(title.values()), "")) or name).casefold(), identifier)
        if isinstance(organization, dict):
            self.draft.redirects.add(f"/organization/{name}", f"/publisher/{identifier}/")
        return identifier

    def of(self, package: Package, fields: Fields) -> str:
        """The publisher of a package: the one that it names, else its organization."""
        kept = self.add_organization(package)
        fields.read.add("organization")
        for named in fields.objects("publisher"):
            found = self.add_named(named)
            if found and kept and found != kept:
                self.draft.report.tell("left-out.more", fields.subject, "organization", organization_name(package))
            kept = found or kept
        key, name = fields.first("publisher_name")
        mail = fields.take("publisher.contactPoint", "publisher_email", read=lambda value: read_email(said(value)))
        page = fields.take("publisher.homepage", "publisher_url", read=publisher_url)
        if key and not kept:
            kept = self.name(to_line(said(name)))
            extra = {"homepage": page, "contactPoint": {"email": mail} if mail else None}
            self.draft.publishers[kept] |= {key: value for key, value in extra.items() if value}
        if key:
            fields.took(key, "publisher")
        if not kept:
            kept = self.draft.placeholder()
            self.draft.report.tell("guessed.publisher", fields.subject)
        return kept

    def add_named(self, fields: Fields) -> str:
        """A publisher as ckanext-scheming has it: an object of its own."""
        names = {code: to_line(text) for code, text in translated(fields, "name", "publisher.name").items()}
        if not any(names.values()):
            fields.rest()
            return ""
        identifier = self.name(next(text for text in names.values() if text))
        agent = self.draft.publishers[identifier]
        found = {
            "name": self.draft.speech.say(names),
            "kind": fields.take("publisher.kind", "type", read=lambda value: find_code("publisher-kinds", said(value))),
            "homepage": fields.take("publisher.homepage", "url", read=publisher_url),
            "contactPoint": ckan_contact(fields, self.draft),
            "identifier": fields.take(
                "publisher.identifier", "identifier", "uri", read=lambda value: to_line(said(value))
            ),
        }
        agent |= {key: value for key, value in found.items() if value and (key == "name" or not agent.get(key))}
        fields.rest()
        return identifier

    def name(self, name: str) -> str:
        """The id of a publisher known by its name alone."""
        folded = name.casefold()
        if folded not in self.by_name:
            taken = {*RESERVED, *self.draft.publishers, *self.bodies.values()}
            self.by_name[folded] = Ids({}, taken).free(name)
            self.draft.publishers[self.by_name[folded]] = {"name": self.draft.speech.say({"": name})}
        return self.by_name[folded]


def publisher_url(value: object) -> str:
    address = read_address(said(value)) if said(value) else None
    return address.url if address else ""


def ckan_contact(fields: Fields, draft: Draft) -> dict[str, object] | None:
    """An object's e-mail as a contact."""
    mail = fields.take("contactPoint.email", "email", read=lambda value: read_email(said(value)))
    return {"email": mail} if mail else None
