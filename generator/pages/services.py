"""The page of a data service, where its IRI leads: what it can do, on what terms, and the datasets that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import DataService
from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.dataset_lines import related_inputs, related_line
from generator.pages.facts import offered_among
from generator.pages.renderer import render_page, render_text
from generator.pages.views.dataset import ServiceView
from generator.pages.views.frame import Fact, Prose
from generator.site.addresses import file_of
from generator.site.links import Link, home_link, publisher_link, terms_link
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import properties, vocabulary
from generator.text.markdown import excerpt
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    for service in site.catalog.services.values():
        agent = site.catalog.publishers.get(service.publisher)
        near = [related_inputs(site, key) for key in offered_among(site, service.serves_dataset)]
        for language in site.languages:
            inputs = digest(site.digest, "service", language, service, agent, near)
            path = file_of(site.addresses.path(service.address, language))
            yield Task(path, render, (language, service.id), inputs, service.origin.path)


def render(site: Site, language: str, key: str) -> bytes:
    service = site.catalog.services[key]
    html, said = render_text(site, service.description, language, service.address)
    view = ServiceView(
        chrome=make_chrome(site, service.address, language),
        title=site.speech(language).choose(service.title),
        description=excerpt(site.speech(language).choose(service.description)),
        trail=(home_link(site, language), terms_link(site, "dataset", language)),
        description_html=html,
        description_language=said,
        url=service.endpoint_url,
        facts=service_facts(site, language, service),
        datasets=[related_line(site, language, key) for key in offered_among(site, service.serves_dataset)],
    )
    return render_page(site, "service.html", view, site.addresses.path(service.address, language))


def service_facts(site: Site, language: str, service: DataService) -> list[Fact]:
    rights = vocabulary("access-rights").terms.get(service.access_rights)
    license = service.license
    publisher = service.publisher or site.catalog.publisher
    told: dict[str, Sequence[Link | Prose | Words]] = {
        "publisher": [publisher_link(site, publisher, language)],
        "endpointDescription": plain_links(service.endpoint_description),
        "license": [Link(title=site.speech(language).choose(license.name), url=license.iri)] if license else [],
        "accessRights": [Words(site.speech(language).label(rights.title), language)] if rights else [],
        "conformsTo": plain_links(service.conforms_to),
        "applicableLegislation": plain_links(service.applicable_legislation),
    }
    rows = properties()["DataService"]
    return [
        Fact(label=site.speech(language).label(rows[name].label), values=values)
        for name, values in told.items()
        if values
    ]


def plain_links(urls: Sequence[str]) -> list[Link | Prose | Words]:
    return [Link(title=Words(url, ""), url=url) for url in urls]
