"""JKAN's folders of front matter as datasets and publishers."""

from __future__ import annotations

from pathlib import Path

from generator.authoring.folder import Folder
from generator.authoring.report import Report, SourceError
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.jkan.bodies import name_bodies, pair_bodies
from generator.importers.jkan.categories import read_categories
from generator.importers.jkan.mapping import JkanMapper
from generator.importers.jkan.records import find_jkan_languages, map_of, read_licenses, read_records, read_yaml
from generator.importers.jkan.site import name_pages, read_config, read_menu, read_pages, read_reuses
from generator.importers.records import said
from generator.standards import vocabulary


def import_jkan(source: Path, into: Path) -> Report:
    """
    Import a JKAN portal from its repository's folder.

    SourceError when the folder holds no JKAN portal; then nothing is written.
    """
    if not source.is_dir():
        raise SourceError("no-source", path=source)
    if not (source / "_datasets").is_dir():
        raise SourceError("not-jkan", path=source)
    report = Report(source=source.resolve().name)
    records = list(read_records(source, "_datasets", report))
    organizations = list(read_records(source, "_organizations", report))
    folder = Folder.open(into, report)
    config = map_of(read_yaml(source, "_config.yml"))
    own, others = find_jkan_languages(records, organizations, config)
    draft = Draft.begin(folder, report, own, others)
    tags = (said(config.get(key)).replace("_", "-") for key in ("lang", "locale", "language"))
    draft.locale = next((tag for tag in tags if tag in vocabulary("locales").terms), "")
    bodies = pair_bodies(organizations, draft.speech.source, report)
    name_bodies(bodies)
    read_config(source, config, draft)
    name_pages(source, draft)
    licenses, categories = read_licenses(source), read_categories(source, report)
    mapper = JkanMapper.of(records, bodies, draft, source, config, licenses, categories)
    mapper.fill()
    read_reuses(list(read_records(source, "_applications", report)), draft)
    read_pages(source, draft, mapper.portal)
    read_menu(config, draft)
    return draft.write()


IMPORTER = Importer(name="jkan", source="folder", take=lambda source, into: import_jkan(Path(source), into))
