"""JKAN's folders of front matter as datasets and publishers."""

from __future__ import annotations

from pathlib import Path

from generator.authoring.folder import Folder
from generator.authoring.report import Report, SourceError
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.html import to_line, to_markdown
from generator.importers.jkan.mapping import Mapper
from generator.importers.jkan.records import find_languages, read_licenses, read_records, read_yaml, said


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
    bodies = list(read_records(source, "_organizations", report))
    folder = Folder.open(into, report)
    config = read_yaml(source / "_config.yml")
    config = config if isinstance(config, dict) else {}
    own, others = find_languages(records, bodies, config)
    draft = Draft.begin(folder, report, own, others)
    draft.title = to_line(said(config.get("title")))
    draft.description = to_markdown(said(config.get("description")))
    Mapper.of(records, bodies, draft, config, read_licenses(source)).fill()
    return draft.write()


IMPORTER = Importer(name="jkan", source="folder", take=lambda source, into: import_jkan(Path(source), into))
