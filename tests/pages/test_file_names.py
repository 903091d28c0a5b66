"""Names of data files: whatever is in them, links lead to the file."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest

from tests.conftest import SmallPortal
from tests.previews.test_charts import HEAD

Make = Callable[..., SmallPortal]


@pytest.mark.parametrize(
    "name", ["a#b.csv", "q?r.csv", "taux 100%.csv", "100%25.csv", "l'été & co;1=2.csv", "a+b@c.csv"]
)
def test_links_lead_to_files_of_any_name(name: str, portal: Make) -> None:
    """
    Signs that an address reads as its own are percent-encoded in the page's link, which leads to the published file.
    """
    small = portal(
        {"datasets/a/dataset.yaml": f'{HEAD}  - {{id: x, file: "{name}"}}\n', f"datasets/a/{name}": "a,b\n1,2\n"}
    )
    made = small.build()
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', made["dataset/a/index.html"].decode())]
    paths = {unquote(link.removeprefix("../../")) for link in links if not set(link) & set("#?")}
    assert made[f"dataset/a/{name}"] == b"a,b\n1,2\n"
    assert f"dataset/a/{name}" in paths


@pytest.mark.parametrize(
    ("written", "on_disk"), [("\u00e9t\u00e9.csv", "e\u0301te\u0301.csv"), ("e\u0301te\u0301.csv", "\u00e9t\u00e9.csv")]
)
def test_accents_of_a_name_may_be_composed_or_not(written: str, on_disk: str, portal: Make) -> None:
    """
    macOS parts accents from letters in names of files: the file is found, previewed and published all the same.
    """
    small = portal(
        {"datasets/a/dataset.yaml": f"{HEAD}  - {{id: x, file: {written}}}\n", f"datasets/a/{on_disk}": "a,b\n7,8\n"}
    )
    assert small.check().codes == []
    made = small.build()
    assert made[f"dataset/a/{on_disk}"] == b"a,b\n7,8\n"
    assert '<td class="figure">7</td>' in made["dataset/a/index.html"].decode()
