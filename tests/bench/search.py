"""
The search beside what it promises: `make bench-search`, options through `make bench-search BENCH="--only bytes"`.

Bytes are counted where they leave: a host on this machine that compresses text, as hosts do, and nothing else, sends
Chromium what it asks for, and forbids to keep it. What is counted is the bodies of the files below `search/` until the
first results stand in the page, excerpts excepted, which may follow.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import click

from generator.collections import collect
from generator.diagnostics import Place
from generator.model import Agent, Catalog, Concept, Dataset, Distribution, LicenseDocument, Location, Portal
from generator.search import plan_search
from generator.search.analysis import Analyzer, fold, settings
from generator.search.directory import stemmer_asset
from generator.search.documents import BOOSTS, collect_documents
from generator.search.synonyms import read_synonyms
from generator.site import Site
from generator.standards import vocabulary
from generator.tasks import Bundle
from generator.theme import read_theme
from generator.urls import slugify
from tests.bench.contenders import CACHE, PROJECT, Bench, run, say
from tests.bench.measure import MEGA, Failed, peak_bytes
from tests.bench.portal import known, read_corpus
from tests.bench.report import table
from tests.chromium import launched

THEME = PROJECT / "themes" / "default"
LANGUAGE = "fr"
PAGE = "dataset/"
FIVE = ("publisher", "theme", "format", "license", "frequency")
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; without a verdict, something to know beside it."""

    what: str
    at: str
    found: str
    bar: str = ""
    good: bool | None = None


Rows = Iterator[Row]


# ---------------------------------------------------------------- what is measured


def read_catalog(corpus: Path) -> Catalog:
    """The catalogue that portal.py writes of a corpus in French, without the files."""
    agents: dict[str, Agent] = {}
    ids: dict[str, str] = {}
    datasets = {}
    for record in read_corpus(corpus):
        name = record["publisher"]
        if name not in ids:
            key, number = slugify(name), 2
            while key in agents:
                key, number = f"{slugify(name)}-{number}", number + 1
            ids[name] = key
            agents[key] = Agent(id=key, name={"fr": name})
        datasets[record["id"]] = dataset_of(record, ids[name])
    themes = vocabulary("themes").terms.values()
    return Catalog(
        title={"fr": "Données"},
        publisher=min(agents, default=""),
        portal=Portal(base_url="https://donnees.example.org/", languages=(LANGUAGE,)),
        publishers=dict(sorted(agents.items())),
        theme_taxonomy=tuple(Concept(id=term.code, pref_label=term.title) for term in themes),
        datasets=datasets,
    )


def dataset_of(record: Mapping[str, Any], publisher: str) -> Dataset:
    licenses = [vocabulary("licenses")[code] for code in known("licenses", [record["license"]])]
    frequencies = known("frequencies", [record["frequency"]]) if record["frequency"] != "unknown" else []
    formats = vocabulary("formats")
    return Dataset(
        id=record["id"],
        title={"fr": record["title"]},
        description={"fr": record["description"]},
        publisher=publisher,
        theme=tuple(known("themes", record["theme"])),
        keyword={"fr": tuple(record["keyword"])},
        license=next((LicenseDocument(code=item.code, iri=item.iri, name=item.title) for item in licenses), None),
        accrual_periodicity=next(iter(frequencies), ""),
        issued=record["issued"],
        modified=record["modified"],
        spatial=(Location(bbox=(*record["bbox"], *record["bbox"])),),
        distribution=tuple(
            Distribution(
                id=str(number),
                title={"fr": item["title"]},
                download_url=item["url"],
                format=term.code if (term := formats.find(item["format"])) else item["format"],
            )
            for number, item in enumerate(record["distribution"])
        ),
    )


