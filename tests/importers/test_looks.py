"""An imported portal looks like its own: its country's spelling, its colours, no symbol that means nothing."""

import json
from pathlib import Path

import pytest

from generator.authoring.folder import Folder
from generator.authoring.report import Report
from generator.build.pipeline import build, read_portal
from generator.importers.ckan import import_ckan
from generator.importers.dcat import import_dcat
from generator.importers.jkan import import_jkan
from generator.importers.jkan.site import theme_colors
from generator.model.redirect import Redirect
from tests.conftest import read_tree

POD = "https://project-open-data.cio.gov/v1.1/schema"


def site_of(portal: Path, into: Path) -> dict[str, str]:
    found = read_portal(portal)
    assert [item.code for item in found.diagnostics if item.is_error] == []
    build(found, into, jobs=1)
    return {path: data.decode() for path, data in read_tree(into).items() if path.endswith(".html")}


@pytest.mark.parametrize(
    ("description", "locale"),
    [("Trees of the city.", "en-US"), ("Trees near health centers.", "en-US"), ("Trees near health centres.", "")],
)
def test_an_american_source_makes_a_portal_in_american_english(description, locale, tmp_path):
    """
    What uses the federal schema, or writes as Americans do, has “license” and “catalog” everywhere; others have ours.
    """
    dataset = {"identifier": "t", "title": "Trees", "description": description, "accessLevel": "public"}
    source = tmp_path / "data.json"
    source.write_text(json.dumps({"conformsTo": POD, "dataset": [{**dataset, "publisher": {"name": "City"}}]}))

    import_dcat(str(source), tmp_path / "portal")
    pages = site_of(tmp_path / "portal", tmp_path / "site")

    assert Folder.open(tmp_path / "portal", Report()).map_of("portal.yaml").get("locale", "") == locale
    whole = "".join(pages.values())
    words = {word: word in whole for word in (">License<", ">Licence<", "Search the catalog<", "Search the catalogue<")}
    there = bool(locale)
    assert words == {
        ">License<": there,
        ">Licence<": not there,
        "Search the catalog<": there,
        "Search the catalogue<": not there,
    }


def test_a_theme_without_a_symbol_shows_none(portal):
    """
    A theme that is neither ours nor the EU's has no symbol in place of one.
    """
    catalog = (
        "title: {fr: Données, en: Data}\ndescription: {fr: Tout., en: All.}\npublisher: ville\n"
        "contactPoint: {name: É, email: e@exemple.org}\n"
        "themeTaxonomy:\n  - {id: quais, prefLabel: {fr: Quais, en: Quays}}\n"
        "  - {id: transport, prefLabel: Transport}\n"
    )
    other = "title: Autre\ndescription: Un jeu.\npublisher: ville\ntheme: [quais, transport]\nlicense: cc-by-4.0\n"
    files = portal({"datasets/catalog.yaml": catalog, "datasets/autre.yaml": other}).build()
    page = files["theme/index.html"].decode()

    shown = {line.partition("</span>")[0].rpartition(">")[2]: "<svg" in line for line in page.split("<li>")[1:]}
    assert (shown["Quais"], shown["Transport"]) == (False, True)


@pytest.mark.parametrize("theme", sorted(theme_colors()))
def test_colors_of_a_jkan_theme_can_be_read(theme, tmp_path):
    """
    Whatever theme a JKAN portal had, its colours pass the build's own judgement.
    """
    source = tmp_path / "jkan"
    (source / "_datasets").mkdir(parents=True)
    (source / "_datasets" / "un.md").write_text("---\ntitle: Un\n---\n")
    (source / "_config.yml").write_text(f"title: T\njkan_theme: {theme.capitalize()}\n")

    import_jkan(source, tmp_path / "portal")

    assert [item.code for item in read_portal(tmp_path / "portal").diagnostics if item.is_error] == []


def test_old_pages_of_resources_lead_on(tmp_path):
    """
    CKAN's page of a resource, by the dataset's name and by its number, leads to the file on the dataset's page.
    """
    package = {
        "id": "b2f0c9a4-0f0e-4a4e-9d2c-1c1d6a6f3a01",
        "name": "arbres",
        "title": "Arbres",
        "organization": {"name": "v", "title": "V"},
        "resources": [{"id": "r-1", "url": "https://exemple.org/a.csv"}, {"id": "r-2", "name": "Perdue", "url": ""}],
    }
    source = tmp_path / "package_search.json"
    source.write_text(json.dumps({"result": {"results": [package]}}))

    import_ckan(str(source), tmp_path / "portal")
    found = read_portal(tmp_path / "portal")
    pages = site_of(tmp_path / "portal", tmp_path / "site")

    old, page = f"/dataset/{package['id']}", "/dataset/arbres/"
    moves = {f"/{item.path}": item.target for item in found.site.catalog.redirects if isinstance(item, Redirect)}
    assert moves == {
        "/dataset/arbres/resource/r-1/": f"{page}#r-1",
        "/dataset/arbres/resource/r-2/": page,
        f"{old}/": page,
        f"{old}/resource/r-1/": f"{page}#r-1",
        f"{old}/resource/r-2/": page,
        "/organization/v/": "/publisher/v/",
    }
    assert "../../../../dataset/arbres/#r-1" in pages["dataset/arbres/resource/r-1/index.html"]
    assert 'id="r-1"' in pages["dataset/arbres/index.html"]
