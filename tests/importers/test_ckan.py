"""CKAN's packages become the files of a portal, and the report tells what did not."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.authoring.report import SourceError
from generator.importers.ckan import import_ckan, sources
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from tests.host import answering

ARBRES = {
    "id": "b2f0c9a4-0f0e-4a4e-9d2c-1c1d6a6f3a01",
    "name": "arbres",
    "title": "Arbres publics",
    "notes": "<p>Voir <a href='/dataset/parcs'>les parcs</a> et [l'ancien](/dataset/disparu).</p>",
    "organization": {"name": "ville", "title": "Ville d'Exemple"},
    "groups": [{"name": "environnement-ressources-naturelles-energie", "title": "Environnement"}],
    "tags": [{"name": "Arbre"}, {"name": "arbre"}, {"name": "no"}],
    "license_id": "cc-by",
    "update_frequency": "monthly",
    "inv_access_level": "open",
    "metadata_created": "2018-04-30T15:18:44.679061",
    "metadata_modified": "2026-03-09T10:14:00.165474",
    "maintainer": "Équipe données",
    "maintainer_email": "donnees@exemple.org",
    "language": "FR",
    "ext_spatial": '{"type": "Polygon", "coordinates": [[[-74, 45.4], [-73, 45.4], [-73, 46], [-74, 45.4]]]}',
    "methodologie": "Un relevé par année.",
    "etablissement": "Hôtel de ville",
    "resources": [
        {
            "id": "1b00ea3f-92a4-4ed3-adcf-3fb12a2d0910",
            "name": "Arbres: liste",
            "description": "Une ligne par arbre.\r\n\r\n- essence\r\n- diamètre",
            "format": "GEOJSON",
            "url": "https://donnees.exemple.org/dataset/a/resource/1b00ea3f-92a4-4ed3-adcf-3fb12a2d0910/é 1.geojson",
            "mimetype": "application/json",
            "size": 9869760,
            "created": "2018-04-30T15:19:29.896594",
            "last_modified": "2026-03-09T00:02:20",
        },
        {"id": "c6f482bf-bf0f-4960-8b2f-9982c211addd", "name": "Sans adresse", "format": "CSV", "url": ""},
        {
            "id": "fed5fd02-5535-458e-b13f-66e7a31a6d78",
            "name": "Carte",
            "format": "WEB",
            "url": "www.exemple.org/carte",
        },
    ],
}

PARCS = {
    "name": "Parcs et été",
    "title": "Parcs",
    "notes": "Des parcs.",
    "organization": {"name": "ville", "title": "Ville d'Exemple"},
    "groups": [{"name": "planification", "title": "Planification"}],
    "license_id": "maison",
    "license_title": "Licence maison",
    "update_frequency": "lunaire",
    "maintainer_email": "écrivez-nous",
    "language": "FR",
    "resources": [],
}

PRIVATE = {"name": "secret", "title": "Secret", "private": True}
DELETED = {"name": "vieux", "title": "Vieux", "state": "deleted"}


def write(folder: Path, packages: list[dict[str, object]]) -> str:
    file = folder / "packages.json"
    file.write_text(json.dumps({"success": True, "result": {"count": len(packages), "results": packages}}))
    return str(file)


def test_package_becomes_a_dataset_file(tmp_path):
    """
    A package is written under its name, in the order and the style of a careful publisher.
    """
    import_ckan(write(tmp_path, [ARBRES, PARCS]), tmp_path / "portail")

    assert (
        (tmp_path / "portail/datasets/arbres.yaml").read_text()
        == """\
