"""What several commands share: options and exit codes."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import click

from generator.build.day import today
from generator.cli.reports import MACHINE
from generator.cli.voice import Voice, help_of
from generator.text.strings import LANGUAGES

DONE, PROBLEMS, USAGE = 0, 1, 2

FOLDER = click.Path(file_okay=False, path_type=Path)


class Day(click.ParamType[str]):
    """A day as ISO 8601 writes it."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(value, param, ctx)


class Cluster(click.ParamType[str]):
    """A cluster's address, as `dask://scheduler.example.org:8786`."""

    name = "dask://HOST:PORT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"dask://(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}", value):
            self.fail(value, param, ctx)
        return value


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
drafts_option = click.option("--drafts", is_flag=True, help=help_of("options.drafts"))
date_option = click.option("--date", "day", type=Day(), default=None, help=help_of("options.date"))
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default=True,
    help=help_of("options.jobs"),
)


def current_day(voice: Voice) -> str:
    """The day of the edition, where `--date` says none."""
    try:
        return today(os.environ)
    except ValueError as error:
        voice.stop(USAGE, "bad-epoch", value=error)
