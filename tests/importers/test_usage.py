"""`vitrine import usage`: web statistics as counts by dataset and month, and nothing of a visitor."""

from __future__ import annotations

import gzip
import json

import pytest

from generator.authoring.report import SourceError
from generator.importers.usage import import_usage
from tests.conftest import ARBRES

FILES = {
    "datasets/arbres/dataset.yaml": ARBRES.replace(
        'downloadURL: "https://exemple.org/arbres.csv"', "file: les arbres.csv"
    )
    + "formerly: [vieux]\n",
    "datasets/arbres/les arbres.csv": "a\n1\n",
}

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def combined(request: str, status: int = 200, agent: str = FIREFOX, day: str = "03/Nov/2026") -> str:
    return f'203.0.113.9 - jeanne [{day}:10:00:00 -0500] "{request}" {status} 512 "https://ref.exemple/" "{agent}"\n'


LOG = "".join(
    [
        combined("GET /portail/dataset/arbres/ HTTP/1.1"),
        combined("GET /portail/en/dataset/arbres/?utm=x HTTP/2.0", 304),
        combined("GET /portail/dataset/vieux/ HTTP/1.1"),
        combined("GET /portail/dataset/arbres/les%20arbres.csv HTTP/1.1"),
        combined("GET /portail/dataset/autre/ HTTP/1.1", day="30/Sep/2026"),
        combined("GET /portail/dataset/arbres/ HTTP/1.1", agent=GOOGLE),
        combined("GET /portail/dataset/arbres/ HTTP/1.1", agent="-"),
        combined("HEAD /portail/dataset/arbres/ HTTP/1.1"),
        combined("GET /portail/dataset/arbres/ HTTP/1.1", 404),
        combined("GET /portail/dataset/vieux/ HTTP/1.1", 301),
        combined("GET /portail/dataset/arbres/les%20arbres.csv HTTP/1.1", 206),
        combined("GET /portail/dataset/arbres.jsonld HTTP/1.1"),
        combined("GET /portail/assets/style.css HTTP/1.1"),
        "not a line\n",
    ]
)

COUNTED = "dataset,month,views,downloads\narbres,2026-11,3,1\nautre,2026-09,1,0\n"


def taken(portal, tmp_path, name: str, content: str | bytes, files=FILES) -> str:
    """What `usage.csv` holds once a source was imported."""
    source = tmp_path / name
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    small = portal(files)
    import_usage(str(source), small.folder)
    return (small.folder / "usage.csv").read_text(encoding="utf-8")


def test_a_combined_log_is_counted(portal, tmp_path):
    """
    Pages and files that people were given count; robots, errors, redirects, parts and feeds don't; the path below which
    the portal stands, languages and former ids are understood.
    """
    assert taken(portal, tmp_path, "access.log", LOG) == COUNTED


def test_the_report_says_what_was_not_counted_and_why(portal, tmp_path):
    """
    Every line of the log is in one of its numbers.
    """
    (tmp_path / "access.log").write_text(LOG, encoding="utf-8")
    report = import_usage(str(tmp_path / "access.log"), portal(FILES).folder)

    assert report.lines("en") == [
        "Counted in `usage.csv`, from September 2026 to November 2026:",
        "        4  views of datasets’ pages",
        "        1  downloads of their files",
        "        2  requests of robots, left out",
        "        4  requests that got neither page nor file, left out",
        "        2  other pages, feeds and files, left out",
        "        1  lines that are none of an access log, left out",
    ]


def test_nothing_of_a_visitor_survives(portal, tmp_path):
    """
    No file of the portal holds an address, a name, a browser or where somebody came from.
    """
    (tmp_path / "access.log").write_text(LOG, encoding="utf-8")
    small = portal(FILES)
    report = import_usage(str(tmp_path / "access.log"), small.folder)
    written = b"".join(file.read_bytes() for file in small.folder.rglob("*") if file.is_file())
    told = written.decode() + repr(report) + "".join(report.lines("fr"))

    assert [secret for secret in ("203.0.113.9", "jeanne", "Firefox", "ref.exemple") if secret in told] == []


@pytest.mark.parametrize("kind", ["gz", "common", "vhost", "iis"])
def test_logs_of_other_kinds_are_counted(portal, tmp_path, kind):
    """
    The same requests, packed, without browsers, with the host before them, or as IIS writes them.
    """
    people = "".join(line + "\n" for line in LOG.splitlines()[:5])
    common = "".join(line.partition(' "https://ref')[0] + "\n" for line in people.splitlines())
    iis = "#Software: IIS 10.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n"
    iis += "".join(
        f"{day} 10:00:00 203.0.113.9 GET {path} {status} Mozilla/5.0+(X11)+Firefox/140.0\n"
        for day, path, status in [
            ("2026-11-03", "/portail/dataset/arbres/", 200),
            ("2026-11-03", "/portail/en/dataset/arbres/index.html", 200),
            ("2026-11-03", "/portail/dataset/vieux/", 200),
            ("2026-11-03", "/portail/dataset/arbres/les%20arbres.csv", 200),
            ("2026-09-30", "/portail/dataset/autre/", 200),
        ]
    )
    content: dict[str, bytes] = {
        "gz": gzip.compress(people.encode()),
        "common": common.encode(),
        "vhost": "".join(f"exemple.org:443 {line}\n" for line in people.splitlines()).encode(),
        "iis": iis.encode(),
    }

    assert taken(portal, tmp_path, "access.log", content[kind]) == COUNTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_export_of_matomo_is_counted(portal, tmp_path, encoding):
    """
    Pages and downloads by their addresses, files on other hosts among them; the month is in the file's name.
    """
    rows = [
        "Label,Unique Pageviews,Pageviews,Metadata: url",
        "/arbres/index,3,12,https://exemple.org/portail/dataset/arbres/",
        '/arbres/en,1,"1,004",https://exemple.org/portail/en/dataset/arbres/?pk=1',
        "autre.csv,2,5,http://exemple.org/autre.csv",
        "Others,9,90,",
    ]

    assert taken(portal, tmp_path, "Export _ Pages _ 2026-11.csv", "\n".join(rows).encode(encoding)) == (
        "dataset,month,views,downloads\narbres,2026-11,1016,0\nautre,2026-11,0,5\n"
    )


