"""
The build in Python and the reader's browser in JavaScript cut a text into the same terms. Node plays the
browser: a context with nothing in it but importScripts, as in a Web Worker.
"""

import json
import subprocess
import unicodedata
from pathlib import Path

import pytest

from generator.search import analyzer
from generator.search.analyzer import Analyzer, fold, settings

THEME = Path(__file__).parents[2] / "themes" / "default"

WORKER = """
const fs = require("fs"), path = require("path"), vm = require("vm");
const { theme, settings, texts } = JSON.parse(fs.readFileSync(0, "utf8"));
const worker = vm.createContext({ settings, texts });
worker.importScripts = (file) => vm.runInContext(fs.readFileSync(path.join(theme, file), "utf8"), worker);
process.stdout.write(vm.runInContext(`
  importScripts("assets/analysis.js");
  const stemmers = vitrineAnalysis.stemmers(settings, () => importScripts("node_modules/" + settings.script));
  importScripts("node_modules/lunr/lunr.js");
  if (lunr.version !== "2.3.9") throw new Error("lunr did not find a browser");
  const { tokens, terms } = vitrineAnalysis.analyzer(settings, stemmers);
  JSON.stringify(texts.map((text) => [tokens(text), terms(text)]));
`, worker));
"""


def in_browser(language: str, texts: list[str]) -> list[tuple[list[str], list[str]]]:
    if not (THEME / "node_modules").is_dir():
        pytest.fail("the theme's scripts are missing: run `npm ci --prefix themes/default`", pytrace=False)
    job = {"theme": str(THEME), "settings": settings(language), "texts": texts}
    node = subprocess.run(
        ["node", "-e", WORKER], input=json.dumps(job), capture_output=True, check=False, encoding="utf-8"
    )
    assert (node.returncode, node.stderr) == (0, "")
    return [(tokens, terms) for tokens, terms in json.loads(node.stdout)]


def in_build(language: str, texts: list[str]) -> list[tuple[list[str], list[str]]]:
    analyzer = Analyzer.of(language)
    return [(analyzer.tokens(text), analyzer.terms(text)) for text in texts]


def differences(language: str, texts: list[str]) -> list[tuple[str, object, object]]:
    answers = zip(texts, in_build(language, texts), in_browser(language, texts), strict=True)
    return [(text, build, browser) for text, build, browser in answers if build != browser]


def frequent_words(language: str, number: int = 100_000) -> list[str]:
    wordfreq = pytest.importorskip("wordfreq", reason="the frequent words come from wordfreq (extra `test`)")
    words: list[str] = wordfreq.top_n_list(language, number)
    return words