@dataclass(frozen=True)
class Measured:
    """A corpus and what is made of it, each when first asked for."""

    size: int
    tools: Bench
    asked: int = 200

    @cached_property
    def catalog(self) -> Catalog:
        return read_catalog(self.tools.corpus(self.size))

    @cached_property
    def site(self) -> Site:
        return site_of(self.catalog)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files below `search/`, and the page and the scripts that search in them."""
        from generator.pages import assets, lists

        say(f"Building the search of {self.size:,} datasets")
        pages = [task for task in lists.plan(self.site) if task.path == f"{PAGE}index.html"]
        files = {}
        for task in (*pages, *assets.plan(self.site)):
            content = task.render(self.site, *task.arguments)
            files[task.path] = content if isinstance(content, bytes) else b"".join(content)
        return files | dict(render_search(self.site))

    @cached_property
    def index(self) -> Mapping[str, bytes]:
        return {path: content for path, content in self.files.items() if path.startswith("search/")}

    @cached_property
    def words(self) -> Sequence[str]:
        """Words of titles, as often as they are in them: what somebody might ask."""
        titles = (dataset.title["fr"].lower() for dataset in self.catalog.datasets.values())
        return [word for title in titles for word in title.split() if len(word) > 3]

    def queries(self, number: int, words: int, seed: int = 1) -> list[str]:
        chance = random.Random(seed)
        return [" ".join(chance.choices(self.words, k=words)) for _ in range(number)]

    @cached_property
    def heaviest(self) -> str:
        """A word of the term that most documents have."""
        analyzer = Analyzer.of(LANGUAGE)
        times: Counter[str] = Counter()
        for document in collect_documents(self.catalog, LANGUAGE):
            times.update({word for text in document.texts.values() for word in analyzer.tokens(text)})
        return next(word for word, _ in times.most_common() if analyzer.terms(word))


def site_of(catalog: Catalog) -> Site:
    return Site(catalog, read_theme(PROJECT, "default", Place("portal.yaml")))


def render_search(site: Site) -> Iterator[tuple[str, bytes]]:
    groups = {language: read_synonyms(PROJECT, language)[0] for language in site.languages}
    for item in plan_search(site, groups):
        made_ = item.render(site, *item.arguments)
        if isinstance(item, Bundle):
            yield from made_
        else:
            yield item.path, made_


# ---------------------------------------------------------------- a host that counts


class Host:
    """
    Serves files on a port of its own, and remembers what it sent: path and bytes of the body.

    Whether a reader may `keep` files is for the measure to say.
    """

    def __init__(self, find: Callable[[str], bytes | None], keep: bool = False) -> None:
        self.sent: list[tuple[str, int]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path).lstrip("/")
                content = find(f"{path}index.html" if path.endswith("/") or not path else path)
                media_type = (
                    mimetypes.guess_type(path if "." in path else "index.html")[0] or "application/octet-stream"
                )
                self.send_response(404 if content is None else 200)
                content = content or b""
                texts = media_type.startswith("text/") or media_type.endswith(("javascript", "json", "xml", "wasm"))
                if texts and "gzip" in self.headers.get("Accept-Encoding", ""):
                    content = gzip.compress(content, 6)
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Cache-Control", "max-age=3600" if keep else "no-store")
                self.end_headers()
                host.sent.append((path, len(content)))
                self.wfile.write(content)

            def log_message(self, *arguments: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *request: object) -> None:
                """A reader who leaves before all has come is no error."""

        self.server = Server((HOST, 0), Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server.server_port}/"

    def __enter__(self) -> Host:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def bytes(self, counts: Callable[[str], bool]) -> int:
        return sum(size for path, size in self.sent if counts(path))


# Notes when results stand in the page after the list was busy, when keys are pressed, and what keeps the page waiting.
WATCH = """
window.bench = { shown: [], pressed: [], long: [] };
let busy = false;
new MutationObserver(() => {
  const list = document.getElementById("results");
  if (!list) return;
  const before = busy;
  busy = list.getAttribute("aria-busy") === "true";
  if (before && !busy) window.bench.shown.push(performance.now());
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
addEventListener("keydown", (event) => window.bench.pressed.push(event.timeStamp), true);
new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.bench.long.push(duration)))
  .observe({ type: "longtask", buffered: true });
