"""
What readers type finds what they mean: the query that search-query.js makes, run by Node over the stored index.
"""

import json
import random
import subprocess
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.model import Catalog, Dataset, Distribution, Portal
from generator.model.diagnostics import Place
from generator.search.documents import ARCHIVED, collect_documents
from generator.search.explain import explain
from generator.search.synonyms import SynonymGroup, pack_synonyms, parse_synonyms, part, read_synonyms, synonyms_path
from generator.theme.files import read_theme

THEME = Path(__file__).parents[2] / "themes" / "default"


@cache
def assets():
    return read_theme(THEME, "default", Place("portal.yaml")).published


def documents_of(*datasets, language="fr"):
    portal = Portal(languages=(language,))
    catalog = Catalog(portal=portal, datasets={dataset.id: dataset for dataset in datasets})
    return list(collect_documents(catalog, language))


def titled(*titles, language="fr"):
    """Datasets with a title alone; their ids count from `d0`, the most recent first."""
    return documents_of(
        *(Dataset(id=f"d{n}", title={language: title}, modified=f"{2030 - n}") for n, title in enumerate(titles)),
        language=language,
    )


def ask(documents, *questions, language="fr", synonyms=(), limit=1000):
    if not (THEME / "node_modules").is_dir():
        pytest.fail("the theme's scripts are missing: run `npm ci --prefix themes/default`", pytrace=False)
    return explain(documents, language, questions, assets=assets(), synonyms=synonyms, limit=limit)


def find(documents, question, **options):
    """The ids that a question finds, the best first."""
    (answer,) = ask(documents, question, **options)
    return [hit["id"] for hit in answer["results"]]


CITY = (
    "Parcs de la ville de Québec",
    "Qualité de l’eau",
    "Bibliothèques publiques",
    "Pistes cyclables",
    "Bornes Wi-Fi",
    "Collecte des matières résiduelles",
    "Plans d’aménagement",
    "Véhicules remorqués",
    "Accès wifi",
)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        # Spelled as one likes.
        ("QUEBEC", ["Parcs de la ville de Québec"]),
        ("l'eau", ["Qualité de l’eau"]),
        # The last word may be unfinished, even past its stem, unless a space ends it.
        ("québ", ["Parcs de la ville de Québec"]),
        ("aménageme", ["Plans d’aménagement"]),
        ("biblioth", ["Bibliothèques publiques"]),
        ("bo", ["Bornes Wi-Fi"]),
        ("bo ", []),
        ("d", []),
        ("de ", []),
        # One mistake in a word that the catalogue does not have, two in a long one.
        ("biblioteque ", ["Bibliothèques publiques"]),
        ("bilbiothèque ", ["Bibliothèques publiques"]),
        ("pistes ciclables", ["Pistes cyclables"]),
        ("ciclable", ["Pistes cyclables"]),
        ("bibiloteques ", ["Bibliothèques publiques"]),
        ("eat ", []),
        # Compounds joined and split.
        ("pistecyclable", ["Pistes cyclables"]),
        ("wi fi", ["Bornes Wi-Fi", "Accès wifi"]),
        ("Wi-Fi", ["Bornes Wi-Fi", "Accès wifi"]),
        # A word of the same family.
        ("aménag ", ["Plans d’aménagement"]),
        # Synonyms, of one word or of several.
        ("poubelle", ["Collecte des matières résiduelles"]),
        ("où jeter les ordures", ["Collecte des matières résiduelles"]),
        # lunr's own syntax, which is not expanded
        ("title:eau", ["Qualité de l’eau"]),
        ("keyword:eau", []),
        ("québ*", ["Parcs de la ville de Québec"]),
        ("*thequ*", ["Bibliothèques publiques"]),
        ("qualize~1", ["Qualité de l’eau"]),
        ("+pistes -cyclables", []),
        ("+girafe pistes ", []),
        ("+de +l’eau", ["Qualité de l’eau"]),
        ("-eau", ["others"]),
        # What is no syntax, or a mistake in it, is words.
        ("horaires:eau", ["Qualité de l’eau"]),
        ("eau^", ["Qualité de l’eau"]),
        ("eau~", ["Qualité de l’eau"]),
        ("title:", []),
        ("eau - parcs", ["Qualité de l’eau", "Parcs de la ville de Québec"]),
        ("+", []),
        ("*", []),
        ("", []),
        (" \u202f ", []),
        ("constructor __proto__ toString", []),
        ("<img src=x onerror=alert(1)> eau", ["Qualité de l’eau"]),
    ],
)
def test_question(question, titles):
    """
    A question finds the datasets that are meant by it, however it is put.
    """
    (answer,) = ask(titled(*CITY), question, synonyms=read_synonyms(Path("none"), "fr")[0])
    found = {hit["title"] for hit in answer["results"]}

    assert found == (set(CITY) - {"Qualité de l’eau"} if titles == ["others"] else set(titles))


