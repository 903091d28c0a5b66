"""
What narrows a search: the columns that the build writes, and what the theme's script counts in them under Node, beside
a count by hand.
"""

import base64
import gzip
import json
import random
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest

from generator.model import (
    Agent,
    Catalog,
    Concept,
    Dataset,
    Distribution,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Portal,
)
from generator.search import facets
from generator.search.documents import searched
from generator.search.facets import FACETS, plain_slug
from generator.site.collections import collect
from generator.text.slugs import slugify
from tests.bench.contenders import SHARED
from tests.bench.search.corpora import read_catalog

SCRIPT = Path(__file__).parents[2] / "themes" / "default" / "assets" / "search-facets.js"

NODE = """
const fs = require("fs"), zlib = require("zlib");
const { script, files, questions } = JSON.parse(fs.readFileSync(0, "utf8"));
require(script);
const unpack = (file) => {
  const bytes = zlib.inflateSync(Buffer.from(file, "base64"));
  if (bytes[0] !== 0x56) throw new Error("not a file of the index");
  let at = 1;
  const next = () => { const byte = bytes[at++]; return byte > 127 ? byte - 128 + 128 * next() : byte; };
  const lengths = Array.from({ length: next() }, next);
  return lengths.map((length) => bytes.subarray(at, (at += length)));
};
const columns = {};
for (const [name, file] of Object.entries(files)) columns[name] = vitrineFacets.decode(unpack(file));
process.stdout.write(JSON.stringify(questions.map(({ numbers, selection, typed }) => {
  const all = numbers ?? [...(Object.values(columns)[0]?.codes ?? []).keys()];
  const asked = typed ? Uint32Array.from(all) : all;
  return {
    counts: vitrineFacets.count(columns, asked, selection),
    left: [...vitrineFacets.filter(columns, asked, selection)],
  };
})));
"""


def facet_files(catalog, language, order):
    return facets.facet_files(catalog, collect(catalog, language), language, order)


def ask(catalog, questions, order=None, language="fr"):
    """The script's answers; a question has `numbers` (None for all documents) and a `selection`."""
    order = order or [dataset.id for dataset in searched(catalog)]
    files = facet_files(catalog, language, order)
    job = {
        "script": str(SCRIPT),
        "files": {name.removeprefix("facet-"): base64.b64encode(file).decode() for name, file in files.items()},
        "questions": questions,
    }
    run = subprocess.run(
        ["node", "-e", NODE], input=json.dumps(job), capture_output=True, check=False, encoding="utf-8"
    )
    assert (run.returncode, run.stderr) == (0, "")
    return json.loads(run.stdout)


# ---------------------------------------------------------------- by hand


def values_of(dataset, catalog):
    """What a dataset says, facet by facet."""
    years = [
        year
        for period in dataset.temporal
        for year in range(int((period.start or period.end)[:4]), int(period.end[:4] or dataset.modified[:4]) + 1)
    ]
    return {
        "publisher": {dataset.publisher} & set(catalog.publishers),
        "theme": set(dataset.theme) & set(catalog.themes),
        "format": {slugify(item.format) for item in dataset.distribution if item.format},
        "license": {dataset.license.code} if dataset.license else set(),
        "frequency": {dataset.accrual_periodicity} - {""},
        "keyword": {slugify(word) for word in dataset.keyword.get("fr", ())},
        "place": {slugify(place.name["fr"]) for place in dataset.spatial if place.name},
        "year": {str(year) for year in years},
    }


def overlap(area, other):
    """Whether two boxes meet on the globe; both may cross the antimeridian."""
    parts = [[(west, east)] if west <= east else [(west, 180), (-180, east)] for west, _, east, _ in (area, other)]
    crosses = any(left[0] <= right[1] and right[0] <= left[1] for left in parts[0] for right in parts[1])
    return crosses and area[1] <= other[3] and other[1] <= area[3]


