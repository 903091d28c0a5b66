"""
The index in pieces answers as the whole one does, whatever the query, the host, the network and the browser. Node plays
the browser, with the scripts that we serve.
"""

import base64
import json
import random
import subprocess
import sys
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from generator.search import analyzed
from generator.search.analyzed import Analyzed, analyze, analyze_catalog
from generator.search.directory import write_index
from generator.search.documents import BOOSTS, Stub, collect_documents, searched
from generator.search.postings import collect_postings
from generator.search.shards import cut_terms, encode_shards, separators
from generator.source.store import Shelf
from generator.text.speech import Words
from tests.search.whole import bench_catalog, serialize, write_files, write_json

HERE = Path(__file__).parent
CORPUS = Path(__file__).parents[3] / "shared" / "bench" / "corpus.py"

# Astral letters, which JavaScript sorts otherwise than Python; right-to-left text; digits and codes.
ODD = ["2024", "7", "32198", "1", "\uffae", "\U00010428", "\U00010428\U0001042a", "مدينة", "ماء", "מים", "constructor"]
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "mel", "nor", "pas", "tri", "rue", "sol", "val"]


def stub(number, **values):
    words = {"title": Words(f"Titre {number}", "fr"), "excerpt": Words("Des mots.", "fr")}
    agent = {"publisher": Words(f"Ville {number % 3}", "fr")}
    return Stub(id=f"d{number}", **{**words, **agent, "formats": ("CSV",), "modified": f"20{number % 30:02}", **values})


def random_documents(size, seed, words=None):
    """Documents of words by chance, the first ones frequent; some weigh more than others."""
    chance = random.Random(seed)
    if words is None:
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(size + 100)] + ODD
        chance.shuffle(words)

    def text(field):
        longest = {"description": 90, "publisher": 0, "file": 20}.get(field, 6)
        return [words[int((len(words) + 1) ** chance.random()) - 1] for _ in range(chance.randint(0, longest))]

    return [
        Analyzed(
            counts={field: Counter(text(field)) for field in BOOSTS},
            stub=stub(number),
            boost=chance.choice([1.0, 1.0, 0.5, 1.1]) if seed % 2 else 1.0,
        )
        for number in range(size)
    ]


def compare(documents, folder, queries, seed=1):
    """What exact.js finds: as many queries of every class, asked of the pieces and of the whole."""
    write_files(write_index(documents, "fr"), folder)
    postings = collect_postings([one.counts for one in documents], boosts=[one.boost for one in documents])
    write_json(serialize(postings, ["vitrine-fr"]), folder / "whole.json")
    command = ["node", HERE / "exact.js", folder / "search" / "fr", folder / "whole.json", str(queries), str(seed)]
    run = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert run.stderr == ""
    return json.loads(run.stdout)


@pytest.mark.parametrize(("size", "seed"), [(0, 1), (1, 2), (2, 3), (17, 4), (50, 5), (400, 6), (400, 7)])
def test_answers_as_the_whole_index(size, seed, tmp_path):
    """
    In every class of lunr's syntax, references, scores, order and match data are those of the whole index.
    """
    found = compare(random_documents(size, seed), tmp_path, 280, seed)

    assert (found["mismatches"], found["classes"]) == ([], 36)


def test_answers_on_the_bench_corpus(tmp_path):
    """
    So they are on a thousand datasets in French.
    """
    pytest.importorskip("wordfreq", reason="the corpus is made of its words (extra `test`)")
    if not CORPUS.is_file():
        pytest.skip("the bench corpus is not here")
    lines = subprocess.run([sys.executable, CORPUS, "1000"], capture_output=True, check=True, encoding="utf-8").stdout
    documents = list(analyze(collect_documents(bench_catalog(lines.splitlines()), "fr"), "fr"))
    found = compare(documents, tmp_path, 540)

    assert found["mismatches"] == []
    assert found["empty"] < 540 / 3


def test_scores_near_a_change_of_rounding(monkeypatch, tmp_path):
    """
    A score that the reader's logarithm might round otherwise is written out; here all of them are.
    """
    from generator.search import directory

    def shards(postings, terms):
        return encode_shards(postings, terms, margin=1)

    monkeypatch.setattr(directory, "encode_shards", shards)

    assert compare(random_documents(60, 9), tmp_path, 144)["mismatches"] == []


