"""What a JKAN portal has beside its records: drafts, schemas, licences, categories, pages, and its old addresses."""

from pathlib import Path
from typing import Any

from generator.authoring.report import Report
from generator.importers.jkan import import_jkan

CONFIG = """\
title: Quay data
greeting: Welcome
url: https://quay.example
schema: harbour
logo: /img/quay.svg
navigation:
  - {title: Datasets, url: /datasets/}
  - {title: About us, url: /about/}
  - {title: Blog, url: /blog/}
collections:
  datasets: {output: true, permalink: "/data/:path/"}
"""
SCHEMA = """\
dataset_fields:
  - {field_name: authority, label: Authority, datajson: publisher.name}
  - {field_name: mooring, label: Mooring}
resource_fields:
  - {field_name: link, datajson: distribution.downloadURL}
"""
LICENSES = "items:\n  - {name: Harbour terms, url: 'https://quay.example/terms'}\n  - {name: Not Applicable, url: ''}\n"
BERTHS = """\
---
schema: harbour
title: Berths
authority: Port authority
mooring: {rings: 4}
notes: The berths, see [the tides](/data/tides/).
license: Harbour terms
category: [Piers]
published: true
resources:
  - {name: List, link: 'https://quay.example/berths.csv', format: csv}
---
Counted by hand. {% include note.html %}
"""
TIDES = BERTHS.replace("title: Berths", "title: Tides").replace("published: true", "published: False")
ABOUT = "---\ntitle: About us\npermalink: /about/\nlayout: page\n---\nWe keep the [berths](/data/berths/).\n"
FILES = {
    "_config.yml": CONFIG,
    "_data/schemas/harbour.yml": SCHEMA,
    "_data/licenses.yml": LICENSES,
    "_datasets/berths.md": BERTHS,
    "_datasets/Tides.md": TIDES,
    "_dataset_categories/piers.md": "---\nname: Piers\nlogo: /img/pier.svg\nfeatured: true\n---\n",
    "_organizations/port.md": "---\ntitle: Port authority\nlogo: port.png\nlink: https://port.example/\n---\n",
    "about.md": ABOUT,
    "_includes/note.html": "<p>Note</p>",
    "img/quay.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}


def brought(folder: Path, files: dict[str, str]) -> tuple[Report, Path]:
    for path, content in files.items():
        file = folder / "source" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return import_jkan(folder / "source", folder / "portal"), folder / "portal"


def told(report: Report, code: str) -> list[Any]:
    return [event.value for event in report.events if event.code == code]


def test_draft_is_never_written(tmp_path):
    """
    A record that says `published: false`, in any case, is told and left out; links to it become text or stay foreign.
    """
    report, portal = brought(tmp_path, FILES)

    assert sorted(file.name for file in (portal / "datasets").glob("*.yaml")) == ["berths.yaml", "catalog.yaml"]
    assert [event for event in report.events if event.code == "left-out.dataset-state"] == [
        ("left-out.dataset-state", "_datasets/Tides.md", "draft")
    ]


def test_schema_says_what_a_key_means(tmp_path):
    """
    A key that the portal's schema calls by a name of data.json is taken as that; the licence is found in its own table.
    """
    report, portal = brought(tmp_path, FILES)

    assert (
        (portal / "datasets/berths.yaml").read_text()
        == """\
title: Berths
description: |
  The berths, see [the tides](https://quay.example/data/tides/).

  Counted by hand.
publisher: port
theme: [piers]
license: {iri: https://quay.example/terms, name: Harbour terms}
distribution:
  - id: list
    title: List
    downloadURL: https://quay.example/berths.csv
    format: CSV
"""
    )
    assert told(report, "guessed.schema") == ["authority → organization"]
    assert told(report, "left-out.field") == ["mooring.rings"]
    assert told(report, "left-out.liquid") == ["berths: {% include note.html %}"]


def test_site_keeps_its_name_logo_menu_and_pages(tmp_path):
    """
    Title, logo, menu and Markdown pages come along; a menu entry that leads nowhere, and includes, are told.
    """
    report, portal = brought(tmp_path, FILES)

    text = (portal / "portal.yaml").read_text()
    assert text[text.index("menu:") : text.index("footer:")] == (
        "menu:\n  - title: Datasets\n    url: /dataset/\n  - title: About us\n    url: /about/\n"
    )
    assert "logo: {file: content/images/logo.svg}\n" in text
    assert (portal / "content/about.md").read_text() == (
        "---\ntitle: About us\n---\n\nWe keep the [berths](/dataset/berths/).\n"
    )
    assert (portal / "datasets/catalog.yaml").read_text().splitlines()[1] == "title: Quay data"
    assert told(report, "left-out.menu") == ["_config.navigation: Blog /blog/"]
    assert "_includes/note.html" in told(report, "left-out.appearance")
    assert (
        portal / "datasets/publishers/port.yaml"
    ).read_text() == "name: Port authority\nhomepage: https://port.example/\n"


def test_old_addresses_lead_on(tmp_path):
    """
    Datasets, organizations and categories are found at their old addresses, as `_config.yml` laid them.
    """
    _, portal = brought(tmp_path, FILES)

    assert (portal / "redirects.yaml").read_text() == (
        "/categories/piers/: /theme/piers/\n/data/berths/: /dataset/berths/\n/organizations/port/: /publisher/port/\n"
    )


def test_reuses_come_in_both_languages(tmp_path):
    """
    What was made with the data becomes reuses, each a page of content.
    """
    files = {
        "_config.yml": "lang: et\n",
        "_datasets/sadam.md": "---\ntitle: Sadam\ntitle_en: Harbour\nnotes: Sadam.\norganization: Sadam\n---\n",
        "_applications/kaart.md": (
            "---\napp_name: Kaart\napp_name_english: Map\napp_description: Kaart sadamast.\n"
            "app_url: https://map.example\nsubmitted: 2020/11/03\n---\n"
        ),
    }

    _, portal = brought(tmp_path, files)

    facts = "url: https://map.example\ndate: 2020-11-03\n---\n"
    assert {file.name: file.read_text() for file in (portal / "content/reuses").iterdir()} == {
        "kaart.md": f"---\ntitle: Kaart\ndescription: Kaart sadamast.\n{facts}",
        "kaart.en.md": f"---\ntitle: Map\n{facts}",
    }


def test_nothing_is_the_latest_where_nothing_has_a_date(tmp_path):
    """
    A catalogue without dates has no block of latest updates on its home page.
    """
    _, portal = brought(tmp_path, FILES)

    assert "  - latest\n" not in (portal / "portal.yaml").read_text()
    assert "  - themes\n" in (portal / "portal.yaml").read_text()
