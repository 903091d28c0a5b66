"""`vitrine schema`: the format, for editors and for readers."""

from __future__ import annotations

from pathlib import Path

import click

from generator.authoring.reference import reference_files
from generator.authoring.schema import schema_files, schema_text
from generator.cli.options import FOLDER, PROBLEMS, lang_option
from generator.cli.voice import Voice, help_of
from generator.source.structure.types import types_in


@click.command("schema", help=help_of("schema"))
@click.option("--output", type=FOLDER, default=None, help=help_of("options.schema-output"))
@lang_option
def schema_command(output: Path | None, lang: str | None) -> None:
    voice = Voice(lang)
    if output is None:
        click.echo(schema_text("dataset", voice.language), nl=False)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        types = types_in(Path())
        for name, text in {**schema_files(voice.language, types), **reference_files(types)}.items():
            (output / name).write_text(text, encoding="utf-8", newline="\n")
            voice.say("written", path=output / name)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)
