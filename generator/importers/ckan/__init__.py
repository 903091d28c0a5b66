"""CKAN's packages, from a file or its API, as datasets."""

from __future__ import annotations

import re
from pathlib import Path

from generator.authoring.folder import Folder
from generator.authoring.report import Report
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.ckan.mapping import CkanMapper
from generator.importers.ckan.packages import Package, package_name, rank
from generator.importers.ckan.sources import fetch_packages, is_document, portal_base, read_packages
from generator.importers.records import said
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
    own, others = rank(kept)
    draft = Draft.begin(folder, report, own, others)
    CkanMapper.of(kept, draft, base).fill()
    return draft.write()


def is_public(package: Package, report: Report) -> bool:
    state = said(package.get("state")).casefold() or "active"
    if said(package.get("private")).casefold() in ("true", "1", "yes"):
        state = "private"
    if state != "active":
        report.tell("left-out.dataset-state", slugify(package_name(package)), state)
    return state == "active"


IMPORTER = Importer(name="ckan", source="address", take=import_ckan)
