"""Addresses: of the web, of mail, of files."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit

from generator.source.nodes import Node, Scalar
from generator.source.ranges.context import Context, scalar
from generator.standards import Property, properties, vocabulary
from generator.text.slugs import encode_url

EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@(?:[^\s@<>()\[\],;:\".]+\.)+[^\s@<>()\[\],;:\".]{2,}")
HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
# `c:\\` is a drive and `exemple.org:8080` a host.
OTHER_SCHEME = re.compile(r"(?!(?:https?|ftps?):)[a-z][a-z0-9+-]+:(?!\d)", re.IGNORECASE)
# A page of the portal, told from where one stands.
PATH = re.compile(r"(?:\.{1,2}/)*(\w[\w./-]*)")
PICTURE = re.compile(r"(?!/)(?!(?:.*/)?\.)[^\\\s]+\.(?:svg|SVG|png|PNG|webp|WEBP|jpe?g|JPE?G)")

WORDS = "{words}"
"""In an address: what somebody looks for."""


def read_url(node: Node, row: Property, context: Context) -> str | None:
    """An absolute address, percent-encoded."""
    text = scalar(node, row, context)
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018  a port that is no number raises here
        encoded = encode_url(text)
    except (ValueError, UnicodeError):
        context.report(node.place, "bad-url", value=text, property=row.name, suggestion="")
        return None
    if better := mend_email(text, row):
        context.report(node.place, "email-as-url", value=text, property=row.name, better=better)
        return None
    if OTHER_SCHEME.match(text):
        context.report(node.place, "bad-url-scheme", value=text, property=row.name, scheme=parts.scheme)
        return None
    if not parts.scheme or not host:
        context.report(node.place, "relative-url", value=text, property=row.name, suggestion=mend_url(text))
        return None
    if re.search(r"[\s<>\"{}|\\^`]", text) or not HOST.fullmatch(host):
        better = encoded if encoded != text and HOST.fullmatch(host) else ""
        context.report(node.place, "bad-url", value=text, property=row.name, suggestion=better)
        return None
    return encoded


def mend_email(text: str, row: Property) -> str:
    """What to write for an e-mail address in place of a web address, where its object has a key for one."""
    email = text.removeprefix("mailto:")
    keys = properties().get(row.of, {})
    if not EMAIL.fullmatch(email):
        return ""
    return (
        f"email: {email}" if "email" in keys else f"contactPoint: {{email: {email}}}" if "contactPoint" in keys else ""
    )


def mend_url(text: str) -> str:
    """
    The address that lacks its first part; nothing for what looks like a file.

    >>> mend_url("www.exemple.org/a.csv"), mend_url("arbres.csv")
    ('https://www.exemple.org/a.csv', '')
    """
    host = re.match(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,})(?:/|$)", text)
    return f"https://{text}" if host and not vocabulary("formats").find(host[1]) else ""


def read_link(node: Node, row: Property, context: Context) -> str | None:
    """A path of the portal, from its root, or an absolute address."""
    text = scalar(node, row, context)
    if text and text.startswith("/") and not text.startswith("//"):
        return text
    if text and (path := PATH.fullmatch(text)) and not mend_url(text):
        context.report(node.place, "relative-url", value=text, property=row.name, suggestion=f"/{path[1]}")
        return None
    return read_url(node, row, context)


def read_asking(node: Node, row: Property, context: Context) -> str | None:
    """An e-mail address, or a link that may hold `{words}`, percent-encoded."""
    text = scalar(node, row, context) or ""
    if not isinstance(node, Scalar) or EMAIL.fullmatch(text.removeprefix("mailto:")):
        return text.removeprefix("mailto:") or None
    return read_link(replace(node, value=text.replace(WORDS, quote(WORDS))), row, context)


def read_email(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if not text:
        return None
    text = text.removeprefix("mailto:")
    if not EMAIL.fullmatch(text):
        context.report(node.place, "bad-email", value=text)
        return None
    return text


def read_file(node: Node, row: Property, context: Context) -> str | None:
    """The name of a file in the dataset's own folder."""
    text = scalar(node, row, context)
    if text and re.fullmatch(r"\.[^./\\][^/\\]*", text):
        context.report(node.place, "hidden-file", value=text)
        return None
    if text and ("/" in text or "\\" in text or text.startswith(".")):
        context.report(node.place, "bad-file-name", value=text)
        return None
    return text or None


def read_picture(node: Node, row: Property, context: Context) -> str | None:
    """The path of a picture in the portal's folder."""
    text = scalar(node, row, context)
    if text and not PICTURE.fullmatch(text):
        context.report(node.place, "bad-picture", value=text)
        return None
    return text or None