# language, text, its tokens, its terms
CASES = [
    # Elision, with each apostrophe
    ("fr", "Qualité de l'eau", "qualite de eau", "qualit eau"),
    ("fr", "Qualité de l’eau", "qualite de eau", "qualit eau"),
    ("fr", "L‘eau, lʼeau, et l`eau", "eau eau et eau", "eau eau eau"),
    ("fr", "L’ŒUVRE D’ART QU’ON A", "oeuvre art on a", "oeuvr art"),
    ("fr", "jusqu'à lorsqu'il puisqu’elle", "a il elle", ""),
    ("fr", "s’il n’y a d’aujourd’hui", "il y a aujourdhui", "aujourdhui"),
    ("fr", "Prud’hommes, presqu'île", "prudhommes presquile", "prudhomm presquil"),
    ("fr", "N’Djamena et l’O’Brien", "ndjamena et obrien", "ndjamen obrien"),
    ("fr", "'mots' « cités » l' ''", "mots cites", "mot cit"),
    ("en", "The children’s dogs' don't", "the children dogs dont", "child dog"),
    ("en", "We'll, they're, Côte d’Ivoire", "we they cote ivoire", "cote ivoir"),
    # Letters
    ("fr", "Œuvre, œuf, ex æquo", "oeuvre oeuf ex aequo", "oeuvr oeuf ex aequo"),
    ("fr", "QUE\u0301BEC Québec quebec", "quebec quebec quebec", "quebec quebec quebec"),
    ("fr", "Straße İzmir ﬁn Łódź", "strasse izmir fin lodz", "strass izmir fin lodz"),
    ("es", "Las farolas y los baches de la región", "las farolas y los baches de la region", "farol bach region"),
    ("es", "El año, los años: día y días", "el ano los anos dia y dias", "ano ano dia dia"),
    ("de", "Die Straßen und die Schlaglöcher", "die strassen und die schlaglocher", "strass schlagloch"),
    ("it", "Qualità dell’acqua e dell'aria", "qualita acqua e aria", "qual acqua ari"),
    ("pt", "As escolas e a escola de São Paulo", "as escolas e a escola de sao paulo", "escol escol paul"),
    ("nl", "De scholen van de gemeente", "de scholen van de gemeente", "schol gemeent"),
    ("et", "ΟΔΟΣ οδος οδοσ", "οδοσ οδοσ οδοσ", "οδοσ οδοσ οδοσ"),
    # Spaces, hyphens, invisible characters
    ("fr", "Prix\u202f: 12\u00a0000\u202f$", "prix 12000", "prix 12000"),
    ("fr", "arc-en-ciel Wi‑Fi 2019–2020", "arc en ciel wi fi 2019 2020", "arc ciel wi fi 2019 2020"),
    ("fr", "infor\u00admation a\u200bb \ufeffc", "information a b c", "inform b c"),
    # Codes and numbers
    ("fr", "EPSG:32198", "epsg 32198", "epsg 32198"),
    ("fr", "2023-2024, 3,14 % et 1/2 ou ½", "2023 2024 3 14 et 1 2 ou 1 2", "2023 2024 3 14 1 2 1 2"),
    ("et", "A-40, km² CO₂ nom_de_champ", "a 40 km2 co2 nom de champ", "a 40 km2 co2 nom de champ"),
    ("fr", "PM2.5 NO2 H₂O 10'000", "pm2 5 no2 h2o 10000", "pm2 5 no2 h2o 10000"),
    ("fr", "12 000, 1\u202f234\u202f567 ou 12000", "12000 1234567 ou 12000", "12000 1234567 12000"),
    ("en", "12,000 1.234.567 10’000", "12000 1234567 10000", "12000 1234567 10000"),
    (
        "fr",
        "2020 100 a 3 12,0000 CO2 500, 514-555",
        "2020 100 a 3 12 0000 co2 500 514 555",
        "2020 100 3 12 0000 co2 500 514 555",
    ),
    # Acronyms
    ("fr", "R.A.M.Q. l’U.Q.A.M, É.T.S. E\u0301.T.S et CNESST", "ramq uqam ets ets et cnesst", "ramq uqam et et cnesst"),
    ("en", "The U.S.A., e.g. a.b.cd 1.A.2 plan A. Bc", "the usa eg ab cd 1 a 2 plan a bc", "usa eg ab cd 1 2 plan bc"),
    ("fr", "\u0420.\u0416.\u0414.", "\u0440\u0436\u0434", "\u0440\u0436\u0434"),
    # Beyond the basic plane, other scripts, right to left
    ("fr", "𝐄𝐚𝐮 🚲❤️ vélo 👨‍👩‍👧", "eau velo", "eau velo"),
    ("fr", "𐐀 𠮷野家 東京", "𐐨 𠮷野家 東京", "𐐨 𠮷野家 東京"),
    ("en", "مياه\u200f المدينة, מים", "مياه المدينة מים", "مياه المدينة מים"),
    ("en", "हिन्दी 한국어", "हिन्दी 한국어", "हिन्दी 한국어"),
    # Nothing, and a language without rules
    ("fr", "", "", ""),
    ("fr", " — … '’ ", "", ""),
    ("et", "Tallinna linnaosade l'eau", "tallinna linnaosade leau", "tallinna linnaosade leau"),
]


@pytest.mark.parametrize("side", [in_build, in_browser])
@pytest.mark.parametrize("language", sorted({language for language, *_ in CASES}))
def test_edge_cases(language, side):
    """
    Build and browser both give the tokens and terms that are written above.
    """
    cases = [case for case in CASES if case[0] == language]
    texts = [text for _, text, _, _ in cases]
    answers = [
        (language, text, " ".join(tokens), " ".join(terms))
        for text, (tokens, terms) in zip(texts, side(language, texts), strict=True)
    ]

    assert answers == cases


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "it", "nl", "pt"])
def test_frequent_words(language):
    """
    Build and browser agree on the 100,000 most frequent words, as they are and in capitals after an elision.
    """
    words = frequent_words(language)

    assert differences(language, words + [f"L’{word.upper()}" for word in words]) == []


def test_every_character():
    """
    Build and browser agree on what each character becomes, alone and inside a word.
    """
    characters = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cn", "Co", "Cs")]

    assert differences("fr", [f"{c} a{c}b" for c in characters]) == []


def test_accents_do_not_matter():
    """
    A French word and its spelling without accents meet.
    """
    plain = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy", "")
    words = [word for word in frequent_words("fr") if word != word.translate(plain)]
    terms = Analyzer.of("fr").terms
    apart = [word for word in words if terms(word) != terms(word.translate(plain))]

    assert len(words) > 10_000
    assert len(apart) <= len(words) / 1000


