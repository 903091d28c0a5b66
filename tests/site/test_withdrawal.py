"""Records that were withdrawn, or had another name: their addresses last, and everything says so."""

import json
import re
import xml.etree.ElementTree as ET

HEAD = "reference,subject_fr,subject_en,publisher,received,formerly,withdrawn,reason_fr,reason_en\n"
ROWS = HEAD + (
    "A-1,Un,One,ville,2026-01-05,a-0;b-0,,,\n"
    "A-2,Deux,Two,ville,2026-01-06,,2026-03-01,Une erreur.,A mistake.\n"
    "A-3,Trois,Three,ville,2026-01-07,,,,\n"
)
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"


def test_a_withdrawn_record_keeps_its_address(portal):
    """
    Its page says when and why and nothing that it said; lists, files and counts are without it, JSON and Atom name it.
    """
    files = portal({"content/disclosures/2026.csv": ROWS}).build()
    page, listed = files["en/disclosures/a-2/index.html"].decode(), json.loads(files["disclosures/index.json"])
    tombstones = ET.fromstring(files["en/disclosures/feed.atom"]).findall(f"{TOMBSTONE}deleted-entry")

    assert "Withdrawn on March 1, 2026." in page
    assert "A mistake." in page
    assert "January 6" not in page
    assert [record["id"] for record in listed["records"]] == ["a-3", "a-1"]
    assert listed["count"] == 2
    assert listed["withdrawn"] == [
        {
            "id": "a-2",
            "@id": "https://exemple.org/portail/disclosures/a-2/",
            "date": "2026-03-01",
            "reason": {"fr": "Une erreur.", "en": "A mistake."},
        }
    ]
    assert [item.get("ref") for item in tombstones] == ["https://exemple.org/portail/disclosures/a-2/"]
    assert [item.findtext(f"{TOMBSTONE}comment") for item in tombstones] == ["A mistake."]
    others = ("index.html", "index.csv", "publisher/ville/index.json", "publisher/ville/feed.atom")
    assert [path for path in others if b"a-2" in files[f"disclosures/{path}"]] == []
    assert b"a-2" not in files["sitemap.xml"]


def test_a_former_name_leads_to_the_record(portal):
    """
    Each former name of a record, and of a page, has a page that leads on in every language, and a redirect for hosts.
    """
    about = {
        "content/aide.md": "---\ntitle: Aide\nformerly: [faq]\n---\n",
        "content/aide.en.md": "---\ntitle: Help\n---\n",
    }
    files = portal({"content/disclosures/2026.csv": ROWS, **about}).build()
    moved = {
        path: re.findall(r'http-equiv="refresh" content="0; url=([^"]*)"', files[path].decode())
        for path in ("disclosures/a-0/index.html", "en/disclosures/b-0/index.html", "en/faq/index.html")
    }

    assert moved == {
        "disclosures/a-0/index.html": ["../../disclosures/a-1/"],
        "en/disclosures/b-0/index.html": ["../../../en/disclosures/a-1/"],
        "en/faq/index.html": ["../../en/aide/"],
    }
    redirects = files["_redirects"].decode()
    assert "/portail/en/disclosures/b-0/ /portail/en/disclosures/a-1/ 301" in redirects


def test_a_former_name_is_no_other_record(portal):
    """
    A former name that another record has today is told where it is written.
    """
    table = ROWS.replace("a-0;b-0", "a-3")
    assert portal({"content/disclosures/2026.csv": table}).check().codes == ["path-collision"]


PLACES = """\
shape: page
title: {fr: Lieux, en: Places}
singular: {fr: Lieu, en: Place}
"""
VISITS = """\
shape: register
title: {fr: Visites, en: Visits}
singular: {fr: Visite, en: Visit}
key: [number]
heading: number
within: place
fields:
  - {name: number, range: token, required: true, label: {fr: Numéro, en: Number}}
  - {name: place, range: record, type: places, required: true, label: {fr: Lieu, en: Place}}
"""


def test_a_withdrawn_record_keeps_its_anchor(portal):
    """
    On the page where it was, a withdrawn record's anchor says when and why, whether in YAML or in a table.
    """
    files = portal(
        {
            "content/types/places.yaml": PLACES,
            "content/types/visits.yaml": VISITS,
            "content/places/parc.md": "---\ntitle: {fr: Parc, en: Park}\n---\n",
            "content/visits/2026.csv": "number,place,withdrawn\nV-1,parc,\nV-2,parc,2026-02-03\n",
            "content/visits/v3.yaml": (
                "number: V-3\nplace: parc\nwithdrawn: {date: 2026-02-04, reason: {en: Closed., fr: Fermé.}}\n"
            ),
        }
    ).build()
    text = files["en/places/parc/index.html"].decode()

    assert re.findall(r'<tr id="([^"]*)"', text) == ["visits-v-1"]
    assert re.findall(r'<p class="note" id="([^"]*)">([^<]*)', text) == [
        ("visits-v-2", "V-2: withdrawn on February 3, 2026."),
        ("visits-v-3", "V-3: withdrawn on February 4, 2026. "),
    ]
    assert "Closed." in text