def test_an_elision_on_its_way_is_no_word_yet():
    """
    Whoever types `qualité de l'eau` meets the same result at each letter, as sure of itself.
    """
    answers = ask(titled(*CITY), "qualité d", "qualité de l", "qualité de l'", "qualité de l'e", "qualité de l'eau")

    assert [[(hit["title"], hit["coverage"]) for hit in answer["results"][:1]] for answer in answers] == [
        [("Qualité de l’eau", 1)]
    ] * 5


def test_any_text():
    """
    No mixture of letters and signs makes the search fail, and a query of 10,000 characters is answered as its start.
    """
    chance = random.Random(7)
    signs = [*"+-:^~*\\\"'(){}[]<>/&|!?.,;  9", "eau", "l’", "title", "parcs", "𐐨", "\u202f", "é", "שלום"]
    stray = ["".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(1000)]
    long = ["x" * 10_000, "eau parc " * 1111, "+eau " * 2000, "a* " * 3333, "*" * 10_000, "q~2 " * 2500]
    long += [" ".join("".join(chance.choices("abcdefghij", k=9)) for _ in range(1000))]
    documents = titled(*CITY)
    answers = ask(documents, *stray, *long, "eau^999", "eau~999999")

    assert len(answers) == len(stray) + len(long) + 2
    assert answers[len(stray) : -2] == ask(documents, *(text[:601] for text in long))


def test_wildcards_by_the_dozen():
    """
    Of many wildcards the first three count, so that a question never takes longer than its words.
    """
    documents = titled("a" * 40, "abracadabra", "abricot")
    many = "a*" * 13

    assert find(documents, "ab*a*a*") == ["d1"]
    assert find(documents, "ab*a*c*zzz*yyy") == ["d1"]
    assert find(documents, f"{many}b") == find(documents, "a*a*a*") != []


def test_no_documents():
    """
    An empty catalogue answers every question with nothing.
    """
    assert [answer["total"] for answer in ask([], "eau", "ea*", "+eau", "eau ", "-eau", "")] == [0] * 6


def test_what_was_done_is_said():
    """
    A plan tells its corrections, its expansions and the words to highlight.
    """
    groups = [SynonymGroup(words=("vélo", "cyclable", "deux roues"))]
    typo, synonym, unfinished, known = ask(titled(*CITY), "biblioteques ", "vélo ", "wif", "eau ", synonyms=groups)

    assert typo["corrections"] == [{"from": "biblioteques", "to": "bibliotheques"}]
    assert synonym["expansions"] == [{"from": "velo", "to": ["cyclabl"]}]
    assert (typo["words"], synonym["words"]) == (["bibliothequ"], ["cyclabl"])
    assert unfinished["words"] == ["wif", "wif*"]
    assert (known["corrections"], known["expansions"], known["words"]) == ([], [], ["eau"])


@pytest.mark.parametrize(
    ("text", "titles", "to"),
    [
        ("colisions ", ("Coli des puits", "Coli des plages", "Collisions routières"), "collisions"),
        ("lair ", ("Plaisir de lire", "À lire", "Qualité de l’air"), "air"),
    ],
    ids=["doubled letter", "apostrophe"],
)
def test_the_likely_mistake_comes_first(text, titles, to):
    """
    Of words as near to a misspelt one, a missed double letter or apostrophe explains it, not the more frequent word.
    """
    (answer,) = ask(titled(*titles), text)
    assert [correction["to"] for correction in answer["corrections"]] == [to]


def test_a_known_word_is_not_corrected():
    """
    A word that the catalogue has is meant as it is, however near another one.
    """
    assert find(titled("Port", "Pont"), "pont ") == ["d1"]


def test_the_more_words_the_better():
    """
    Any word will do; a dataset with more of them comes before one with a rarer one many times.
    """
    documents = titled("Piscines", "Horaires des piscines", "Horaires horaires horaires")

    assert find(documents, "horaires des piscines ")[0] == "d1"
    assert set(find(documents, "horaires des piscines ")) == {"d0", "d1", "d2"}


