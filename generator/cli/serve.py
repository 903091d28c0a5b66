"""`vitrine serve`: the portal on the publisher's machine, rebuilt at each change."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path

import click

from generator.build.destination import output_fault
from generator.build.live import PortRefused, State, serve
from generator.cli.options import DONE, USAGE, lang_option, output_option, portal_option
from generator.cli.reports import report_text
from generator.cli.voice import Voice, help_of


@click.command("serve", help=help_of("serve"))
@portal_option
@output_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=help_of("options.port"))
@lang_option
def serve_command(portal: Path, output: Path | None, port: int, lang: str | None) -> None:
    voice = Voice(lang)
    folder = output or portal / "site"
    if fault := output_fault(portal, folder):
        voice.stop(USAGE, fault, folder=folder)
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
