"""What a source's texts hold that no page can show is mended, and named in the report."""

import json

import pytest

from generator.authoring.folder import Folder
from generator.authoring.report import Report
from generator.build.pipeline import build, read_portal
from generator.importers.ckan import import_ckan
from generator.importers.jkan import import_jkan

TABLE = "| Code | Sens |\n|---|---|\n| a | x | y |\n| `b|c` | d \\| e |"
MENDED = "| Code | Sens |\n|---|---|\n| a | x \\| y |\n| `b|c` | d \\| e |"
HTML_TABLE = "<table><tr><th>Code</th><th>a | b</th></tr><tr><td>1</td><td>2|3</td></tr></table>"


@pytest.mark.parametrize(
    ("notes", "expected", "told"),
    [
        (TABLE, MENDED, [("kept.table-row", "| a | x | y |")]),
        (HTML_TABLE, "| Code | a \\| b |\n| --- | --- |\n| 1 | 2\\|3 |", []),
        ("```\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n```", "```\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n```", []),
        ("# Un\n\n[ici](#un), [là](#deux)", "# Un\n\n[ici](#un), là", [("links.unlinked", "#deux")]),
        (
            "[a](http://[x) [b](javascript:c)",
            "a b",
            [("links.unlinked", "javascript:c"), ("links.unlinked", "http://[x")],
        ),
        ("[un][1]\n\n[1]: /perdu", "[un][1]\n\n\\[1]: /perdu", [("links.unlinked", "/perdu")]),
        ("[un][1]\n\n[1]: /dataset/autre", "[un][1]\n\n[1]: /dataset/autre/", [("links.rewritten", "/dataset/autre")]),
        ("[![b](/c)](/d) e", "b e", [("links.unlinked", "/d"), ("links.unlinked", "/c")]),
        ("NO<sub>2 et CO<sub>2</sub>", "NO2 et CO2", [("left-out.open-tag", "<sub>")]),
        ("</div>un</section> <X_Y>", "un &lt;X_Y>", []),
        (
            "a<script>b()</script><style>c</style>",
            "a",
            [("left-out.script", "<script>"), ("left-out.script", "<style>")],
        ),
        (
            '<iframe title="Carte" src="https://exemple.org/carte"></iframe>',
            "[Carte](https://exemple.org/carte)",
            [],
        ),
        ("a " + "[" * 120 + "b", "a b", [("kept.tangled", "a " + "[" * 58)]),
    ],
)
def test_texts_that_no_page_can_show_are_mended_and_named(notes, expected, told, tmp_path):
    """
    Tables whose cells hold a bar, dead and malformed links, stray tags and tangles: no word is lost, none is in error.
    """
    packages = [
        {"name": "un", "title": "Un", "notes": notes, "organization": {"name": "v", "title": "V"}},
        {"name": "autre", "title": "Autre", "organization": {"name": "v", "title": "V"}},
    ]
    source = tmp_path / "package_search.json"
    source.write_text(json.dumps({"result": {"results": packages}}))

    report = import_ckan(str(source), tmp_path / "portal")
    portal = read_portal(tmp_path / "portal")

    written = Folder.open(tmp_path / "portal", Report()).map_of("datasets/un.yaml")["description"]
    assert expected == written.rstrip("\n")
    assert told == [(code, value) for code, subject, value in report.events if subject == "un"]
    about_texts = ("error", "forbidden", "unknown-tag", "dead", "tangled")
    assert [] == [item.code for item in portal.diagnostics if item.is_error or item.code.startswith(about_texts)]


def test_pages_of_the_old_portal_are_mended_too(tmp_path):
    """
    A page's dead links and torn tables are mended as a dataset's are, and the portal builds.
    """
    source = tmp_path / "jkan"
    (source / "_datasets").mkdir(parents=True)
    (source / "_datasets" / "un.md").write_text(
        "---\ntitle: Un\nnotes: Voir [l’aide](/aide/) et [rien](/rien/).\n---\n"
    )
    (source / "aide.md").write_text(f"---\ntitle: Aide\n---\n[Un](/datasets/un/) [rien](#rien)\n\n{TABLE}\n")

    import_jkan(source, tmp_path / "portal")
    build(read_portal(tmp_path / "portal"), tmp_path / "site", jobs=1)

    page = (tmp_path / "portal" / "content" / "aide.md").read_text()
    assert f"---\ntitle: Aide\n---\n\n[Un](/dataset/un/) rien\n\n{MENDED}\n" == page
    notes = Folder.open(tmp_path / "portal", Report()).map_of("datasets/un.yaml")["description"]
    assert "Voir [l’aide](/aide/) et rien." == notes


def test_mended_texts_stay_at_a_second_import(tmp_path):
    """
    What was mended once is found unchanged the second time.
    """
    source = tmp_path / "package_search.json"
    notes = "\n\n".join([TABLE, "[a](#b)", "<sub>c", "[d][1]", "[1]: /perdu"])
    source.write_text(json.dumps({"result": {"results": [{"name": "un", "title": "Un", "notes": notes}]}}))
    import_ckan(str(source), tmp_path / "portal")
    first = {file: file.read_bytes() for file in (tmp_path / "portal").rglob("*") if file.is_file()}

    import_ckan(str(source), tmp_path / "portal")

    assert first == {file: file.read_bytes() for file in (tmp_path / "portal").rglob("*") if file.is_file()}
