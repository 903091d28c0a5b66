"""Action plans: where commitments stand by their reports, what is overdue, and what is wrong with their records."""

import csv
import io
import re

PLAN = """\
---
title: {fr: Plan ouvert, en: Open plan}
starts: 2026-04-01
ends: 2028-03-31
publisher: ville
---
"""
COMMITMENT = """\
---
title: {fr: Des bancs, en: Benches}
number: 1
plan: ouvert
pillar: participation
publisher: ville
starts: 2026-04-01
ends: 2027-03-31
---
"""
MILESTONES = """\
number,commitment,title_fr,due,started,completed,evidence_fr
1.1,bancs,Choisir,2026-09-30,,2026-09-12,Le procès-verbal.
1.2,bancs,Acheter,2026-11-30,,,
1.3,bancs,Poser,2026-12-31,2026-12-01,,
1.4,bancs,Repeindre,2027-03-01,,,
"""
PROGRESS = """\
period,commitment,completion,progress_fr,obstacles_fr
2026-06,bancs,limited,Un banc choisi.,Le bois est rare.
2026-10,bancs,substantial,Deux bancs.,
"""
FILES = {
    "content/plans/ouvert.md": PLAN,
    "content/commitments/bancs.md": COMMITMENT,
    "content/milestones/bancs.csv": MILESTONES,
    "content/progress/2026.csv": PROGRESS,
}


def rows(files: dict[str, bytes], kind: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{kind}/index.csv"].decode())))


def test_a_commitment_stands_where_its_last_report_says(portal):
    """
    Its state is what the report of the last period says, its share that of the milestones that were reached.
    """
    found = rows(portal(FILES).build(), "commitments")[0]

    assert (found["state"], found["completion"], found["done"]) == ("substantial", "substantial", "1/4")


def test_what_is_late_is_overdue(portal):
    """
    A milestone is overdue from the day after it was due, and so is a commitment that is not complete.
    """
    late = COMMITMENT.replace("2027-03-31", "2026-12-30")
    files = portal(
        {**FILES, "content/commitments/bancs.md": late, "content/milestones/bancs.csv": MILESTONES.partition("1.1")[0]},
        name="late",
    ).build()

    assert [row["state"] for row in rows(portal(FILES).build(), "milestones")] == [
        "completed",
        "overdue",
        "started",
        "planned",
    ]
    assert rows(files, "commitments")[0]["state"] == "overdue"


def test_a_complete_commitment_is_never_overdue(portal):
    """
    What was completed in time stays complete when its date has passed.
    """
    late = COMMITMENT.replace("2027-03-31", "2026-12-30")
    complete = PROGRESS.replace("substantial", "complete")
    files = portal({**FILES, "content/commitments/bancs.md": late, "content/progress/2026.csv": complete})
    files.lay(
        {
            "content/milestones/bancs.csv": MILESTONES.replace("2026-12-31", "2026-12-30").replace(
                "2027-03-01", "2026-12-30"
            )
        }
    )

    assert rows(files.build(), "commitments")[0]["state"] == "complete"


def test_reports_stand_side_by_side_on_the_plan(portal):
    """
    The plan's page has a row for each commitment, and in it what each period's report said.
    """
    page = portal(FILES).build()["en/plans/ouvert/index.html"].decode()
    part = page[page.index('id="_progress-grid"') : page.index('id="_commitments-timeline"')]

    assert re.findall(r"<th[^>]*>(?:<a [^>]*>|<span[^>]*>)?([^<]+)", part) == [
        "Commitment",
        "June 2026",
        "October 2026",
        "Benches",
    ]
    assert re.findall(r'<span class="state[^>]*>([^<]+)', part) == ["Limited", "Substantial"]


def test_what_is_wrong_with_a_plan_is_told_at_its_place(portal):
    """
    A commitment out of its plan's dates or under no pillar, a milestone reached without evidence or out of its
    commitment's dates, a report that says why of nothing.
    """
    wrong = COMMITMENT.replace("2027-03-31", "2028-04-30").replace("pillar: participation\n", "")
    report = portal(
        {
            **FILES,
            "content/commitments/bancs.md": wrong,
            "content/milestones/bancs.csv": "number,commitment,title_fr,due,completed,evidence_fr\n"
            "1.1,bancs,Choisir,2026-03-31,2026-09-12,\n",
            "content/progress/2026.csv": "period,commitment,completion,obstacles_fr\n2026-06,bans,limited,\n",
        }
    ).check()

    assert [line.partition("] ")[0] for line in report.lines()] == [
        "content/commitments/bancs.md:2:1: error[missing-property",
        "content/commitments/bancs.md:7:7: error[outside-dates",
        "content/milestones/bancs.csv:2:19: error[outside-dates",
        "content/milestones/bancs.csv:2:41: error[missing-when",
        "content/progress/2026.csv:2:9: error[unknown-record",
        "content/progress/2026.csv:2:22: error[missing-when",
    ]
