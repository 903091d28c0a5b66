"""What is wrong with a command line, in the language of whoever typed it."""

from __future__ import annotations

from typing import Any

import click

from generator.cli.options import Day
from generator.cli.voice import Voice


def explain_usage(error: click.UsageError, voice: Voice) -> str:
    """The mistake, what was probably meant, and where to read more."""
    command = error.ctx.command_path if error.ctx else "vitrine"
    said = [tell_usage_error(error, voice), voice.words("usage.more", command=f"{command} --help")]
    if meant := getattr(error, "possibilities", None):
        said.insert(1, voice.words("usage.meant", suggestion=meant[0]))
    return "\n".join(said)


def tell_usage_error(error: click.UsageError, voice: Voice) -> str:
    match error:
        case click.NoSuchOption():
            return voice.words("usage.option", name=error.option_name)
        case click.exceptions.NoSuchCommand():
            return voice.words("usage.command", name=error.command_name)
        case click.BadOptionUsage():
            return voice.words("usage.value", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return voice.words("usage.missing", name=parameter_name(parameter))
        case click.BadParameter(param=click.Parameter() as parameter):
            return describe_type(parameter_name(parameter), parameter.type, voice)
    return voice.words("usage.extra")


def parameter_name(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def describe_type(name: str, wanted: click.ParamType[Any], voice: Voice) -> str:
    match wanted:
        case click.Choice():
            return voice.words("usage.choice", name=name, choices=", ".join(wanted.choices))
        case click.IntRange(max=None):
            return voice.words("usage.number", name=name, least=wanted.min)
        case click.IntRange():
            return voice.words("usage.range", name=name, least=wanted.min, most=wanted.max)
        case Day():
            return voice.words("usage.day", name=name)
        case click.Path(exists=True):
            return voice.words("usage.folder", name=name)
    return voice.words("usage.new-folder", name=name)
