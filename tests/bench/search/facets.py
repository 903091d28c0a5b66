"""The facets' files, and how long it takes to count them."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from generator.search.documents import searched
from generator.search.facets import facet_files
from generator.site.collections import collect
from tests.bench.contenders import PROJECT
from tests.bench.measure import Failed
from tests.bench.search.corpora import LANGUAGE, Measured
from tests.bench.search.rows import Row, Rows

THEME = PROJECT / "themes" / "default"

FIVE = ("publisher", "theme", "format", "license", "frequency")


def measure_facets(measured: Measured) -> Rows:
    """Each facet's file, and how long Node takes to count all of them."""
    files = {
        path.split("/")[2].removeprefix("facet-").partition("-")[0]: content
        for path, content in measured.index.items()
        if path.split("/")[2].startswith("facet-")
    }
    if not files:
        order = [dataset.id for dataset in searched(measured.catalog)]
        found = collect(measured.catalog, LANGUAGE)
        made_ = facet_files(measured.catalog, found, LANGUAGE, order)
        files = {name.removeprefix("facet-"): content for name, content in made_.items()}
    bar = {10_000: 35_000, 100_000: 230_000}.get(measured.size)
    five = sum(len(files[name]) for name in FIVE)
    parts = ", ".join(f"{name} {len(content):,}" for name, content in files.items())
    yield Row(
        f"facets: {', '.join(FIVE)}",
        f"{measured.size:,}",
        f"{five:,} ({parts})",
        f"≤ {bar:,}" if bar else "",
        five <= bar if bar else None,
    )
    small = sum(len(files[name]) for name in (*FIVE, "year") if name != "format")
    yield Row("facets: with year for format", f"{measured.size:,}", f"{small:,}")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        done = subprocess.run(
            ["node", "-e", COUNT, str(THEME / "assets" / "search-facets.js"), folder],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    if done.returncode:
        raise Failed(["search-facets.js"], done.returncode, done.stderr[-2000:])
    spent = json.loads(done.stdout)
    yield Row(
        "counting all facets, three of them narrowed; reading the files",
        f"{measured.size:,}",
        f"{spent['count']:.0f} ms; {spent['decode']:.0f} ms",
    )


COUNT = """
const fs = require("fs"), zlib = require("zlib");
const [script, folder] = process.argv.slice(1);
require(script);
const unpack = (bytes) => {
  let at = 1;
  const next = () => { const byte = bytes[at++]; return byte > 127 ? byte - 128 + 128 * next() : byte; };
  const lengths = Array.from({ length: next() }, next);
  return lengths.map((length) => bytes.subarray(at, (at += length)));
};
const read = (name) => unpack(zlib.inflateSync(fs.readFileSync(`${folder}/${name}`)));
const files = fs.readdirSync(folder).map((name) => [name, read(name)]);
let started = performance.now();
const columns = Object.fromEntries(files.map(([name, file]) => [name, vitrineFacets.decode(file)]));
const decode = performance.now() - started;
const first = (name, n) => columns[name].rows.slice(0, n).map(({ value }) => value);
const selection = { format: first("format", 3), license: first("license", 2), frequency: first("frequency", 4) };
const all = [...columns.format.codes.keys()];
const times = [];
for (let turn = 0; turn < 20; turn++) {
  started = performance.now();
  vitrineFacets.count(columns, all, selection);
  times.push(performance.now() - started);
}
process.stdout.write(JSON.stringify({ decode, count: times.sort((a, b) => a - b)[10] }));
"""
