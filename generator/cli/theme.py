"""`vitrine theme`: a theme of one's own, begun from the default one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.authoring.transaction import move_in
from generator.cli.options import PROBLEMS, USAGE, lang_option, portal_option
from generator.cli.portal import open_portal
from generator.cli.voice import Voice, help_of
from generator.standards import vocabulary
from generator.text.slugs import is_slug, slugify
from generator.theme.files import theme_names
from generator.theme.new import new_theme
from generator.theme.strings import form


@click.group("theme", help=help_of("theme"))
def theme_group() -> None:
    pass


@theme_group.command("new", help=help_of("theme-new"))
@click.argument("name")
@portal_option
@lang_option
def theme_new_command(name: str, portal: Path, lang: str | None) -> None:
    voice = Voice(lang)
    if not is_slug(name):
        voice.stop(USAGE, "theme-name", name=name, suggestion=slugify(name))
    folder = f"themes/{name}"
    if os.path.lexists(portal / folder) or name in theme_names(portal):
        voice.stop(USAGE, "theme-taken", name=name)
    files = {f"{folder}/{path}": text.encode() for path, text in new_theme(name, portal).items()}
    try:
        move_in(portal, files)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)
    for path in files:
        voice.say("written", path=portal / path)
    voice.say("theme-made", name=name)


@theme_group.command("words", help=help_of("theme-words"))
@click.argument("language")
@portal_option
@lang_option
def theme_words_command(language: str, portal: Path, lang: str | None) -> None:
    voice = Voice(lang)
    languages = vocabulary("languages").terms
    if language not in languages:
        voice.stop(USAGE, "no-such-language", language=language, names=", ".join(languages))
    theme = open_portal(portal, voice).site.theme
    click.echo(form(language, theme.strings.get(language, {})), nl=False)