def is_left(values, dataset, selection, but=""):
    return all(
        any(overlap(place.bbox, wanted) for place in dataset.spatial if place.bbox)
        if facet == "spatial"
        else values.get(facet, set()) & set(wanted)
        for facet, wanted in selection.items()
        if facet != but and wanted
    )


def brute_force(catalog, question):
    """
    What the script should answer: the counts of each facet by value, the selected values, the documents left, and
    whether any area narrows them.
    """
    datasets = searched(catalog)
    every = [values_of(dataset, catalog) for dataset in datasets]
    keywords = Counter(word for values in every for word in values["keyword"])
    offered = sorted(keywords, key=lambda word: (-keywords[word], word))[: facets.MOST_KEYWORDS]
    for values in every:
        values["keyword"] &= set(offered)
    numbers = range(len(datasets)) if question["numbers"] is None else question["numbers"]
    selection = question["selection"]
    counts = {}
    for facet in FACETS[:-1]:
        if not any(values[facet] for values in every):
            continue
        found = dict.fromkeys(selection.get(facet, ()), 0)
        for number in numbers:
            if is_left(every[number], datasets[number], selection, but=facet):
                for value in every[number][facet]:
                    found[value] = found.get(value, 0) + 1
        counts[facet] = found
    left = [number for number in numbers if is_left(every[number], datasets[number], selection)]
    placed = [any(place.bbox for place in dataset.spatial) for dataset in datasets]
    return {
        "counts": counts,
        "left": left,
        "selected": {facet: set(selection.get(facet, ())) for facet in counts},
        "placed": any(
            placed[number] and is_left(every[number], datasets[number], selection, but="spatial") for number in numbers
        )
        if any(placed)
        else None,
    }


def told(answer):
    placed = answer["counts"].pop("spatial", None)
    counts = {facet: {row["value"]: row["count"] for row in rows} for facet, rows in answer["counts"].items()}
    selected = {facet: {row["value"] for row in rows if row["selected"]} for facet, rows in answer["counts"].items()}
    assert all(
        [row["count"] for row in rows] == sorted((row["count"] for row in rows), reverse=True)
        for rows in answer["counts"].values()
    )
    return {"counts": counts, "left": answer["left"], "selected": selected, "placed": placed}


# ---------------------------------------------------------------- what is asked

THEMES = tuple(Concept(id=f"theme-{n}", pref_label={"fr": f"Thème {n}"} if n else {}) for n in range(7))
PUBLISHERS = {f"agent-{n}": Agent(id=f"agent-{n}", name={"fr": f"Agent {n}"}) for n in range(9)}
FORMATS = ["CSV", "GeoJSON", "Données liées", "PDF", "XLSX", ""]
KEYWORDS = ["eau", "Eau", "rivière", "déneigement", "vélo", "plan d’eau", "2021"]
PLACES = [{}, {"fr": "Montréal"}, {"fr": "Île d’Orléans", "en": "Orléans Island"}]
LICENSES = [None, *(LicenseDocument(code=code, name={"fr": code.upper()}) for code in ("cc-by-4.0", "odbl", "cc0"))]


def some(chance, values, most):
    return tuple(chance.sample(values, chance.randint(0, most)))


def box(chance):
    # In hundredths, so that rounding changes nothing; one in ten crosses the antimeridian.
    west, south = chance.randint(-18000, 17000), chance.randint(-9000, 8000)
    east, north = west + chance.choice([0, 10, 1000]), south + chance.choice([0, 10, 1000])
    west, east = (17900, -17950) if chance.random() < 0.1 else (west, east)
    return west / 100, south / 100, east / 100, north / 100


