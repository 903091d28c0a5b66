"""Values and kinds of values as people read them in a language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from babel.dates import format_skeleton, format_time
from babel.numbers import format_compact_decimal

from generator.standards import vocabulary
from generator.text.speech import NARROW_SPACE, Borrowed, Speech

NUMERIC = ("integer", "number")
MINUS = "−"


class Wording:
    """Says values and profiles in a language."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def say(self, key: str, /, **values: object) -> str:
        return self.speech.say(f"site.preview.{key}", **values)

    def number(self, value: float) -> str:
        """
        A number with no more figures than can be read.

        >>> Wording(Speech("fr", {})).number(0.000123456), Wording(Speech("fr", {})).number(4971393)
        ('0,000123', '4\\u202f971\\u202f393')
        """
        return self.unsigned(value).replace("-", MINUS)

    def unsigned(self, value: float) -> str:
        if value == int(value) and abs(value) < 1e15:
            return self.speech.number(int(value))
        if not 1e-6 < abs(value) < 1e15:
            return f"{value:.3g}"
        if abs(value) < 0.01:
            digits = f"{value:.10f}".split(".")[1]
            place = len(digits) - len(digits.lstrip("0")) + 3
            return (
                self.speech.number(0.5)
                .replace("5", f"{abs(value):.{place}f}"[2:].rstrip("0"))
                .replace("0", "-0" if value < 0 else "0", 1)
            )
        return self.speech.number(value)

    def value(self, kind: str, text: str) -> str:
        """A canonical text of a kind as people read it."""
        if kind in NUMERIC:
            return self.number(float(text))
        if kind in ("date", "yearmonth"):
            return self.speech.date(text) if text[:4] > "0999" else text
        if kind == "datetime":
            moment = format_time(time.fromisoformat(text[11:16]), "short", locale=self.speech.locale)
            return f"{self.speech.date(text[:10])}, {moment}".replace("\xa0", NARROW_SPACE)
        return text

    def tick(self, value: float) -> str:
        """A large value on a scale: thousands, millions and so on by their usual signs."""
        said = format_compact_decimal(value, locale=self.speech.locale, fraction_digits=1)
        return said.replace("\xa0", NARROW_SPACE).replace(" ", NARROW_SPACE).replace("-", MINUS)

    def points(self, kind: str, xs: Sequence[str]) -> list[str]:
        """The labels of a chart's xs, as short as they can be."""
        if kind == "date":
            skeleton = "MMMd" if len({x[:4] for x in xs}) == 1 else "yMMMd"
            said = [format_skeleton(skeleton, date.fromisoformat(x), locale=self.speech.locale) for x in xs]
            return [self.speech.ordinal(x) for x in said]
        if kind == "yearmonth":
            return [format_skeleton("yMMM", date.fromisoformat(f"{x}-01"), locale=self.speech.locale) for x in xs]
        if kind == "datetime":
            days = len({x[:10] for x in xs}) > 1
            return [
                format_skeleton("MMMd", date.fromisoformat(x[:10]), locale=self.speech.locale) if days else x[11:]
                for x in xs
            ]
        return [self.value(kind, x) for x in xs]

    def type(self, kind: str) -> str:
        if kind in ("code", "empty"):
            return self.say(kind)
        return self.speech.label(vocabulary("column-types")[kind].title)

    def name(self, name: str, place: int) -> str:
        return name or self.say("unnamed", number=place + 1)

    def kind(self, kind: str) -> str:
        if kind in ("object", "null"):
            return self.say(f"kinds.{kind}")
        said = self.type(kind)
        lowered = said[:1].lower() + said[1:]
        return Borrowed(lowered, said.language) if isinstance(said, Borrowed) else lowered
