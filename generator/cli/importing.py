"""`vitrine import`: a portal's files from another kind of portal, one subcommand an importer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from generator.authoring.report import SourceError
from generator.cli.options import FOLDER, PROBLEMS, lang_option
from generator.cli.reports import concise
from generator.cli.voice import Voice, environment_language, help_of
from generator.importers import Importer, accepted, importers
from generator.rules.packages import diagnose
from generator.standards.packages import blamed
from generator.text.strings import spoken

SOURCES: Mapping[str, click.ParamType[Any]] = {
    "address": click.STRING,
    "file": click.Path(exists=True, dir_okay=False),
    "folder": click.Path(exists=True, file_okay=False),
}
"""How each kind of source is typed."""


class Importers(click.Group):
    """A subcommand for each importer there is, those of packages among them."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        voice = Voice(None)
        for fault in accepted()[1]:
            voice.console.print(concise(diagnose(fault), voice.language), markup=False)
        return super().parse_args(context, arguments)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(importers())

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        found = importers().get(name)
        return import_command(found) if found else None


@click.group("import", cls=Importers, help=help_of("import"))
def import_group() -> None:
    pass


def import_command(importer: Importer) -> click.Command:
    """The subcommand that imports from one kind of portal and prints its loss report."""
    words = importer.help.get(spoken(environment_language())) or help_of(f"import-{importer.name}")

    @click.command(importer.name, help=words)
    @click.argument("source", type=SOURCES[importer.source])
    @click.option("--into", type=FOLDER, required=True, help=help_of("options.into"))
    @lang_option
    def command(source: str, into: Path, lang: str | None, **files: str | None) -> None:
        voice = Voice(lang)
        try:
            with blamed(importer.package, SourceError) if importer.package else nullcontext():
                report = importer.take(str(source), into, **{name: path or "" for name, path in files.items()})
                lines = report.lines(voice.language)
        except SourceError as error:
            voice.console.print(error.message(voice.language), markup=False)
            sys.exit(PROBLEMS)
        click.echo("\n".join(lines))
        voice.say("imported", command=f"vitrine check --portal {into}")

    for name in reversed(importer.files):
        command = click.option(f"--{name}", type=SOURCES["file"], help=help_of(f"options.{name}"))(command)
    return command
