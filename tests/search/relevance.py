"""
Does the search find the right dataset? Questions in everyday words, asked of a real catalogue, and how often an
accepted dataset is among the first: ours, plain lunr, and Pagefind where it is installed.

    python -m tests.search.relevance [--catalog package_search.json | --portal FOLDER] [--questions FILE] [--details]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import yaml

from generator.build.pipeline import read_portal
from generator.importers.ckan import import_ckan
from generator.model.diagnostics import Place
from generator.search.analyzer import settings
from generator.search.documents import SearchDocument, collect_documents
from generator.search.explain import explain, find_node
from generator.search.synonyms import read_synonyms
from generator.theme.files import read_theme
from tests.search.whole import build_index

HERE = Path(__file__).parent
THEME = HERE.parents[1] / "themes" / "default"
CATALOG = Path(__file__).parents[3] / "shared" / "catalogues" / "montreal-ckan" / "package_search.json"
RANKS = (1, 5, 10)
BARS = {1: 0.65, 10: 0.90}
MOST = 50


@dataclass(frozen=True)
class Question:
    ask: str
    accept: frozenset[str]


@dataclass(frozen=True)
class Hit:
    id: str
    weak: bool = False


Answers = list[list[Hit]]


def read_questions(path: Path) -> list[Question]:
    """A list of `ask` and `accept`: a question without accepted datasets is one that the catalogue can't answer."""
    rows = yaml.safe_load(path.read_text("utf-8"))
    rows = rows["questions"] if isinstance(rows, dict) else rows
    return [
        Question(row.get("ask") or row.get("question"), frozenset(row.get("accept") or row.get("answers") or ()))
        for row in rows
    ]


def read_documents(catalog: Path, language: str) -> list[SearchDocument]:
    """A CKAN catalogue's documents, by way of a portal that is imported and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        import_ckan(str(catalog), Path(folder))
        return read_portal_documents(Path(folder), language)


def read_portal_documents(portal: Path, language: str) -> list[SearchDocument]:
    return list(collect_documents(read_portal(portal).site.catalog, language))


def ask_ours(
    documents: Sequence[SearchDocument], questions: Sequence[str], language: str, portal: Path = Path("no portal")
) -> Answers:
    """By the scripts that readers get, over the files that they fetch."""
    groups, _ = read_synonyms(portal, language)
    answers = explain(documents, language, questions, assets=theme_assets(), synonyms=groups, limit=MOST)
    return [[Hit(hit["id"], hit["weak"]) for hit in answer["results"]] for answer in answers]


def ask_lunr(documents: Sequence[SearchDocument], questions: Sequence[str], language: str) -> Answers:
    """Lunr as it comes, but for the language's stemmer."""
    rules = settings(language)
    plain = [replace(document, boost=1.0) for document in documents]
    job = {
        "theme": str(THEME),
        "index": build_index(plain, language),
        "settings": rules,
        "stemmer": f"node_modules/{rules['script']}",
        "questions": list(questions),
    }
    command = [find_node(), str(HERE / "relevance.js")]
    run = subprocess.run(command, input=json.dumps(job), capture_output=True, check=True, encoding="utf-8")
    return [[Hit(documents[int(reference)].stub.id) for reference in found] for found in json.loads(run.stdout)]


def theme_assets() -> dict[str, bytes]:
    """What the default theme publishes, by name."""
    return read_theme(THEME, "default", Place("portal.yaml")).published


def ask_pagefind(documents: Sequence[SearchDocument], questions: Sequence[str], python: str, language: str) -> Answers:
    """Pagefind's answers to the same texts, in Node: its own index, its own script."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for document in documents:
            page = site / document.stub.id / "index.html"
            page.parent.mkdir()
            texts = dict(document.texts)
            title = escape(texts.pop("title"))
            body = "".join(f"<p>{escape(text)}</p>" for text in texts.values() if text)
            page.write_text(
                f'<!doctype html><html lang="{language}"><title>{title}</title>'
                f"<main data-pagefind-body><h1>{title}</h1>{body}</main></html>",
                "utf-8",
            )
        command = [python, "-m", "pagefind", "--site", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        run = subprocess.run(
            ["node", str(HERE / "pagefind.mjs"), folder],
            input=json.dumps(list(questions)),
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    return [[Hit(name) for name in names] for names in json.loads(run.stdout)]


def rank_of(question: Question, found: Sequence[Hit]) -> int:
    """The place of the first accepted dataset, from 1; 0 when there is none."""
    return next((place for place, hit in enumerate(found, 1) if hit.id in question.accept), 0)


def measure(questions: Sequence[Question], answers: Answers) -> dict[str, float]:
    """Success among the first k of the questions that have an answer, and what is said of those that have none."""
    pairs = list(zip(questions, answers, strict=True))
    asked = [(rank_of(question, found), found) for question, found in pairs if question.accept]
    without = [found for question, found in pairs if not question.accept]
    row: dict[str, float] = {f"@{k}": sum(1 for rank, _ in asked if 0 < rank <= k) / len(asked) for k in RANKS}
    row["nothing"] = sum(not found for _, found in asked) / len(asked)
    # A right answer that is called weak, and a question without answer that is honestly told so.
    row["doubted"] = sum(rank > 0 and found[0].weak for rank, found in asked) / len(asked)
    row["honest"] = sum(not found or found[0].weak for found in without) / len(without) if without else 1.0
    return row


def report(rows: dict[str, dict[str, float]]) -> None:
    names = [*next(iter(rows.values()))]
    print(f"{'':14}" + "".join(f"{name:>9}" for name in names))
    for name, row in rows.items():
        print(f"{name:14}" + "".join(f"{value:9.2f}" for value in row.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalog", type=Path, default=CATALOG)
    parser.add_argument("--portal", type=Path, default=None, help="a portal's folder instead of a catalogue")
    parser.add_argument("--questions", type=Path, default=HERE / "questions-montreal.yaml")
    parser.add_argument("--language", default="fr")
    parser.add_argument("--pagefind", default="", help="a Python that has pagefind and pagefind-bin")
    parser.add_argument("--details", action="store_true", help="show where each question's answer stands")
    options = parser.parse_args()
    questions = read_questions(options.questions)
    if options.portal:
        documents = read_portal_documents(options.portal, options.language)
    else:
        documents = read_documents(options.catalog, options.language)
    asked = [question.ask for question in questions]
    found = {
        "ours": ask_ours(documents, asked, options.language),
        "plain lunr": ask_lunr(documents, asked, options.language),
    }
    if options.pagefind:
        found["Pagefind"] = ask_pagefind(documents, asked, options.pagefind, options.language)
    if options.details:
        for number, question in enumerate(questions):
            places = " ".join(f"{rank_of(question, answers[number]):4}" for answers in found.values())
            best = found["ours"][number][:1]
            print(f"{places}  {question.ask}  {'(weak)' if best and best[0].weak else ''}")
    rows = {name: measure(questions, answers) for name, answers in found.items()}
    report(rows)
    missed = [f"@{k} {rows['ours'][f'@{k}']:.2f} < {bar}" for k, bar in BARS.items() if rows["ours"][f"@{k}"] < bar]
    if missed:
        sys.exit(f"below the bar: {', '.join(missed)}")


if __name__ == "__main__":
    main()
