"""A language's way to say things: strings, dates, numbers, sizes. CLDR's data come through babel."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from generator.text.conventions import conventions_of
from generator.text.languages import Text
from generator.text.strings import FALLBACK

NARROW_SPACE = "\u202f"

DAY_UNITS = {"Y": "year", "M": "month", "D": "day"}
HOUR_UNITS = {"H": "hour", "M": "minute", "S": "second"}


class Words(str):
    """Text in a known language; `language` is empty when nothing was said."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Words:
        if isinstance(text, Borrowed):  # it knows better
            return text
        words = super().__new__(cls, text)
        words.language = language
        return words

    def __repr__(self) -> str:
        """With the language, which digests of views take in."""
        return f"{super().__repr__()}@{self.language}"

    def __reduce__(self) -> tuple[type[Words], tuple[str, ...]]:
        return type(self), (str(self), self.language)


class Borrowed(Words):
    """Words of the program in another language than was asked for; pages say so wherever they show them."""

    __slots__ = ()


def joined(words: Iterable[str], mark: str) -> str:
    """Words one after the other, borrowed if one of them is."""
    parts = list(words)
    said = mark.join(parts)
    return Borrowed(said, FALLBACK) if any(isinstance(part, Borrowed) for part in parts) else said


def choose(text: Text, languages: Iterable[str]) -> Words:
    """
    The text in the first of the languages that has it, else in any.

    >>> choose({"en": "Trees", "fr": "Arbres"}, ["et", "fr"]).language, choose({"et": "Puud", "fr": " "}, ["fr"])
    ('fr', 'Puud'@et)
    """
    for code in (*languages, *text):
        words = text.get(code)
        if words and not words.isspace():
            return Words(words, code)
    return Words("", "")


@lru_cache
def locale_of(language: str) -> Locale:
    """CLDR's locale; the fallback's for a language that it does not know."""
    try:
        return Locale.parse(conventions_of(language).locale)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def direction_of(language: str) -> str:
    """
    Which way a language is written, as HTML's `dir` says it.

    >>> direction_of("ar"), direction_of("iu"), direction_of("x-none")
    ('rtl', 'ltr', 'ltr')
    """
    return locale_of(language).text_direction