"""
SHOWN = "() => window.bench.shown.length > 0"
WAIT = 60_000


# ---------------------------------------------------------------- the measures


def measure_exactness(measured: Measured) -> Rows:
    """Every class of lunr's query syntax, over the pieces and over the whole index."""
    from generator.search.analyses import analyze
    from generator.search.directory import write_index
    from tests.search.whole import build_index, write_files, write_json

    if measured.size > 50_000:
        return
    queries = 2000 if measured.size <= 10_000 else 200
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        analyzed = analyze(collect_documents(measured.catalog, LANGUAGE), LANGUAGE)
        write_files(write_index(analyzed, LANGUAGE), folder)
        write_json(build_index(collect_documents(measured.catalog, LANGUAGE), LANGUAGE), folder / "whole.json")
        script = PROJECT / "tests" / "search" / "exact.js"
        command = ["node", "--max-old-space-size=8000", script, folder / "search" / LANGUAGE, folder / "whole.json"]
        done = subprocess.run([*command, str(queries)], capture_output=True, check=False, encoding="utf-8")
    if not done.stdout:
        raise Failed(["exact.js"], done.returncode, done.stderr[-2000:])
    found = json.loads(done.stdout)
    wrong = len(found["mismatches"])
    yield Row(
        f"queries unlike the whole index, of {queries:,} in {found['classes']} classes",
        f"{measured.size:,}",
        f"{wrong}",
        "0 in 25 classes",
        wrong == 0 and found["classes"] >= 25,
    )


def measure_analysis(_: Measured) -> Rows:
    """Python's and JavaScript's terms, and accents, over the most frequent words of each language."""
    from tests.test_analysis import CASES, differences, frequent_words

    for language in ("fr", "en"):
        words = frequent_words(language)
        texts = words + [f"L’{word.upper()}" for word in words] + [text for said, text, *_ in CASES if said == language]
        wrong = len(differences(language, texts))
        yield Row(
            f"words whose terms differ between Python and JavaScript, {language}",
            f"{len(words):,}",
            f"{wrong}",
            "0",
            not wrong,
        )
    plain = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy", "")
    words = [word for word in frequent_words("fr") if word != word.translate(plain)]
    terms = Analyzer.of("fr").terms
    share = sum(terms(word) == terms(word.translate(plain)) for word in words) / len(words)
    yield Row(
        "accented and unaccented spellings meet", f"{len(words):,} words", f"{share:.2%}", "≥ 99.9%", share >= 0.999
    )


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


def search_scripts() -> Mapping[str, bytes]:
    """What a reader of one language is sent to search, as it is published; the stemmer is the larger one."""
    published = read_theme(PROJECT, "default", Place("portal.yaml")).published
    names = [name for name in published if name.startswith("search") and name.endswith(".js")]
    found = {name: published[name] for name in [*names, "lunr.min.js"]}
    stemmers = [published[stemmer_asset(language)] for language in ("fr", "en")]
    return found | {"stemmer": max(stemmers, key=lambda content: len(gzip.compress(content, 9)))}


def script_bytes() -> int:
    return sum(len(gzip.compress(content, 9)) for content in search_scripts().values())


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


