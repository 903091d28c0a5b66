"""The page of a dataset, and those that its former identifiers left behind."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from generator.model import Column, DataService, Dataset, Distribution, LicenseDocument
from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.dataset_lines import related_inputs, related_line
from generator.pages.facts import dataset_facts, named_datasets, offered_among
from generator.pages.health import quality_view
from generator.pages.members import address_of, member_views
from generator.pages.previews import preview_digest, render_previews, unshown
from generator.pages.record_parts import mention_inputs, mentions_parts
from generator.pages.renderer import fill_template, finish, render_page, render_text
from generator.pages.snippets import snippets
from generator.pages.use import sparkline
from generator.pages.views.dataset import (
    ColumnView,
    ContactView,
    DatasetView,
    FileView,
    LicenseView,
    MovedView,
    SuccessorView,
    WithdrawnView,
)
from generator.site.addresses import file_of
from generator.site.citation import cite
from generator.site.collections import keyword_language, license_key, localized_keywords
from generator.site.contacts import contact_of
from generator.site.freshness import due_date, later_record, older_files, rhythm
from generator.site.health import has_health
from generator.site.history import history_of
from generator.site.iris import dataset_iri, distribution_fragment, file_url
from generator.site.links import Link, home_link, publisher_link, terms_link
from generator.site.outgoing import outgoing
from generator.site.quality import quality_of
from generator.site.representations import dataset_forms
from generator.site.schema_org import dataset_data
from generator.site.site import Site
from generator.site.successors import current_version, whole_of
from generator.site.tasks import Copy, Task
from generator.site.use import months
from generator.standards import vocabulary
from generator.text.markdown import excerpt
from generator.text.slugs import slugify
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task | Copy]:
    for dataset in site.catalog.datasets.values():
        near = [related_inputs(site, key) for key in named_on_page(site, dataset)]
        members = [site.dataset_digests[key] for key in offered_among(site, dataset.members)]
        services = [services_of(site, item) for item in dataset.distribution]
        answers = [outgoing(site, item.download_url or item.access_url) for item in dataset.distribution]
        own = site.dataset_digests[dataset.id]
        judged = quality_of(site, dataset.id).held if has_health(site) and dataset.offered else ()
        usage = site.catalog.usage.get(dataset.id)
        used = (usage, months(site)) if usage and usage.months else ()
        others = members, current_version(site.catalog, dataset), whole_of(site.catalog, dataset)
        named = mention_inputs(site, "dataset", dataset.id), services, answers, judged, used
        around = digest(site.digest, "dataset", own, near, *named, *others)
        for language in site.languages:
            inputs = digest(around, language, preview_digest(site, dataset))
            path = site.addresses.path(f"dataset/{dataset.id}/", language)
            yield Task(file_of(path), render, (language, dataset.id), inputs, dataset.origin.path, dataset=dataset.id)
            for former in dataset.formerly:
                path = file_of(site.addresses.path(f"dataset/{former}/", language))
                arguments = language, dataset.id, former
                yield Task(path, render_moved, arguments, inputs, dataset.origin.path, dataset=dataset.id)
        for item in dataset.distribution:
            if item.file:
                yield Copy(f"dataset/{dataset.id}/{item.file}", posixpath.join(dataset.folder, item.file))


def named_on_page(site: Site, dataset: Dataset) -> Iterator[str]:
    """The other datasets whose titles stand on a dataset's page."""
    yield from site.related.get(dataset.id, ())
    yield from named_datasets(site, dataset)
    if current := current_version(site.catalog, dataset):
        yield current


def render(site: Site, language: str, key: str) -> bytes:
    dataset = site.catalog.datasets[key]
    return render_page(
        site, "dataset.html", dataset_view(site, language, dataset), site.addresses.path(f"dataset/{key}/", language)
    )


def render_moved(site: Site, language: str, key: str, former: str) -> bytes:
    """A page that leads from a former address to today's, for hosts that can't redirect."""
    path = f"dataset/{former}/"
    dataset = site.catalog.datasets[key]
    view = MovedView(
        language=language,
        title=site.speech(language).choose(dataset.title),
        url=site.addresses.link(f"dataset/{key}/", language),
        absolute=site.addresses.absolute(f"dataset/{key}/", language),
    )
    html = fill_template(site, "moved.html", language, page=view)
    return finish(html, site.addresses.path(path, language))


def dataset_view(site: Site, language: str, dataset: Dataset) -> DatasetView:
    path = f"dataset/{dataset.id}/"
    previews = render_previews(site, language, dataset)
    html, said = render_text(site, dataset.description, language, path, level=3)
    frequency, months = dataset.accrual_periodicity, dataset.accrual_months
    contact = contact_view(site, language, dataset)
    collections = site.collections[language]
    return DatasetView(
        chrome=make_chrome(site, path, language),
        title=site.speech(language).choose(dataset.title),
        description=excerpt(site.speech(language).choose(dataset.description), 160),
        trail=(home_link(site, language), terms_link(site, "dataset", language)),
        linked=[node for node in [dataset_data(site, language, dataset)] if node],
        id=dataset.id,
        iri=dataset_iri(site.catalog.portal.base_url, dataset.id),
        publisher=publisher_link(site, dataset.publisher, language),
        description_html=html,
        description_language=said,
        files=[file_view(site, language, dataset, item, previews.get(item.id, "")) for item in dataset.distribution],
        unshown=unshown(site, dataset),
        keywords=keyword_links(site, language, dataset),
        themes=[
            Link(
                title=site.speech(language).choose(collections["theme"][key].title),
                url=site.addresses.link(f"theme/{key}/", language),
            )
            for key in dataset.theme
        ],
        license=license_view(site, language, dataset),
        facts=dataset_facts(site, language, dataset),
        contact=contact,
        modified=dataset.modified,
        frequency=rhythm(site.speech(language), frequency, months),
        withdrawn=withdrawn_view(site, language, dataset),
        due=due_date(dataset.data_modified, frequency, months) if is_kept_up(site, dataset) else "",
        months=months,
        version=dataset.version,
        members=member_views(site, language, dataset),
        successor=successor_view(site, language, dataset),
        record_modified=later_record(dataset),
        newest_file=older_files(dataset),
        dated_by_record=dataset.dated_by_record,
        history=history_of(site, language, dataset) if dataset.history else (),
        related=[related_line(site, language, key) for key in resembling(site, dataset)],
        mentions=mentions_parts(site, "dataset", dataset.id, language),
        citation=cite(site, language, dataset),
        snippets=snippets(site, language, dataset),
        permalink=site.addresses.absolute(path, language),
        report=report_link(site, language, dataset, contact),
        forms=dataset_forms(dataset),
        quality=quality_view(site, language, dataset.id),
        use=sparkline(site, language, dataset.id) if dataset.offered else None,
    )


