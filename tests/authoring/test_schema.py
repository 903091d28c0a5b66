"""The JSON Schemas that editors read: valid, complete, and of one mind with the program's own readers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from generator.authoring.schema import FILES, Describer, schema, schema_files
from generator.cli import cli
from generator.source.folders import CATALOG, PUBLISHERS
from generator.source.front_matter import FRONT_MATTER
from generator.source.nodes import Mapping_, parse_yaml
from generator.source.ranges.context import Context
from generator.source.ranges.readers import reader_of
from generator.source.structure.objects import read_license, read_logo
from generator.source.structure.types import types_in
from generator.source.tree import dataset_files
from generator.standards import Property, properties
from generator.text.strings import LANGUAGES

ROOT = Path(__file__).parents[2]

TYPES = types_in(ROOT)
SHIPPED = sorted((ROOT / "generator/standards/types").glob("*.yaml"))

PARTS = (
    "Chart",
    "Column",
    "Distribution",
    "Kind",
    "Location",
    "PeriodOfTime",
    "Withdrawal",
    "LicenseDocument",
    "Concept",
    "DataService",
    "LinkedCatalog",
    "MenuItem",
    "Colors",
    "Logo",
    "Field",
    "Choice",
    "Computed",
    "State",
    "Card",
    "Section",
    "HomeListing",
    "Calendar",
    "Allowance",
)


def plain(value: Any) -> Any:
    """What an editor that reads YAML 1.2 sees: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def demonstration() -> list[tuple[str, str, str]]:
    """Schema, path and YAML of every file of the demonstration portal."""
    files = [("portal", "portal.yaml"), ("catalog", CATALOG)]
    files += [
        ("publisher" if path.startswith(PUBLISHERS) else "dataset", path)
        for path in dataset_files(ROOT / "datasets")
        if path != CATALOG
    ]
    found = [(name, path, (ROOT / path).read_text(encoding="utf-8")) for name, path in files]
    for file in sorted((ROOT / "content").rglob("*.md")):
        front = FRONT_MATTER.match(file.read_text(encoding="utf-8"))
        assert front, file
        path = file.relative_to(ROOT).as_posix()
        kind = file.parent.relative_to(ROOT / "content").as_posix()
        is_record = kind in TYPES and not file.name.startswith("index.")
        found.append((kind if is_record else "page", path, front[1]))
    found += [
        ("content-type", file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
        for file in [*sorted((ROOT / "content/types").glob("*.yaml")), *SHIPPED]
    ]
    return found


def problems(name: str, text: str, loader: Any = yaml.SafeLoader) -> list[str]:
    """Where a schema finds fault with a file."""
    validator = Draft202012Validator(schema(name, "en", TYPES))
    errors = validator.iter_errors(plain(yaml.load(text, Loader=loader)))
    return sorted("/".join(map(str, error.absolute_path)) or error.message for error in errors)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*FILES, *TYPES])
def test_schemas_are_valid(name: str, language: str) -> None:
    """
    Each schema is one of draft 2020-12, in both languages, and every reference in it leads somewhere.
    """
    made = schema(name, language, TYPES)

    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {f"#/$defs/{key}" for key in made["$defs"]} == set(references(made))


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for item in value.values() for found in references(item)]
    return [found for item in value for found in references(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.BaseLoader])
