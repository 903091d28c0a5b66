"""
The index that we write is lunr's, to the bit, and the worker that we ship finds in it what readers mean. Node plays the
browser, with the lunr.js that we serve.
"""

import base64
import json
import random
import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from lunr.builder import Builder

from generator.model import Agent, Catalog, Concept, Dataset, Distribution, Portal, Withdrawal
from generator.model.diagnostics import Place
from generator.pages import lists
from generator.search.analyzed import analyze
from generator.search.analyzer import settings
from generator.search.directory import write_index
from generator.search.documents import BOOSTS, Stub, collect_documents
from generator.search.postings import collect_postings
from generator.text.speech import Words
from generator.theme.files import read_theme
from tests.bench.search.sizes import record_script_bytes, script_bytes
from tests.conftest import MINIMAL
from tests.search.whole import build_index, serialize

THEME = Path(__file__).parents[2] / "themes" / "default"

LUNR = """
const fs = require("fs");
const { theme, index, documents, boosts, queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const lunr = require(theme + "/node_modules/lunr/lunr.js");
const builder = new lunr.Builder();
for (const [field, boost] of Object.entries(boosts)) builder.field(field, { boost });
documents.forEach((document, number) => builder.add({ ...document, id: String(number) }));
const answer = (index) => queries.map((query) => index.search(query).map(({ ref, score }) => [ref, score]));
const built = builder.build();
process.stdout.write(JSON.stringify({
  built: JSON.parse(JSON.stringify(built)),
  expected: answer(built),
  found: answer(lunr.Index.load(index)),
}));
"""

WORKER = """
const fs = require("fs"), path = require("path"), vm = require("vm");
const { theme, script, files, queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const worker = vm.createContext({ URL });
worker.self = worker;
worker.importScripts = (...addresses) => {
  for (const address of addresses) {
    vm.runInContext(fs.readFileSync(path.join(theme, new URL(address).pathname), "utf8"), worker);
  }
};
Object.assign(worker, { Blob, Response, DecompressionStream, TextDecoder, Uint8Array });
worker.fetch = async (address) => {
  const content = files[address];
  return content ? { ok: true, arrayBuffer: async () => Buffer.from(content, "base64") } : { ok: false, status: 404 };
};
vm.runInContext(script, worker);
(async () => {
  worker.onmessage({ data: { directory: "https://exemple.org/search/fr/directory.bin" } });
  const answers = [];
  for (const [id, question] of queries.entries()) {
    const answer = new Promise((resolve) => { worker.postMessage = resolve; });
    worker.onmessage({ data: { id, kind: "search", picked: {}, sort: "", first: 0, count: 1000, ...question } });
    answers.push(await answer);
  }
  process.stdout.write(JSON.stringify(answers));
})();
"""


def node(script, job):
    if not (THEME / "node_modules").is_dir():
        pytest.fail("the theme's scripts are missing: run `npm ci --prefix themes/default`", pytrace=False)
    job = json.dumps({"theme": str(THEME), **job})
    run = subprocess.run(["node", "-e", script], input=job, capture_output=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stderr) == (0, "")
    return json.loads(run.stdout)


def ask(documents, questions, language="fr", files=None):
    """The worker's answers to questions: texts, or messages."""
    script = settings(language)["script"]
    written = {
        f"https://exemple.org/{path.replace(language, 'fr', 1)}": base64.b64encode(content).decode()
        for path, content in write_index(analyze(documents, language), language, script and f"/node_modules/{script}")
    }
    job = {
        "script": read_theme(THEME, "default", Place("portal.yaml")).published["search-worker.js"].decode(),
        "files": written if files is None else files,
        "queries": [{"text": question} if isinstance(question, str) else question for question in questions],
    }
    return node(WORKER, job)


def find(documents, question, language="fr"):
    """The ids that a question finds, the best first."""
    (answer,) = ask(documents, [question], language)
    assert answer["total"] == len(answer["results"])
    return [stub["id"] for stub in answer["results"]]


def catalog(*datasets, languages=("fr", "en")):
    return Catalog(
        portal=Portal(languages=languages),
        publishers={"ville": Agent(id="ville", name={"fr": "Ville de Québec", "en": "Quebec City"})},
        theme_taxonomy=(Concept(id="eau", pref_label={"fr": "Environnement", "en": "Environment"}),),
        datasets={dataset.id: dataset for dataset in datasets},
    )


def documents_of(**titles):
    """Documents with a title alone, by id; the first is the most recent."""
    datasets = [
        Dataset(id=key, title={"fr": title}, modified=f"{2030 - place}")
        for place, (key, title) in enumerate(titles.items())
    ]
    return list(collect_documents(catalog(*datasets), "fr"))