def test_a_frequent_term_has_a_file_of_its_own():
    """
    Files are of a few KB, however large the catalogue, but for a term that is in most documents.
    """
    documents = random_documents(3000, 11, words=["eau", *[f"mot{number}" for number in range(4000)]])
    postings = collect_postings([one.counts for one in documents])
    shards = cut_terms(postings)
    sizes = [len(zlib.compress(b"".join(columns), 9)) for columns in encode_shards(postings, shards)]

    assert ["eau"] in shards
    assert all(size < 9000 for size, terms in zip(sizes, shards, strict=True) if len(terms) > 1)
    assert separators(shards)[0] == ""


@cache
def conditions():
    """What store.js says of each bad condition, on one index and on the one that is published after it."""
    words = [f"mot{number}" for number in range(150)]
    files = [
        {
            path.removeprefix("search/fr/"): base64.b64encode(content).decode()
            for path, content in write_index(random_documents(size, seed, words), "fr")
        }
        for size, seed in ((300, 21), (301, 22))
    ]
    job = json.dumps({"files": files})
    run = subprocess.run(["node", HERE / "store.js"], input=job, capture_output=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stderr) == (0, "")
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        ("sound", "same"),
        ("compressed by the host", "same"),
        ("compressed twice", "same"),
        ("decompressed by the host", "same"),
        ("cut short", "broken"),
        ("cut by one byte", "broken"),
        ("decompressed and cut short", "broken"),
        ("empty", "broken"),
        ("a byte changed", "broken"),
        ("cut short in the cache", "same"),
        ("no such file", "missing"),
        ("a page instead", "missing"),
        ("a page instead of the directory", "missing"),
        ("no directory", "missing"),
        ("a busy host", "offline"),
        ("no network", "offline"),
        ("the network comes back", ["offline", "same"]),
        ("no DecompressionStream", "same"),
        ("no DecompressionStream, compressed by the host", "same"),
        ("no DecompressionStream, cut short", "broken"),
        ("published anew", "same"),
        ("documents of before", ["d0", "stale"]),
        ("directory is asked for", [["directory.bin", "no-cache"], ["directory.bin", "no-cache"]]),
        ("results of before", "stale"),
    ],
)
def test_bad_condition(condition, outcome):
    """
    Where the answer can be had it is the right one, else the reader is told what went wrong.
    """
    assert conditions()[condition] == outcome


def catalog(**changes):
    records = [
        {
            "id": f"d{number}",
            "title": f"Qualité de l’eau {number}",
            "description": "Des **mesures**.\n\nEt là.",
            "publisher": "Ville de Québec",
            "theme": ["eau"],
            "keyword": ["lac"],
            "issued": "2020-01-01",
            "modified": "2021-01-01",
            "distribution": [{"title": "Fichier", "format": "CSV"}],
            **changes.get(f"d{number}", {}),
        }
        for number in range(5)
    ]
    return bench_catalog(map(json.dumps, records))


def index_again(catalog, kept, monkeypatch):
    """The index made with what was kept, and the ids of the datasets that were read anew."""
    anew = []
    make = analyzed.document_of
    monkeypatch.setattr(analyzed, "document_of", lambda dataset, *rest: anew.append(dataset.id) or make(dataset, *rest))
    digests = {dataset.id: repr(dataset) for dataset in searched(catalog)}
    files = list(write_index(analyze_catalog(catalog, "fr", digests, kept), "fr"))
    monkeypatch.undo()
    assert files == list(write_index(analyze(collect_documents(catalog, "fr"), "fr"), "fr"))
    return anew


def test_only_what_changed_is_analysed(monkeypatch, tmp_path):
    """
    With what an earlier build kept, in memory or in a file, one changed dataset is read, and the index is the same.
    """
    file = tmp_path / "cache" / "analyses"
    for kept in ({}, Shelf(file)):
        assert index_again(catalog(), kept, monkeypatch) == [f"d{number}" for number in range(5)]
        assert index_again(catalog(), kept, monkeypatch) == []
        if isinstance(kept, Shelf):
            kept.save()
            kept = Shelf(file)
        changed = catalog(d3={"description": "Autre chose"})
        assert index_again(changed, kept, monkeypatch) == ["d3"]
        assert len(kept) == 5


def test_kept_analyses_that_cannot_be_read(monkeypatch, tmp_path):
    """
    A file that is none, or rows that say nothing, cost time and nothing else.
    """
    file = tmp_path / "analyses"
    file.write_bytes(b"not a database" * 1000)
    kept = Shelf(file)
    assert len(index_again(catalog(), kept, monkeypatch)) == 5
    kept.save()
    again = Shelf(file)
    assert index_again(catalog(), again, monkeypatch) == []
    again.update(dict.fromkeys(again, b"[1,"))
    assert len(index_again(catalog(), again, monkeypatch)) == 5