def test_weak():
    """
    What holds little of the question is called weak, and nothing is close when that is the best there is.
    """
    documents = titled(*CITY)
    questions = ["eau ", "qualité de l’eau ", "renouveler un passeport électronique eau ", "poubelle "]
    eau, whole, passport, synonym = ask(documents, *questions, synonyms=read_synonyms(Path("none"), "fr")[0])

    assert [hit["weak"] for hit in eau["results"]] == [False]
    assert [(hit["weak"], hit["coverage"]) for hit in whole["results"]] == [(False, 1)]
    assert [(hit["id"], hit["weak"]) for hit in passport["results"]] == [("d1", True)]
    assert [(hit["weak"], hit["coverage"]) for hit in synonym["results"]] == [(False, pytest.approx(0.8))]


def test_few_when_nothing_is_close():
    """
    When nothing is close to the question ten at most are shown, however many have one of its words.
    """
    documents = titled(*(f"Eau de la rivière {number}" for number in range(20)), "Piscines")
    weak, close, without = ask(documents, "renouveler un passeport électronique eau ", "eau ", "-piscines")

    assert [hit["weak"] for hit in weak["results"]] == [True] * 10
    assert [len(answer["results"]) for answer in (close, without)] == [20, 20]


def test_synonyms_weigh_less():
    """
    The reader's own word comes before its synonym.
    """
    assert find(
        titled("Automobiles", "Voitures"), "voitures ", synonyms=[SynonymGroup(words=("auto", "automobile", "voiture"))]
    ) == [
        "d1",
        "d0",
    ]


def test_a_rare_synonym_says_no_more_than_the_word():
    """
    What has the reader's word in its title comes before what has a synonym there, however rare that one is.
    """
    groups = [SynonymGroup(words=("frêne", "arbre"))]
    titles = (
        "Frênes protégés par injection de la ville",
        "Abattage d’arbres",
        "Arbres publics",
        "Plantation d’arbres",
        *CITY,
    )
    documents = documents_of(
        *(
            Dataset(
                id=f"d{n}", title={"fr": title}, keyword={"fr": ("arbre",) if n < 4 else ()}, modified=f"{2030 - n}"
            )
            for n, title in enumerate(titles)
        )
    )

    assert find(documents, "arbres ", synonyms=groups) == ["d1", "d2", "d3", "d0"]


def test_one_way_and_quiet():
    """
    `a => b` finds b by a alone, and words that say little do not make a result weak.
    """
    groups = [SynonymGroup(words=("trou",), to=("chaussée",)), SynonymGroup(words=("trouver",), quiet=True)]
    documents = titled("Chaussées", "Trous", "Piscines")
    (quiet,) = ask(documents, "trouver piscine ", synonyms=groups)

    assert find(documents, "trous ", synonyms=groups) == ["d1", "d0"]
    assert find(documents, "chaussée ", synonyms=groups) == ["d0"]
    assert [(hit["id"], hit["weak"]) for hit in quiet["results"]] == [("d2", False)]


def test_phrases():
    """
    A synonym of several words is found by all of them together, and finds only what has them all.
    """
    groups = [SynonymGroup(words=("nid de poule", "chaussée abîmée"))]
    documents = titled("Chaussée abîmée", "Poules", "Chaussées")
    (answer,) = ask(documents, "nids de poules ", synonyms=groups)

    assert [hit["id"] for hit in answer["results"] if hit["coverage"] > 0.75] == ["d0"]


def test_all_words_in_the_title():
    """
    A dataset whose title has every word comes before one that has them in its keywords or its files.
    """
    documents = documents_of(
        Dataset(id="files", title={"fr": "x"}, distribution=(Distribution(id="a", title={"fr": "lieux de baignade"}),)),
        Dataset(id="keyword", title={"fr": "Étés"}, keyword={"fr": ("lieux", "baignade")}),
        Dataset(id="title", title={"fr": "Lieux publics de baignade"}),
    )

    assert find(documents, "lieux baignade ") == ["title", "keyword", "files"]


