"""`vitrine import`: a portal's files from another kind of portal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.authoring.report import Report, SourceError
from generator.cli.options import FOLDER, PROBLEMS, lang_option
from generator.cli.voice import Voice, help_of
from generator.importers.ckan import import_ckan
from generator.importers.dcat import import_dcat
from generator.importers.jkan import import_jkan


@click.group("import", help=help_of("import"))
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
