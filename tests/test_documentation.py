"""Documentation that cannot lie: it names all there is, its links resolve, its commands and its examples work."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from generator.authoring.init import Beginning, frame
from generator.authoring.reference import CLASSES, VOCABULARIES, examples, heading_anchor, reference_files
from generator.authoring.schema import schema_files
from generator.cli import cli
from generator.model.diagnostics import severities
from generator.rules.catalog import rules
from generator.source.structure.types import types_in
from generator.standards import AUTHORITIES, properties, vocabulary
from generator.text.strings import LANGUAGES, strings

WORDS = {"common-fields", "truths"}
"""Vocabularies that are only said: nobody writes their codes."""

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
GUIDES = {language: (ROOT / f"docs/guide.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES}

FENCE = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command of the command line that is no group, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def options(command: click.Command) -> set[str]:
    found = {option for item in command.params if isinstance(item, click.Option) for option in item.opts}
    return {option for option in found if option.startswith("--")}


def shown_commands(text: str) -> list[list[str]]:
    """The words of each `vitrine …` line in the fenced blocks of a page."""
    lines = (line for _kind, _path, block in FENCE.findall(text) for line in block.splitlines())
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("vitrine ")]


SHOWN = [words for page in PAGES for words in shown_commands(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_commands_exist(words: list[str]) -> None:
    """
    Each command shown in a page is one, and so is each of its options.
    """
    command: click.Command = cli
    known = options(cli) | {"--help", "--version"}
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            found = command.get_command(click.Context(command), word)
            assert found, words
            command = found
            known |= options(command)
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["check"], ["check", "--format", "json"], ["schema"]])
def test_cheap_commands_work(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The commands that only read end well on the demonstration portal.
    """
    monkeypatch.chdir(ROOT)

    assert CliRunner().invoke(cli, words).exit_code == 0


def test_commands_are_documented() -> None:
    """
    The README's table has a row for each command, which names each of its options.
    """
    rows = {
        match[1]: set(re.findall(r"--[\w-]+", match[2]))
        for match in re.finditer(r"^\| `vitrine ([a-z ]+?)(?: \[?[A-Z]+\]?)?` \|(.*)$", README, re.MULTILINE)
    }

    assert {" ".join(path): options(command) for path, command in commands()} == rows
    assert options(cli) - {"--version"} <= set(re.findall(r"--[\w-]+", README))


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_is_complete(language: str) -> None:
    """
    Every class, property, vocabulary, code and diagnostic is in the reference.
    """
    text = reference_files()[f"reference.{language}.md"]
    sections = dict(re.findall(r"^### (.*?)\n(.*?)(?=^##|\Z)", text, re.DOTALL | re.MULTILINE))

    def titled(key: str) -> str:
        return sections[strings(language)[f"guide.{key}"]]

    assert set(CLASSES) == set(properties())
    assert {*AUTHORITIES, "blocks"} - WORDS == set(VOCABULARIES)
    missing = [
        (kind, name)
        for kind in CLASSES
        for name in properties()[kind]
        if f"| `{name}` |" not in titled(f"classes.{kind}.title")
    ]
    missing += [
        (name, code)
        for name in VOCABULARIES
        if name != "blocks"
        for code in vocabulary(name).terms
        if f"`{code}`" not in titled(f"vocabulary.{name}")
    ]
    missing += [("diagnostic", code) for code in severities() if f"`{code}`" not in sections]
    assert missing == []


def test_rules_are_documented() -> None:
    """
    Every rule's code has a severity, and whatever its docstring shows as wrong stands beside what is right.
    """
    assert set(rules()) <= set(severities())
    shown = {code: [item.kind for item in examples(code)] for code in rules()}
    assert {code: kinds for code, kinds in shown.items() if kinds} == {
        code: ["bad", "good"] for code, kinds in shown.items() if kinds
    }


