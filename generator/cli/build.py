"""`vitrine build`: the portal, published whole or not at all; where nothing has changed, that is known at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from generator.build.destination import output_fault
from generator.build.unchanged import Account, LastBuild
from generator.cli.options import (
    DONE,
    PROBLEMS,
    USAGE,
    Cluster,
    current_day,
    date_option,
    drafts_option,
    jobs_option,
    lang_option,
    output_option,
    portal_option,
    strict_option,
)
from generator.cli.reports import report_text
from generator.cli.voice import Voice, help_of


def in_pipeline() -> bool:
    """
    Whether a machine builds, on which nobody knows what was done to the folder: CI is set, whatever to.
    """
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


@click.command("build", help=help_of("build"))
@portal_option
@output_option
@strict_option
@click.option("--keep-going", is_flag=True, help=help_of("options.keep-going"))
@click.option("--preview", is_flag=True, envvar="VITRINE_PREVIEW", help=help_of("options.preview"))
@drafts_option
@date_option
@click.option("--verify/--no-verify", default=in_pipeline, help=help_of("options.verify"))
@jobs_option
@click.option("--profile", is_flag=True, help=help_of("options.profile"))
@click.option("--executor", type=Cluster(), default=None, help=help_of("options.executor"))
@lang_option
def build_command(
    portal: Path,
    output: Path | None,
    strict: bool,
    keep_going: bool,
    preview: bool,
    drafts: bool,
    day: str | None,
    verify: bool,
    jobs: int,
    profile: bool,
    executor: str | None,
    lang: str | None,
) -> None:
    voice = Voice(lang)
    started = time.monotonic()
    folder = output or portal / "site"
    if fault := output_fault(portal, folder):
        voice.stop(USAGE, fault, folder=folder)
    day = day or current_day(voice)
    last = LastBuild(portal, folder, (day, drafts, preview))
    account = last.account(verify)
    if account and not profile and not (strict and account.warnings):
        report_account(account, 0, (), portal, folder, time.monotonic() - started, voice)
        sys.exit(DONE)

    from generator.build.spending import watched
    from generator.cli import publishing  # and all that a build takes, which is much
    from generator.cli.portal import open_portal

    with watched() as spending:
        found = open_portal(portal, voice, preview, day, drafts)
        publishing.refuse(found, strict, keep_going, voice)
        summary = publishing.build_with_progress(found, folder, jobs, executor, voice)
    account = publishing.account_of(found, summary)
    if not found.errors:
        last.remember(account, summary.left, publishing.named_files(found))
    seconds = time.monotonic() - started
    report_account(account, summary.rendered, summary.left_out, portal, folder, seconds, voice)
    if profile:
        publishing.report_spending(spending, voice)
    sys.exit(PROBLEMS if found.errors else DONE)


def report_account(
    account: Account, rendered: int, left_out: Sequence[str], portal: Path, folder: Path, seconds: float, voice: Voice
) -> None:
    """What was published, and what is not quite right about it."""
    names = ", ".join(account.languages)
    what = [
        voice.words("datasets", count=account.datasets),
        voice.words("pages", count=account.pages),
        voice.words("languages", count=len(account.languages), names=names),
        voice.words("rendered", count=rendered) if rendered else voice.words("unchanged"),
    ]
    voice.say("built", folder=folder, what=", ".join(what), seconds=voice.speech.number(round(seconds, 1)))
    if left_out:
        voice.say("left-out", names=", ".join(left_out))
    if account.held:
        voice.say("held-back", count=account.held)
    report_text(account.large, voice.language, portal, voice.console)
    if account.warnings:
        voice.say("warned", what=voice.words("warnings", count=account.warnings))
