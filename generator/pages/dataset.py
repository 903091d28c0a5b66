"""The page of a dataset, and those that its former identifiers left behind."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from generator.model import Column, DataService, Dataset, Distribution, LicenseDocument
from generator.pages.content import card, related_inputs, related_line
from generator.pages.facts import facts, named, offered
from generator.pages.previews import preview_digest, render_previews, unshown
from generator.pages.snippets import snippets
from generator.pages.views.frame import (
    ChangeView,
    ColumnView,
    ContactView,
    DatasetView,
    FileView,
    LicenseView,
    Link,
    MovedView,
    WithdrawnView,
)
from generator.site.addresses import file_of, link, slugify
from generator.site.citation import cite
from generator.site.collections import keyword_language, license_key, localized_keywords
from generator.site.freshness import due_date
from generator.site.representations import dataset_forms
from generator.site.schema_org import dataset_data
from generator.site.site import Site
from generator.site.tasks import Copy, Task, digest
from generator.standards import vocabulary
from generator.text.markdown import excerpt
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task | Copy]:
    for dataset in site.catalog.datasets.values():
        near = [related_inputs(site, key) for key in (*site.related.get(dataset.id, ()), *named(site, dataset))]
        services = [services_of(site, item) for item in dataset.distribution]
        own = site.dataset_digests[dataset.id]
        around = digest(site.digest, "dataset", own, near, site.reuses.get(dataset.id), services)
        for language in site.languages:
            inputs = digest(around, language, preview_digest(site, dataset))
            path = site.path(f"dataset/{dataset.id}/", language)
            yield Task(file_of(path), render, (language, dataset.id), inputs, dataset.origin.path)
            for former in dataset.formerly:
                path = file_of(site.path(f"dataset/{former}/", language))
                yield Task(path, render_moved, (language, dataset.id, former), inputs, dataset.origin.path)
        for item in dataset.distribution:
            if item.file:
                yield Copy(f"dataset/{dataset.id}/{item.file}", posixpath.join(dataset.folder, item.file))


def render(site: Site, language: str, key: str) -> bytes:
    dataset = site.catalog.datasets[key]
    return site.render("dataset.html", dataset_view(site, language, dataset), site.path(f"dataset/{key}/", language))


def render_moved(site: Site, language: str, key: str, former: str) -> bytes:
    """A page that leads from a former address to today's, for hosts that can't redirect."""
    path = f"dataset/{former}/"
    dataset = site.catalog.datasets[key]
    view = MovedView(
        language=language,
        title=site.words(dataset.title, language),
        url=site.link(f"dataset/{key}/", language),
        absolute=site.absolute(f"dataset/{key}/", language),
    )
    html = site.fill("moved.html", language, page=view)
    return site.finish(html, site.path(path, language))


def dataset_view(site: Site, language: str, dataset: Dataset) -> DatasetView:
    path = f"dataset/{dataset.id}/"
    previews = render_previews(site, language, dataset)
    html, said = site.markdown(dataset.description, language, path, level=3)
    frequency = dataset.accrual_periodicity
    contact = contact_of(site, language, dataset)
    collections = site.collections[language]
    return DatasetView(
        chrome=site.chrome(path, language),
        title=site.words(dataset.title, language),
        description=excerpt(site.words(dataset.description, language), 160),
        trail=(site.home_link(language), site.terms_link("dataset", language)),
        linked=[node for node in [dataset_data(site, language, dataset)] if node],
        id=dataset.id,
        iri=f"{site.absolute(f'dataset/{dataset.id}')}#dataset",
        publisher=site.publisher_link(dataset.publisher, language),
        description_html=html,
        description_language=said,
        files=[file_view(site, language, dataset, item, previews.get(item.id, "")) for item in dataset.distribution],
        unshown=unshown(site, dataset),
        keywords=keyword_links(site, language, dataset),
        themes=[
            Link(
                title=site.words(collections["theme"][key].title, language),
                url=site.link(f"theme/{key}/", language),
            )
            for key in dataset.theme
        ],
        license=license_view(site, language, dataset),
        facts=facts(site, language, dataset),
        contact=contact,
        modified=dataset.modified,
        frequency=site.label(vocabulary("frequencies")[frequency].title, language) if frequency else "",
        withdrawn=withdrawn_view(site, language, dataset),
        due=due_date(dataset.modified, frequency) if dataset.withdrawn is None else "",
        version=dataset.version,
        members=[related_line(site, language, key) for key in offered(site, dataset.members)],
        history=[ChangeView(date=change.date, subject=change.subject) for change in dataset.history],
        related=[related_line(site, language, key) for key in resembling(site, dataset)],
        reuses=[card(site, language, page) for page in site.reuses.get(dataset.id, ())],
        citation=cite(site, language, dataset),
        snippets=snippets(site, language, dataset),
        permalink=site.absolute(path, language),
        report=report_link(site, language, dataset, contact),
        forms=dataset_forms(dataset),
    )


def resembling(site: Site, dataset: Dataset) -> list[str]:
    """The datasets that resemble it most, without those that its page lists already."""
    return [key for key in site.related.get(dataset.id, ()) if key not in dataset.members]


def report_link(site: Site, language: str, dataset: Dataset, contact: ContactView | None) -> str:
    """A message to begin, that says which dataset it is about; else the contact's page."""
    if contact is None or not contact.email:
        return contact.url if contact else ""
    say = site.speech(language).say
    subject = say("site.report.subject", title=site.words(dataset.title, language))
    body = say("site.report.body", url=site.absolute(f"dataset/{dataset.id}/", language))
    return f"mailto:{contact.email}?subject={quote(subject)}&body={quote(body)}"


