"""`vitrine check`: what is wrong with a portal, before anything is built."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.options import (
    DONE,
    PROBLEMS,
    date_option,
    drafts_option,
    format_option,
    lang_option,
    portal_option,
    strict_option,
)
from generator.cli.portal import open_portal, report_waiting, show
from generator.cli.voice import Voice, help_of


@click.command("check", help=help_of("check"))
@portal_option
@format_option
@drafts_option
@date_option
@lang_option
@strict_option
def check_command(portal: Path, style: str, drafts: bool, day: str | None, lang: str | None, strict: bool) -> None:
    voice = Voice(lang)
    found = open_portal(portal, voice, day=day, drafts=drafts)
    show(found, found.diagnostics, style, "sound", voice)
    if style == "text":
        report_waiting(found, voice)
    sys.exit(PROBLEMS if found.errors or (strict and found.diagnostics) else DONE)
