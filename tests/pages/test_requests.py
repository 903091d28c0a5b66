"""Requests for data: their states, the days that they waited, and what is wrong with them."""

import csv
import io
import json
import os
import re

from generator.build.editions import EPOCH

HEAD = "number,title_fr,asked,publisher,status,answered,dataset,reason_fr\n"


def test_a_request_waits_until_it_is_answered(portal):
    """
    The days are counted from the request to its answer; as long as there is none, the table leaves their number out.
    """
    files = portal(
        {
            "content/requests/2026.csv": f"{HEAD}"
            "1,Arbres,2026-11-01,ville,released,2026-11-15,autre,\n"
            "2,Bancs,2026-12-01,ville,refused,2026-12-02,,Il n’y en a pas.\n"
            "3,Chats,2026-12-21,ville,,,,\n"
            "4,Chiens,2026-12-30,ville,under-review,,,\n"
            "5,Oiseaux,2026-12-29,ville,withdrawn,2026-12-29,,\n"
        }
    ).build()
    found = csv.DictReader(io.StringIO(files["requests/index.csv"].decode()))

    assert sorted((row["number"], row["state"], row["waited"]) for row in found) == [
        ("1", "released", "14"),
        ("2", "refused", "1"),
        ("3", "asked", ""),
        ("4", "under-review", ""),
        ("5", "withdrawn", "0"),
    ]


def test_what_is_wrong_with_a_request_is_told_at_its_place(portal):
    """
    Data released that are not there, a refusal without its reason, an address of whoever asked.
    """
    report = portal(
        {
            "content/requests/2026.csv": f"{HEAD}"
            "1,Arbres,2026-11-01,ville,released,2026-11-15,autres,\n"
            "2,Bancs,2026-12-01,ville,refused,2026-12-02,,\n"
            "3,Écrire à a@exemple.org,2026-12-01,ville,,,,\n"
            "4,Chats,2026-12-01,ville,released,2026-12-02,,\n"
        }
    ).check()

    assert [line.partition("] ")[0] for line in report.lines()] == [
        "content/requests/2026.csv:2:47: error[unknown-dataset",
        "content/requests/2026.csv:3:46: error[missing-when",
        "content/requests/2026.csv:4:3: error[personal-data",
        "content/requests/2026.csv:5:46: error[missing-when",
    ]


def test_days_that_still_run_say_since_when(portal):
    """
    A page says how long an open request has waited, with the day from which a script counts on, and the day of which it
    speaks for readers without one; what is settled is plain.
    """
    table = f"{HEAD}1,Arbres,2026-11-01,ville,released,2026-11-15,autre,\n2,Bancs,2026-12-21,ville,,,,\n"
    site = portal({"content/requests/2026.csv": table}).build()
    page = site["en/requests/index.html"].decode()

    assert re.findall(r"(<span data-since.*?</noscript>)", page) == [
        '<span data-since="2026-12-21">10 days</span><noscript> (on December 31, 2026)</noscript>'
    ]
    assert "<span>14 days</span>" in page
    assert json.loads(site["requests/index.json"])["records"][0].get("waited") is None


def test_files_of_a_list_are_the_same_the_next_day(portal, monkeypatch):
    """
    CSV and JSON hold days that are over; what grows every day follows from the dates beside it.
    """
    small = portal({"content/requests/2026.csv": f"{HEAD}2,Bancs,2026-12-21,ville,,,,\n"})
    today = small.build()
    monkeypatch.setenv(EPOCH, str(int(os.environ[EPOCH]) + 86400))
    tomorrow = small.build()

    assert [path for path in today if path.startswith("requests/index.") and today[path] != tomorrow[path]] == [
        "requests/index.html"
    ]


def test_a_publisher_s_page_shows_the_first_of_what_names_it(portal):
    """
    The records that name a publisher stand on its page, the first ones with a link to all of them in its part of the
    list; another publisher's page has none.
    """
    rows = "".join(f"{number},Objet {number},2026-11-{number:02},ville,,,,\n" for number in range(1, 8))
    site = portal({"content/requests/2026.csv": HEAD + rows}).build()
    page = site["en/publisher/ville/index.html"].decode()

    assert re.findall(r'<h2 id="_requests-publisher">(.*?)</h2>', page) == ["Data asked for"]
    assert re.findall(r">Objet (\d)</a>", page) == ["7", "6", "5", "4", "3"]
    assert re.findall(r'<p class="more">(<a .*?</a>)', page) == [
        '<a href="../../../en/requests/publisher/ville/">See all 7</a>'
    ]
    assert b"_requests-publisher" not in site["en/publisher/ministere/index.html"]