# Beyond the basic plane, code points and UTF-16 are in another order; 𐐨 comes before ﾮ for JavaScript alone.
WORDS = [f"mot{number}" for number in range(150)] + ["2024", "7", "é", "eau", "\uffae", "\U00010428", "constructor"]


def random_documents(size, seed=1):
    chance = random.Random(seed)

    def words(field):
        longest = {"description": 60, "publisher": 0}.get(field, 6)
        return [WORDS[int((len(WORDS) + 1) ** chance.random()) - 1] for _ in range(chance.randint(0, longest))]

    return [{field: words(field) for field in BOOSTS} for _ in range(size)]


def counted(documents):
    return [{field: Counter(words) for field, words in document.items()} for document in documents]


@pytest.mark.parametrize(("size", "seed"), [(1, 1), (2, 2), (7, 3), (300, 4), (300, 5)])
def test_same_as_lunr_py(size, seed):
    """
    From the same terms, lunr.py writes the same bytes; only the order of the terms is JavaScript's.
    """
    documents = random_documents(size, seed)
    builder = Builder()
    for field, boost in BOOSTS.items():
        builder.field(field, boost)
    for number, document in enumerate(documents):
        builder.add({"id": str(number), **document})
    expected = builder.build().serialize()
    expected["invertedIndex"].sort(key=lambda row: row[0].encode("utf-16-be"))

    assert json.dumps(serialize(collect_postings(counted(documents)))) == json.dumps(expected)


def test_scripts_are_light():
    """
    All that a reader of one language is sent to search weighs at most 30,000 bytes; records add at most 2,500.
    """
    assert script_bytes() <= 30_000
    assert record_script_bytes() <= 2_500


def test_same_as_lunr_js():
    """
    Of the same terms, lunr.js makes the same index, and answers alike from its own and from ours.
    """
    documents = random_documents(300)
    index = serialize(collect_postings(counted(documents)))
    queries = ["mot3", "mot3 mot40", "mot3^10 mot4", "+mot1 mot2", "+mot1 -mot2", "-mot0", "-mot0 -mot90", "mot1*", "*"]
    queries += [
        "title:mot3",
        "title:mot3 description:mot3",
        "mot12~1",
        "*7",
        "m*7",
        "2024",
        "7",
        "\U00010428",
        "\uffae",
    ]
    queries += ["constructor", "absent", "+absent mot1", "publisher:mot1", "é", "mot1* +title:mot2 -eau"]
    answer = node(LUNR, {"index": index, "documents": documents, "boosts": BOOSTS, "queries": queries})

    assert answer["built"] == index
    assert answer["found"] == answer["expected"]
    nothing = [query for query, found in zip(queries, answer["found"], strict=True) if not found]
    assert nothing == ["absent", "+absent mot1", "publisher:mot1"]


def test_empty_catalogue():
    """
    An empty catalogue has an index, in which nothing is found.
    """
    assert build_index([], "fr") == {
        "version": "2.3.9",
        "fields": list(BOOSTS),
        "fieldVectors": [],
        "invertedIndex": [],
        "pipeline": ["vitrine-fr"],
    }
    answers = ask([], ["eau", "ea*", "-eau", "+eau"])
    assert [(answer["total"], answer["results"]) for answer in answers] == [(0, [])] * 4


def test_the_same_bytes():
    """
    Two builds write the same bytes, in whatever order the datasets were read.
    """
    datasets = [Dataset(id=f"d{number}", title={"fr": f"Titre {number} de l’eau"}) for number in range(9)]
    one, two = (collect_documents(catalog(*order), "fr") for order in (datasets, datasets[::-1]))

    assert list(write_index(analyze(one, "fr"), "fr")) == list(write_index(analyze(two, "fr"), "fr"))


def test_what_is_searched():
    """
    A document holds what its page says, Markdown's marks left out, and of its files the titles and descriptions.
    """
    dataset = Dataset(
        id="lacs",
        title={"fr": "Qualité des lacs"},
        description={"fr": "Des **mesures** [ici](https://exemple.org/)\n\n- et là"},
        publisher="ville",
        theme=("eau",),
        keyword={"fr": ("lac", "plan d’eau")},
        issued="2020-01-01",
        modified="2024-05-01",
        distribution=(
            Distribution(id="csv", title={"fr": "Mesures"}, description={"fr": "Une *ligne* par lac"}, format="CSV"),
            Distribution(id="csv-2", format="CSV"),
            Distribution(id="wfs", format="WFS"),
        ),
    )
    (document,) = collect_documents(catalog(dataset), "fr")

    assert document.texts == {
        "title": "Qualité des lacs",
        "keyword": "lac\nplan d’eau",
        "theme": "Environnement",
        "publisher": "Ville de Québec",
        "format": "CSV WFS",
        "description": "Des mesures ici et là",
        "file": "Mesures\nUne ligne par lac",
    }
    assert document.stub == Stub(
        id="lacs",
        title=Words("Qualité des lacs", "fr"),
        excerpt=Words("Des mesures ici et là", "fr"),
        publisher=Words("Ville de Québec", "fr"),
        formats=("CSV", "WFS"),
        modified="2024-05-01",
        rest="\nlac\nplan d’eau\nEnvironnement\nMesures\nUne ligne par lac",
    )