def random_dataset(chance, key):
    temporal = [
        PeriodOfTime(start=str(chance.randint(1995, 2010)), end=str(chance.randint(2010, 2024))),
        PeriodOfTime(start="2015-03"),
        PeriodOfTime(end="2012-12-31"),
    ]
    return Dataset(
        id=key,
        title={"fr": key},
        publisher=chance.choice([*PUBLISHERS, "unknown"]),
        theme=some(chance, [f"theme-{n}" for n in range(9)], 3),
        keyword={"fr": some(chance, KEYWORDS, 4)},
        license=chance.choice(LICENSES),
        accrual_periodicity=chance.choice(["", "daily", "monthly", "annual"]),
        issued=chance.choice(["", "2015-02-06", "2019", "2020-05"]),
        modified="2021-07-01",
        temporal=some(chance, temporal, 2),
        spatial=tuple(
            Location(bbox=chance.choice([(), box(chance)]), name=chance.choice(PLACES))
            for _ in range(chance.choice([0, 1, 1, 2]))
        ),
        distribution=tuple(Distribution(id=name, format=name) for name in some(chance, FORMATS, 4)),
    )


def catalog_of(*datasets, themes=THEMES, languages=("fr", "en")):
    return Catalog(
        portal=Portal(languages=languages),
        publishers=PUBLISHERS,
        theme_taxonomy=themes,
        datasets={dataset.id: dataset for dataset in datasets},
    )


