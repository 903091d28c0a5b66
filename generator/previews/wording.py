"""Values and kinds of values as people read them in a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from unicodedata import category

from babel.dates import format_skeleton, format_time
from babel.numbers import format_compact_decimal, format_decimal

from generator.previews.scales import NUMERIC, number_of, zone_of
from generator.standards import vocabulary
from generator.text.speech import NARROW_SPACE, Borrowed, Speech, joined

LISTED = 12
"""Names that are listed before the others are only dots."""

MINUS = "−"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Wording:
    """Says values and profiles in a language."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def say(self, key: str, /, **values: object) -> str:
        return self.speech.say(f"site.preview.{key}", **values)

    def number(self, value: float, digits: int = -1) -> str:
        """
        A number with all its digits before the point, and behind it `digits`, or no more than can be read.

        >>> wording = Wording(Speech("en", {}))
        >>> [wording.number(value) for value in (0.000123456, 45.50884, -0.5, 12345678901234567)]
        ['0.000123456', '45.50884', '\u22120.5', '12,345,678,901,234,567']
        >>> wording.number(1234.5, 2), wording.number(-0.004, 2), wording.number(1.5e-9)
        ('1,234.50', '0.00', '1.5\xa0×\xa010⁻⁹')
        """
        if isinstance(value, int) and digits < 0:
            return self.speech.number(value).replace("-", MINUS) if abs(value) < 1e21 else self.power(value)
        if value and not 1e-6 < abs(value) < 1e21:
            return self.power(value)
        exact = Decimal(f"{value:.12g}") if abs(value) < 1e12 else Decimal(value)
        readable = 6 if abs(value) >= 0.01 or not value else 5 - exact.adjusted()
        return self.decimal(round(exact, digits if digits >= 0 else readable), max(digits, 0))

    def decimal(self, value: Decimal, least: int) -> str:
        """A number with `least` digits behind the point or more."""
        pattern = f"#,##0.{'0' * least}{'#' * 12}"
        said = format_decimal(value or abs(value), pattern, locale=self.speech.locale, decimal_quantization=False)
        return said.replace("\xa0", NARROW_SPACE).replace("-", MINUS)

    def power(self, value: float) -> str:
        """A number too large or too small for its digits to be read, by its power of ten."""
        digits, exponent = f"{value:.5e}".split("e")
        return f"{self.decimal(Decimal(digits).normalize(), 0)}\xa0×\xa010{str(int(exponent)).translate(RAISED)}"

    def measure(self, said: str, unit: str) -> str:
        """
        A number with its unit, where the language puts it.

        >>> english, french = Wording(Speech("en", {})), Wording(Speech("fr", {}))
        >>> [wording.measure("5", unit) for wording in (english, french) for unit in ("$", "%", "km", "")]
        ['$5', '5%', '5\xa0km', '5', '5\xa0$', '5\xa0%', '5\xa0km', '5']
        """
        if not unit:
            return said
        if unit == "%":
            pattern, sign = self.speech.locale.percent_formats[None].pattern, "%"
        elif len(unit) == 1 and category(unit) == "Sc":
            pattern, sign = self.speech.locale.currency_formats["standard"].pattern.split(";")[0], "¤"
        else:
            return f"{said}\xa0{unit}"
        before, after = re.split("[#,0.]+", pattern.replace(sign, unit).replace(NARROW_SPACE, "\xa0"), maxsplit=1)
        minus = MINUS if said.startswith(MINUS) else ""
        return f"{minus}{before}{said.removeprefix(MINUS)}{after}"

    def value(self, kind: str, text: str, digits: int = -1) -> str:
        """A canonical text of a kind as people read it."""
        if kind in NUMERIC:
            return self.number(number_of(kind, text), digits)
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

    def points(self, kind: str, xs: Sequence[str], digits: int = -1) -> list[str]:
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
        return [self.value(kind, x, digits) for x in xs]

    def others(self, names: Sequence[str]) -> str:
        """Names, the first of many, each in the quotation marks of the language."""
        quoted = [self.say("quoted", name=name) for name in names[:LISTED]]
        return joined(quoted, ", ") + (" …" if len(names) > LISTED else "")

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