def test_an_exact_title_comes_first():
    """
    A dataset that is called just as the reader says comes before longer titles, keywords and more recent ones.
    """
    rich = {"keyword": {"fr": ("arbres", "publics", "arbres publics")}, "description": {"fr": "Arbres publics. " * 9}}
    documents = documents_of(
        Dataset(id="rich", title={"fr": "Arbres publics abattus"}, modified="2029", **rich),
        Dataset(id="exact", title={"fr": "Les arbres publics"}, modified="2001", accrual_periodicity="archives"),
        Dataset(id="turned", title={"fr": "Publics et arbres"}, modified="2028", **rich),
    )

    assert find(documents, "arbres publics")[0] == "exact"
    assert find(documents, "arbre public ")[0] == "exact"


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ('"pont neuf"', ["title", "keyword", "described", "long", "file"]),
        ("« pont neuf »", ["title", "keyword", "described", "long", "file"]),
        ("“Ponts neufs” ", ["title", "keyword", "described", "long", "file"]),
        ('"neuf pont"', []),
        ('"pont du neuf"', []),
        ('"mot pont neuf ouvert"', ["long"]),
        ('"mot mot pont"', ["long"]),
        ('"parcs nature" "pont neuf"', ["file"]),
        ('"pont neif"', []),
        ('"pont', ["apart", "described", "file", "keyword", "keywords", "long", "title"]),
    ],
)
def test_words_in_quotation_marks_stand_together(question, ids):
    """
    Words in quotation marks find what says them together in any indexed text, however far into it; not in two texts.
    """
    file = Distribution(id="f", title={"fr": "Pont neuf"}, description={"fr": "Des parcs-nature."})
    documents = documents_of(
        Dataset(id="apart", title={"fr": "Neuf pistes près du pont"}),
        Dataset(id="title", title={"fr": "Le pont neuf"}),
        Dataset(id="described", title={"fr": "Ouvrages"}, description={"fr": "On a réparé le pont neuf."}),
        Dataset(id="long", title={"fr": "Ouvrages"}, description={"fr": f"{'mot ' * 249}pont neuf ouvert."}),
        Dataset(id="keyword", title={"fr": "Plans"}, keyword={"fr": ("pont neuf", "ville")}),
        Dataset(id="keywords", title={"fr": "Plans"}, keyword={"fr": ("pont", "neuf")}),
        Dataset(id="file", title={"fr": "Plans"}, distribution=(file,)),
    )
    (answer,) = ask(documents, question)
    found = [hit["id"] for hit in answer["results"]]

    assert (sorted(found) if question.count('"') == 1 else found) == ids
    assert answer["corrections"] == []


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("ramq", ["R.A.M.Q."]),
        ("R.A.M.Q. ", ["R.A.M.Q."]),
        ("c.n.e.s.s.t", ["Lésions, CNESST"]),
        ("12 000 ", ["Lot 12000"]),
        ("lot 12,000 ", ["Lot 12000"]),
        ("1200000 ", ["Total de 1 200 000"]),
        ("1\u202f200\u202f000 ", ["Total de 1 200 000"]),
    ],
)
def test_acronyms_and_numbers(question, titles):
    """
    An acronym is found with its dots and without, a number with and without what parts its thousands.
    """
    (answer,) = ask(titled("R.A.M.Q.", "Lésions, CNESST", "Lot 12000", "Total de 1 200 000"), question)

    assert [hit["title"] for hit in answer["results"]] == titles


def test_numbers_of_two_keywords_stay_two():
    """
    Numbers that stand beside each other in two keywords make no thousands.
    """
    documents = documents_of(Dataset(id="calls", title={"fr": "Appels"}, keyword={"fr": ("311", "911")}))

    assert find(documents, "911 ") == ["calls"]


def test_half_a_synonym_is_none():
    """
    A synonym of two words finds what has both, and nothing for one of them.
    """
    groups = [SynonymGroup(words=("vidange", "fosse septique"))]

    assert find(titled("Fosse septique", "Fosse", "Réservoir septique"), "vidange ", synonyms=groups) == ["d0"]


def test_equals():
    """
    Of results that are worth the same, one that is still updated comes first, then the most recent.
    """
    documents = documents_of(
        Dataset(id="old", title={"fr": "Eau"}, modified="2001"),
        Dataset(id="archived", title={"fr": "Eau"}, modified="2029", accrual_periodicity="archives"),
        Dataset(id="recent", title={"fr": "Eau"}, modified="2028", accrual_periodicity="daily"),
    )

    assert find(documents, "eau ") == ["recent", "old", "archived"]
    assert all(boost < 1 for boost in ARCHIVED.values())


def test_english():
    """
    English has its own synonyms, which ship.
    """
    documents = titled("Waste collection", "Swimming pools", "Trees", language="en")
    groups, _ = read_synonyms(Path("none"), "en")

    assert find(documents, "garbage pickup", language="en", synonyms=groups) == ["d0"]
    assert find(documents, "where can I swim", language="en", synonyms=groups) == ["d1"]


