"""What a preview adds to a page: what is wrong with the portal, and the script that follows what is saved."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from generator.build.live.state import State
from generator.model.diagnostics import sort_diagnostics
from generator.text.speech import Speech
from generator.text.strings import strings

RESERVED = "/__vitrine__/"
"""Where the server has its own files; nothing of a site is there."""

FILES = {name: (Path(__file__).parent / name).read_bytes() for name in ("overlay.js", "overlay.css")}

SHOWN = 50
"""Diagnostics in the overlay; the terminal has them all."""


def follower(state: State, language: str) -> str:
    """What a page needs to follow what is saved; the overlay is there without scripts too."""
    shown = overlay(state, language)
    if shown:
        shown = f'<vitrine-overlay><template shadowrootmode="open">{shown}</template></vitrine-overlay>'
    script = f'src="{RESERVED}overlay.js" data-version="{state.version}" data-language="{language}"'
    return f"{shown}<script {script} defer></script>"


def overlay(state: State, language: str) -> str:
    """What keeps the portal from being built, in HTML; nothing when it was."""
    speech = Speech(language, strings(language))
    key, values = state.failure
    errors = sort_diagnostics(state.errors)
    if not key and not errors:
        return ""
    title = speech.say("cli.preview.failed") if key else speech.say("cli.errors", count=len(errors))
    items = [("", speech.say(f"cli.{key}", **values), "")] if key else []
    items += [(str(item.place), item.message(language), item.help(language)) for item in errors[:SHOWN]]
    words = [speech.say("cli.preview.stale" if state.artifacts else "cli.preview.empty")]
    if len(errors) > SHOWN:
        words.append(speech.say("cli.preview.more", count=len(errors) - SHOWN))
    return (
        f'<link rel="stylesheet" href="{RESERVED}overlay.css">'
        f'<section role="alert" lang="{language}"><details open><summary>{escape(title)}</summary>'
        f"<p>{escape(' '.join(words))}</p><ul>{''.join(problem_item(*item) for item in items)}</ul></details></section>"
    )


def problem_item(place: str, message: str, remedy: str) -> str:
    """
    >>> problem_item("a.yaml:1:2", "`<b>` is unknown", "")
    '<li><code class="place">a.yaml:1:2</code><strong><code>&lt;b&gt;</code> is unknown</strong></li>'
    """
    parts = (("code", ' class="place"', place), ("strong", "", message), ("span", "", remedy))
    return f"<li>{''.join(f'<{tag}{more}>{marked(text)}</{tag}>' for tag, more, text in parts if text)}</li>"


def marked(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def stand_in(language: str, key: str) -> bytes:
    """The page that stands for one that can't be made, with what `cli.preview` says of it."""
    title = escape(strings(language)[f"cli.preview.{key}"])
    head = f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
    return f"{head}<body><h1>{title}</h1></body></html>".encode()
