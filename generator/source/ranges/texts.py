"""Texts and words, in one language or in several."""

from __future__ import annotations

import re

from generator.model import Keywords, Text
from generator.model.diagnostics import Place
from generator.source.nodes import Mapping_, Node, Scalar, Sequence, is_empty
from generator.source.ranges.context import Context, scalar, shape
from generator.standards import Property, vocabulary
from generator.text.markdown import TAGS, one_line
from generator.text.slugs import is_slug, slugify


def read_text(node: Node, row: Property, context: Context) -> Text | None:
    """One text, in the default language, or a map of language to text."""
    if isinstance(node, Scalar):
        return {context.default_language: node.value.strip()} if node.value.strip() else None
    if isinstance(node, Sequence):
        context.report(node.place, "not-text", property=row.name, found=shape(node))
        return None
    found = {}
    for language, value in node.entries.items():
        if not known_language(language, node, row, context) or is_empty(value):
            continue
        words = scalar(value, row, context)
        if words:
            found[language] = words
    return found or None


def known_language(language: str, node: Mapping_, row: Property, context: Context) -> bool:
    if language in vocabulary("languages"):
        return True
    suggest = vocabulary("languages").find(language)
    context.report(
        node.keys[language],
        "unknown-language",
        value=language,
        property=row.name,
        suggestion=suggest.code if suggest else "",
    )
    return False


def read_line(node: Node, row: Property, context: Context) -> Text | None:
    """A text on one line."""
    found = read_text(node, row, context)
    for item in node.entries.values() if isinstance(node, Mapping_) else (node,):
        tell_direction(item, context)
        tell_markup(item, row, context)
    return {language: one_line(words) for language, words in found.items()} if found else None


def read_keywords(node: Node, row: Property, context: Context) -> Keywords | None:
    """A list of words, in the default language, or a map of language to list."""
    if not isinstance(node, Mapping_):
        words = read_words(node, row, context)
        return {context.default_language: words} if words else None
    found = {}
    for language, value in node.entries.items():
        if (
            known_language(language, node, row, context)
            and not is_empty(value)
            and (words := read_words(value, row, context))
        ):
            found[language] = words
    return found or None


def read_words(node: Node, row: Property, context: Context) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else [node]
    for item in items:
        tell_direction(item, context)
        tell_markup(item, row, context)
    words = (scalar(item, row, context) for item in items)
    return tuple(dict.fromkeys(one_line(word) for word in words if word))


# Signs that turn the direction of what follows, on the page around a text too if nothing ends them.
TURNING = re.compile("[\u202a-\u202e]|[\u2066-\u2068](?![^\u2069]*\u2069)")


def tell_direction(node: Node, context: Context) -> None:
    """A sign in a line that makes the words after it read backwards, or that nothing ends."""
    if isinstance(node, Scalar) and (found := TURNING.search(node.value)):
        context.report(place_of(node, found), "control-character", character=f"U+{ord(found[0]):04X}")


def place_of(node: Scalar, found: re.Match[str]) -> Place:
    """Where what was found in a line stands in the file."""
    line, column = node.start or node.place[1:]
    column += found.start() if node.start and "\n" not in node.value else 0
    return Place(node.place.path, line, column)


STYLED = "|".join([*TAGS.split(), "big", "center", "font", "h1", "iframe", "script", "style"])
MARKUP = re.compile(
    rf"</?(?:{STYLED})(?:\s[^<>]*)?/?>|(?P<strong>\*\*|__)(?=\S)(?P<words>[^*_\n]+?)(?<=\S)(?P=strong)"
    r"|\[(?P<link>[^\[\]\n]+)\]\((?:https?:|/)[^()\s]*\)",
    re.IGNORECASE,
)
"""Marks of HTML and of Markdown, which a line of words shows as they are."""


def tell_markup(node: Node, row: Property, context: Context) -> None:
    """Tags, bold type and links in a line that has no style: the first, and the line without any."""
    if isinstance(node, Scalar) and (found := MARKUP.search(node.value)):
        plain = one_line(MARKUP.sub(lambda match: match["words"] or match["link"] or " ", node.value))
        values = {"value": found[0], "property": row.name, "suggestion": plain}
        context.report(place_of(node, found), "markup-in-line", **values)


def read_token(node: Node, row: Property, context: Context) -> str | None:
    tell_direction(node, context)
    return scalar(node, row, context) or None


def read_slug(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text and not is_slug(text):
        context.report(node.place, "bad-id", value=text, suggestion=slugify(text))
        return None
    return text or None