def withdrawn_view(site: Site, language: str, dataset: Dataset) -> WithdrawnView | None:
    if dataset.withdrawn is None:
        return None
    return WithdrawnView(date=dataset.withdrawn.date, reason=site.words(dataset.withdrawn.reason, language))


def contact_of(site: Site, language: str, dataset: Dataset) -> ContactView | None:
    """The dataset's contact point, else its publisher's, else the catalogue's."""
    agent = site.catalog.publishers[dataset.publisher]
    contact = dataset.contact_point or agent.contact_point or site.catalog.contact_point
    if contact is None:
        return None
    name = site.words(contact.name or agent.name, language)
    return ContactView(name=name, email=contact.email, url=contact.url)


def keyword_links(site: Site, language: str, dataset: Dataset) -> list[Link]:
    said = keyword_language(dataset, language, site.default)
    words = {slugify(word): word for word in reversed(localized_keywords(dataset, language, site.default))}
    linked = dataset.withdrawn is None
    return [
        Link(title=Words(word, said), url=site.link(f"keyword/{key}/", language) if linked else "")
        for key, word in reversed(words.items())
    ]


def license_view(site: Site, language: str, dataset: Dataset) -> LicenseView | None:
    """A licence in plain words, as far as the list of licences knows it."""
    license = dataset.license
    if license is None:
        return None
    facts = vocabulary("licenses")[license.code].facts if license.code else {}
    known = "open" in facts
    closed = {"commercial": facts.get("noncommercial"), "adapt": facts.get("noderivatives")}
    return LicenseView(
        title=site.words(license.name, language),
        page=site.link(f"license/{license_key(license)}/", language) if dataset.withdrawn is None else "",
        text=license.iri,
        permits=["share", *(key for key, no in closed.items() if not no)] if known else (),
        forbids=[key for key, no in closed.items() if no],
        requires=[key for key in ("attribution", "sharealike") if facts.get(key)],
    )


def license_link(site: Site, language: str, license: LicenseDocument | None) -> Link | None:
    return Link(title=site.words(license.name, language), url=license.iri) if license else None


def file_view(site: Site, language: str, dataset: Dataset, item: Distribution, preview: str = "") -> FileView:
    html, said = site.markdown(item.description, language, f"dataset/{dataset.id}/", level=4, part=item.id)
    formats = vocabulary("formats")
    known = formats.terms.get(item.format)
    title = site.words(item.title, language)
    if item.file:
        url, kind = link(f"dataset/{dataset.id}/{item.file}"), "download"
    elif item.download_url:
        url, kind = item.download_url, "download"
    else:
        url, kind = (
            item.access_url,
            "service" if item.access_service or (known and known.facts.get("service")) else "page",
        )
    own = item.license if item.license and item.license != dataset.license else None
    said_described = Words(site.speech(language).say("site.dataset.service-description"), language)
    return FileView(
        anchor=f"{item.id}_" if item.id == "dataset" else item.id,  # as in the feeds: `#dataset` is the dataset
        title=title if title else Words(item.file or item.format or item.id, ""),
        description=html,
        description_language=said,
        url=url,
        kind=kind,
        format=item.format,
        format_title=site.label(known.title, language) if known else "",
        size=site.speech(language).size(item.byte_size) if item.byte_size is not None else "",
        modified=item.modified,
        checksum=item.checksum,
        license=license_link(site, language, own),
        described_by=[
            Link(title=title, url=url)
            for service in services_of(site, item)
            for title, url in (
                (site.words(service.title, language), site.link(f"service/{service.id}/", language)),
                *((said_described, url) for url in service.endpoint_description),
            )
        ],
        columns=[column_view(site, language, column) for column in item.columns],
        preview=preview,
    )


def services_of(site: Site, item: Distribution) -> list[DataService]:
    services = site.catalog.services
    return [services[key] for key in item.access_service if key in services]


def column_view(site: Site, language: str, column: Column) -> ColumnView:
    return ColumnView(
        name=column.name,
        title=site.words(column.title, language),
        description=site.words(column.description, language),
        type=site.label(vocabulary("column-types")[column.type].title, language) if column.type else "",
        unit=column.unit,
    )
