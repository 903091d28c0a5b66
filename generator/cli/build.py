"""`vitrine build`: the portal, published whole or not at all."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from generator.build.destination import output_fault
from generator.build.output import ForeignFolder, OutputBusy
from generator.build.pipeline import ReadPortal, Summary, build
from generator.cli.options import (
    DONE,
    PROBLEMS,
    USAGE,
    date_option,
    drafts_option,
    jobs_option,
    lang_option,
    output_option,
    portal_option,
    strict_option,
)
from generator.cli.portal import open_portal
from generator.cli.reports import report_text
from generator.cli.voice import Voice, help_of
from generator.pages.templates import BrokenTemplate


@click.command("build", help=help_of("build"))
@portal_option
@output_option
@strict_option
@click.option("--keep-going", is_flag=True, help=help_of("options.keep-going"))
@click.option("--preview", is_flag=True, envvar="VITRINE_PREVIEW", help=help_of("options.preview"))
@drafts_option
@date_option
@jobs_option
@lang_option
def build_command(
    portal: Path,
    output: Path | None,
    strict: bool,
    keep_going: bool,
    preview: bool,
    drafts: bool,
    day: str | None,
    jobs: int,
    lang: str | None,
) -> None:
    voice = Voice(lang)
    started = time.monotonic()
    folder = output or portal / "site"
    if fault := output_fault(portal, folder):
        voice.stop(USAGE, fault, folder=folder)
    found = open_portal(portal, voice, preview, day, drafts)
    refuse(found, strict, keep_going, voice)
    summary = build_with_progress(found, folder, jobs, voice)
    report_summary(found, summary, folder, time.monotonic() - started, voice)
    sys.exit(PROBLEMS if found.errors else DONE)


def refuse(found: ReadPortal, strict: bool, keep_going: bool, voice: Voice) -> None:
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


def build_with_progress(found: ReadPortal, folder: Path, jobs: int, voice: Voice) -> Summary:
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


def report_summary(found: ReadPortal, summary: Summary, folder: Path, seconds: float, voice: Voice) -> None:
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
    if found.waiting and not found.site.waiting:
        voice.say("held-back", count=len(found.waiting))
    report_text(summary.warnings, voice.language, found.folder, voice.console)
    warnings = [item for item in found.diagnostics if not item.is_error]
    if warnings:
        voice.say("warned", what=voice.tally(warnings))