def test_number_does_not_matter():
    """
    A French word and its plural meet, also where the stemmer alone leaves them apart.
    """
    terms = Analyzer.of("fr").terms
    pairs = [
        "photo photos",
        "vélo vélos",
        "emploi emplois",
        "loisir loisirs",
        "hiver hivers",
        "lieu lieux",
        "bail baux",
    ]
    words = [word for word in frequent_words("fr") if len(word) > 2 and not word.endswith("s")]
    plurals = {word + "s" for word in words}.intersection(frequent_words("fr"))
    apart = [word for word in words if word + "s" in plurals and terms(word) and terms(word) != terms(word + "s")]

    assert [pair for pair in pairs if len(set(terms(pair))) != 1] == []
    assert [terms("accès bus press"), terms("gaz")] == [["acce", "bus", "press"], ["gaz"]]
    assert len(plurals) > 10_000
    assert len(apart) <= len(plurals) / 1000


PLURALS = {
    "fr": "travail/travaux vitrail/vitraux corail/coraux journal/journaux bateau/bateaux hibou/hiboux tuyau/tuyaux "
    "maximum/maxima œil/yeux neveu/neveux boyau/boyaux monsieur/messieurs moyeu/moyeux aïeul/aïeux",
    "en": "child/children woman/women policeman/policemen person/people mouse/mice foot/feet knife/knives leaf/leaves "
    "shelf/shelves criterion/criteria index/indices matrix/matrices axis/axes analysis/analyses crisis/crises "
    "bacterium/bacteria stratum/strata larva/larvae bus/buses life/lives bureau/bureaux",
}
FEMININES = (
    "directeur/directrice acteur/actrices électeur/électrices conseiller/conseillère usager/usagères "
    "infirmier/infirmière frais/fraîche gros/grosses ambassadeur/ambassadrices "
    "étranger/étrangère boucher/bouchère citoyen/citoyenne chercheur/chercheuses maire/mairesse élu/élues chef/cheffe "
    "employé/employées public/publiques premier/première sportif/sportives étudiant/étudiante auteur/autrice"
)


@pytest.mark.parametrize(("language", "pairs"), [*PLURALS.items(), ("fr", FEMININES)])
def test_irregular_forms_meet(language, pairs):
    """
    A word meets its plural and its feminine, however they end.
    """
    terms = Analyzer.of(language).terms

    assert [pair for pair in pairs.split() if len(set(terms(pair.replace("/", " ")))) != 1] == []


def test_likeness_is_no_family():
    """
    Words that only end as feminines and plurals do stay apart from those they resemble.
    """
    pairs = ["artère art", "bière bi", "misère mise", "musée muse", "année âne"]
    terms = Analyzer.of("fr").terms

    assert [pair for pair in pairs if len(set(terms(pair))) == 1] == []


def test_no_pystemmer():
    """
    Where PyStemmer has no wheel, the pure Python stemmers give the same terms.
    """
    text = " ".join(frequent_words("fr", 5000) + frequent_words("en", 5000))
    fast = {language: Analyzer.of(language).terms(text) for language in ("fr", "en")}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analyzer, "_has_pystemmer", lambda: False)
        patch.setattr(analyzer, "_stemmer", analyzer._stemmer.__wrapped__)
        slow = {language: Analyzer(analyzer._rules(language)).terms(text) for language in fast}

    assert slow == fast


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("eau", "l'eau"),
        ("eau", "L’eau"),
        ("quebec", "Québec"),
        ("œuvre", "oeuvre"),
        ("arbre", "arbres"),
        ("saaq", "S.A.A.Q."),
        ("R.A.M.Q.", "RAMQ"),
        ("12000", "12 000"),
    ],
)
def test_query_finds(query, text):
    """
    What readers type meets what publishers write.
    """
    french = Analyzer.of("fr")

    assert french.terms(query) == french.terms(text)


def test_regional_tag_is_its_language():
    """
    `fr-CA` is analysed as `fr`, and a language without an entry keeps every word whole.
    """
    assert Analyzer.of("fr-CA") is Analyzer.of("fr")
    assert Analyzer.of("et") is Analyzer.of("mi")
    assert [settings("et")[key] for key in ("stemmer", "elisions", "stopWords")] == ["", [], []]


def test_rules_are_folded():
    """
    Words in languages.yaml that are not folded would never match.
    """
    for language in ("fr", "en"):
        rules = settings(language)
        words = [*rules["elisions"], *rules["endings"], *rules["exceptions"], *rules["stopWords"]]
        words += [word for pair in [*rules["irregular"].items(), *rules["feminine"].items()] for word in pair]
        assert [word for word in words if word != fold(word)] == []
        assert Analyzer.of(language).tokens(" ".join(rules["stopWords"])) == rules["stopWords"]


def test_missing_stemmer_is_said():
    """
    In Node, as in a page, analysis.js is one global; without its stemmer it refuses rather than find nothing.
    """
    script = f"""
      require({json.dumps(str(THEME / "assets" / "analysis.js"))});
      try {{ vitrineAnalysis.analyzer({json.dumps(settings("fr"))}, {{}}); }}
      catch (error) {{ console.log(error.message); }}
    """
    node = subprocess.run(["node", "-e", script], capture_output=True, check=True, encoding="utf-8")

    assert node.stdout == "no stemmer “french”\n"
