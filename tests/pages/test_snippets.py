"""Lines of code that load a file as it is: run as they stand on the page."""

from __future__ import annotations

import html
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path
from urllib.parse import quote

import openpyxl
import polars as pl
import pytest

from generator.pages.snippets import fill_snippet
from tests.conftest import SmallPortal
from tests.host import serving
from tests.previews.test_charts import HEAD

Make = Callable[..., SmallPortal]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Notice"
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Données d’été")
    for row in (["Stations"], [], ["code", "niveau"], ["007", 1.5], ["012", 2.5]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    pl.DataFrame({"code": ["007", "012"], "niveau": [1.5, 2.5]}).write_parquet(stream)
    return stream.getvalue()


FILES: Mapping[str, bytes] = {
    "points.csv": b"code,niveau\n007,1.5\n012,2.5\n",
    "virgules à l'ouest #1.csv": b"code;niveau\n007;1,5\n012;2,5\n",
    "windows.csv": "code;niveau;école\n007;1,5;Érable\n012;2,5;Chêne\n".encode("cp1252"),
    "au-dessus.csv": b"Source : ville\n\ncode,niveau\n007,1.5\n012,2.5\n",
    "utf-16.csv": "code|niveau\n007|1.5\n012|2.5\n".encode("utf-16"),
    "barres.csv": b"code|niveau\n007|1,5\n012|2,5\n",
    "tabulations.tsv": b"code\tniveau\n007\t1.5\n012\t2.5\n",
    "classeur.xlsx": workbook(),
    "colonnes.parquet": parquet(),
    "lignes.jsonl": b'{"code": "007x", "niveau": 1.5}\n{"code": "012x", "niveau": 2.5}\n',
}


@pytest.fixture(scope="module", params=FILES)
def lines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """A file's name, and the lines that its page shows, with the address of a host that serves it."""
    name = request.param
    folder = tmp_path_factory.mktemp("portal")
    from tests.conftest import MINIMAL

    small = SmallPortal(folder / "portal")
    small.folder.mkdir()
    small.lay(MINIMAL)
    small.lay({"datasets/a/dataset.yaml": f'{HEAD}  - {{id: x, file: "{name}"}}\n', f"datasets/a/{name}": FILES[name]})
    page = small.build()["dataset/a/index.html"].decode()
    blocks = re.findall(r'<h3 class="snippet-title">(\w+)</h3>\s*<pre[^>]*><code>(.*?)</code>', page, re.DOTALL)
    return name, {language: html.unescape(text) for language, text in blocks}


def served(text: str, address: str) -> str:
    """Lines with the portal's address replaced by that of the host of a test."""
    return text.replace("https://exemple.org/portail/", address)


@pytest.fixture
def host(lines: tuple[str, dict[str, str]], tmp_path: Path) -> Path:
    """A folder that has the file where the portal has it."""
    target = tmp_path / "host/dataset/a" / lines[0]
    target.parent.mkdir(parents=True)
    target.write_bytes(FILES[lines[0]])
    return tmp_path / "host"


def test_python_loads_the_file(lines: tuple[str, dict[str, str]], host: Path, tmp_path: Path) -> None:
    """
    pandas gives two columns, codes with their zeros and numbers with their fractions, from the lines as they stand.
    """
    _, texts = lines
    with serving(host) as address:
        code = (
            served(texts["Python"], address)
            + '\nprint(list(data.iloc[:, 0].astype(str).str[:3]), data["niveau"].sum())'
        )
        answer = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.stdout.splitlines()[-1:] == ["['007', '012'] 4.0"], answer.stderr


def test_the_command_line_loads_the_file(lines: tuple[str, dict[str, str]], host: Path, tmp_path: Path) -> None:
    """
    curl writes the file, and of a text the first lines are shown in UTF-8, from the header on.
    """
    name, texts = lines
    commands = [line for line in texts["Bash"].splitlines() if not line.startswith("duckdb") or shutil.which("duckdb")]
    with serving(host) as address:
        answer = subprocess.run(
            ["bash", "-c", served("\n".join(commands), address)], cwd=tmp_path, capture_output=True, check=False
        )
    assert (tmp_path / name).read_bytes() == FILES[name], answer.stderr
    if name.endswith((".csv", ".tsv")):
        assert answer.stdout.decode().lstrip("\ufeff").startswith("code")
        assert "007" in answer.stdout.decode()


@pytest.mark.parametrize(
    "name", ["colonnes.parquet", "l'eau #1.parquet", "a[1] *.parquet", "données à voir", "-x.parquet"]
)
def test_duckdb_reads_the_columns(name: str, tmp_path: Path) -> None:
    """
    DuckDB finds the file under any name, one without an ending too, and gives codes with their zeros.
    """
    import duckdb

    fetch, query = map(shlex.split, fill_snippet("Parquet", f"https://exemple.org/{quote(name)}")["Bash"].splitlines())
    (tmp_path / fetch[fetch.index("--output") + 1]).write_bytes(parquet())
    with chdir(tmp_path):
        found = duckdb.sql(query[query.index("-c") + 1]).fetchall()
    assert found == [("007", 1.5), ("012", 2.5)]


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_the_lines(lines: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    """
    R finds no mistake in the lines; its packages are not asked for.
    """
    script = tmp_path / "lines.R"
    script.write_text(lines[1]["R"], "utf-8")
    answer = subprocess.run(
        ["Rscript", "-e", f"invisible(parse({str(script)!r}))"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert answer.returncode == 0, answer.stderr


def has_r(package: str) -> bool:
    """Whether R is there, with a package."""
    asked = ["Rscript", "-e", f"quit(status = !requireNamespace('{package}', quietly = TRUE))"]
    return bool(shutil.which("Rscript")) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


R_PACKAGE = re.compile(r"(\w+)::read_")


def test_r_loads_the_file(lines: tuple[str, dict[str, str]], host: Path, tmp_path: Path) -> None:
    """
    R gives two columns, codes with their zeros and numbers with their fractions, where its packages are there.
    """
    package = R_PACKAGE.search(lines[1]["R"])
    if package is None or not has_r(package[1]):
        pytest.skip("R has not the package")
    with serving(host) as address:
        code = served(lines[1]["R"], address) + '\ncat("\\n", substr(data[[1]], 1, 3), sum(data[["niveau"]]), "\\n")'
        (tmp_path / "lines.R").write_text(code, "utf-8")
        asked = ["Rscript", "--encoding=UTF-8", "lines.R"]
        utf8 = {**os.environ, "LC_ALL": "C.UTF-8"}
        answer = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False, env=utf8)
    assert answer.stdout.splitlines()[-1:] == [" 007 012 4 "], answer.stderr


@pytest.mark.parametrize(
    ("content", "python", "r"),
    [
        (
            b"nom;n\nA;1,5\n",
            '", sep=";", decimal=",")',
            'readr::read_csv2("https://exemple.org/portail/dataset/a/a.csv")',
        ),
        (
            "nom;n\nÉ;1,5\n".encode("cp1252"),
            '", sep=";", decimal=",", encoding="cp1252")',
            'locale = readr::locale(decimal_mark = ",", encoding = "windows-1252"))',
        ),
        (b"nom|n\nA|1.5\n", '", sep="|")', 'a.csv", delim = "|")'),
        (b"nom,n\nA,1.5\n", 'a.csv")', 'readr::read_csv("https://exemple.org/portail/dataset/a/a.csv")'),
    ],
)
def test_lines_name_what_a_program_must_be_told(content: bytes, python: str, r: str, portal: Make) -> None:
    """
    Separator, decimal sign and encoding are named where they are not the usual ones, and only there.
    """
    small = portal({"datasets/a/dataset.yaml": f"{HEAD}  - {{id: x, file: a.csv}}\n", "datasets/a/a.csv": content})
    page = html.unescape(small.build()["dataset/a/index.html"].decode())
    assert (python in page, r in page) == (True, True)
