"""The theme's templates as Jinja fills them in: what they may call, and where one goes wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from traceback import walk_tb
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from generator.model.diagnostics import Diagnostic, Place, closest
from generator.pages.compiler import QuickEnvironment, escape_text
from generator.pages.confinement import ConfinedEnvironment, Forbidden
from generator.pages.json_ld import data_blocks
from generator.pages.translation import in_language, untranslated
from generator.site.addresses import link
from generator.standards.headers import policy
from generator.text.conventions import conventions_of
from generator.text.fallback import LENT, borrow
from generator.text.speech import Borrowed, Speech, Words, direction_of
from generator.text.typography import space_text
from generator.theme.assets import COLORS_SHEET, OWN_SHEET, SHEET
from generator.theme.theme import Theme


class BrokenTemplate(Exception):
    """A template of the theme that can't be rendered; `diagnostic` says which and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


class Compiled(BytecodeCache):
    """Each template compiled once, whatever the language and however often this process builds."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.kept.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = Compiled()
QUICKLY_COMPILED = Compiled()

FAULTS = (
    *(TemplateError, ArithmeticError, LookupError, TypeError, ValueError),
    *(AttributeError, RecursionError, MemoryError, SyntaxError),
)
"""What a template raises that asks for what is not there, or does with a value what can't be done."""


NOTHING = Markup("")


def language_attributes(speech: Speech, said: str, svg: bool = False) -> Markup:
    """
    A `lang` attribute for words that are not in the page's language, and the `dir` of those that run the other way; SVG
    has no such attribute.
    """
    if not said or said == speech.language:
        return NOTHING
    turned = not svg and direction_of(said) != direction_of(speech.language)
    return Markup(' lang="{}"').format(said) + (Markup(' dir="{}"').format(direction_of(said)) if turned else "")


def bare_environment(theme: Theme, quick: bool) -> Environment:
    """The theme's templates, without what they may call."""
    options = {
        "loader": DictLoader(dict(theme.templates)),
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": -1,
        "auto_reload": False,
    }
    if quick:
        return QuickEnvironment(**options, bytecode_cache=QUICKLY_COMPILED, show=show)
    return ConfinedEnvironment(**options, bytecode_cache=COMPILED, finalize=finish_words)


def make_environment(theme: Theme, speech: Speech, base_url: str, quick: bool = False) -> Environment:
    """The theme's templates, speaking a language; `quick` ones leave to the others what fails."""

    direction = direction_of(speech.language)
    lang_of = cache(partial(language_attributes, speech))

    def say(key: str, /, **values: object) -> str:
        try:
            return speech.say(f"site.{key}", **values)
        except KeyError as error:
            keys = (name.removeprefix("site.") for name in speech.words)
            raise TemplateRuntimeError(missing_name("words", key, keys)) from error

    @cache
    def asset(name: str) -> str:
        if name not in theme.addresses:
            raise TemplateRuntimeError(missing_name("asset", name, theme.addresses))
        return link(theme.addresses[name])

    def lang(words: Any) -> Markup:
        """The attributes of words; those of no language stand among others, maybe from right to left."""
        said = getattr(words, "language", "")
        return lang_of(said) if said else unsaid

    unsaid = Markup(' dir="auto"' if direction == "rtl" else "")
    environment = bare_environment(theme, quick)
    environment.globals.update(
        say=say,
        scripted=scripted,
        plurals=cache(lambda key: speech.plurals(f"site.{key}")),
        date=speech.date,
        number=speech.number,
        size=speech.size,
        asset=asset,
        sheets=[name for name in (SHEET, OWN_SHEET, COLORS_SHEET) if theme.parts(name)],
        policy=Markup(policy()),
        linked=lambda page: data_blocks(page, base_url),
        lang=lang,
        lang_of=lang_of,
        untranslated=partial(untranslated, speech),
        in_language=lambda words: in_language(speech, getattr(words, "language", "")),
        first_day=speech.conventions.first,
        direction=direction,
    )
    return environment


def check_templates(theme: Theme) -> Iterator[Diagnostic]:
    """Templates that can't be compiled."""
    quick, plain = (make_environment(theme, Speech("", {}), "", quick) for quick in (True, False))
    for name in sorted(theme.templates):
        if compiles(quick, name):
            continue
        try:
            plain.get_template(name)
        except FAULTS as error:  # Python refuses what is nested too deep
            yield locate_fault(theme, name, error)


def compiles(environment: Environment, name: str) -> bool:
    try:
        environment.get_template(name)
    except Exception:  # whatever it is: the plain environment says it
        return False
    return True


def missing_name(kind: str, name: str, names: Iterable[str]) -> str:
    """Told in English, as Jinja tells the rest: whoever reads it writes templates."""
    near = closest(name, names)
    return f"no {kind} `{name}`" + (f"; did you mean `{near}`?" if near else "")


def scripted(words: str) -> str:
    """Words that a script shows, which no element of the page holds yet."""
    return LENT + words if isinstance(words, Borrowed) else words


def finish_words(value: Any) -> Any:
    """A value as a template shows it: words have the spaces of the language that they were written in."""
    if not isinstance(value, Words):
        return value
    words = space_text(value) if conventions_of(value.language).spaced else value
    return borrow(words) if isinstance(value, Borrowed) else words


def show(value: Any) -> str:
    """
    A value as a template shows it, in HTML.

    >>> show("été & hiver"), show(Markup("<b>")), show(Words("Où ?", "fr")), show(3)
    ('été &amp; hiver', Markup('<b>'), 'Où\u202f?', Markup('3'))
    """
    if type(value) is str:
        return escape_text(value)
    if type(value) is Markup:
        return value
    return escape_text(finish_words(value)) if isinstance(value, Words) else escape(value)


def locate_fault(theme: Theme, template: str, error: Exception) -> Diagnostic:
    """Where a template fails: the innermost one on the way, and its line."""
    line = getattr(error, "lineno", 0) or 0
    for frame, number in walk_tb(error.__traceback__):
        if "__jinja_template__" in frame.f_globals or frame.f_code.co_filename == "<template>":
            template, line = frame.f_globals.get("name", template), number
    source = theme.sources.get(template, template)
    place = Place(source, line, int(line > 0))
    if isinstance(error, Forbidden):
        return Diagnostic.at(place, "forbidden-in-template", value=error.value)
    return Diagnostic.at(place, "theme-template", problem=problem_of(error))


def problem_of(error: Exception) -> str:
    """What an exception says, with its kind where that says more."""
    if isinstance(error, TemplateError):
        return error.message or str(error)
    return f"{type(error).__name__}: {error}"
