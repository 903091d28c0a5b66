"""The portal that a command is about, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator.build.editions import Edition
from generator.build.pipeline import ReadPortal, read_portal
from generator.cli.options import USAGE, current_day
from generator.cli.reports import MACHINE, report_text
from generator.cli.voice import Voice
from generator.model.diagnostics import Diagnostic


def open_portal(
    folder: Path, voice: Voice, preview: bool = False, day: str | None = None, drafts: bool = False
) -> ReadPortal:
    if not (folder / "portal.yaml").is_file():
        voice.stop(USAGE, "no-portal", folder=folder)
    return read_portal(folder, noindex=preview, edition=Edition(day or current_day(voice), drafts))


def report_waiting(found: ReadPortal, voice: Voice) -> None:
    """What is not to be published yet, file by file."""
    if not found.waiting:
        return
    voice.say("waiting", count=len(found.waiting))
    for item in found.waiting:
        if item.release.draft:
            voice.say("waiting-draft", source=item.source)
        else:
            voice.say("waiting-dated", source=item.source, date=voice.speech.date(item.release.date))


def show(found: ReadPortal, diagnostics: Sequence[Diagnostic], style: str, sound: str, voice: Voice) -> None:
    """Diagnostics in a format; as text, with how many there are."""
    if style != "text":
        click.echo(MACHINE[style](diagnostics, voice.language))
        return
    report_text(diagnostics, voice.language, found.folder, voice.console)
    drafts = found.site.absent & {item.path.removeprefix("dataset/") for item in found.waiting if not item.language}
    faulty = len(found.site.absent) - len(drafts)
    read = [voice.words("read", count=len(found.site.catalog.datasets) + faulty)]
    read += [voice.words("faulty", count=faulty)] if faulty else []
    voice.say("checked" if diagnostics else sound, read=", ".join(read), what=voice.tally(diagnostics))
