"""Records beside datasets: what the build writes of them, and what the worker finds in both, by Node."""

import base64
import json
import random
import re
import subprocess
import zlib
from collections import Counter

import pytest

from tests.conftest import MINIMAL, SmallPortal

NODE = """
const fs = require("fs"), vm = require("vm");
const { files, addresses, questions } = JSON.parse(fs.readFileSync(0, "utf8"));
const ROOT = "https://exemple.org/";
const worker = vm.createContext({ URL });
worker.self = worker;
const bytes = (address) => {
  const file = files[address.slice(ROOT.length)];
  return file && Buffer.from(file, "base64");
};
worker.importScripts = (address) => vm.runInContext(bytes(address).toString(), worker);
Object.assign(worker, { Blob, Response, DecompressionStream, TextDecoder, Uint8Array });
worker.fetch = async (address) => {
  const content = bytes(address);
  return content ? { ok: true, arrayBuffer: async () => content } : { ok: false, status: 404 };
};
worker.importScripts(ROOT + addresses.worker);
(async () => {
  worker.onmessage({ data: Object.fromEntries(Object.entries(addresses).map(([key, path]) => [key, ROOT + path])) });
  const answers = [];
  for (const [id, question] of questions.entries()) {
    const answer = new Promise((resolve) => { worker.postMessage = resolve; });
    const data = { id, kind: "search", text: "", picked: {}, sort: "", first: 0, count: 1000, late: [], ...question };
    worker.onmessage({ data });
    answers.push(await answer);
  }
  process.stdout.write(JSON.stringify(answers));
})();
"""

PERMITS = """\
shape: register
title: {fr: Permis accordés, en: Permits granted}
singular: {fr: Permis, en: Permit}
key: [number]
heading: subject
fields:
  - {name: number, range: token, required: true, label: {fr: Numéro, en: Number}}
  - {name: subject, required: true, label: {fr: Objet, en: Subject}}
  - {name: reason, label: {fr: Motif, en: Reason}}
  - {name: granted, range: day, label: {fr: Accordé le, en: Granted on}}
  - {name: publisher, range: publisher, label: {fr: Organisme, en: Publisher}}
card: {summary: reason, date: granted, author: publisher}
"""
HEADER = "number,subject_fr,reason_fr,granted,publisher\n"
NOTICE = "---\ntitle: {title}\ndescription: {text}\ndate: 2026-01-0{day}\n---\n\n{text}\n"
DATASET = """\
title: {title}
description: {text}
publisher: {publisher}
theme: [transport]
license: cc-by-4.0
modified: 2025-01-0{day}
distribution:
  - {{id: csv, downloadURL: "https://exemple.org/a.csv"}}
"""


def ask(files, questions):
    """The worker's answers over a built site, whose default language is searched."""
    names = {name: next(path for path in files if path.startswith(f"assets/{name}.")) for name in SCRIPTS}
    addresses = {
        "worker": names["search-worker"],
        "script": names["search-records"],
        "directory": "search/fr/directory.bin",
        "records": "search/records/fr/directory.bin",
        "label": "Jeux de données",
    }
    needed = {path: content for path, content in files.items() if path.startswith(("search/", "assets/"))}
    job = {
        "files": {path: base64.b64encode(content).decode() for path, content in needed.items()},
        "addresses": addresses,
        "questions": questions,
    }
    run = subprocess.run(
        ["node", "-e", NODE], input=json.dumps(job), capture_output=True, check=False, encoding="utf-8"
    )
    assert (run.returncode, run.stderr) == (0, "")
    return json.loads(run.stdout)


SCRIPTS = ("search-worker", "search-records")


def titles(answer):
    return ["".join(result["parts"]) for result in answer["results"]]


def test_a_search_of_datasets_stays_as_it_is(portal):
    """
    Without records there is no index of them and no page that speaks of one; with them, the datasets' is the same.
    """
    alone = portal(name="alone").build()
    among = portal(
        {"content/types/permits.yaml": PERMITS, "content/types/permits.csv": f"{HEADER}1,Trottoir,,,ville\n"},
        name="among",
    ).build()

    def index_of(files):
        return {path: content for path, content in files.items() if path.startswith(("search/fr/", "search/en/"))}

    assert index_of(among) == index_of(alone)
    assert [path for path in alone if path.startswith("search/records/")] == []
    assert [path for path, page in alone.items() if path.endswith(".html") and b"search-records" in page] == []
    named = {path for path, page in among.items() if path.endswith(".html") and b"search-records" in page}
    assert {"dataset/index.html", "en/dataset/index.html", "permits/index.html", "en/permits/index.html"} == named
    assert among["dataset/autre/index.html"] == alone["dataset/autre/index.html"]


