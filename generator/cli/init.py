"""`vitrine init`: a portal from nothing, asked for in a few questions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from generator.authoring.init import PLACEHOLDER, Beginning, new_portal, words_in, write_missing
from generator.cli.options import FOLDER, PROBLEMS, USAGE, lang_option
from generator.cli.voice import Voice, help_of
from generator.source.folders import PORTAL
from generator.standards import vocabulary
from generator.text.languages import Text

LICENSE = "cc-by-4.0"
URL = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Reader = Callable[[str], str]


class Wrong(ValueError):
    """An answer that can't be used, and why."""


@click.command("init", help=help_of("init"))
@click.argument("folder", type=FOLDER, default=".")
@click.option("--title", default=None, help=help_of("options.init-title"))
@click.option("--publisher", default=None, help=help_of("options.init-publisher"))
@click.option("--languages", default=None, help=help_of("options.languages"))
@click.option("--base-url", default=None, help=help_of("options.base-url"))
@click.option("--email", default=None, help=help_of("options.email"))
@click.option("--license", default=None, help=help_of("options.license"))
@lang_option
def init_command(folder: Path, lang: str | None, **given: str | None) -> None:
    voice = Voice(lang)
    if (folder / PORTAL).exists():
        voice.stop(USAGE, "init-exists", folder=folder)
    answers = Answers(voice, given)
    files = new_portal(answers.beginning())
    try:
        written = write_missing(folder, files)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)
    for path in files:
        if path not in written:
            voice.say("init-kept", path=folder / path)
    voice.say("init-made", count=len(written), folder=folder)
    voice.say("init-next", folder=folder)


class Answers:
    """What a portal is begun from: given as options, else asked for on a terminal, else supposed."""

    def __init__(self, voice: Voice, given: dict[str, str | None]) -> None:
        self.voice, self.given = voice, given
        self.asks = sys.stdin.isatty() and sys.stderr.isatty()

    def beginning(self) -> Beginning:
        languages = re.split(r"[,\s]+", self.find("languages", self.voice.language, self.read_languages))
        return Beginning(
            languages=languages,
            title=self.find_text("title", languages),
            publisher=self.find_text("publisher", languages),
            base_url=self.find("base_url", PLACEHOLDER, self.read_url),
            email=self.find("email", "", self.read_email),
            license=self.find("license", LICENSE, self.read_license),
        )

    def find(self, name: str, default: str, read: Reader, **values: str) -> str:
        """An answer; one that was given and can't be read is wrong usage."""
        given = self.given.get(name)
        if given is not None:
            try:
                return read(given)
            except Wrong as error:
                self.voice.console.print(str(error), markup=False)
                sys.exit(USAGE)
        return self.ask(name, default, read, **values) if self.asks else default

    def ask(self, name: str, default: str, read: Reader, **values: str) -> str:
        """An answer from the terminal, asked for until it can be read."""
        question = self.voice.words(f"ask.{name.replace('_', '-')}", **values)
        while True:
            try:
                return read(click.prompt(question, default=default, err=True, show_default=bool(default)))
            except Wrong as error:
                self.voice.console.print(str(error), markup=False)

    def find_text(self, name: str, languages: list[str]) -> Text:
        """A text in the main language, and on a terminal in each of the others, where the same is proposed."""
        supposed = words_in(f"cli.defaults.{name}", languages)
        if self.given.get(name) is not None:
            return {languages[0]: self.find(name, "", self.read_text)}
        if not self.asks:
            return supposed
        names = vocabulary("languages")
        found: dict[str, str] = {}
        for language in languages:
            default = found.get(languages[0]) or supposed.get(language) or next(iter(supposed.values()))
            label = names[language].facts.get("name", language)
            found[language] = self.find(name, default, self.read_text, language=label)
        return found

    def wrong(self, key: str, **values: str) -> Wrong:
        return Wrong(self.voice.words(f"ask.{key}", **values))

    def read_text(self, value: str) -> str:
        if not value.strip():
            raise self.wrong("empty")
        return value.strip()

    def read_languages(self, value: str) -> str:
        known = vocabulary("languages").terms
        codes = list(dict.fromkeys(code for code in re.split(r"[,\s]+", value.strip().casefold()) if code))
        if not codes or any(code not in known for code in codes):
            raise self.wrong("bad-languages", value=value)
        return ",".join(codes)

    def read_url(self, value: str) -> str:
        if not URL.fullmatch(value.strip()):
            raise self.wrong("bad-url", value=value)
        return value.strip().rstrip("/") + "/"

    def read_email(self, value: str) -> str:
        if value.strip() and not EMAIL.fullmatch(value.strip()):
            raise self.wrong("bad-email", value=value)
        return value.strip()

    def read_license(self, value: str) -> str:
        term = vocabulary("licenses").find(value.strip())
        if term is None:
            codes = ", ".join([*vocabulary("licenses").terms][:12])
            raise self.wrong("bad-license", value=value, codes=codes)
        return term.code
