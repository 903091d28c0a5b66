"""The tables hold together: properties with the model, vocabularies and strings with both languages."""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from babel import Locale

from generator import model
from generator.model.diagnostics import severities
from generator.source.ranges.readers import READERS
from generator.source.structure.objects import row_reader
from generator.standards import AUTHORITIES, FOLDER, properties, read_rows, vocabulary
from generator.text.strings import FOLDER as STRINGS
from generator.text.strings import read_strings

ROWS = [row for rows in properties().values() for row in rows.values()]

# Fields that no key gives: where something was written, what its file's name tells, what is gathered around it.
NOT_WRITTEN = {
    "Agent": {"id"},
    "Catalog": {
        "portal",
        "publishers",
        "datasets",
        "pages",
        "files",
        "usage",
        "answers",
        "deleted",
        "shallow_history",
        "redirects",
        "types",
    },
    "ContentType": {"id"},
    "Dataset": {"id", "folder", "history", "named_by", "record_modified", "dated_by_record"},
    "LicenseDocument": {"code"},
    "Page": {"path", "type", "values", "body", "sources", "lines", "releases"},
}


@pytest.mark.parametrize("name", properties())
def test_a_class_has_a_field_for_each_property(name):
    """
    Every row of the table is a field of the model, and every other field is known to come from elsewhere.
    """
    fields = {field.name for field in dataclasses.fields(getattr(model, name))} - {"origin"}

    assert fields == {row.attribute for row in properties()[name].values()} | NOT_WRITTEN.get(name, set())


def test_every_class_of_the_model_has_its_rows():
    """
    What a publisher writes is in the table: no class of the model lacks rows.
    """
    written = {cls.__name__ for cls in [*model.Written.__subclasses__(), *model.Page.__subclasses__()]}

    assert written == set(properties())


def test_every_property_is_explained_in_both_languages():
    """
    Label and help are there in French and English, as sentences where they are sentences.
    """
    texts = [(row, language) for row in ROWS for language in ("fr", "en")]

    assert [row.of for row, language in texts if not row.label.get(language, "").strip()] == []
    assert [(row.of, row.name) for row, language in texts if not re.search(r"[.…]$", row.help.get(language, ""))] == []


def test_every_range_has_a_reader():
    """
    What the table says of a value, the program can read: a reader, a vocabulary or a class.
    """
    known = {"license", "logo", *READERS} | {f"object:{name}" for name in properties()}

    assert {row.range for row in ROWS} - known == {row.range for row in ROWS if row.range.startswith("code:")} - known
    assert all(callable(row_reader(row.range)) for row in ROWS)


def test_obligations_name_known_profiles():
    """
    An obligation is one of three, in one of three profiles.
    """
    assert {profile for row in ROWS for profile in row.obligation} <= {"portal", "dcat-ap", "dcat-us"}
    assert {value for row in ROWS for value in row.obligation.values()} <= {"mandatory", "recommended", "optional"}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_table_says_where_it_comes_from(file):
    """
    Each file opens with its source, date and licence, and no key stands twice in a row.
    """
    head = file.read_text(encoding="utf-8").split("\n- ")[0]

    assert [word for word in ("# Source:", "# Date:", "# Licence:") if word not in head] == []


@pytest.mark.parametrize("name", AUTHORITIES)
def test_vocabularies_are_whole(name):
    """
    Codes are there once, every term has French and English titles (media types are their own), every spelling one code.
    """
    rows = [row if isinstance(row, dict) else {"code": row} for row in read_rows(name)]
    codes = [row["code"] for row in rows]
    terms = vocabulary(name).terms.values()

    assert sorted(set(codes)) == sorted(codes)
    if name != "media-types":
        assert [term.code for term in terms if not (term.title.get("fr") and term.title.get("en"))] == []
    assert [alias for term in terms for alias in term.aliases if vocabulary(name).find(alias) != term] == []


def test_formats_name_registered_media_types():
    """
    A format's media type is one that a distribution may name.
    """
    types = {term.facts.get("mediaType", "") for term in vocabulary("formats").terms.values()} - {""}

    assert {name for name in types if name not in vocabulary("media-types")} == set()


def test_themes_map_to_eu_themes():
    """
    Each default theme's EU theme is in the EU's list.
    """
    assert {term.eu for term in vocabulary("themes").terms.values()} <= set(vocabulary("data-themes").terms)


def test_every_diagnostic_has_its_words():
    """
    Each code has a message and a help, and no words are left of a code that is gone.
    """
    words = {key.split(".")[1] for key in read_strings(STRINGS / "en.yaml") if key.startswith("diagnostics.")}

    assert words - {"did-you-mean", "write-the-line", "also", "error", "warning", "help"} == set(severities())


FRENCH, ENGLISH = (read_strings(STRINGS / f"{language}.yaml") for language in ("fr", "en"))
FORMS = re.compile(r"\.(?:zero|one|two|few|many|other)$")


def test_both_languages_say_the_same_things():
    """
    The keys are the same, and so are the values that each text is given; plural forms may differ.
    """

    def fields(words):
        found = {}
        for key, text in words.items():
            found.setdefault(FORMS.sub("", key), set()).update(re.findall(r"(?<!\{)\{(\w+)\}", text))
        return found

    assert fields(FRENCH) == fields(ENGLISH)


@pytest.mark.parametrize("words", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_plurals_have_the_forms_their_language_needs(words):
    """
    Whatever has a form for one has one for all the rest: French's `many`, for millions, falls back to it.
    """
    counted = [key.removesuffix(".one") for key in words if key.endswith(".one")]

    assert [key for key in counted if f"{key}.other" not in words] == []
    assert [Locale("fr").plural_form(number) for number in (0, 1, 2, 1_000_000)] == ["one", "one", "other", "many"]


def test_french_is_set_as_french_is():
    """
    A narrow no-break space before `;`, `:`, `!`, `?` and within guillemets, curly apostrophes, no English quotes.
    """
    code = re.compile(r"`[^`]*`|\{[^}]*\}|https?:\S*")
    # A quoted piece of code stands as one letter.
    plain = {key: code.sub("x", text) for key, text in FRENCH.items()}
    wrong = re.compile(r"[^\u202f\s][;!?»](?!\w)|[^\u202f\d:]:(?=\s|$)|«[^\u202f]|\w'\w|[“”]| [;:!?»]|« ")

    assert [f"{key}: {text}" for key, text in plain.items() if wrong.search(text)] == []


@pytest.mark.parametrize("name", ["fr", "en"])
def test_no_string_stands_twice(name):
    """
    YAML's parser keeps the last of two equal keys without a word; here there are none.
    """

    def twice(node, path=""):
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _value in node.value]
            yield from (f"{path}{key}" for key in sorted(set(keys)) if keys.count(key) > 1)
            for key, value in node.value:
                yield from twice(value, f"{path}{key.value}.")

    assert list(twice(yaml.compose(Path(STRINGS / f"{name}.yaml").read_text(encoding="utf-8")))) == []