def test_text_in_another_language():
    """
    What has no translation is searched in the language that the page shows, and the result says which one it is.
    """
    dataset = Dataset(
        id="lacs",
        title={"fr": "Lacs"},
        description={"en": "All the lakes", "fr": "Tous les lacs"},
        publisher="ville",
        keyword={"fr": ("lac",)},
    )
    (document,) = collect_documents(catalog(dataset), "en")

    assert [document.texts[field] for field in ("title", "description", "keyword", "publisher")] == [
        "Lacs",
        "All the lakes",
        "lac",
        "Quebec City",
    ]
    (answer,) = ask([document], ["lakes"], "en")
    assert [result["languages"] for result in answer["results"]] == [["fr"]]
    assert find([document], "lakes", "en") == find([document], "lacs", "en") == ["lacs"]


def test_withdrawn_is_not_searched():
    """
    A withdrawn dataset is in no result.
    """
    gone = Dataset(id="gone", title={"fr": "Eau"}, withdrawn=Withdrawal(date="2024-01-01"))
    documents = list(collect_documents(catalog(gone, Dataset(id="here", title={"fr": "Eau"})), "fr"))

    assert find(documents, "eau") == ["here"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("quebec", ["parcs"]),
        ("QUÉBEC", ["parcs"]),
        ("eau", ["eau"]),
        ("l'eau", ["eau"]),
        ("L’EAU ", ["eau"]),
        ("œuvre", ["art"]),
        ("oeuvres", ["art"]),
        ("wi-fi", ["wifi"]),
        ("qualité", ["eau"]),
        # Any word will do; the more, the better.
        ("qualité de l’eau du parc", ["eau", "parcs"]),
        ("bornes parcs quebec", ["parcs", "wifi"]),
        # The last word may be unfinished, even past its stem, unless a space ends it.
        ("québ", ["parcs"]),
        ("amenagem", ["plan"]),
        ("wifi aménageme", ["plan", "wifi"]),
        ("amenagem ", ["plan"]),
        ("parcometre", []),
        ("bor", ["wifi"]),
        ("bor ", []),
        ("bor eau", ["eau"]),
        ("de", []),
        ("d", []),
        # lunr's own syntax
        ("québ*", ["parcs"]),
        ("l’Éc* Québ*c", ["parcs"]),
        ("*fi", ["wifi"]),
        ("qualite~1", ["eau"]),
        ("qualize~1", ["eau"]),
        ("title:eau", ["eau"]),
        ("keyword:eau", []),
        ("+qualité -eau", []),
        ("+de +l’eau", ["eau"]),
        ("+parcs -eau", ["parcs"]),
        # What is no syntax, or a mistake in it, is words.
        ("horaires:eau", ["eau"]),
        ("eau^", ["eau"]),
        ("eau~", ["eau"]),
        ("title:", []),
        ("eau - parcs", ["eau", "parcs"]),
        ("+", []),
        ("*", []),
        ("constructor __proto__ toString", []),
        ("<img src=x onerror=alert(1)> eau", ["eau"]),
    ],
)
def test_question(question, found):
    """
    What a reader types finds what they mean, however it is spelled, and never fails.
    """
    documents = documents_of(
        parcs="Parcs de la ville de Québec",
        eau="Qualité de l’eau",
        art="Les œuvres d’art",
        wifi="Bornes Wi-Fi",
        plan="Plans d’aménagement",
    )

    assert find(documents, question) == found


def test_stray_syntax():
    """
    No mixture of letters and signs makes the search fail or take long.
    """
    documents = documents_of(eau="Qualité de l’eau", parcs="Parcs de Québec")
    chance = random.Random(7)
    signs = [*"+-:^~*\\\"'(){}[]<>/&|!?.,;  9", "eau", "l’", "title", "parcs", "𐐨", "\u202f", "é"]
    questions = ["".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(2000)]
    failed = [answer for answer in ask(documents, [*questions, "eau~999999", "eau^999"]) if "total" not in answer]

    assert failed == []


