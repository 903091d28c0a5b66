"""`vitrine serve`: the portal on the publisher's machine, each page made when it is asked for."""

from __future__ import annotations

import errno
import sys
import traceback
from pathlib import Path

import click

from generator.build.live import PortRefused, State, serve
from generator.cli.options import DONE, USAGE, lang_option, portal_option
from generator.cli.reports import report_text
from generator.cli.voice import Voice, help_of
from generator.model.diagnostics import Diagnostic


@click.command("serve", help=help_of("serve"))
@portal_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=help_of("options.port"))
@lang_option
def serve_command(portal: Path, port: int, lang: str | None) -> None:
    voice = Voice(lang)
    if not (portal / "portal.yaml").is_file():
        voice.stop(USAGE, "no-portal", folder=portal)
    states = serve(portal, port, voice.language)
    said = ""
    told: list[Diagnostic] = []
    try:
        with voice.console.status(voice.words("reading")):
            address, state = next(states)
        while True:
            if address != said:
                voice.say("serving", address=address)
            said = address
            told = report_state(state, told, portal, voice)
            address, state = next(states)
    except KeyboardInterrupt:
        sys.exit(DONE)
    except PortRefused as error:
        key = "port-taken" if error.errno == errno.EADDRINUSE else "port-refused"
        other = port + 1 if 1024 <= port < 65535 else 8000
        voice.stop(USAGE, key, port=port, problem=error.strerror, other=other)


def report_state(state: State, told: list[Diagnostic], folder: Path, voice: Voice) -> list[Diagnostic]:
    """What a preview has come to: the errors that were not `told` just before; warnings are only counted."""
    errors = state.errors
    if new := [item for item in errors if item not in told]:
        report_text(new, voice.language, folder, voice.console)
    key, values = state.failure
    if key:
        if state.fault and "--debug" in sys.argv:
            traceback.print_exception(state.fault)
        voice.say(key, **values)
    elif errors:
        voice.say("held", what=voice.tally([*state.diagnostics, *state.broken]))
    elif state.saved:
        seconds = voice.speech.number(round(state.seconds, 2))
        voice.say("reread", paths=", ".join(state.saved), seconds=seconds)
    elif state.checked and state.artifacts:
        read = voice.words("read", count=len(state.artifacts.site.catalog.datasets))
        voice.say("checked" if state.diagnostics else "sound", read=read, what=voice.tally(state.diagnostics))
    return errors