def test_the_demonstration_portal_is_sound(loader: Any) -> None:
    """
    No file of the demonstration portal is refused, whether scalars are read as numbers or all as text.
    """
    found = demonstration()

    assert {*FILES, *TYPES} >= {name for name, _path, _text in found} >= set(FILES)
    assert [(path, wrong) for name, path, text in found if (wrong := problems(name, text, loader))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_property_is_described(language: str) -> None:
    """
    Each row of the property table is a key of its class, with its label and its help.
    """
    described: dict[str, dict[str, Any]] = {}
    for name, kind in FILES.items():
        made = schema(name, language)
        described[kind] = made["properties"]
        described |= {part: made["$defs"][part]["properties"] for part in PARTS if part in made["$defs"]}

    assert described.keys() == properties().keys()
    for kind, rows in properties().items():
        said = {key: (value["title"], value["description"]) for key, value in described[kind].items()}
        assert {row.name: (row.label[language], row.help[language]) for row in rows.values()} == said


def test_codes_are_explained() -> None:
    """
    Each code of a closed list has its name beside it, in the schema's language.
    """
    definitions = schema("dataset", "fr")["$defs"]
    frequencies = definitions["code-frequencies"]

    assert frequencies["enumDescriptions"][frequencies["enum"].index("monthly")] == "Mensuelle"
    assert "transport" in definitions["ref-themes"]["examples"]
    assert "CSV" in definitions["code-formats"]["examples"] and "enum" not in definitions["code-formats"]


SHA = "5a" * 32

# Range, values that are taken, values that are refused: by the schema and by the program alike.
VALUES = {
    "text": (
        ["Arbres", "2025", "1.10", "true", "{fr: Arbres, en: Trees}", "{fr: Arbres, en: }"],
        ["[a]", "{xx: a}", "{fr: [a]}"],
    ),
    "markdown": (["Arbres", "{fr: Les **arbres**.}"], ["[a]", "{french: a}"]),
    "keywords": (["arbre", "[arbre, 2025]", "{fr: [arbre], en: tree}"], ["{xx: [a]}", "{fr: {en: a}}"]),
    "token": (["abc", "12", "1.10"], ["[a]", "{a: b}"]),
    "slug": (["arbres-2", "2024", "a.b_c"], ["Arbres", "a--b", "forêt", "../x", "[a]"]),
    "url": (
        ["https://exemple.org/été?q=1", "HTTP://exemple.org", "ftp://exemple.org/a.csv"],
        ["www.exemple.org", "/arbres", "javascript:alert(1)", "https://exemple.org/a b", "https:///a", "[a]"],
    ),
    "link": (["/dataset/", "https://exemple.org/"], ["dataset/", "//exemple.org/", "mailto:a@exemple.org"]),
    "asking": (
        ["donnees@exemple.org", "/contact/?q={words}", "https://exemple.org/?title={words}", "https://exemple.org/"],
        ["contact/", "//exemple.org/", "https://exemple.org/{other}", "javascript:alert(1)", "a@b"],
    ),
    "email": (["donnees@exemple.org", "mailto:a@exemple.org"], ["exemple.org", "a@b", "a b@exemple.org"]),
    "date": (
        ["2025", "2025-04", "2025-04-20", "2025-04-20T10:30:00Z", '"2010"'],
        ["20/04/2025", "2025-13", "2025-4-2", "0000", "25", "avril 2025", "2025-04-20T25:00"],
    ),
    "statement": (["Relevés **sur le terrain**", "{fr: Relevés}"], ["[a]", "{xx: a}"]),
    "month-number": (["5", "05", "12"], ["0", "13", "mai", "5-9", "[[5]]", "2026-05"]),
    "duration": (["PT15M", "P1D", "P1Y6M", "PT0.5S"], ["P", "PT", "1 jour", "P1W", "daily", "P1H"]),
    "bureau-code": (["015:11", '"015:11"'], ["15:11", "015:110", "bureau", "015"]),
    "program-code": (["015:001"], ["015:01", "programme", "015-001"]),
    "decimal": (["10", "0.5", '"2.50"'], ["0", "-1", "10 m", "1e3_"]),
    "integer": (["0", "9869760", '"12"'], ["12 Ko", "-1", "1.5", "12_"]),
    "sha256": ([SHA, SHA.upper()], ["5a5a", "z" * 64]),
    "bbox": (
        ["[-73.98, 45.40, -73.47, 45.70]", '["-73.98", "45.40", "-73.47", "45.70"]', "[170, -10, -170, 10]"],
        ["[-73.98, 45.40, -73.47]", "[-200, 0, 0, 0]", "[0, 0, 0, 91]", "[a, b, c, d]", "partout"],
    ),
    "point": (["[-73.72, 45.55]", '["-73.72", "45.55"]'], ["[-73.72]", "[45.55, -273]", "[a, b]", "ici"]),
    "geometry": (
        ["POINT(-73.7 45.5)", "POLYGON((1 2, 3 2, 3 4, 1 2))", "{type: Point, coordinates: [-73.7, 45.5]}"],
        ["[1, 2]", "Montréal", "{type: Cercle, coordinates: [1, 2]}", "{type: Point}"],
    ),
    "file": (["arbres.csv", "arbres 2025.csv"], ["../arbres.csv", "donnees/arbres.csv", ".cache", "a\\b"]),
    "boolean": (["true", "false"], ["oui", "1", "[true]"]),
    "color": (
        ['"#095797"', "'#FA0'", '{light: "#095797", dark: "#fff"}', '{dark: "#fff"}'],
        ['"095797"', "bleu", '"#09579"', '{sombre: "#fff"}', '["#fff"]'],
    ),
    "logo": (["content/logo.svg", "{file: logo.png, alt: Ville}"], ["content/logo.pdf", "/logo.svg", "{alt: Ville}"]),
    "picture": (["content/logo.svg", "a/b/c.JPG"], ["../logo.svg", "a/../b.png", "/a.png", "logo"]),
    "license": (
        ["cc-by-4.0", "{iri: https://exemple.org/l, name: Libre}", "{name: Libre}"],
        ["cc-by", "{iri: https://exemple.org/l}", "{iri: x, name: y}", "[a]"],
    ),
    "code:access-rights": (["public"], ["open", "secret"]),
    "block": (["latest", "news"], ["[latest]"]),
    "condition": (["{a: b}", "{a: [b, c]}"], ["b", "[a]"]),
    "code:shapes": (["page"], ["pages"]),
    "code:field-ranges": (["text"], ["texte"]),
    "code:computed-ranges": (["days"], ["jours"]),
    "code:layouts": (["table"], ["tableau"]),
    "code:tones": (["active"], ["actif"]),
    "code:data-themes": (["ENVI"], ["envi"]),
    "code:dashboards": (["health"], ["santé"]),
    "code:chart-kinds": (["bar", "scatter"], ["barres", "[bar]"]),
    "code:column-types": (["date", "string"], ["texte", "[date]"]),
    "code:formats": (["CSV", "csv", "Excel"], ["[CSV]"]),
    "code:frequencies": (["monthly"], ["mensuel", "R/P1M"]),
    "code:hosts": (["netlify"], ["vercel"]),
    "code:hvd-categories": (["geospatial"], ["géospatial", "c_ac64a52d"]),
    "code:languages": (["fr", "no"], ["french", "fr-CA"]),
    "code:locales": (["en-US"], ["en-us", "américain"]),
    "code:media-types": (["text/csv"], ["text/cvs"]),
    "code:publisher-kinds": (["ministry"], ["ministère"]),
    "ref:datasets": (["arbres"], ["[arbres]"]),
    "ref:publishers": (["ville"], ["[ville]"]),
    "ref:services": (["geo"], ["[geo]"]),
    "ref:themes": (["transport"], ["{a: b}"]),
}


def is_taken(range_: str, text: str) -> bool:
    """Whether the program reads a value without a word."""
    root, faults = parse_yaml("a.yaml", f"a: {text}\n")
    assert isinstance(root, Mapping_) and not faults
    row = Property(name="a", of="Dataset", range=range_, label={}, help={})
    context = Context()
    reader = {"license": read_license, "logo": read_logo}.get(range_) or reader_of(range_)
    reader(root.entries["a"], row, context)
    return not context.diagnostics


@pytest.mark.parametrize("range_", VALUES)
def test_schema_and_program_agree(range_: str) -> None:
    """
    A value is taken by the schema, as numbers or as text, where the program takes it, and refused where it does not.
    """
    taken, refused = VALUES[range_]
    definitions: dict[str, Any] = {}
    reference = Describer("en", definitions).refer(range_)
    validator = Draft202012Validator({**reference, "$defs": definitions})

    def verdicts(text: str) -> set[bool]:
        # YAML 1.2 has neither `no` for false nor `1_2` for 12; PyYAML's plain loader has, and an editor has not.
        loaders = (yaml.BaseLoader,) if text in ("no", "12_") else (yaml.BaseLoader, yaml.SafeLoader)
        found = {validator.is_valid(plain(yaml.load(f"a: {text}", Loader=loader))["a"]) for loader in loaders}
        return {is_taken(range_, text), *found}

    assert {text: {True} for text in taken} == {text: verdicts(text) for text in taken}
    assert {text: {False} for text in refused} == {text: verdicts(text) for text in refused}


def test_every_range_is_tried() -> None:
    """
    No range of the property table is missing from the values above.
    """
    ranges = {row.range for rows in properties().values() for row in rows.values()}

    assert {name for name in ranges if not name.startswith("object:")} == VALUES.keys()


DATASET = "title: Arbres\npublisher: ville\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (DATASET, []),
        (DATASET + "theme: transport\n", []),
        (DATASET + "distribution: {downloadURL: https://exemple.org/a.csv}\n", []),
        (DATASET + "contactPoint:\nissued: 2015-02-06\ntemporal: {start: 2010}\n", []),
        ("publisher: ville\n", ["'title' is a required property"]),
        ("title:\npublisher: ville\n", ["title"]),
        ("title: ''\npublisher: ville\n", ["title"]),
        (DATASET + "auteur: moi\n", ["Additional properties are not allowed ('auteur' was unexpected)"]),
        (DATASET + "license: cc-by\n", ["license"]),
        (DATASET + "theme: [transport, Été]\n", ["theme"]),
        (DATASET + "issued: 6 février\n", ["issued"]),
        (DATASET + "distribution: [{id: CSV}]\n", ["distribution"]),
        (DATASET + "withdrawn: {reason: Trop vieux}\n", ["withdrawn"]),
    ],
)
def test_a_dataset(text: str, wrong: list[str]) -> None:
    """
    A dataset's file is judged as a whole: unknown keys, missing keys, single values for lists, keys left empty.
    """
    assert wrong == problems("dataset", text)