def random_questions(chance, catalog, number, found=lambda chance, size: chance.sample(range(size), size // 3)):
    """Selections of up to three values of up to three facets, some unknown, of all documents or of what was found."""
    size = len(searched(catalog))
    known = {}
    for dataset in catalog.datasets.values():
        for facet, values in values_of(dataset, catalog).items():
            known.setdefault(facet, set()).update(values)
    questions = []
    for place in range(number):
        selection = {
            facet: list(some(chance, [*sorted(known[facet]), "x"], min(3, len(known[facet]))))
            for facet in chance.sample(FACETS[:-1], chance.randint(0, 3))
        }
        if place % 3 == 0:
            selection["spatial"] = box(chance) if place % 2 else (-78.5, 46.25, -70.5, 50.75)
        numbers = None if place % 5 == 0 else found(chance, size)
        questions.append({"numbers": numbers, "selection": selection, "typed": place % 2 == 0})
    return questions


@pytest.mark.parametrize("size", [1, 30, 300])
def test_counts_are_true(size):
    """
    For 200 random results and selections, every count is what counting by hand gives, and so are the documents left.
    """
    chance = random.Random(size)
    catalog = catalog_of(*(random_dataset(chance, f"d{number}") for number in range(size)))
    questions = random_questions(chance, catalog, 200)

    answers = ask(catalog, questions)

    for question, answer in zip(questions, answers, strict=True):
        assert told(answer) == brute_force(catalog, question), question


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The bench corpus of 1,000 and of 10,000 datasets, as catalogues."""
    pytest.importorskip("wordfreq", reason="the bench corpus needs wordfreq (extra `test`)")
    program = SHARED / "corpus.py"
    if not program.is_file():
        pytest.skip(f"no bench corpus: {program} is not there")
    catalogs = {}
    for size in (1000, 10_000):
        file = tmp_path_factory.mktemp("corpus") / f"{size}.jsonl"
        with file.open("wb") as stream:
            subprocess.run([sys.executable, program, str(size)], stdout=stream, check=True)
        catalogs[size] = read_catalog(file)
    return catalogs


def test_counts_of_the_bench(corpus):
    """
    The counts are true for 200 random words searched in the bench corpus.
    """
    catalog = corpus[1000]
    datasets = searched(catalog)
    words = sorted({word for dataset in datasets for word in dataset.title["fr"].lower().split()})

    def found(chance, size):
        word = chance.choice(words)
        return [number for number in range(size) if word in datasets[number].title["fr"].lower()]

    questions = random_questions(random.Random(5), catalog, 200, found)
    answers = ask(catalog, questions)

    for question, answer in zip(questions, answers, strict=True):
        assert told(answer) == brute_force(catalog, question), question


def test_small_enough(corpus):
    """
    Five facets of 10,000 datasets are 35 KB.
    """
    catalog = corpus[10_000]
    files = facet_files(catalog, "fr", [dataset.id for dataset in searched(catalog)])

    assert sum(len(files[f"facet-{facet}"]) for facet in FACETS[:5]) <= 35_000


def test_script_is_small():
    """
    The script is 1.5 KB for whoever fetches it compressed.
    """
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= 1536


# ---------------------------------------------------------------- single cases


def rows(answer, facet):
    return [(row["value"], row["label"], row["count"]) for row in answer["counts"][facet]]


def test_empty_catalogue():
    """
    Without datasets there are no facets, and whatever is asked of them leaves nothing.
    """
    assert facet_files(catalog_of(), "fr", []) == {}
    (answer,) = ask(catalog_of(), [{"numbers": None, "selection": {"theme": ["theme-1"]}}])
    assert answer == {"counts": {}, "left": []}


def test_a_place_has_one_value_in_every_language():
    """
    A place is offered under its name in the reader's language, by a value that both languages share.
    """
    island = Location(name={"fr": "Île d’Orléans", "en": "Orléans Island"})
    catalog = catalog_of(Dataset(id="a", spatial=(island, Location(name={"fr": "Québec"}))), Dataset(id="b"))

    french, english = (ask(catalog, [{"numbers": None, "selection": {}}], language=code)[0] for code in ("fr", "en"))

    assert rows(french, "place") == [("ile-d-orleans", "Île d’Orléans", 1), ("quebec", "Québec", 1)]
    assert rows(english, "place") == [("ile-d-orleans", "Orléans Island", 1), ("quebec", "Québec", 1)]


def test_rare_keywords_are_not_offered(monkeypatch):
    """
    The most frequent keywords are offered; whoever narrows by another one finds nothing.
    """
    monkeypatch.setattr(facets, "MOST_KEYWORDS", 2)
    words = {"a": ("Eau", "parc"), "b": ("eau", "neige"), "c": ("eau", "neige", "vélo")}
    catalog = catalog_of(*(Dataset(id=key, keyword={"fr": said}) for key, said in words.items()))

    every, rare = ask(catalog, [{"numbers": None, "selection": found} for found in ({}, {"keyword": ["parc"]})])

    assert rows(every, "keyword") == [("eau", "eau", 3), ("neige", "neige", 2)]
    assert rare["left"] == []


def test_dataset_that_says_nothing():
    """
    What a dataset does not say it is not counted for; what none says is no facet.
    """
    catalog = catalog_of(Dataset(id="a", theme=("theme-1",)), Dataset(id="b"))

    answers = ask(catalog, [{"numbers": None, "selection": selection} for selection in ({}, {"license": ["cc0"]})])

    assert answers == [
        {
            "counts": {"theme": [{"value": "theme-1", "label": "Thème 1", "count": 1, "selected": False}]},
            "left": [0, 1],
        },
        {"counts": {"theme": []}, "left": []},
    ]


def test_labels():
    """
    A label is in the page's language, else says in which one it is; a value without label is its own.
    """
    themes = (
        Concept(id="eau", pref_label={"fr": "Eau", "en": "Water"}),
        Concept(id="sante", pref_label={"fr": "Santé publique"}),
        Concept(id="x"),
    )
    catalog = catalog_of(Dataset(id="a", theme=("eau", "sante", "x"), accrual_periodicity="monthly"), themes=themes)

    (answer,) = ask(catalog, [{"numbers": None, "selection": {}}], language="en")

    assert answer["counts"] == {
        "theme": [
            {"value": "eau", "label": "Water", "count": 1, "selected": False},
            {"value": "sante", "label": "Santé publique", "language": "fr", "count": 1, "selected": False},
            {"value": "x", "label": "x", "count": 1, "selected": False},
        ],
        "frequency": [{"value": "monthly", "label": "Monthly", "count": 1, "selected": False}],
    }


def test_several_values_of_a_facet():
    """
    Choosing a value leaves the counts of its own facet, so that a second one may be added to it.
    """
    catalog = catalog_of(
        Dataset(id="a", theme=("theme-1",), accrual_periodicity="daily"),
        Dataset(id="b", theme=("theme-2",), accrual_periodicity="daily"),
        Dataset(id="c", theme=("theme-2",), accrual_periodicity="annual"),
    )
    selections = [{"theme": ["theme-1"]}, {"theme": ["theme-1", "theme-2"]}, {"theme": ["gone"]}]

    one, two, gone = ask(catalog, [{"numbers": None, "selection": selection} for selection in selections])

    assert rows(one, "theme") == rows(two, "theme") == [("theme-2", "Thème 2", 2), ("theme-1", "Thème 1", 1)]
    assert rows(one, "frequency") == [("daily", "Quotidienne", 1)]
    assert (one["left"], two["left"], gone["left"]) == ([0], [0, 1, 2], [])
    assert rows(gone, "theme") == [("theme-2", "Thème 2", 2), ("theme-1", "Thème 1", 1), ("gone", "gone", 0)]
    assert gone["counts"]["theme"][-1]["selected"]


def test_more_values_than_a_byte_holds():
    """
    Of 70,000 publishers, each stands where it should.
    """
    size = 70_000
    agents = {f"a{number}": Agent(id=f"a{number}", name={"fr": f"A{number}"}) for number in range(size)}
    datasets = [Dataset(id=f"d{number}", publisher=f"a{(7 * number) % size}") for number in range(size)]
    catalog = Catalog(
        portal=Portal(languages=("fr",)), publishers=agents, datasets={dataset.id: dataset for dataset in datasets}
    )
    places = [0, 1, 255, 256, 300, 65_535, 65_536, size - 1]
    questions = [{"numbers": [place], "selection": {}} for place in places]

    answers = ask(catalog, questions, order=[dataset.id for dataset in datasets])

    assert [rows(answer, "publisher") for answer in answers] == [
        [(f"a{(7 * place) % size}", f"A{(7 * place) % size}", 1)] for place in places
    ]


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ((-74, 45, -73, 46), [0]),
        ((-73.47, 45.7, -70, 50), [0]),
        ((-73.45, 45.4, -70, 50), []),
        ((170, -40, -170, -30), [1]),
        ((-180, -90, 180, 90), [0, 1]),
        ((179.9, -36, 180, -35), [1]),
        ((-160, -90, -100, 90), []),
    ],
)
def test_area(bounds, found):
    """
    An area leaves the datasets whose own area meets it, across the antimeridian too.
    """
    catalog = catalog_of(
        Dataset(id="a", spatial=(Location(bbox=(-73.98, 45.40, -73.47, 45.70)),)),
        Dataset(id="b", spatial=(Location(bbox=(175, -40, -175, -30)),)),
        Dataset(id="c", spatial=(Location(name={"fr": "Montréal"}),)),
    )

    (answer,) = ask(catalog, [{"numbers": None, "selection": {"spatial": bounds}}], order=["a", "b", "c"])

    assert answer["left"] == found


def test_same_slugs():
    """
    Build and script derive the same value from every label, so that it need not be written twice.
    """
    characters = map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x30000)])
    labels = [f"A {character} b{character}9 " for character in characters]
    script = """
      const source = require("fs").readFileSync(process.argv[1], "utf8").match(/const slug = [^]*?\\n  };/)[0];
      const slug = eval(`${source}; slug`);
      const labels = JSON.parse(require("fs").readFileSync(0, "utf8"));
      process.stdout.write(JSON.stringify(labels.map(slug)));
    """
    run = subprocess.run(
        ["node", "-e", script, str(SCRIPT)], input=json.dumps(labels), capture_output=True, check=True, encoding="utf-8"
    )
    slugs = json.loads(run.stdout)

    assert [pair for pair in zip(labels, slugs, strict=True) if plain_slug(pair[0]) != pair[1]] == []


def test_same_bytes():
    """
    Two builds write the same files, in whatever order the datasets were read.
    """
    chance = random.Random(1)
    datasets = [random_dataset(chance, f"d{number:03}") for number in range(50)]
    one, two = (
        facet_files(catalog_of(*given), "fr", [dataset.id for dataset in searched(catalog_of(*given))])
        for given in (datasets, datasets[::-1])
    )

    assert one == two
    assert all(zlib.decompress(file)[:1] == b"V" for file in one.values())
