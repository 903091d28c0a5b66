"""`vitrine validate`: the official schemas and shapes, run on what was built."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import DISTRIBUTION
from generator.cli.options import (
    DONE,
    FOLDER,
    PROBLEMS,
    USAGE,
    format_option,
    lang_option,
    output_option,
    portal_option,
)
from generator.cli.portal import open_portal, show
from generator.cli.voice import Voice, help_of
from generator.feeds.validate import MissingFile, MissingJudges, validate


@click.command("validate", help=help_of("validate"))
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
        voice.stop(USAGE, "no-judges", name=error.name, command=f"pip install '{DISTRIBUTION}[validate]'")
    except MissingFile as error:
        voice.stop(USAGE, "no-file", path=error.path)
    show(found, violations, style, "valid", voice)
    sys.exit(PROBLEMS if violations else DONE)