def test_generated_files_are_current() -> None:
    """
    The reference and the schemas in docs/ are those that `vitrine schema --output docs --lang fr` writes.
    """
    types = types_in(ROOT)
    made = {**schema_files("fr", types), **reference_files(types)}
    stale = [
        name
        for name, text in made.items()
        if not (ROOT / "docs" / name).is_file() or (ROOT / "docs" / name).read_text(encoding="utf-8") != text
    ]

    assert stale == []


def anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {heading_anchor(title) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_resolve(page: Path) -> None:
    """
    A link in a page leads to a file of the repository, and to a heading that is there.
    """
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (fragment and fragment not in anchors(file)):
            dead.append(target)

    assert dead == []


# ------------------------------------------------------------------- the guide's portal


def guide_files(language: str) -> dict[str, str]:
    """Path to content of the files that a guide shows in full."""
    return {path: text for _kind, path, text in FENCE.findall(GUIDES[language]) if "." in path or "/" in path}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_makes_a_portal(language: str, portal: Any) -> None:
    """
    Whoever copies the guide's files has a portal with nothing to mend, that builds.
    """
    made = portal(guide_files(language), over={})

    assert made.check().lines(language) == []
    assert "en/dataset/arbres-publics/index.html" in made.build()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_shows_what_is_said(language: str, portal: Any) -> None:
    """
    The messages in the guide are those of the mistakes that it describes.
    """
    files = guide_files(language)
    dataset = files["datasets/casernes.yaml"].replace("cc-by-4.0", "cc-by").replace("2015-02-06", "20/04/2020")
    shown = next(text for _kind, path, text in FENCE.findall(GUIDES[language]) if path == "casernes")

    assert shown.splitlines() == [
        line
        for said in portal(files | {"datasets/casernes.yaml": dataset}, over={}).check().lines(language)
        if "arbres-publics" not in said and "casernes.yaml" in said
        for line in said.splitlines()
    ]


STRANGER = re.compile(r"""(?:install(?:\s+-\S+)*\s+['"]?vitrine(?!-opendata)|\bvitrine(?:\[\w|\s*[=~><]=))""")
"""Asks for the package `vitrine`, which is somebody else's."""


@pytest.mark.parametrize(
    "line", ["pip install vitrine", "pip install -U 'vitrine[preview]'", "vitrine==1.0", "`vitrine[validate]`"]
)
def test_a_strangers_package_is_recognized(line: str) -> None:
    """
    Each way of asking for the package `vitrine` is noticed; asking for ours is not.
    """
    assert (True, False) == (
        bool(STRANGER.search(line)),
        bool(STRANGER.search(line.replace("vitrine", "vitrine-opendata"))),
    )


def test_nothing_installs_a_strangers_package() -> None:
    """
    No file of the project asks anyone to install `vitrine`, as PyPI has it from somebody else.
    """
    folders = ("generator", "docs", "content", "datasets", "themes", "tests")
    files = [file for file in ROOT.iterdir() if file.is_file()]
    files += [file for folder in folders for file in (ROOT / folder).rglob("*") if "node_modules" not in file.parts]
    texts = [file for file in files if file.suffix in {".py", ".md", ".yaml", ".toml", ".txt", ".html", ""}]
    asking = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sorted(texts)
        if file.is_file() and file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if STRANGER.search(line)
    ]

    assert asking == []


def test_both_guides_show_the_same_files() -> None:
    """
    The two guides differ in their words, not in the portal that they make.
    """
    french, english = guide_files("fr"), guide_files("en")
    pipelines = (".github/workflows/links.yaml", ".github/workflows/portal.yaml", ".gitlab-ci.yml")

    assert french.keys() == english.keys()
    assert sorted(pipelines) == sorted(path for path in french if french[path] != english[path])
    for language, files in (("fr", french), ("en", english)):
        written = frame(Beginning(languages=[language], title={}, publisher={}))
        assert {path: written[path] for path in pipelines} == {path: files[path] for path in pipelines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_are_well_formed(page: Path) -> None:
    """
    The YAML and JSON that a page shows parse.
    """
    for kind, _path, text in FENCE.findall(page.read_text(encoding="utf-8")):
        if kind == "yaml":
            list(yaml.parse(text))
        elif kind == "json":
            json.loads(text)