def test_equals_stand_by_date():
    """
    Of results that are worth the same, the most recent comes first.
    """
    titles = {f"d{number}": "Eau" for number in range(30)}

    assert find(documents_of(**titles), "eau") == list(titles)


def test_a_title_weighs_more():
    """
    A word in the title weighs more than in the keywords, there more than in the description, and least in a file.
    """
    datasets = [
        Dataset(id="a", title={"fr": "x"}, distribution=(Distribution(id="f", title={"fr": "eau"}),)),
        Dataset(id="b", title={"fr": "x"}, description={"fr": "eau"}),
        Dataset(id="c", title={"fr": "x"}, keyword={"fr": ("eau",)}),
        Dataset(id="d", title={"fr": "eau"}),
    ]

    assert find(collect_documents(catalog(*datasets), "fr"), "eau") == ["d", "c", "b", "a"]


def test_page_of_results():
    """
    The worker sends the results of the page that was asked for, and how many there are in all.
    """
    documents = documents_of(**{f"d{number}": "Eau" for number in range(45)})
    questions = [{"text": "eau", "first": first, "count": 20} for first in (0, 20, 40, 60)]
    answers = ask(documents, questions)
    found = [stub["id"] for answer in answers for stub in answer["results"]]

    assert [(answer["total"], len(answer["results"])) for answer in answers] == [(45, 20), (45, 20), (45, 5), (45, 0)]
    assert all(int(a[1:]) < int(b[1:]) for a, b in pairwise(found))


def test_a_correction_is_a_word_of_the_catalogue():
    """
    A correction is spelt as titles write it, with the apostrophe that was missed; without such a title none is offered.
    """
    described = Dataset(id="prets", title={"fr": "Prêts"}, description={"fr": "Par bibliothèque."})
    documents = documents_of(air="Qualité de l’air", accidents="Collisions routières")
    documents += collect_documents(catalog(described), "fr")
    answers = ask(documents, ["colisions ", "qualité de lair ", "biblioteque "])

    found = [(answer["correction"], [stub["id"] for stub in answer["results"]]) for answer in answers]
    assert found == [("collisions", ["accidents"]), ("qualité de l’air", ["air"]), ("", ["prets"])]


def test_a_correction_is_offered_where_the_word_exists():
    """
    A word that any dataset has is searched as it is, in any text; a spelling ten times as frequent is only offered.
    """
    slip = Dataset(id="slip", title={"fr": "Bassins"}, description={"fr": "Près de la pisçine et du pont."})
    pools = {f"p{number}": f"Piscine du port {number}" for number in range(19)}
    documents = [*collect_documents(catalog(slip), "fr"), *documents_of(**pools, cote="Piscne publique")]
    answers = ask(documents, ["piscne ", "piscne publique", "pont ", "piscine ", "bassins "])

    found = [(answer["offer"], answer["correction"], answer["total"]) for answer in answers]
    assert found == [
        ("piscine", "", 1),
        ("piscine publique", "", 1),
        ("port", "", 1),
        ("", "", 20),
        ("", "", 1),
    ]


def test_index_that_does_not_load():
    """
    When the index can't be loaded, every question is answered by that.
    """
    answers = ask([], ["eau", "parcs"], files={})

    assert [answer["failed"] for answer in answers] == ["missing", "missing"]


def test_theme_carries_the_stemmers():
    """
    The theme publishes the stemmer of every language that has one.
    """
    theme = yaml.safe_load((THEME / "theme.yaml").read_text("utf-8"))
    stemmed = ("ar", "de", "en", "es", "fr", "it", "nl", "pt")
    scripts = {f"node_modules/{settings(language)['script']}" for language in stemmed}

    assert scripts <= {*theme["scripts"], *theme["stemmers"]}


def test_language_without_rules():
    """
    A language that has no stemmer is searched by whole words.
    """
    datasets = [Dataset(id="a", title={"et": "Tallinna linnaosad"})]
    documents = collect_documents(catalog(*datasets, languages=("et",)), "et")

    assert find(documents, "tallinna ", "et") == ["a"]


def test_keywords_of_a_large_catalogue_stand_closed(portal, monkeypatch):
    """
    Where the keywords cost too much to be counted with the other facets, their section waits to be opened.
    """

    def closed() -> list[str]:
        tagged = {"datasets/autre.yaml": MINIMAL["datasets/autre.yaml"] + "keyword: {fr: [parc], en: [park]}\n"}
        html = portal(tagged, name=f"portal-{lists.LATE}").build()["dataset/index.html"].decode()
        return re.findall(r'<details class="facet" data-late data-facet="(\w+)"', html)

    assert closed() == []
    monkeypatch.setattr(lists, "LATE", 0)
    assert closed() == ["keyword"]
