"""Requests for data: their states, the days that they waited, and what is wrong with them."""

import csv
import io

HEAD = "number,title_fr,asked,publisher,status,answered,dataset,reason_fr\n"


def test_a_request_waits_until_it_is_answered(portal):
    """
    The days are counted from the request to its answer, or to the day of the build where there is none.
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
        ("3", "asked", "10"),
        ("4", "under-review", "1"),
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
