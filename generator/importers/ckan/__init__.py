"""CKAN's packages, from a file or its API, as datasets."""

from __future__ import annotations

import re
from pathlib import Path

from generator.authoring.folder import Folder
from generator.authoring.report import Report
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.ckan.mapping import Mapper
from generator.importers.ckan.packages import Package, guess_source_language, package_name, said, translations
from generator.importers.ckan.sources import fetch_packages, is_document, portal_base, read_packages
from generator.text.slugs import slugify


def import_ckan(source: str, into: Path) -> Report:
    """
    Import a CKAN catalogue: a file of packages, or the address of a portal or of its API.

    SourceError when the source can't be read; then nothing is written.
    """
    remote = re.match(r"https?://", source, re.IGNORECASE) is not None
    packages = fetch_packages(source) if remote else read_packages(Path(source))
    report = Report(source=source if remote else Path(source).name)
    folder = Folder.open(into, report)
    kept = [package for package in packages if is_public(package, report)]
    base = portal_base(source) if remote and not is_document(source) else ""
    draft = Draft.begin(folder, report, guess_source_language(kept), translations(kept))
    Mapper.of(kept, draft, base).fill()
    return draft.write()


def is_public(package: Package, report: Report) -> bool:
    state = said(package.get("state")) or "active"
    if said(package.get("private")).lower() == "true":
        state = "private"
    if state != "active":
        report.tell("left-out.dataset-state", slugify(package_name(package)), state)
    return state == "active"


IMPORTER = Importer(name="ckan", source="address", take=import_ckan)
