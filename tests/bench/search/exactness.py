"""Whether the pieces answer as the whole index, and Python's terms are JavaScript's."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from generator.search.analyzed import analyze
from generator.search.analyzer import Analyzer
from generator.search.directory import write_index
from generator.search.documents import collect_documents
from tests.bench.contenders import PROJECT
from tests.bench.measure import Failed
from tests.bench.search.corpora import LANGUAGE, Measured
from tests.bench.search.rows import Row, Rows
from tests.search.test_analyzer import CASES, differences, frequent_words
from tests.search.whole import build_index, write_files, write_json


def measure_exactness(measured: Measured) -> Rows:
    """Every class of lunr's query syntax, over the pieces and over the whole index."""
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