class Speech:
    """
    Says things in one language.

    `words` are the program's and the theme's strings, `borrowed` the keys of those that are in another language,
    `others` the languages of the portal, in the order in which they stand in for one another.
    """

    def __init__(
        self, language: str, words: Mapping[str, str], borrowed: Container[str] = (), others: Sequence[str] = ()
    ) -> None:
        self.language = language
        self.words = words
        self.borrowed = borrowed
        self.others = others
        self.locale = locale_of(language)
        self.conventions = conventions_of(language)
        self.date = lru_cache(maxsize=20_000)(self.say_date)
        self.number = lru_cache(maxsize=20_000)(self.say_number)
        self.labels: dict[tuple[tuple[str, str], ...], str] = {}

    def say(self, key: str, /, **values: object) -> str:
        """
        The string of a key. With `count`, the plural form: `key.one`, `key.other`…, the number in its place.

        KeyError for a key that no strings file has.
        """
        if "count" in values:
            count = values["count"]
            assert isinstance(count, int)
            key = self.plural(key, count)
            values = {**values, "count": self.number(count)}
        pattern = self.words[key]
        said = pattern.format_map(values) if values else pattern
        return Borrowed(said, FALLBACK) if key in self.borrowed else said

    def plural(self, key: str, count: int) -> str:
        """The form of a key that goes with a number: of the language's own, else of those that it borrows."""
        own = (f"{key}.{self.locale.plural_form(count)}", f"{key}.other")
        lent = f"{key}.{locale_of(FALLBACK).plural_form(count)}"
        said = next((form for form in own if form in self.words and form not in self.borrowed), lent)
        return said if said in self.words else own[1]

    def plurals(self, key: str) -> Mapping[str, str]:
        """The text of a key for each plural form that the language has, numbers still to be put in."""
        forms = {self.locale.plural_form(count): count for count in (*range(200), 1_000_000)}
        return {form: self.say(self.plural(key, count)) for form, count in {"other": 0, **forms}.items()}

    def choose(self, text: Text) -> Words:
        """The text in the language, else in the portal's others in their order, else in any."""
        words = text.get(self.language)
        if words and not words.isspace():
            return Words(words, self.language)
        return choose(text, self.others)

    def label(self, labels: Text) -> str:
        """A label of the standards' tables: the theme's words for the English ones, else these."""
        key = tuple(labels.items())
        if key not in self.labels:
            self.labels[key] = self.find_label(labels)
        return self.labels[key]

    def find_label(self, labels: Text) -> str:
        words = choose(labels, (self.language, FALLBACK))
        if own := self.words.get(f"labels.{labels.get(FALLBACK)}"):
            return own
        return Borrowed(words, words.language) if words and words.language != self.language else str(words)

    def say_date(self, iso: str) -> str:
        """
        An ISO 8601 year, month or date in words.

        >>> Speech("fr", {}).date("2015-02-06"), Speech("en", {}).date("2015-02"), Speech("en", {}).date("2015")
        ('6 février 2015', 'February 2015', '2015')
        """
        day = iso[:10]
        if len(day) == 4:
            return day
        if len(day) == 7:
            return format_date(date.fromisoformat(f"{day}-01"), "LLLL y", locale=self.locale)
        return self.ordinal(format_date(date.fromisoformat(day), "long", locale=self.locale))

    def moment(self, iso: str) -> str:
        """
        A date in words, with the time of day where it is said.

        >>> Speech("en", {}).moment("2026-12-05T13:30-05:00"), Speech("en", {}).moment("2026-12")
        ('December 5, 2026, 13:30', 'December 2026')
        """
        clock = iso[11:16]
        return f"{self.date(iso)}, {clock}" if clock else self.date(iso)

    def ordinal(self, date: str) -> str:
        """
        A date whose first word is the day, the first of a month as the language says it.

        >>> Speech("fr", {}).ordinal("1 mai 2026"), Speech("de", {}).ordinal("1. Mai 2026")
        ('1er mai 2026', '1. Mai 2026')
        """
        return f"{self.conventions.first}{date[1:]}" if date.startswith("1 ") else date

    def month(self, number: int) -> str:
        """
        The name of a month, by its number.

        >>> Speech("fr", {}).month(8), Speech("en", {}).month(8)
        ('août', 'August')
        """
        return str(get_month_names("wide", "stand-alone", locale=self.locale)[number])

    def enumerate(self, parts: Sequence[str]) -> str:
        """
        Words one after the other, the last after an “and”.

        >>> Speech("fr", {}).enumerate(["mai", "juillet"]), Speech("en", {}).enumerate(["May"])
        ('mai et juillet', 'May')
        """
        return format_list(parts, locale=self.locale)

    def say_number(self, value: float) -> str:
        """
        >>> Speech("fr", {}).number(12345.5)
        '12\\u202f345,5'
        """
        return format_decimal(value, locale=self.locale).replace("\xa0", NARROW_SPACE)

    def decimal(self, text: str) -> str:
        """
        A number as it was written, in the language's digits; nothing for nothing.

        >>> Speech("fr", {}).decimal("0.50"), Speech("en", {}).decimal("")
        ('0,5', '')
        """
        return self.number(float(text)) if text else ""

    def duration(self, iso: str) -> str:
        """
        An ISO 8601 duration in words.

        >>> Speech("fr", {}).duration("P1Y6M"), Speech("en", {}).duration("PT15M"), Speech("en", {}).duration("")
        ('1\\xa0an et 6 mois', '15 minutes', '')
        >>> Speech("es", {}).duration("P1Y6M"), Speech("it", {}).duration("P2D")
        ('1 año y 6 meses', '2 giorni')
        """
        days, _, hours = iso.partition("T")
        parts = [
            self.count_unit(float(number), f"duration-{units[letter]}")
            for part, units in ((days, DAY_UNITS), (hours, HOUR_UNITS))
            for number, letter in re.findall(r"([\d.]+)([A-Z])", part)
        ]
        return self.enumerate(parts) if parts else ""

    def count_unit(self, value: float, unit: str) -> str:
        said = format_unit(value, unit, locale=self.locale)
        # Where CLDR's long form is the short one, Babel 2.18 knows none and says the unit's own name.
        return format_unit(value, unit, "short", locale=self.locale) if unit in said else said

    def percent(self, share: float) -> str:
        """
        >>> Speech("fr", {}).percent(0.834), Speech("en", {}).percent(0.834), Speech("de", {}).percent(0.834)
        ('83\\xa0%', '83%', '83\\xa0%')
        """
        return format_percent(share, self.conventions.percent, locale=self.locale)

    def size(self, octets: int) -> str:
        """
        A file's size in decimal units.

        >>> Speech("fr", {}).size(9869760), Speech("en", {}).size(900)
        ('9,9\\xa0Mo', '900\\xa0B')
        """
        units = self.conventions.sizes
        value, step = float(octets), 0
        while value >= 999.5 and step < len(units) - 1:
            value, step = value / 1000, step + 1
        return f"{self.number(round(value, 1 if step and value < 100 else None))}\xa0{units[step]}"