def test_a_portals_own_synonyms(tmp_path):
    """
    A portal's synonyms are read before the general ones; a line that is none is told with its place, and left out.
    """
    file = tmp_path / synonyms_path("fr")
    file.parent.mkdir()
    file.write_text("- BIXI, vélopartage\n- seul\n- [a, b]\n- REV => piste cyclable\n- => rien\n", "utf-8")
    groups, diagnostics = read_synonyms(tmp_path, "fr")

    assert groups[:2] == [
        SynonymGroup(words=("BIXI", "vélopartage")),
        SynonymGroup(words=("REV",), to=("piste cyclable",)),
    ]
    assert [(item.code, str(item.place)) for item in diagnostics] == [
        ("bad-synonyms", "search/synonyms.fr.yaml:2:3"),
        ("bad-synonyms", "search/synonyms.fr.yaml:3:3"),
        ("bad-synonyms", "search/synonyms.fr.yaml:5:3"),
    ]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", []),
        (b"a: b\n", ["bad-synonyms"]),
        (b"- a, b\n- 'c\n", ["yaml-quote"]),
        (b"- \xff\n", ["not-utf-8"]),
    ],
)
def test_a_file_that_is_no_list(content, codes):
    """
    A file of synonyms that can't be read gives one diagnostic and no synonyms.
    """
    groups, diagnostics = parse_synonyms("search/synonyms.fr.yaml", content)

    assert (groups, [item.code for item in diagnostics]) == ([], codes)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_shipped_synonyms(language):
    """
    Every line that ships is a group, says each word once, and all are small where a reader fetches them.
    """
    groups, diagnostics = read_synonyms(Path("none"), language)
    parts = pack_synonyms(groups, language, Everything())

    assert (diagnostics, len(groups) > 120) == ([], True)
    assert [group for group in groups if len(set(group.words)) < len(group.words)] == []
    assert max(len("\n".join(lines).encode()) for lines in parts) < 16_000


def test_synonyms_that_lead_nowhere():
    """
    The reader gets only what leads to a term of the index.
    """
    groups = [SynonymGroup(words=("impôt", "taxe")), SynonymGroup(words=("chat", "félin"))]

    assert [line for lines in pack_synonyms(groups, "fr", {"tax"}) for line in lines] == ["impot>tax"]
    assert part("impot foncier", 9) == part("impot", 9)


PLAN = """
require(process.argv[1] + "/assets/search-query.js");
const words = (text) => text.toLowerCase().match(/[a-z]+/g) ?? [];
vitrineQuery.plan("velo ", {
  lunr: require(process.argv[1] + "/node_modules/lunr/lunr.js"),
  analyzer: { join: (text) => text, tokens: words, terms: words, elisions: [] },
  store: {
    settings: { fields: ["title"], documents: 1 },
    frequency: (term) => (term === "velo" ? Number(process.argv[2]) : 9),
    begins: () => false,
    vocabulary: () => ({ words: [], frequencies: [] }),
    json: () => ["velo>bicyclette|cycle"],
    bytes: (term) => (term === "cycle" ? 100000 : 100),
  },
}).then(({ clauses }) => process.stdout.write(JSON.stringify(clauses.map(({ term }) => term))));
"""


@pytest.mark.parametrize(
    ("frequency", "terms"), [("3", ["bicyclette", "velo"]), ("0", ["bicyclette", "cycle"])], ids=["known", "unknown"]
)
def test_a_dear_synonym_is_for_whom_needs_it(frequency, terms):
    """
    A synonym that would cost many bytes is asked for when the catalogue lacks the reader's own word alone.
    """
    run = subprocess.run(
        ["node", "-e", PLAN, str(THEME), frequency], capture_output=True, check=False, encoding="utf-8"
    )

    assert (run.stderr, json.loads(run.stdout)) == ("", terms)


def test_command(portal):
    """
    `vitrine search` prints what is found, and why.
    """
    folder = portal({}).folder
    run = CliRunner().invoke(cli, ["search", "autr", "--portal", str(folder)], env={"LC_ALL": "en"})

    assert (run.exit_code, run.stdout.splitlines()[:3]) == (0, ["1 result", "", "1. Autre (autre)"])
    assert "   autr: title, description" in run.stdout


def test_command_refuses_another_language(portal):
    """
    A language that the portal does not have is wrong usage.
    """
    run = CliRunner().invoke(cli, ["search", "x", "--lang", "de", "--portal", str(portal({}).folder)])

    assert run.exit_code == 2


class Everything:
    def __contains__(self, term):
        return True
