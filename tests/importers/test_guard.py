"""A source's folder and a portal's are read and written inside of them alone, and only regular files are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.authoring.memory import MEMORY
from generator.authoring.report import Report, SourceError
from generator.cli import cli
from generator.importers.datapackage import import_datapackage
from generator.importers.dcat import import_dcat
from generator.importers.jkan import import_jkan
from generator.importers.table import import_csv
from generator.importers.table.headings import MAP

TABLE = "Title,URL,Publisher\nDocks,https://a.org/docks.csv,Port\nQuays,https://a.org/quays.csv,Port\n"
TURTLE = (
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
    '<https://a.org/d/{0}> a dcat:Dataset ; dct:title "{0}" .\n'
)
RECORD = "---\ntitle: {0}\norganization: Port\n---\n"
PACKAGE = '{{"name": "{0}", "title": "{0}", "resources": [{{"name": "a", "path": "a.csv"}}]}}'
SECRET = "secret-of-another-folder"


def lay(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def link(place: Path, outside: Path) -> None:
    place.symlink_to(outside)


def fifo(place: Path, outside: Path) -> None:
    os.mkfifo(place)


def device(place: Path, outside: Path) -> None:
    place.symlink_to("/dev/zero")


Stray = Callable[[Path, Path], None]
STRAYS = [link, fifo, device]

SOURCES = {
    "jkan": ({"_config.yml": "title: Port\n", "_datasets/docks.md": RECORD.format("Docks")}, "_datasets/x.md", RECORD),
    "jkan logo": (
        {"_config.yml": "title: Port\nlogo: l.svg\n", "_datasets/docks.md": RECORD.format("Docks")},
        "l.svg",
        "<svg>{0}</svg>",
    ),
    "dcat": ({"a.ttl": TURTLE.format("docks")}, "x.ttl", TURTLE),
    "datapackage": (
        {"a/datapackage.json": PACKAGE.format("docks"), "a/a.csv": "n\n1\n"},
        "b/datapackage.json",
        PACKAGE,
    ),
    "datapackage file": ({"datapackage.json": PACKAGE.format("docks")}, "a.csv", "{0}\n1\n"),
}


def take(kind: str, source: Path, into: Path) -> Report:
    if kind.startswith("jkan"):
        return import_jkan(source, into)
    return (import_dcat if kind == "dcat" else import_datapackage)(str(source), into)


@pytest.mark.parametrize("stray", STRAYS)
@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_is_not_read_out_of_its_folder(tmp_path, kind, stray):
    """
    A link out of the source's folder, a FIFO or a device among its files is not read; what is a record there is told.
    """
    files, path, text = SOURCES[kind]
    source, outside = lay(tmp_path / "source", files), tmp_path / "outside"
    outside.write_text(text.format(SECRET), encoding="utf-8")
    (source / path).parent.mkdir(exist_ok=True)
    stray(source / path, outside)

    report = take(kind, source, tmp_path / "portal")

    written = [file.read_bytes() for file in (tmp_path / "portal").rglob("*") if file.is_file()]
    assert [text for text in written if SECRET.encode() in text] == []
    if kind in ("jkan", "dcat", "datapackage file"):
        assert path in [event.value for event in report.events if event.code == "left-out.file"]


def test_a_collection_that_is_a_link_is_not_listed(tmp_path):
    """
    A folder of records that leads out of the source is left out as a whole; not even its names are told.
    """
    lay(tmp_path / "outside", {f"{SECRET}.md": RECORD.format("x")})
    source = lay(tmp_path / "source", {"_config.yml": "title: Port\n"})
    (source / "_datasets").symlink_to(tmp_path / "outside")

    try:
        report = import_jkan(source, tmp_path / "portal")
    except SourceError as error:
        assert SECRET not in error.message("en")
    else:
        assert SECRET not in str(report.events)


@pytest.mark.parametrize("stray", STRAYS)
@pytest.mark.parametrize(
    "path",
    ["portal.yaml", "datasets/docks.yaml", "datasets/publishers/port.yaml", MAP, MEMORY, "README.md"],
)
def test_a_portal_is_not_read_or_written_out_of_its_folder(tmp_path, path, stray):
    """
    Where a file of the portal is a link out of it, a FIFO or a device, an import reads and writes nothing through it.
    """
    outside, portal = tmp_path / "outside", tmp_path / "portal"
    outside.write_text(f"title: {SECRET}\n", encoding="utf-8")
    (portal / path).parent.mkdir(parents=True)
    stray(portal / path, outside)
    lay(tmp_path, {"a.csv": TABLE})

    report = import_csv(tmp_path / "a.csv", portal)

    assert outside.read_text() == f"title: {SECRET}\n"
    written = [file.read_bytes() for file in portal.rglob("*") if file.is_file() and not file.is_symlink()]
    assert [text for text in written if SECRET.encode() in text] == []
    assert SECRET not in str(report.events)


def test_an_import_writes_into_no_folder_that_is_elsewhere(tmp_path):
    """
    A folder of the portal that is a link out of it is an error, and nothing is written, there or here.
    """
    portal, outside = tmp_path / "portal", tmp_path / "outside"
    portal.mkdir()
    outside.mkdir()
    (portal / "datasets").symlink_to(outside)
    lay(tmp_path, {"a.csv": TABLE})

    with pytest.raises(SourceError) as caught:
        import_csv(tmp_path / "a.csv", portal)

    assert caught.value.code == "unwritable"
    assert ([*outside.iterdir()], [file.name for file in portal.iterdir()]) == ([], ["datasets"])


def test_a_new_theme_is_written_into_the_portal_alone(tmp_path):
    """
    `vitrine theme new` writes through no link: neither that of `themes/` nor one of the theme's name.
    """
    outside = tmp_path / "outside"
    outside.mkdir()
    for number, place in enumerate(("themes", "themes/mine")):
        portal = lay(tmp_path / str(number), {"portal.yaml": "baseURL: https://a.org/\n"})
        (portal / place).parent.mkdir(exist_ok=True)
        (portal / place).symlink_to(outside if place == "themes" else outside / "new")

        result = CliRunner().invoke(cli, ["theme", "new", "mine", "--portal", str(portal)])

        assert (result.exit_code != 0, [*outside.iterdir()]) == (True, [])