def test_a_type_stays_out_of_the_search(portal):
    """
    The records of a type that says `search: false` are not in the index, and their list has no field.
    """
    files = portal(
        {
            "content/types/permits.yaml": f"{PERMITS}search: false\n",
            "content/types/permits.csv": f"{HEADER}1,Trottoir,,,ville\n",
        }
    ).build()

    assert [path for path in files if path.startswith("search/records/")] == []
    assert b'role="search"' in files["permits/index.html"]
    assert b"data-only" not in files["permits/index.html"]


def test_datasets_come_first(portal):
    """
    A record stands behind the datasets that hold as much of the question, and before those that hold less.
    """
    files = portal(
        {
            "datasets/a.yaml": DATASET.format(title="Arbres", text="Sur les rues.", publisher="ville", day=1),
            "datasets/b.yaml": DATASET.format(title="Haies", text="Avec des arbres.", publisher="ville", day=1),
            "content/types/permits.yaml": PERMITS,
            "content/types/permits.csv": f"{HEADER}1,Arbres abattus,,,\n2,Clôture,Des arbres tombés,,\n",
        }
    ).build()
    one, two = ask(files, [{"text": "arbres"}, {"text": "permis arbres"}])

    assert titles(one) == ["Arbres", "Arbres abattus", "Haies", "Clôture"]
    assert titles(two)[:2] == ["Arbres abattus", "Clôture"]


def test_what_a_record_shows(portal):
    """
    A result says what the record is, who is behind it, its day and its address, without any of a dataset's words.
    """
    files = portal(
        {
            "content/types/permits.yaml": PERMITS,
            "content/types/permits.csv": f"{HEADER}7,École,Agrandir,2026-02-03,ville\n8,Pont,,,\n",
        }
    ).build()
    (answer, *_) = ask(files, [{"text": "ecole permis"}])

    assert [{key: value for key, value in result.items() if key != "parts"} for result in answer["results"]] == [
        {
            "id": "../permits/7/",
            "title": "École",
            "publisher": "Ville",
            "formats": [],
            "modified": "2026-02-03",
            "languages": [],
            "kind": ["Permis"],
        },
        {
            "id": "../permits/8/",
            "title": "Pont",
            "publisher": "",
            "formats": [],
            "modified": "",
            "languages": [],
            "kind": ["Permis", 1],
        },
    ]


def test_one_type_alone(portal):
    """
    A list's own field finds the records of its type, accents or none, and without words shows all of them by date.
    """
    files = portal(
        {
            "datasets/a.yaml": DATASET.format(title="École", text="Des écoles.", publisher="ville", day=1),
            "content/news/ecole.md": NOTICE.format(title="Une école", text="Elle ouvre.", day=1),
            "content/types/permits.yaml": PERMITS,
            "content/types/permits.csv": f"{HEADER}1,École,,2024-01-01,\n2,Pont,,2026-01-01,\n",
        }
    ).build()
    answers = ask(files, [{"text": "ecole", "only": "permits"}, {"sort": "date", "only": "permits"}])

    assert [titles(answer) for answer in answers] == [["École"], ["Pont", "École"]]


def test_an_empty_search_offers_to_ask(portal):
    """
    Where the portal says how data are asked for, the address takes what was looked for; elsewhere nothing is offered.
    """

    def offered(ask):
        name = f"portal{len(ask)}"
        files = portal(
            {"portal.yaml": f"baseURL: https://exemple.org/\nlanguages: [fr, en]\n{ask and f'ask: {ask!r}'}\n"},
            name=name,
        ).build()
        return [re.findall(r'href="([^"]*)" data-ask="([^"]*)"', files[path].decode()) for path in PAGES]

    issues, question = "https://exemple.org/issues/new", "?template=ask.yml&amp;title="
    subjects = "Demande%20de%20donn%C3%A9es%E2%80%AF%3A%20", "Data%20request%3A%20"
    assert offered("") == [[], []]
    assert offered(f"{issues}?template=ask.yml&title={{words}}") == 2 * [
        [(f"{issues}{question}", f"{issues}{question}{{words}}")]
    ]
    assert offered("mailto:donnees@exemple.org") == [
        [("mailto:donnees@exemple.org", f"mailto:donnees@exemple.org?subject={subject}{{words}}")]
        for subject in subjects
    ]


PAGES = ("dataset/index.html", "en/dataset/index.html")

# ---------------------------------------------------------------- by hand

