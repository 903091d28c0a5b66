"""`make interop`: builds portals, has CKAN read them from a static host, and writes down what arrives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph

from generator.build.pipeline import build, read_portal
from generator.importers.ckan import import_ckan
from tests.host import serving
from tests.interop.arrivals import Harvest, harvest
from tests.interop.page import page, unexplained

ROOT = Path(__file__).parents[2]
MONTREAL = ROOT.parent / "shared" / "catalogues" / "montreal-ckan" / "package_search.json"


def read(portal: Path, python: str) -> Harvest:
    """A portal's catalogue as the CKAN of an interpreter takes it, from the first page on."""
    found = read_portal(portal)
    base, language = found.site.catalog.portal.base_url, found.site.default
    with TemporaryDirectory() as folder:
        build(found, Path(folder) / "site")
        with serving(Path(folder) / "site") as served:
            command = [python, str(ROOT / "tests/interop/reader.py"), f"{base}catalog/1.jsonld", base, served, language]
            answer = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        return harvest(Graph().parse(Path(folder) / "site/catalog.jsonld", format="json-ld"), answer)


def main(python: str) -> None:
    harvests = {"demonstration": read(ROOT, python)}
    if MONTREAL.is_file():
        with TemporaryDirectory() as folder:
            import_ckan(str(MONTREAL), Path(folder))
            harvests["montreal"] = read(Path(folder), python)
    for language in ("fr", "en"):
        file = ROOT / f"docs/interop.{language}.md"
        file.write_text(page(harvests, language), encoding="utf-8", newline="\n")
        print(f"Written: {file.relative_to(ROOT)}")
    print(page(harvests, "en"))
    if lacking := unexplained(harvests):
        sys.exit(f"Lost, and tests/interop/losses.yaml does not say why: {', '.join(lacking)}")


if __name__ == "__main__":
    main(sys.argv[1])