def is_kept_up(site: Site, dataset: Dataset) -> bool:
    """Whether anyone still owes a dataset its updates: not once it is withdrawn, or another has its place."""
    return dataset.offered and not current_version(site.catalog, dataset)


def successor_view(site: Site, language: str, dataset: Dataset) -> SuccessorView | None:
    """The version of today, else the dataset that this one is a version of."""
    current = current_version(site.catalog, dataset)
    key = current or (whole_of(site.catalog, dataset) if dataset.offered else "")
    if not key:
        return None
    relation = ("newer" if dataset.offered else "replaced") if current else "version"
    return SuccessorView(relation=relation, dataset=related_line(site, language, key).dataset)


def resembling(site: Site, dataset: Dataset) -> list[str]:
    """The datasets that resemble it most, without those that its page lists already."""
    return [key for key in site.related.get(dataset.id, ()) if key not in dataset.members]


def report_link(site: Site, language: str, dataset: Dataset, contact: ContactView | None) -> str:
    """A message to begin, that says which dataset it is about; else the contact's page."""
    if contact is None or not contact.email:
        return contact.url if contact else ""
    say = site.speech(language).say
    subject = say("site.report.subject", title=site.speech(language).choose(dataset.title))
    body = say("site.report.body", url=site.addresses.absolute(f"dataset/{dataset.id}/", language))
    return f"mailto:{contact.email}?subject={quote(subject)}&body={quote(body)}"


def withdrawn_view(site: Site, language: str, dataset: Dataset) -> WithdrawnView | None:
    if dataset.withdrawn is None:
        return None
    return WithdrawnView(date=dataset.withdrawn.date, reason=site.speech(language).choose(dataset.withdrawn.reason))


def contact_view(site: Site, language: str, dataset: Dataset) -> ContactView | None:
    contact = contact_of(site.catalog, dataset)
    if contact is None:
        return None
    point = contact.named
    return ContactView(name=site.speech(language).choose(point.name), email=point.email, url=point.url)


def keyword_links(site: Site, language: str, dataset: Dataset) -> list[Link]:
    said = keyword_language(dataset, language, site.default)
    words = {slugify(word): word for word in reversed(localized_keywords(dataset, language, site.default))}
    linked = dataset.offered
    return [
        Link(title=Words(word, said), url=site.addresses.link(f"keyword/{key}/", language) if linked else "")
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
        title=site.speech(language).choose(license.name),
        page=site.addresses.link(f"license/{license_key(license)}/", language) if dataset.offered else "",
        text=license.iri,
        permits=["share", *(key for key, no in closed.items() if not no)] if known else (),
        forbids=[key for key, no in closed.items() if no],
        requires=[key for key in ("attribution", "sharealike") if facts.get(key)],
    )


def license_link(site: Site, language: str, license: LicenseDocument | None) -> Link | None:
    return Link(title=site.speech(language).choose(license.name), url=license.iri) if license else None


def file_view(site: Site, language: str, dataset: Dataset, item: Distribution, preview: str = "") -> FileView:
    html, said = render_text(site, item.description, language, f"dataset/{dataset.id}/", level=4, part=item.id)
    rights, stated = render_text(
        site, item.rights, language, f"dataset/{dataset.id}/", level=4, part=f"{item.id}-rights"
    )
    formats = vocabulary("formats")
    known = formats.terms.get(item.format)
    title = site.speech(language).choose(item.title)
    url, kind = address_of(dataset, item)
    own = item.license if item.license and item.license != dataset.license else None
    answer = outgoing(site, url)
    said_described = Words(site.speech(language).say("site.dataset.service-description"), language)
    return FileView(
        anchor=distribution_fragment(item.id),
        title=title if title else Words(item.file or item.format or item.id, ""),
        description=html,
        description_language=said,
        url=url,
        address=file_url(site.catalog.portal.base_url, dataset.id, item.file) if item.file else url,
        kind=kind,
        format=item.format,
        format_title=site.speech(language).label(known.title) if known else "",
        size=site.speech(language).size(item.byte_size) if item.byte_size is not None else "",
        modified=item.modified,
        checksum=item.checksum,
        license=license_link(site, language, own),
        failing=answer.broken_since if answer else "",
        gives_page=answer is not None and answer.status == "page",
        rights=rights,
        rights_language=stated,
        described_by=[
            Link(title=title, url=url)
            for service in services_of(site, item)
            for title, url in (
                (site.speech(language).choose(service.title), site.addresses.link(f"service/{service.id}/", language)),
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
        title=site.speech(language).choose(column.title),
        description=site.speech(language).choose(column.description),
        type=site.speech(language).label(vocabulary("column-types")[column.type].title) if column.type else "",
        unit=column.unit,
    )
