"""What it costs to make the index, beside lunr.py and Pagefind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generator.model import Catalog
from generator.search.analyzed import analyze
from generator.search.analyzer import settings
from generator.search.documents import BOOSTS, collect_documents
from generator.search.packing import compress
from generator.search.postings import collect_postings
from generator.search.shards import cut_terms, encode_shards
from tests.bench.contenders import PROJECT, run, say
from tests.bench.measure import MEGA, Failed, own_peak
from tests.bench.search.corpora import LANGUAGE, Measured, read_catalog, render_search, site_of
from tests.bench.search.rows import Row, Rows


def measure_build(measured: Measured) -> Rows:
    """From the catalogue to the files, beside lunr.py to JSON in the same run, and Pagefind over Hugo's pages."""
    corpus = measured.tools.corpus(measured.size)
    ours = build_alone("all", corpus)
    at = f"{measured.size:,}"
    if measured.size > 10_000:
        memory = ours["memory"] / MEGA
        yield Row(
            "build of the index, CPU s; a dataset, ms",
            at,
            f"{ours['cpu']:.1f}; {ours['cpu'] * 1000 / measured.size:.2f}",
            "linear",
        )
        yield Row("its peak memory, catalogue included, MB", at, f"{memory:,.0f}", "≤ 3,000", memory <= 3000)
        return
    rounds = [(build_alone("terms", corpus), build_lunr(measured)) for _ in range(3 if measured.size <= 1000 else 1)]
    alone, theirs = (min(cost["cpu"] for cost in costs) for costs in zip(*rounds, strict=True))
    again = build_alone("all", corpus)
    cpu = min(ours["cpu"], again["cpu"])
    seconds = min(ours["seconds"], again["seconds"])
    yield Row(
        "CPU s of the index alone, of the same texts; lunr.py to JSON; times as fast",
        at,
        f"{alone:.2f}; {theirs:.1f}; {theirs / alone:.1f}",
        "≥ 9 times",
        theirs >= 9 * alone,
    )
    yield Row(
        "CPU s of all files of the search, of the catalogue; a dataset, ms; peak memory, MB",
        at,
        f"{cpu:.1f}; {cpu * 1000 / measured.size:.2f}; {ours['memory'] / MEGA:,.0f}",
    )
    (pagefind,) = measured.tools.run_pagefind(measured.size)
    cost = pagefind.cost
    yield Row(
        "seconds: ours, Pagefind; CPU seconds: ours, Pagefind",
        at,
        f"{seconds:.1f}, {cost.seconds:.1f}; {cpu:.1f}, {cost.cpu:.1f}",
        "not slower",
        seconds <= cost.seconds and cpu <= cost.cpu,
    )


def build_alone(name: str, corpus: Path) -> Mapping[str, float]:
    say(f"  ours, {name}: {corpus.name}")
    return answer([sys.executable, "-m", "tests.bench.search.builds", name, str(corpus)])


def build_lunr(measured: Measured) -> Mapping[str, float]:
    """lunr.py with its French pipeline, given the texts; the stop words are ours, as nltk's would be downloaded."""
    measured.tools.install_peers()
    python = measured.tools.python
    if subprocess.run([python, "-c", "import lunr, nltk"], stderr=subprocess.DEVNULL, check=False).returncode:
        run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "lunr[languages]==0.8.0"])
    say(f"  lunr.py: {measured.size:,} datasets")
    documents = [
        {**document.texts, "id": str(number)}
        for number, document in enumerate(collect_documents(measured.catalog, LANGUAGE))
    ]
    fields = [{"field_name": field, "boost": boost} for field, boost in BOOSTS.items()]
    task = {"documents": documents, "fields": fields, "stopWords": settings(LANGUAGE)["stopWords"]}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(task, file)
        file.flush()
        return answer([str(python), "-c", LUNR, file.name])


LUNR = """
import json, resource, sys, time
from lunr import languages, lunr
with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)
languages._get_stopwords_and_word_characters = lambda language: (task["stopWords"], {chr(92) + "w"})
cpu, seconds = time.process_time(), time.perf_counter()
index = lunr(ref="id", fields=task["fields"], documents=task["documents"], languages=["fr"])
size = len(json.dumps(index.serialize()))
print(json.dumps({"cpu": time.process_time() - cpu, "seconds": time.perf_counter() - seconds, "size": size}))
"""


def answer(command: Sequence[str]) -> Mapping[str, float]:
    """What a process says in JSON."""
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        raise Failed(command[:3], done.returncode, done.stderr[-4000:])
    found: Mapping[str, float] = json.loads(done.stdout)
    return found


def build_all(catalog: Catalog) -> Callable[[], object]:
    """Every file of the search, from the catalogue on."""
    site = site_of(catalog)
    # Every page has it too.
    assert site.catalog_digest
    return lambda: sum(len(content) for _, content in render_search(site))


def build_terms(catalog: Catalog) -> Callable[[], object]:
    """What lunr.py makes, of what it is given: the index alone, of the texts."""
    documents = list(collect_documents(catalog, LANGUAGE))

    def build() -> int:
        analyzed = [(found.counts, found.boost) for found in analyze(documents, LANGUAGE)]
        counts, boosts = zip(*analyzed, strict=True)
        postings = collect_postings(counts, BOOSTS, boosts)
        return sum(len(compress(columns)) for columns in encode_shards(postings, cut_terms(postings)))

    return build


JOBS = {"all": build_all, "terms": build_terms}


def run_job(name: str, corpus: str) -> None:
    """Prints what one of JOBS costs, in a process of its own."""
    work = JOBS[name](read_catalog(Path(corpus)))
    cpu, seconds = cpu_seconds(), time.perf_counter()
    work()
    found = {
        "cpu": cpu_seconds() - cpu,
        "seconds": time.perf_counter() - seconds,
        "memory": own_peak(),
    }
    print(json.dumps(found))


def cpu_seconds() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    run_job(*sys.argv[1:])
