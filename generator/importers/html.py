"""Texts, dates and addresses of other portals as a publisher of ours would write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from generator.model.diagnostics import Place
from generator.site.addresses import encode_url
from generator.source.nodes import UNPRINTABLE, Scalar
from generator.source.ranges.addresses import EMAIL, read_url
from generator.source.ranges.context import Context
from generator.standards import properties

TAGS = (
    "a abbr article b big blockquote br center cite code dd del div dl dt em font footer h1 h2 h3 h4 h5 h6 header hr i"
    " iframe img ins kbd li main ol p pre q s samp script section small span strike strong style sub sup table tbody td"
    " tfoot th thead title tr tt u ul var"
)
TAG = re.compile(
    rf"""</?(?:{TAGS.replace(" ", "|")})(?:\s*/?>|\s(?:[^<>"']|"[^"]*"|'[^']*')*>|\s[^<>]*>)""", re.IGNORECASE
)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8}\d?);", re.IGNORECASE)
CODE = re.compile(r"(`+)(?:(?!\1).|\n)*?[^`]\1(?!`)")
LOST_TAG = re.compile(r"<(?=[a-z/!?])(?!(?:https?|ftp|mailto):[^\s<>]+>)(?!/?(?:sub|sup|br)\s*/?>)", re.IGNORECASE)
SCRIPTS = ("script", "style", "iframe")


class Converter(MarkdownConverter):
    """HTML to Markdown that leaves the Markdown between the tags as it is."""

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        if el.parent is not None and el.parent.name == "[document]":
            return str(el)
        return str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]

    def convert_br(self, el: object, text: str, parent_tags: set[str]) -> str:
        # Two spaces at a line's end, Markdown's own mark, do not survive most editors.
        inline = parent_tags & {"_inline", "a", "li", "b", "strong", "i", "em", "td", "th"}
        return " " if inline else "\n\n"

    def convert_a(self, el: object, text: str, parent_tags: set[str]) -> str:
        target = str(el.get("href") or "").strip()  # type: ignore[attr-defined]
        words = " ".join(text.split())
        if not target or scheme_of(target) not in ("", "http", "https", "ftp", "ftps", "mailto", "tel"):
            return text
        address = mend_target(target)
        if words == target and address == target and scheme_of(target):
            written = f"<{target}>"
        else:
            written = f"[{words or target}]({address})"
        before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
        return f"{before}{written}{after}"


CONVERTER = Converter(
    bullets="-",
    heading_style="atx",
    escape_asterisks=False,
    escape_underscores=False,
    sub_symbol="<sub>",
    sup_symbol="<sup>",
)


def scheme_of(target: str) -> str:
    match = re.match(r"([a-z][a-z0-9+.-]*):", target, re.IGNORECASE)
    return match[1].lower() if match else ""


def mend_target(target: str) -> str:
    """
    A link's target as Markdown can hold it.

    >>> mend_target("https://exemple.org/<ID>/a b (1)")
    'https://exemple.org/%3CID%3E/a%20b%20%281%29'
    """
    try:
        target = encode_url(target)
    except (ValueError, UnicodeError):
        target = target.replace(" ", "%20")
    return target.replace("(", "%28").replace(")", "%29")


def clean(text: str) -> str:
    """Text of LF lines without control characters, spaces at line ends or blank lines around."""
    text = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text).replace("\t", "    ")
    text = UNPRINTABLE.sub("", text)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip().replace("\ufeff", "")


def to_markdown(text: str) -> str:
    """
    HTML as Markdown; Markdown and plain text stay as they are, even around a few tags.

    >>> to_markdown('<p>Un <b>mot</b>, <a href="/x">un lien</a></p><ul><li>a</li><li>b</li></ul>')
    'Un **mot**, [un lien](/x)\\n\\n- a\\n- b'
    >>> to_markdown("a < b, *déjà* [du Markdown](https://exemple.org/a_b_c)")
    'a < b, *déjà* [du Markdown](https://exemple.org/a_b_c)'
    """
    text = clean(text)
    if TAG.search(text) or "<!--" in text:
        soup = BeautifulSoup(protect(text), "html.parser")
        for element in soup(SCRIPTS):
            element.decompose()
        text = clean(str(CONVERTER.convert_soup(soup)).replace("\xa0", " "))
        text = re.sub(r"\n{3,}", "\n\n", text)
    return escape_lost(text)


def protect(text: str) -> str:
    """
    HTML in which only known tags are tags.

    >>> protect("a < b & c <i>d</i> <X_ID> <a href='?a=1&copy=2'>e</a>")
    "a &lt; b &amp; c <i>d</i> &lt;X_ID> <a href='?a=1&amp;copy=2'>e</a>"
    """
    text = COMMENT.sub("", text)
    text = re.sub(r"(<br\s*/?>)[ \t]*\n", r"\1", text, flags=re.IGNORECASE)
    text = BARE_AMPERSAND.sub("&amp;", text)
    parts, end = [], 0
    code = [match.span() for match in CODE.finditer(text)]
    for match in TAG.finditer(text):
        if any(start < match.start() < stop for start, stop in code):
            continue
        inside = match[0]
        parts += [text[end : match.start()].replace("<", "&lt;"), "<" + inside[1:].replace("<", "&lt;")]
        end = match.end()
    return "".join([*parts, text[end:].replace("<", "&lt;")])


def escape_lost(text: str) -> str:
    """
    Text in which a `<` that looks like an unknown tag, which no page would show, is written out.

    >>> escape_lost("<ID> et `<ID>` et <https://exemple.org> et a < b")
    '&lt;ID> et `<ID>` et <https://exemple.org> et a < b'
    """
    parts, end = [], 0
    for match in CODE.finditer(text):
        parts += [LOST_TAG.sub("&lt;", text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, LOST_TAG.sub("&lt;", text[end:])])