def measure_facets(measured: Measured) -> Rows:
    """Each facet's file, and how long Node takes to count all of them."""
    from generator.search.documents import searched
    from generator.search.facets import facet_files

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
const times = [];
for (let turn = 0; turn < 20; turn++) {
  started = performance.now();
  vitrineFacets.count(columns, null, selection);
  times.push(performance.now() - started);
}
process.stdout.write(JSON.stringify({ decode, count: times.sort((a, b) => a - b)[10] }));
"""


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
    alone = build_alone("terms", corpus)
    theirs = build_lunr(measured)
    again = build_alone("all", corpus)
    cpu = min(ours["cpu"], again["cpu"])
    seconds = min(ours["seconds"], again["seconds"])
    yield Row(
        "CPU s of the index alone, of the same texts; lunr.py to JSON; times as fast",
        at,
        f"{alone['cpu']:.1f}; {theirs['cpu']:.1f}; {theirs['cpu'] / alone['cpu']:.1f}",
        "≥ 9 times",
        theirs["cpu"] >= 9 * alone["cpu"],
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
    return answer([sys.executable, "-m", "tests.bench.search", "--job", name, str(corpus)])


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
    from generator.search.analyses import analyze
    from generator.search.packing import compress
    from generator.search.postings import collect_postings
    from generator.search.shards import cut_terms, encode_shards

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
        "memory": peak_bytes(resource.getrusage(resource.RUSAGE_SELF)),
    }
    print(json.dumps(found))


def cpu_seconds() -> float:
    return sum(os.times()[:4])


def measure_keys(measured: Measured) -> Rows:
    """A reader who types: from the press of a key to the results of what stands in the field."""
    if measured.size > 10_000:
        return
    at = f"{measured.size:,}"
    chance = random.Random(2)
    times: list[float] = []
    with Host(measured.files.get, keep=True) as host, launched() as browser:
        page = browser.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{host.address}{PAGE}")
        field = page.locator("#search input[name=q]")
        field.focus()
        for query in map(fold, ["eau du parc", *measured.queries(measured.asked // 10, 2, seed=3)]):
            field.fill("")
            for letter in query[:-5]:
                page.keyboard.press(letter)
            page.wait_for_timeout(600)
            for letter in query[-5:]:
                page.evaluate("() => { window.bench.shown = []; window.bench.pressed = []; }")
                page.keyboard.press(letter)
                try:
                    page.wait_for_function(SHOWN, timeout=5000)
                except Exception:
                    # A press that changes nothing, such as a space.
                    continue
                page.wait_for_timeout(chance.randint(100, 300))
                times.append(page.evaluate("() => window.bench.shown.at(-1) - window.bench.pressed.at(-1)"))
        long = page.evaluate("() => window.bench.long")
    times = times[5:]
    middle, slow = median(times), quantiles(times, n=20)[-1]
    worst = max(long, default=0)
    yield Row(
        f"ms from key press to results, median of {len(times)}; p95",
        at,
        f"{middle:.0f}; {slow:.0f}",
        "≤ 100; ≤ 250",
        middle <= 100 and slow <= 250,
    )
    yield Row("tasks over 50 ms on the main thread; the longest, ms", at, f"{len(long)}; {worst:.0f}", "0", not long)


def measure_relevance(measured: Measured) -> Rows:
    """Questions of a citizen about a real catalogue; relevance.py has its own report."""
    measured.tools.install_peers()
    command = [sys.executable, "-m", "tests.search.relevance", "--pagefind", str(measured.tools.python)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, encoding="utf-8")
    lines = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines() if line.strip()]
    if len(lines) < 2:
        raise Failed(command, done.returncode, done.stderr[-2000:])
    names = lines[0]
    for name, *values in lines[1:]:
        if len(values) != len(names):
            continue
        found = dict(zip(names, map(float, values), strict=True))
        bar = name == "ours"
        yield Row(
            f"an accepted dataset among the first 1, 5, 10: {name}",
            "Montréal",
            ", ".join(f"{found[key]:.2f}" for key in ("@1", "@5", "@10")),
            "≥ .65, –, ≥ .90" if bar else "",
            found["@1"] >= 0.65 and found["@10"] >= 0.90 if bar else None,
        )


ONCE = {"analysis": measure_analysis, "scripts": measure_scripts, "relevance": measure_relevance}
EACH = {
    "exactness": measure_exactness,
    "index": measure_index,
    "facets": measure_facets,
    "bytes": measure_bytes,
    "keys": measure_keys,
    "build": measure_build,
}


# ---------------------------------------------------------------- the command


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
    if sys.argv[1:2] == ["--job"]:
        run_job(*sys.argv[2:])
    else:
        main(prog_name="python -m tests.bench.search")
