"""What a file holds, or is called, gives orders to no terminal, no log and no page."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from rich.console import Console

from generator.cli.reports import report_github, report_json, report_sarif, report_text
from generator.model.diagnostics import Diagnostic, Place
from generator.site.addresses import ROOT
from generator.text.fallback import CLOSED, OPENED
from tests.conftest import ARBRES

ORDERS = "\x1b[2J\x1b]8;;http://evil\x07\r\n::error file=a::b\n##[error]c\u202e\x9b31m"
DATA = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.{format}")


def test_no_report_holds_an_order(tmp_path):
    """
    In no format does a report hold what the file wrote to command a terminal or a pipeline.
    """
    path = f"datasets/a{ORDERS}.yaml"
    found = [Diagnostic.at(Place(path, 1, 1), "unknown-property", value=ORDERS, kind="Dataset", suggestion="")]
    stream = StringIO()
    report_text(found, "en", tmp_path, Console(file=stream, force_terminal=False))
    said = [stream.getvalue(), report_github(found, "en"), report_sarif(found, "en"), report_json(found, "en")]

    assert not [text for text in said if set(text) & set("\x1b\x07\r\x9b\u202e")]
    assert not [line for text in said[:2] for line in text.split("\n")[1:] if line.strip().startswith(("::", "##"))]
    assert len(report_github(found, "en").split("\n")) == 1
    assert json.loads(said[3])[0]["path"].startswith("datasets/a\\x1b[2J")


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("csv", "nom,SIGNn\nSIGN<b>x</b>,1\nb,2\n"),
        ("json", '{"ESCAPEDa": "ESCAPEDb", "c": ["ESCAPED"]}'),
        (
            "geojson",
            '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nom": "ESCAPED"},'
            ' "geometry": {"type": "Point", "coordinates": [-71, 46]}}]}',
        ),
    ],
)
def test_no_data_becomes_markup(portal, format, content):
    """
    The signs of ours in the making of a page, written in a data file, are no links and no languages there.
    """
    signs = f"{ROOT}{OPENED}x{CLOSED}"
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in signs)
    files = {
        "datasets/arbres/dataset.yaml": DATA.replace("{format}", format),
        f"datasets/arbres/arbres.{format}": content.replace("SIGN", signs).replace("ESCAPED", escaped),
    }
    plain = {**files, f"datasets/arbres/arbres.{format}": content.replace("SIGN", "yxy").replace("ESCAPED", "yxy")}
    site, other = portal(files).build(), portal(plain, name="plain").build()
    for path in ("dataset/arbres/index.html", "en/dataset/arbres/index.html"):
        page = site[path].decode()
        assert not set(page) & {ROOT, OPENED, CLOSED}
        assert page.count('lang="en"') == other[path].decode().count('lang="en"')
        assert page.count("<span") == other[path].decode().count("<span")
