"""Values and kinds of values as people read them in a language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from babel.dates import format_skeleton, format_time
from babel.numbers import format_compact_decimal, format_decimal

from generator.previews.scales import number_of, zone_of
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
        A number with all its digits before the point, and no more behind it than can be read.

        >>> wording = Wording(Speech("en", {}))
        >>> [wording.number(value) for value in (0.000123456, 45.50884, -0.5, 12345678901234567)]
        ['0.000123456', '45.50884', '\u22120.5', '12,345,678,901,234,567']
        """
        if isinstance(value, int) or (value == int(value) and abs(value) < 1e15):
            return self.speech.number(int(value)).replace("-", MINUS)
        if not 1e-6 < abs(value) < 1e15:
            return f"{value:.3g}".replace("-", MINUS)
        exact = Decimal(f"{value:.12g}")
        digits = 6 if abs(value) >= 0.01 else 5 - exact.adjusted()
        rounded = round(exact, digits)
        said = format_decimal(rounded, "#,##0.############", locale=self.speech.locale, decimal_quantization=False)
        return said.replace("\xa0", NARROW_SPACE).replace("-", MINUS)

    def value(self, kind: str, text: str) -> str:
        """A canonical text of a kind as people read it."""
        if kind in NUMERIC:
            return self.number(number_of(kind, text))
        if kind in ("date", "yearmonth"):
            return self.speech.date(text) if text[:4] > "0999" else text
        if kind == "datetime":
            return self.moment(text)
        return text

    def moment(self, text: str) -> str:
        """
        A day, an hour with the seconds that there are, and the zone that is meant.

        >>> wording = Wording(Speech("fr", {}))
        >>> wording.moment("2026-01-31T08:30"), wording.moment("2026-01-31T08:30:05-05:00")
        ('31 janvier 2026, 08 h 30', '31 janvier 2026, 08:30:05 (UTC\u221205:00)')
        """
        zone = zone_of(text)
        clock = text[11:].removesuffix(zone)
        hour = format_time(time.fromisoformat(clock), "short", locale=self.speech.locale) if len(clock) == 5 else clock
        there = {"": "", "Z": " (UTC)"}.get(zone, f" (UTC{zone.replace('-', MINUS)})")
        return f"{self.speech.date(text[:10])}, {hour}{there}".replace("\xa0", NARROW_SPACE)

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
                format_skeleton("MMMd", date.fromisoformat(x[:10]), locale=self.speech.locale)
                if days
                else x[11:].removesuffix(zone_of(x))
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
