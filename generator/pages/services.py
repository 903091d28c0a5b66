"""The page of a data service, where its IRI leads: what it can do, on what terms, and the datasets that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import DataService
from generator.pages.content import related_inputs, related_line
from generator.pages.facts import offered
from generator.pages.views.frame import Fact, Link, Prose, ServiceView
from generator.site.addresses import file_of
from generator.site.site import Site
from generator.site.tasks import Task, digest
from generator.standards import properties, vocabulary
from generator.text.markdown import excerpt
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    for service in site.catalog.services.values():
        agent = site.catalog.publishers.get(service.publisher)
        near = [related_inputs(site, key) for key in offered(site, service.serves_dataset)]
        for language in site.languages:
            inputs = digest(site.digest, "service", language, service, agent, near)
            path = file_of(site.path(address(service), language))
            yield Task(path, render, (language, service.id), inputs, service.origin.path)


def address(service: DataService) -> str:
    return f"service/{service.id}/"


def render(site: Site, language: str, key: str) -> bytes:
    service = site.catalog.services[key]
    html, said = site.markdown(service.description, language, address(service))
    view = ServiceView(
        chrome=site.chrome(address(service), language),
        title=site.words(service.title, language),
        description=excerpt(site.words(service.description, language)),
        trail=(site.home_link(language), site.terms_link("dataset", language)),
        description_html=html,
        description_language=said,
        url=service.endpoint_url,
        facts=facts(site, language, service),
        datasets=[related_line(site, language, key) for key in offered(site, service.serves_dataset)],
    )
    return site.render("service.html", view, site.path(address(service), language))


def facts(site: Site, language: str, service: DataService) -> list[Fact]:
    rights = vocabulary("access-rights").terms.get(service.access_rights)
    license = service.license
    publisher = service.publisher or site.catalog.publisher
    told: dict[str, Sequence[Link | Prose | Words]] = {
        "publisher": [site.publisher_link(publisher, language)],
        "endpointDescription": plain_links(service.endpoint_description),
        "license": [Link(title=site.words(license.name, language), url=license.iri)] if license else [],
        "accessRights": [Words(site.label(rights.title, language), language)] if rights else [],
        "conformsTo": plain_links(service.conforms_to),
        "applicableLegislation": plain_links(service.applicable_legislation),
    }
    rows = properties()["DataService"]
    return [
        Fact(label=site.label(rows[name].label, language), values=values) for name, values in told.items() if values
    ]


def plain_links(urls: Sequence[str]) -> list[Link | Prose | Words]:
    return [Link(title=Words(url, ""), url=url) for url in urls]
