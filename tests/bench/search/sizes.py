"""How many bytes a reader is sent, and how many lie on the host."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from generator.model.diagnostics import Place
from generator.search.directory import stemmer_asset
from generator.theme.files import read_theme
from tests.bench.contenders import PROJECT, say
from tests.bench.search.corpora import PAGE, Measured
from tests.bench.search.hosts import SHOWN, WAIT, WATCH, Host
from tests.bench.search.rows import Row, Rows
from tests.chromium import launched


def measure_bytes(measured: Measured) -> Rows:
    """A new reader's first results, in Chromium with an empty cache."""
    large = measured.size > 10_000

    def data(path: str) -> bool:
        return path.startswith("search/") and "/excerpts" not in path

    with Host(measured.files.get) as host, launched() as browser:
        page = browser.new_page()
        page.add_init_script(WATCH)

        def ask(query: str) -> int:
            host.sent.clear()
            page.goto(f"{host.address}{PAGE}?q={quote(query)}")
            page.wait_for_function(SHOWN, timeout=WAIT)
            return host.bytes(data)

        found = [ask(query) for query in measured.queries(measured.asked, 2)]
        most = ask(f"{measured.heaviest} ")
    bar = 60_000 if large else 25_000
    name = "bytes before the first results of a two-term query"
    spread = f"{median(found):,.0f} (p95 {quantiles(found, n=20)[-1]:,.0f}, most {max(found):,})"
    yield Row(f"{name}, median of {len(found)}", f"{measured.size:,}", spread, f"≤ {bar:,}", median(found) <= bar)
    yield Row(
        f"the same for the heaviest term, `{measured.heaviest}`",
        f"{measured.size:,}",
        f"{most:,}",
        "≤ 140,000" if large else "",
        most <= 140_000 if large else None,
    )
    if measured.size <= 10_000:
        yield from measure_pagefind(measured, median(found))


def measure_pagefind(measured: Measured, ours: float) -> Rows:
    """Pagefind's first query over Hugo's pages, with its own script and the five results that its page shows."""
    folder = pagefind_site(measured)

    def find(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    script = """async (query) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const { results } = await pagefind.search(query);
      await Promise.all(results.slice(0, 5).map((result) => result.data()));
    }"""
    data, whole = [], []
    with Host(find) as host, launched() as browser:
        page = browser.new_page()
        for query in measured.queries(measured.asked // 4, 2):
            page.goto(host.address)
            host.sent.clear()
            page.evaluate(script, query)
            data.append(host.bytes(lambda path: not path.endswith(".js") and "wasm" not in path))
            whole.append(host.bytes(lambda path: True))
    yield Row(
        f"Pagefind's first query without its programs, median of {len(data)}; ours beside it",
        f"{measured.size:,}",
        f"{median(data):,.0f}; {ours / median(data):.2f}",
        "ours ≤ 0.25" if measured.size == 10_000 else "",
        ours <= median(data) / 4 if measured.size == 10_000 else None,
    )
    scripts = script_bytes()
    yield Row(
        "the same with the programs of both",
        f"{measured.size:,}",
        f"{median(whole):,.0f}; {(ours + scripts) / median(whole):.2f}",
    )


def pagefind_site(measured: Measured) -> Path:
    """The pages that Hugo makes of the corpus, indexed by Pagefind; both only where that is not done."""
    measured.tools.install_peers()
    folder = measured.tools.hugo(measured.size) / "public"
    if not (folder / "pagefind").is_dir():
        say(f"Indexing the pages of {measured.size:,} datasets with Pagefind")
        list(measured.tools.run_pagefind(measured.size))
    return folder


RECORDS = "search-records.js"
"""What only a portal with records of content types sends."""


def search_scripts() -> Mapping[str, bytes]:
    """What a reader of one language is sent to search datasets, as it is published; the stemmer is the larger one."""
    published = read_theme(PROJECT, "default", Place("portal.yaml")).published
    names = [name for name in published if name.startswith("search") and name.endswith(".js") and name != RECORDS]
    found = {name: published[name] for name in names}
    stemmers = [published[stemmer_asset(language)] for language in ("fr", "en")]
    return found | {"stemmer": max(stemmers, key=lambda content: len(gzip.compress(content, 9)))}


def script_bytes() -> int:
    return sum(len(gzip.compress(content, 9)) for content in search_scripts().values())


def record_script_bytes() -> int:
    """What a portal with records of content types sends beside, on the pages that search them."""
    return len(gzip.compress(read_theme(PROJECT, "default", Place("portal.yaml")).published[RECORDS], 9))


def measure_scripts(_: Measured) -> Rows:
    sizes = {name: len(gzip.compress(content, 9)) for name, content in search_scripts().items()}
    total = sum(sizes.values())
    parts = ", ".join(f"{name} {size:,}" for name, size in sorted(sizes.items(), key=lambda item: -item[1]))
    yield Row("scripts for search, gzipped", "any", f"{total:,} ({parts})", "≤ 30,000", total <= 30_000)


def measure_index(measured: Measured) -> Rows:
    """The files below `search/`; what is text is counted gzipped."""
    sizes: Counter[str] = Counter()
    for path, content in measured.index.items():
        kind = re.sub(r"[-.].*", "", path.split("/")[2])
        sizes[kind] += len(gzip.compress(content, 9)) if path.endswith((".json", ".js")) else len(content)
    at = f"{measured.size:,}"
    index = {kind: sizes.pop(kind, 0) for kind in ("terms", "vocabulary", "directory")}
    total = sum(index.values())
    bar = {10_000: 2_300_000, 100_000: 23_000_000}.get(measured.size)

    def parts(sizes: Mapping[str, int]) -> str:
        return ", ".join(f"{kind} {size:,}" for kind, size in sorted(sizes.items(), key=lambda item: -item[1]))

    yield Row(
        "whole index, gzipped",
        at,
        f"{total:,} ({parts(index)})",
        f"≤ {bar:,}" if bar else "",
        total <= bar if bar else None,
    )
    yield Row("what else is below search/", at, f"{sum(sizes.values()):,} ({parts(sizes)})")