WORDS = ["eau", "pont", "neige", "arbre", "école", "route", "parc", "bac", "quai", "phare"]
PUBLISHERS = ["ville", "ministere"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A site of datasets, notices and permits of random words, and what is in each: kind, publisher, words."""
    chance = random.Random(7)
    folder = tmp_path_factory.mktemp("mixed")
    made, known, rows = {}, {}, []
    for number in range(60):
        words = chance.sample(WORDS, 3)
        kind = ["dataset", "news", "permits"][number % 3]
        title, publisher = f"{kind}{number} {words[0]}", chance.choice(PUBLISHERS)
        known[title] = (kind, publisher if kind != "news" else "", set(words))
        text, day = " ".join(words[1:]), 1 + number % 9
        if kind == "dataset":
            made[f"datasets/d{number}.yaml"] = DATASET.format(title=title, text=text, publisher=publisher, day=day)
        elif kind == "news":
            made[f"content/news/n{number}.md"] = NOTICE.format(title=title, text=text, day=day)
        else:
            rows.append(f"{number},{title},{text},2026-01-0{day},{publisher}\n")
    made |= {"content/types/permits.yaml": PERMITS, "content/types/permits.csv": HEADER + "".join(rows)}
    site = SmallPortal(folder / "portal")
    site.folder.mkdir()
    site.lay(MINIMAL)
    site.lay({"datasets/autre.yaml": None, **made})
    return site.build(), known


def matches(known, text, picked):
    return [
        title
        for title, (kind, publisher, words) in known.items()
        if (not text or set(text.split()) & words)
        and (kind in picked["kind"] if "kind" in picked else text or kind == "dataset")
        and ("publisher" not in picked or publisher in picked["publisher"])
    ]


def tallied(known, text, picked, facet):
    """How many of what is found would be left by each value, were nothing of the facet chosen."""
    others = {name: values for name, values in picked.items() if name != facet}
    if facet == "kind":
        others["kind"] = ["dataset", "news", "permits"]
    place = ["kind", "publisher"].index(facet)
    counted = Counter(known[title][place] for title in matches(known, text, others))
    chosen = dict.fromkeys(picked.get(facet, ()), 0)
    return {value: count for value, count in {**chosen, **counted}.items() if value}


QUESTIONS = [
    {"text": text, "picked": picked}
    for text in ("", "neige ", "eau pont ")
    for picked in (
        {},
        {"kind": ["news"]},
        {"kind": ["dataset", "permits"]},
        {"publisher": ["ville"]},
        {"publisher": ["ville"], "kind": ["permits"]},
        {"kind": ["nothing"]},
    )
]


def test_all_that_has_a_word_is_found(mixed):
    """
    Of datasets and records, a search finds those that say a word of the question and are of what was chosen.
    """
    files, known = mixed
    answers = ask(files, QUESTIONS)

    expected = [sorted(matches(known, question["text"], question["picked"])) for question in QUESTIONS]
    assert [sorted(titles(answer)) for answer in answers] == expected
    assert [answer["total"] for answer in answers] == list(map(len, expected))


def test_counts_of_both(mixed):
    """
    Kinds and publishers are counted over datasets and records as by hand; without words, publishers over datasets.
    """
    files, known = mixed
    answers = ask(files, [{**question, "kind": "tally"} for question in QUESTIONS])

    for question, answer in zip(QUESTIONS, answers, strict=True):
        for facet in ("kind", "publisher"):
            counts = {row["value"]: row["count"] for row in answer["facets"][facet]}
            assert counts == tallied(known, question["text"], question["picked"], facet), (question, facet)


def test_narrowed_results_keep_their_order(mixed):
    """
    Datasets stand among themselves, and records too, as they do without the others; all datasets first by date.
    """
    files, known = mixed
    kinds = [["dataset"], ["news", "permits"]]
    whole, *parts = ask(files, [{"text": "neige "}, *({"text": "neige ", "picked": {"kind": kind}} for kind in kinds)])
    (dated,) = ask(files, [{"text": "neige ", "sort": "date"}])

    assert [[title for title in titles(whole) if known[title][0] in kind] for kind in kinds] == list(map(titles, parts))
    first = [known[title][0] == "dataset" for title in titles(dated)]
    assert first == sorted(first, reverse=True)


def test_results_of_records_are_small(mixed):
    """
    What is written of a record for its result takes no more than that of a dataset, as many to a file.
    """
    files, _ = mixed
    sizes = {
        part: [
            len(zlib.decompress(content))
            for path, content in files.items()
            if path.startswith(f"search/{part}fr/stubs-")
        ]
        for part in ("", "records/")
    }

    assert list(map(len, sizes.values())) == [3, 5]
    assert max(sizes["records/"]) < 1.5 * max(sizes[""])