title: Arbres publics
description: |
  Voir [les parcs](https://donnees.exemple.org/dataset/parcs) et [l'ancien](https://donnees.exemple.org/dataset/disparu).

  ## Méthodologie

  Un relevé par année.
publisher: ville
contactPoint: {name: Équipe données, email: donnees@exemple.org}
theme: [environnement-ressources-naturelles-energie]
keyword: [Arbre, "no"]
license: cc-by-4.0
accessRights: public
accrualPeriodicity: monthly
issued: 2018-04-30
modified: 2026-03-09
spatial: {bbox: [-74, 45.4, -73, 46]}
language: [fr]
identifier: b2f0c9a4-0f0e-4a4e-9d2c-1c1d6a6f3a01
distribution:
  - id: 1b00ea3f-92a4-4ed3-adcf-3fb12a2d0910
    title: "Arbres: liste"
    description: |
      Une ligne par arbre.

      - essence
      - diamètre
    downloadURL: https://donnees.exemple.org/dataset/a/resource/1b00ea3f-92a4-4ed3-adcf-3fb12a2d0910/%C3%A9%201.geojson
    format: GeoJSON
    mediaType: application/json
    issued: 2018-04-30
    modified: 2026-03-09
    byteSize: 9869760
  - id: fed5fd02-5535-458e-b13f-66e7a31a6d78
    title: Carte
    accessURL: https://www.exemple.org/carte
    format: HTML
"""
    )


def test_unsafe_name_becomes_a_slug_and_stays_as_identifier(tmp_path):
    """
    A name that no address can hold is made into a slug, and nothing that the source lacks is invented.
    """
    import_ckan(write(tmp_path, [ARBRES, PARCS]), tmp_path / "portail")

    assert (
        (tmp_path / "portail/datasets/parcs-et-ete.yaml").read_text()
        == """\
title: Parcs
description: Des parcs.
publisher: ville
theme: [planification]
license: {name: Licence maison}
language: [fr]
identifier: Parcs et été
"""
    )


def test_rules_for_git_are_left_as_they_are(tmp_path):
    """
    Whoever told git already what to leave alone is not told otherwise.
    """
    (tmp_path / ".gitignore").write_text("*.bak\n")

    import_ckan(write(tmp_path, [ARBRES]), tmp_path)

    assert (tmp_path / ".gitignore").read_text() == "*.bak\n"


def test_empty_folder_gets_a_minimal_portal(tmp_path):
    """
    What a portal needs beside datasets is written with what was supposed clearly marked.
    """
    into = tmp_path / "portail"

    import_ckan(write(tmp_path, [ARBRES, PARCS]), into)

    assert sorted(file.relative_to(into).as_posix() for file in into.rglob("*") if file.is_file()) == [
        ".github/ISSUE_TEMPLATE/demande-de-donnees.yml",
        ".github/workflows/links.yaml",
        ".github/workflows/portal.yaml",
        ".gitignore",
        ".gitlab-ci.yml",
        ".gitlab/issue_templates/demande-de-donnees.md",
        "README.md",
        "content/a-propos.md",
        "content/contact.md",
        "content/licence.md",
        "datasets/arbres.yaml",
        "datasets/catalog.yaml",
        "datasets/parcs-et-ete.yaml",
        "datasets/publishers/ville.yaml",
        "import-details.md",
        "import-memory.json",
        "import-report.md",
        "portal.yaml",
        "redirects.yaml",
        "requirements.txt",
    ]
    assert (into / ".gitignore").read_text() == "/site/\n/.cache/\n/.venv/\n"
    assert (
        (into / "portal.yaml").read_text().replace("\u202f", " ")
        == """\
# À REMPLACER par l’adresse publique du portail : celle-ci est un exemple.
baseURL: https://example.org/
languages: [fr]
menu:
  - title: Jeux de données
    url: /dataset/
  - title: Thèmes
    url: /theme/
  - title: Organismes
    url: /publisher/
  - title: À propos
    url: /a-propos/
footer:
  - title: Contact
    url: /contact/
  - title: Licence
    url: /licence/
home:
  - search
  - figures
  - themes
  - featured
  - latest
  - news
  - reuses
  - publishers
  - catalogs
  - actions
actions:
  - title: Demander des données
    url: /contact/
"""
    )
    assert (
        (into / "datasets/catalog.yaml").read_text().replace("\u202f", " ")
        == """\
# À relire : l’importation a supposé le titre, la description et l’organisme du catalogue.
title: Catalogue de données ouvertes
description: Les jeux de données importés de l’ancien portail.
publisher: ville
language: [fr]
themeTaxonomy:
  - id: environnement-ressources-naturelles-energie
    prefLabel: {fr: Environnement}
  - id: planification
    prefLabel: {fr: Planification}
"""
    )
    assert (into / "datasets/publishers/ville.yaml").read_text() == "name: Ville d'Exemple\n"


def test_report_tells_every_loss(tmp_path):
    """
    The report counts what was taken over, supposed and left out.
    """
    report = import_ckan(write(tmp_path, [ARBRES, PARCS, PRIVATE, DELETED]), tmp_path / "portail")

    assert report.objects == {"dataset": 2, "distribution": 2, "publisher": 1, "theme": 2}
    assert report.totals() == {
        "left-out.dataset-state private": 1,
        "left-out.dataset-state deleted": 1,
        "guessed.old-portal https://donnees.exemple.org/": 1,
        "links.absolute": 2,
        "left-out.no-url": 1,
        "guessed.scheme": 1,
        "left-out.field etablissement": 1,
        "left-out.email": 1,
        "kept.license": 1,
        "left-out.frequency lunaire": 1,
        "left-out.unusable maintainer_email": 1,
        "left-out.unusable update_frequency": 1,
        "guessed.base-url": 1,
        "guessed.language fr": 1,
        "guessed.catalog": 1,
        "guessed.catalog-publisher": 1,
        "guessed.new-theme": 2,
    }


def test_report_reads_in_both_languages(tmp_path):
    """
    The totals are sentences in the reader's language, and a file has them dataset by dataset.
    """
    report = import_ckan(
        write(tmp_path, [{"name": "a", "title": "A", "language": "en", "resources": [{"id": "x"}]}]), tmp_path
    )

    assert report.lines("en") == [
        "1 dataset, 0 distributions, 1 publisher, 0 themes.",
        "Files: 16 created, 0 updated, 0 unchanged.",
        "",
        "Taken over (the source’s key → Vitrine’s key)",
        "      1  language → language",
        "      1  name → identifier",
        "      1  resources.id → distribution.id",
        "      1  title → title",
        "",
        "Supposed, to be checked",
        "      1  example address written in portal.yaml: https://example.org/",
        "      1  title, description and language of the catalogue: datasets/catalog.yaml",
        "      1  the catalogue’s publisher, the one with the most datasets: publisher-to-be-named",
        "      1  language: en",
        "      1  dataset without publisher",
        "",
        "Left out",
        "      1  resource without an address: x",
        "",
        "The totals are in import-report.md, every detail in import-details.md.",
    ]
    assert report.lines("fr")[0] == "1 jeu de données, 0 distribution, 1 organisme, 0 thème."
    text = (tmp_path / "import-details.md").read_text()
    assert (
        text[text.index("## By dataset") :]
        == """\
## By dataset

### a

- dataset without publisher
- resource without an address: `x`
"""
    )


@pytest.mark.parametrize(
    "content",
    [
        {"success": True, "result": {"results": [{"name": "a", "title": "A"}]}},
        {"success": True, "result": {"name": "a", "title": "A"}},
        {"success": True, "result": [{"name": "a", "title": "A"}]},
        [{"name": "a", "title": "A"}],
        {"name": "a", "title": "A"},
    ],
)
def test_every_shape_of_answer_is_read(tmp_path, content):
    """
    A search's answer, a package's, a list and a single package are all packages.
    """
    (tmp_path / "a.json").write_text(json.dumps(content))

    import_ckan(str(tmp_path / "a.json"), tmp_path / "portail")

    assert (tmp_path / "portail/datasets/a.yaml").is_file()


def test_json_lines_are_read(tmp_path):
    """
    One package a line is a catalogue.
    """
    (tmp_path / "a.jsonl").write_text('{"name": "a", "title": "A"}\n{"name": "b", "title": "B"}\n')

    assert import_ckan(str(tmp_path / "a.jsonl"), tmp_path / "portail").objects["dataset"] == 2


def test_odd_characters_and_dates_are_taken_as_far_as_they_go(tmp_path):
    """
    Half of a character becomes a question mark, a line ends at a line feed alone, a year and month that are none are
    left out.
    """
    odd = '{"name": "a", "title": "A \\ud83d", "metadata_created": "2024-13"}\n{"name": "b", "title": "B\u2028C"}\n'
    (tmp_path / "a.jsonl").write_text(odd, encoding="utf-8")
    import_ckan(str(tmp_path / "a.jsonl"), tmp_path / "portail")
    catalog, _ = structure_catalog(read_source(tmp_path / "portail"))
    found = [(*dataset.title.values(), dataset.issued) for dataset in catalog.datasets.values()]

    assert [("A ?", ""), ("B C", "")] == [(title.replace("\u2028", " "), issued) for title, issued in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": \n  oops}', "`a.json`, line 2: this is not JSON (Expecting value)"),
        (
            '{"name": "a"}\n{oops}',
            "`a.json`, line 2: this is not JSON (Expecting property name enclosed in double quotes)",
        ),
        ('{"help": "?"}', "`a.json` holds no CKAN datasets"),
        ("", "`a.json` holds no CKAN datasets"),
        ("[" * 100_000, "`a.json`, line 1: this is not JSON (Nested too deep)"),
        (
            '{"success": false, "error": {"message": "Not found"}}',
            "`a.json`: the CKAN server refused the request: Not found",
        ),
        (None, "`a.json` does not exist"),
    ],
)
def test_bad_source_is_said_and_nothing_written(tmp_path, monkeypatch, content, expected):
    """
    A source that can't be read is named in one sentence, and the folder stays as it was.
    """
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("a.json").write_text(content)

    with pytest.raises(SourceError) as error:
        import_ckan("a.json", Path("portail"))

    assert expected == error.value.message("en")
    assert not Path("portail").exists()


def test_empty_catalogue_is_a_portal(tmp_path):
    """
    No datasets make a portal whose publisher is still to be named.
    """
    import_ckan(write(tmp_path, []), tmp_path / "portail")

    catalog, diagnostics = structure_catalog(read_source(tmp_path / "portail"))
    assert [item for item in diagnostics if item.is_error] == []
    assert list(catalog.publishers) == ["publisher-to-be-named"]


def test_second_import_changes_no_byte(tmp_path):
    """
    The same source twice leaves every file as the first time, the report included.
    """
    source, into = write(tmp_path, [ARBRES, PARCS]), tmp_path / "portail"
    import_ckan(source, into)
    first = {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}

    report = import_ckan(source, into)

    assert first == {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}
    assert report.files == {"unchanged": 6}


def test_portal_languages_of_the_folder_are_kept(tmp_path):
    """
    Texts in a language that the portal has beside its default one say so.
    """
    into = tmp_path / "portail"
    into.mkdir()
    (into / "portal.yaml").write_text("baseURL: https://exemple.org/\nlanguages: [fr, en]\n")

    import_ckan(write(tmp_path, [{"name": "a", "title": "Trees", "language": "en"}]), into)

    assert (into / "datasets/a.yaml").read_text().splitlines(keepends=True)[0] == "title: {en: Trees}\n"


def test_translated_fields_are_read(tmp_path):
    """
    The fields of ckanext-fluent become texts by language.
    """
    package = {
        "name": "a",
        "title_translated": {"fr": "Arbres", "en": "Trees"},
        "notes_translated": {"fr": "Des arbres.", "en": "Some trees."},
        "keywords": {"fr": ["arbre"], "en": ["tree"]},
        "language": "fr",
    }

    import_ckan(write(tmp_path, [package]), tmp_path / "portail")

    assert [
        line
        for line in (tmp_path / "portail/datasets/a.yaml").read_text().splitlines()
        if not line.startswith(("publisher", "language"))
    ] == [
        "title: {fr: Arbres, en: Trees}",
        "description: {fr: Des arbres., en: Some trees.}",
        "keyword: {fr: [arbre], en: [tree]}",
    ]
    assert "languages: [fr, en]" in (tmp_path / "portail/portal.yaml").read_text()


def test_names_with_a_harvesters_prefix_answer_to_the_name_without(tmp_path):
    """
    Links into the portal that was harvested find the datasets that a harvester renamed.
    """
    packages = [
        {
            "name": f"vmtl-{name}",
            "title": name.title(),
            "notes": "[Voir](https://d.exemple.org/fr/dataset/art#x)",
            "resources": [],
        }
        for name in ("arbres", "art")
    ]
    number = "0b1b8c5e-1111-2222-3333-444455556666"
    resource = {
        "id": number,
        "url": f"https://d.exemple.org/dataset/x/resource/{number}/download/a.csv",
        "format": "CSV",
    }
    packages.append({"name": "vmtl-eau", "title": "Eau", "notes": "", "resources": [resource]})

    import_ckan(write(tmp_path, packages), tmp_path)

    assert 'description: "[Voir](/dataset/vmtl-art/)"' in (tmp_path / "datasets/vmtl-arbres.yaml").read_text()


class Server(BaseHTTPRequestHandler):
    """A CKAN of five packages whose first answer is a stumble."""

    asked: list[str]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.asked.append(self.path)
        if len(self.asked) == 1:
            self.send_error(503)
            return
        if parts.path != "/portail/api/3/action/package_search":
            self.send_error(404)
            return
        query = parse_qs(parts.query)
        start, rows = int(query["start"][0]), int(query["rows"][0])
        packages = [{"name": f"d{number}", "title": f"Jeu {number}", "language": "fr"} for number in range(5)]
        body = json.dumps({"success": True, "result": {"count": 5, "results": packages[start : start + rows]}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Server, "asked", [], raising=False)
    monkeypatch.setattr(sources, "ROWS", 2)
    with answering(Server) as address:
        yield address


def test_portal_is_read_page_after_page(tmp_path, address):
    """
    A portal's address gives all its packages, and a stumble of the server is no loss.
    """
    report = import_ckan(f"{address}/portail/", tmp_path)

    assert report.objects["dataset"] == 5
    assert [parse_qs(urlsplit(path).query)["start"][0] for path in Server.asked] == ["0", "0", "2", "4"]


def test_address_without_ckan_is_said(tmp_path, address):
    """
    An address that is no CKAN's is named with the status that it answered.
    """
    Server.asked.append("warmed up")

    with pytest.raises(SourceError) as error:
        import_ckan(address, tmp_path)

    assert f"`{address}/api/3/action/package_search` answered with status 404" == error.value.message("en")


def test_unreachable_portal_is_said(tmp_path):
    """
    A portal that does not answer is named.
    """
    with pytest.raises(SourceError) as error:
        import_ckan("http://127.0.0.1:9/", tmp_path)

    assert error.value.code == "unreachable"


class Deaf(BaseHTTPRequestHandler):
    """A CKAN that counts 4,000 packages and gives the same two, whatever `start` says; at first it is too busy."""

    asked: int = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        body = json.dumps(
            {"success": True, "result": {"count": 4000, "results": [{"name": "a", "title": "A"}, {"name": "b"}]}}
        ).encode()
        self.send_response(429 if self.asked == 1 else 200)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_portal_that_ignores_the_page_is_asked_until_nothing_new_comes(tmp_path, monkeypatch):
    """
    A server that gives the same page for ever is asked twice, and once more as it was busy at first.
    """
    monkeypatch.setattr(Deaf, "asked", 0)

    with answering(Deaf) as address:
        report = import_ckan(address, tmp_path)

    assert (report.objects["dataset"], Deaf.asked) == (2, 3)
