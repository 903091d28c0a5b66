"""What is used: the dashboard, the home page's block and the dataset's page, from `usage.csv`."""

from __future__ import annotations

import re

from tests.conftest import MINIMAL

ON = {"portal.yaml": str(MINIMAL["portal.yaml"]) + "dashboards: [use]\nhome: [popular]\n"}
MONTHS = "dataset,month,views,downloads\nautre,2026-09,10,2\nautre,2026-11,30,\nvieux,2026-11,5,1\n"
FORMER = {"datasets/autre.yaml": str(MINIMAL["datasets/autre.yaml"]) + "formerly: [vieux]\n"}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_csv_tells_months_under_today_s_ids(portal):
    """
    Lines of a former id and of today's are added up, month by month; a cell left empty is nought.
    """
    site = portal({**ON, **FORMER, "usage.csv": MONTHS}).build()

    assert site["dashboard/use.csv"].decode() == (
        "dataset,month,views,downloads,count\nautre,2026-09,10,2,\nautre,2026-11,35,1,\n"
    )


def test_columns_may_stand_in_any_order(portal):
    """
    Where there is a heading, it says which column is which; without one, their number does.
    """
    told = "dataset,month,views,downloads,count\nautre,2026-09,10,2,\nautre,,,,7\n"
    headed = portal(
        {**ON, "usage.csv": "month,downloads,views,dataset,count\n2026-09,2,10,autre,\n,,,autre,7\n"}, name="a"
    )
    bare = portal({**ON, "usage.csv": "autre,2026-09,10,2\nautre,7\n"}, name="b")

    assert [small.build()["dashboard/use.csv"].decode() for small in (headed, bare)] == [told, told]


def test_the_most_used_say_in_which_months(portal):
    """
    Beside the block stands the time that was counted; where some uses are of no month, no time is claimed.
    """
    dated = portal({**ON, **FORMER, "usage.csv": MONTHS}, name="a").build()["en/index.html"].decode()
    mixed = portal({**ON, **FORMER, "usage.csv": f"{MONTHS}autre,,4,\n"}, name="b").build()["en/index.html"].decode()

    assert "Most used September 2026 to November 2026 Other City 48 uses" in words(dated)
    assert "Most used Other City 52 uses" in words(mixed)


def test_the_dataset_s_page_draws_its_months(portal):
    """
    A line and the same in words, over all the months that are counted, those without use included.
    """
    site = portal({**ON, **FORMER, "usage.csv": MONTHS}).build()
    page = site["en/dataset/autre/index.html"].decode()

    assert re.findall(r'class="sparkline".*?<path class="stroke-1" d="(.*?)"', page) == ["M2 18l58 8l58 -24"]
    assert "Use 45 views, 3 downloads September 2026 to November 2026" in words(page)


def test_pages_without_months_are_as_before(portal):
    """
    A file of ids and numbers alone adds nothing to a dataset's page.
    """
    without, counted = (
        portal(files, name=name).build()["dataset/autre/index.html"]
        for name, files in (("a", {}), ("b", {"usage.csv": "dataset,count\nautre,12\n"}))
    )

    assert counted == without


def test_a_portal_that_nobody_has_used_says_so(portal):
    """
    The dashboard is there from the start, without figures.
    """
    site = portal(ON).build()

    assert "There is nothing to count yet." in words(site["en/dashboard/use/index.html"].decode())
    assert "dashboard/use.csv" not in site


def test_what_can_not_be_counted_is_told_where_it_stands(portal):
    """
    The cell that is wrong, not the line; a line of too many cells as a whole.
    """
    usage = (
        "dataset,month,views,downloads\nautre,2026-13,1,2\nautre,2026-11,1,x\nautre,2026-11,1,2,3\nautre,2026-11,,\n"
    )

    assert [line.partition(" [")[0].split(" `")[0] for line in portal({"usage.csv": usage}).check().lines()] == [
        "usage.csv:2:7: warning[bad-usage-line]",
        "usage.csv:3:17: warning[bad-usage-line]",
        "usage.csv:4:1: warning[bad-usage-line]",
        "usage.csv:5:15: warning[bad-usage-line]",
    ]