def test_an_export_of_matomo_may_tell_each_row_s_month(portal, tmp_path):
    """
    The API's answer over several months has a column of dates.
    """
    rows = "date,label,nb_visits,nb_hits,url\n2026-10,a,1,4,https://exemple.org/portail/dataset/autre/\n"
    rows += "2026-11,a,1,6,https://exemple.org/portail/dataset/autre/\n"

    assert taken(portal, tmp_path, "pages.csv", rows) == (
        "dataset,month,views,downloads\nautre,2026-10,4,0\nautre,2026-11,6,0\n"
    )


def goaccess(start: str = "01/Nov/2026", end: str = "30/Nov/2026") -> str:
    hits = {"count": 7, "percent": 1.2}
    return json.dumps(
        {
            "general": {"start_date": start, "end_date": end, "total_requests": 40},
            "visitors": {"data": [{"hits": hits, "data": "20261101"}]},
            "hosts": {"data": [{"hits": hits, "data": "203.0.113.9"}]},
            "requests": {
                "metadata": {},
                "data": [
                    {"hits": hits, "method": "GET", "protocol": "HTTP/1.1", "data": "/portail/dataset/arbres/"},
                    {"hits": 2, "data": "/portail/en/dataset/vieux/"},
                    {"hits": hits, "method": "HEAD", "data": "/portail/dataset/arbres/"},
                ],
            },
            "static_requests": {"data": [{"hits": {"count": 3}, "data": "/portail/dataset/arbres/les%20arbres.csv"}]},
        }
    )


def test_goaccess_s_report_is_counted(portal, tmp_path):
    """
    Its requests and static files, in the month that its days are of.
    """
    assert taken(portal, tmp_path, "report.json", goaccess()) == ("dataset,month,views,downloads\narbres,2026-11,9,3\n")


def test_a_folder_of_logs_is_one_source(portal, tmp_path):
    """
    What several files tell of one month is added up.
    """
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "access.log").write_text(LOG, encoding="utf-8")
    (folder / "access.log.1.gz").write_bytes(gzip.compress(LOG.encode()))
    small = portal(FILES)
    import_usage(str(folder), small.folder)

    assert (small.folder / "usage.csv").read_text(encoding="utf-8") == (
        "dataset,month,views,downloads\narbres,2026-11,6,2\nautre,2026-09,2,0\n"
    )


def test_other_months_and_uses_of_no_month_stay(portal, tmp_path):
    """
    A month that the source tells of is replaced, so that a log counts once; a dataset that is gone keeps its lines.
    """
    before = "dataset,month,views,downloads,count\narbres,2026-10,8,1,\narbres,2026-11,999,9,\n"
    before += "parti,2020-01,1,1,\nautre,,,,40\n"
    small = portal({**FILES, "usage.csv": before})
    (tmp_path / "access.log").write_text(LOG, encoding="utf-8")
    import_usage(str(tmp_path / "access.log"), small.folder)
    once = (small.folder / "usage.csv").read_text(encoding="utf-8")
    import_usage(str(tmp_path / "access.log"), small.folder)

    assert once == (
        "dataset,month,views,downloads,count\narbres,2026-10,8,1,\narbres,2026-11,3,1,\nautre,,,,40\nautre,2026-09,1,0,\n"
        "parti,2020-01,1,1,\n"
    )
    assert (small.folder / "usage.csv").read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("report.json", goaccess(start="15/Oct/2026"), "usage-no-month"),
        ("report.json", "{", "not-json"),
        ("report.json", '{"requests": []}', "usage-unknown"),
        ("pages.csv", "label,nb_hits\n/portail/dataset/autre/,3\n", "usage-no-month"),
        ("access.log", "", "usage-nothing"),
        ("access.log", combined("GET /ailleurs/ HTTP/1.1"), "usage-nothing"),
        ("access.log.gz", gzip.compress(LOG.encode())[:-20], "unreadable-source"),
    ],
)
def test_what_can_not_be_counted_is_told(portal, tmp_path, name, content, code):
    """
    A source without a month, without a use, or that is none leaves the portal as it was, and says which it is.
    """
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    small = portal({"usage.csv": "autre,4\n"})
    with pytest.raises(SourceError) as refused:
        import_usage(str(tmp_path / name), small.folder)

    assert refused.value.code == code
    assert refused.value.message("fr")
    assert (small.folder / "usage.csv").read_text(encoding="utf-8") == "autre,4\n"


def test_a_line_that_would_be_lost_stops_the_import(portal, tmp_path):
    """
    What `usage.csv` has and nobody can read is for the publisher to mend first.
    """
    (tmp_path / "access.log").write_text(LOG, encoding="utf-8")
    small = portal({**FILES, "usage.csv": "dataset,count\narbres,beaucoup\n"})
    with pytest.raises(SourceError) as refused:
        import_usage(str(tmp_path / "access.log"), small.folder)

    assert refused.value.message("en") == (
        "`usage.csv`, line 2, can’t be read, and would be lost: `vitrine check` says why"
    )