def to_line(text: str) -> str:
    """
    A title or name: one line, without tags or entities.

    >>> to_line(" Dépenses &amp;\\n<b>revenus</b> ")
    'Dépenses & revenus'
    """
    text = clean(text)
    if TAG.search(text):
        text = TAG.sub("", text)
    if ENTITY.search(text):
        text = html.unescape(text)
    return " ".join(re.split(r"[ \n]+", text)).strip()


class Address(NamedTuple):
    """An address that Vitrine accepts, and what was supposed to get it: nothing, `scheme` or `quotes`."""

    url: str
    guess: str = ""


URL_ROW = properties()["Distribution"]["downloadURL"]


def read_address(text: str) -> Address | None:
    """
    An absolute, percent-encoded address; None when there is none to be had.

    >>> read_address(" https://exemple.org/été 1.csv")
    Address(url='https://exemple.org/%C3%A9t%C3%A9%201.csv', guess='')
    >>> read_address("www.exemple.org/a"), read_address("/downloads/a.csv")
    (Address(url='https://www.exemple.org/a', guess='scheme'), None)
    """
    text = clean(text)
    bare = text.strip("\"'‘’“”<> ")
    guess = "quotes" if bare != text else ""
    if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?#]|$))", bare, re.IGNORECASE) and "@" not in bare:
        bare, guess = f"https://{bare}", "scheme"
    try:
        url = encode_url(bare)
    except (ValueError, UnicodeError):
        return None
    context = Context()
    found = read_url(Scalar(Place(""), url), URL_ROW, context)
    return None if found is None or context.diagnostics else Address(found, guess)


def read_email(text: str) -> str:
    """
    >>> read_email("mailto:donnees@exemple.org"), read_email("écrivez-nous")
    ('donnees@exemple.org', '')
    """
    text = to_line(text).removeprefix("mailto:").strip("<> ")
    return text if EMAIL.fullmatch(text) else ""


NUMBERED = re.compile(r"\s*[\"'‘’]?(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)(.*)", re.DOTALL)
TIME = re.compile(r"[T ]\d{1,2}:\d\d.*", re.DOTALL)


class Day(NamedTuple):
    """A date as ISO 8601 writes it; `guess` is empty, `order` (day or month first) or `rest` (words after it)."""

    iso: str
    guess: str = ""


class DayOrder:
    """Whether a catalogue writes the day or the month first, as its own unambiguous dates tell."""

    def __init__(self, dates: Iterable[str]) -> None:
        self.day_first = self.month_first = 0
        for text in dates:
            match = NUMBERED.fullmatch(text)
            if match and len(match[4]) == 4:
                self.day_first += int(match[1]) > 12
                self.month_first += int(match[3]) > 12

    def read(self, text: str) -> Day | None:
        """
        The date that a text opens with; None when it has none, or one that could be two.

        >>> DayOrder(["20/04/2020"]).read("05/01/2020")
        Day(iso='2020-01-05', guess='order')
        >>> DayOrder([]).read("05/01/2020"), DayOrder([]).read("2015/4/27"), DayOrder([]).read("2020-03-28T15:22:22Z")
        (None, Day(iso='2015-04-27', guess=''), Day(iso='2020-03-28', guess=''))
        """
        if short := re.fullmatch(r"\s*([0-9]{4})(-[0-9]{2})?\s*", text):
            return Day(text.strip()) if to_day(short[1], (short[2] or "-1")[1:], "1", "") else None
        match = NUMBERED.fullmatch(text)
        if not match:
            return None
        first, separator, second, third, rest = match.groups()
        guess = "rest" if rest.strip(" '\"’.;,") and not TIME.fullmatch(rest) else ""
        if len(first) == 4:
            return to_day(first, second, third, guess)
        if len(third) != 4:
            return None
        if int(first) > 12 or first == second:
            return to_day(third, second, first, guess)
        if int(second) > 12:
            return to_day(third, first, second, guess)
        # The point parts days from months in countries that write the day first, and nowhere else.
        day_first = self.day_first > self.month_first or (separator == "." and not self.month_first)
        if day_first:
            return to_day(third, second, first, guess or "order")
        if self.month_first > self.day_first:
            return to_day(third, first, second, guess or "order")
        return None


def to_day(year: str, month: str, day: str, guess: str) -> Day | None:
    try:
        return Day(date(int(year), int(month), int(day)).isoformat(), guess)
    except ValueError:
        return None


# Small words that tell a language from the others.
SMALL_WORDS = {
    "fr": "le la les des du une et dans sur pour par aux est sont",
    "en": "the of and to for with from this that are by on is",
    "et": "ja on ning või ei mis kui see kohta aasta andmed",
    "es": "el los las una y para por con del que se en",
    "de": "der die das und für mit von den im ist ein eine",
    "it": "il lo gli della delle dei per con che sono nel",
    "pt": "o os as uma e para por com do da dos em",
    "nl": "het een van en voor met op de is zijn bij",
    "fi": "ja on sekä tai mukaan ovat sen tiedot joka",
}


def guess_language(texts: Iterable[str]) -> str:
    """
    The language whose small words a catalogue uses most; nothing when there are too few.

    >>> guess_language(["La liste des arbres publics sur le territoire de la Ville et du canton"])
    'fr'
    """
    counts = dict.fromkeys(SMALL_WORDS, 0)
    sets = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}
    for text in texts:
        words = re.findall(r"[^\W\d_]+", text.casefold())
        for language, small in sets.items():
            counts[language] += sum(word in small for word in words)
    best, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda language: counts[language]) if best > max(2, second) else ""
