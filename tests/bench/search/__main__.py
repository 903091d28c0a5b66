"""
The search beside what it promises: `make bench-search`, options through `make bench-search BENCH="--only bytes"`.

Bytes are counted where they leave: a host on this machine that compresses text, as hosts do, and nothing else, sends
Chromium what it asks for, and forbids to keep it. What is counted is the bodies of the files below `search/` until the
first results stand in the page, excerpts excepted, which may follow.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tests.bench.contenders import CACHE, Bench, say
from tests.bench.report import table
from tests.bench.search.builds import measure_build
from tests.bench.search.corpora import Measured
from tests.bench.search.exactness import measure_analysis, measure_exactness
from tests.bench.search.facets import measure_facets
from tests.bench.search.readers import measure_keys, measure_relevance
from tests.bench.search.rows import Row
from tests.bench.search.sizes import measure_bytes, measure_index, measure_scripts

ONCE = {"analysis": measure_analysis, "scripts": measure_scripts, "relevance": measure_relevance}


EACH = {
    "exactness": measure_exactness,
    "index": measure_index,
    "facets": measure_facets,
    "bytes": measure_bytes,
    "keys": measure_keys,
    "build": measure_build,
}


@click.command()
@click.option(
    "--sizes", default="1000,10000", show_default=True, help="How many datasets; 50000 and 100000 take hours."
)
@click.option("--only", multiple=True, type=click.Choice([*ONCE, *EACH]), help="Leave the others out; may be repeated.")
@click.option("--asked", type=click.IntRange(min=20), default=200, help="Queries for which bytes are counted.")
@click.option("--shared", type=click.Path(path_type=Path), default=Bench().shared, help="The folder of corpus.py.")
def main(sizes: str, only: tuple[str, ...], asked: int, shared: Path) -> None:
    """Measure the search; the table goes to standard output. Ends with 1 where a bar is missed."""
    if not (shared / "corpus.py").is_file():
        say(f"The bench needs its corpus: there is no {shared / 'corpus.py'}. Say where with --shared FOLDER.")
        sys.exit(2)
    CACHE.mkdir(parents=True, exist_ok=True)
    tools = Bench(shared=shared)
    rows: list[Row] = []
    corpora = [Measured(int(size), tools, asked) for size in sizes.split(",")]
    plan = [(name, ONCE[name], corpora[0]) for name in ONCE]
    plan += [(name, EACH[name], measured) for measured in corpora for name in EACH]
    for name, function, measured in plan:
        if only and name not in only:
            continue
        say(f"{name}, {measured.size:,} datasets")
        try:
            for row in function(measured):
                rows.append(row)
                say(f"  {row.what}: {row.found}")
        except Exception as error:  # one measure that can't be made must not lose the others
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:120]
            rows.append(Row(name, f"{measured.size:,}", f"not measured ({reason})", "", False))
            say(f"  not measured: {error}")
    verdicts = {True: "met", False: "**missed**", None: ""}
    cells = [[row.what, row.at, row.found, row.bar, verdicts[row.good]] for row in rows]
    print(table(cells, ("what", "at", "measured", "bar", "verdict")))
    print(f"\n{NOTES}")
    sys.exit(1 if any(row.good is False for row in rows) else 0)


NOTES = """\
Bytes are bodies as a host on this machine sent them to Chromium, which kept none of them; text is sent gzipped, our own
files are compressed already. Excerpts may follow and are not counted, nor are scripts and pages. lunr.py runs
with its French pipeline (nltk's stemmer, our stop words) and is given the texts; ours makes them of the catalogue.
Pagefind reads the pages that Hugo makes of the corpus, and shows five results where ours shows ten."""


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.search")