def test_the_command_prints_the_dataset_schema() -> None:
    """
    Without a folder, the dataset's schema is what comes out, in the language asked for.
    """
    result = CliRunner().invoke(cli, ["schema", "--lang", "fr"])

    assert (result.exit_code, json.loads(result.stdout)["title"]) == (0, "Jeu de données")


def test_the_command_fills_a_folder(tmp_path: Path) -> None:
    """
    With a folder, every schema and the reference in both languages are written there, and each path is told.
    """
    folder = tmp_path / "schemas"
    result = CliRunner().invoke(cli, ["schema", "--output", str(folder), "--lang", "en"])

    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted([*schema_files("en", TYPES), "reference.en.md", "reference.fr.md", "templates.md"]) == sorted(
        file.name for file in folder.iterdir()
    )
    assert result.stderr.count("Written: ") == len(FILES) + len(TYPES) + 3


def test_the_command_says_when_the_disk_refuses(tmp_path: Path) -> None:
    """
    A folder that can't be made is a sentence and exit code 1.
    """
    (tmp_path / "file").touch()
    result = CliRunner().invoke(cli, ["schema", "--output", str(tmp_path / "file" / "x"), "--lang", "en"])

    assert result.exit_code == 1
    assert result.stderr.startswith("The disk refuses: ")
