"""Texts and words, in one language or in several."""

from __future__ import annotations

from generator.model import Keywords, Text
from generator.source.nodes import Mapping_, Node, Scalar, Sequence, given_entries
from generator.source.ranges.context import Context, scalar, shape
from generator.standards import Property, vocabulary
from generator.text.markdown import one_line
from generator.text.slugs import is_slug, slugify


def read_text(node: Node, row: Property, context: Context) -> Text | None:
    """One text, in the default language, or a map of language to text."""
    if isinstance(node, Scalar):
        return {context.default_language: node.value.strip()} if node.value.strip() else None
    if isinstance(node, Sequence):
        context.report(node.place, "not-text", property=row.name, found=shape(node))
        return None
    found = {}
    for language, value in given_entries(node).items():
        if not known_language(language, node, row, context):
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
    return {language: one_line(words) for language, words in found.items()} if found else None


def read_keywords(node: Node, row: Property, context: Context) -> Keywords | None:
    """A list of words, in the default language, or a map of language to list."""
    if not isinstance(node, Mapping_):
        words = read_words(node, row, context)
        return {context.default_language: words} if words else None
    found = {}
    for language, value in given_entries(node).items():
        if known_language(language, node, row, context) and (words := read_words(value, row, context)):
            found[language] = words
    return found or None


def read_words(node: Node, row: Property, context: Context) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else [node]
    words = (scalar(item, row, context) for item in items)
    return tuple(dict.fromkeys(one_line(word) for word in words if word))


def read_token(node: Node, row: Property, context: Context) -> str | None:
    return scalar(node, row, context) or None


def read_slug(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text and not is_slug(text):
        context.report(node.place, "bad-id", value=text, suggestion=slugify(text))
        return None
    return text or None
