"""The command `vitrine`: what users type, and what they are told."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from generator import __version__
from generator.cli.mistakes import explain_usage
from generator.cli.options import PROBLEMS, USAGE
from generator.cli.voice import Voice, help_of
from generator.source.programs import keep_to_safe_path
from generator.standards.packages import PackageFailed

COMMANDS = {
    "build": "build.build_command",
    "check": "check.check_command",
    "init": "init.init_command",
    "new": "new.new_group",
    "links": "links.links_command",
    "import": "importing.import_group",
    "schema": "schema.schema_command",
    "search": "search.search_command",
    "serve": "serve.serve_command",
    "theme": "theme.theme_group",
    "validate": "validate.validate_command",
}


class Commands(click.Group):
    """Loads a command, and what it takes, when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        module, _, function = COMMANDS.get(name, "").partition(".")
        if not module:
            return None
        command: click.Command = getattr(importlib.import_module(f"generator.cli.{module}"), function)
        return command


@click.command(cls=Commands, help=help_of("vitrine"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vitrine")
@click.option("--debug", is_flag=True, help=help_of("options.debug"))
def cli(debug: bool) -> None:
    pass


def run(arguments: Sequence[str], name: str = "vitrine") -> None:
    """
    Run a command line; a fault of the program, or of the disk, is one sentence, and its trace with `--debug`, wherever
    it stands.
    """
    typed = [argument for argument in arguments if argument != "--debug"]
    if isinstance(sys.stdout, TextIOWrapper):  # what is redirected would be in the system's encoding, which lacks much
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        sys.exit(cli(typed, prog_name=name, standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(USAGE)
    except click.UsageError as error:
        voice = Voice(None)
        voice.console.print(explain_usage(error, voice), markup=False)
        sys.exit(USAGE)
    except click.Abort:
        sys.exit(PROBLEMS)
    except Exception as error:
        if "--debug" in arguments:
            raise
        voice = Voice(None)
        if isinstance(error, PackageFailed):
            voice.stop(PROBLEMS, "package-failed", package=error.package, problem=error.problem)
        if isinstance(error, OSError):
            voice.stop(PROBLEMS, "disk", problem=error)
        voice.stop(PROBLEMS, "crash", problem=f"{type(error).__name__}: {error}")


def main() -> None:
    """The console command."""
    keep_to_safe_path()
    run(sys.argv[1:])
