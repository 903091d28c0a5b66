"""The words of a theme: of one more language, of plurals that French does not have, of the standards' labels."""

import re

import yaml
from click.testing import CliRunner

from generator.cli import cli
from generator.text.speech import Borrowed, Speech
from generator.text.strings import strings
from generator.theme.strings import form
from tests.conftest import MINIMAL

NORTH = {
    "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, ar]\ntheme: nord\n",
    "themes/nord/theme.yaml": "title: Nord\nparent: default\n",
}


def test_a_form_holds_every_key_and_the_words_that_are_there(portal):
    """
    `vitrine theme words` gives a file that says nothing new, with the plural forms of its language.
    """
    words = "site:\n  home: الرئيسية\n  list:\n    count: {two: مجموعتان}\nlabels: {Monthly: شهري}\n"
    made = portal(NORTH | {"themes/nord/strings/ar.yaml": words})
    done = CliRunner().invoke(cli, ["theme", "words", "ar", "--portal", str(made.folder), "--lang", "en"])
    tree = yaml.safe_load(done.stdout)

    assert 0 == done.exit_code
    assert ["zero", "one", "two", "few", "many", "other"] == list(tree["site"]["list"]["count"])
    assert ("الرئيسية", None, "مجموعتان", "شهري") == (
        tree["site"]["home"],
        tree["site"]["skip"],
        tree["site"]["list"]["count"]["two"],
        tree["labels"]["Monthly"],
    )
    assert "  skip:  # Skip to content\n" in done.stdout
    before = made.check().lines()
    made.lay({"themes/nord/strings/ar.yaml": done.stdout})
    assert before == made.check().lines()


def test_a_form_that_is_filled_in_leaves_nothing_to_borrow(portal):
    """
    Once each key has its words, a portal has no missing strings, and its pages borrow none.
    """
    filled = re.sub(r"(?m)^( *)([^ #].*?):(?:  # (.*))?$", fill_in, form("ar", {}))
    made = portal(NORTH | {"themes/nord/strings/ar.yaml": filled})

    assert {"missing-translation"} == set(made.check().codes)
    page = made.build()["ar/dataset/autre/index.html"].decode()
    assert "ك Files and services" in page and "ك Release date" not in page
    assert 'lang="en"' not in page.partition("<main")[2]


def fill_in(match):
    """A line of the form with its English words, and a letter before them; a key that opens a map stays."""
    indent, key, said = match.groups()
    if said is None and not key.startswith('"'):
        return match[0]
    words = (said or key.strip('"')).replace('"', "'")
    return f'{indent}{key}: "ك {words}"'


def test_a_number_takes_the_form_of_its_language():
    """
    A language's own plural form comes first, then its own for all others, then what it borrows, in English's form.
    """
    own = {"site.a.two": "two!", "site.a.other": "{count} own"}
    words = {"site.a.one": "one borrowed", **own, "site.b.one": "{count} dataset", "site.b.other": "{count} datasets"}
    arabic = Speech("ar", words, words.keys() - own.keys())
    japanese = Speech("ja", words, words.keys() - own.keys())

    assert ["two!", "1 own", "3 own"] == [arabic.say("site.a", count=count) for count in (2, 1, 3)]
    assert ["1 dataset", "2 datasets"] == [japanese.say("site.b", count=count) for count in (1, 2)]
    assert isinstance(japanese.say("site.b", count=1), Borrowed)


def test_labels_of_the_standards_have_a_theme_s_words(portal):
    """
    What the tables name in French and English, a theme names in another language by the English words.
    """
    monthly = MINIMAL["datasets/autre.yaml"] + "accrualPeriodicity: monthly\n"
    words = {"themes/nord/strings/ar.yaml": "labels:\n  Monthly: شهري\n"}
    made = portal(NORTH | words | {"datasets/autre.yaml": monthly})

    assert "<dd>شهري</dd>" in made.build()["ar/dataset/autre/index.html"].decode()


def test_a_portal_publishes_the_stemmers_of_its_languages(portal):
    """
    A stemmer is a file of the site where one of its languages needs it.
    """
    site = portal(NORTH).build()

    assert ["assets/ar", "assets/fr"] == sorted(re.findall(r"assets/[a-z]{2}(?=\.\w+\.js)", " ".join(site)))


def test_a_strings_file_that_is_no_yaml_is_told_where(portal):
    """
    What would be a trace in a program is a place, a message and a remedy.
    """
    made = portal(NORTH | {"themes/nord/strings/ar.yaml": "site:\n  menu: 'x\n  home: [a]\n"})

    assert ["themes/nord/strings/ar.yaml:2:9"] == [
        str(item.place) for item in made.check().diagnostics if item.code == "yaml-quote"
    ]
    made.lay({"themes/nord/strings/ar.yaml": "site:\n  menu: x\n  home: [a]\n"})
    assert [
        "themes/nord/strings/ar.yaml:3:9: error[not-text] `site.home` must be a text"
        "\n  help: write it as `site.home: some text`, without a list or keys"
    ] == [line for line in made.check().lines() if "not-text" in line]


def test_the_form_of_a_language_that_ships_is_empty_of_words():
    """
    What ships stays with the program: a theme's form for French has the words that the theme changes alone.
    """
    assert 'home: "Maison"' in form("fr", {"site.home": "Maison"})
    assert strings("fr")["site.skip"] not in form("fr", {})
