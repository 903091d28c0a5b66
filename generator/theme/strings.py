"""A theme's own words: its strings files, what is wrong with them, and a form for those of one more language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter

from generator.model.diagnostics import Diagnostic, Place, closest
from generator.source.nodes import Mapping_, Node, Refused, Scalar, decode_yaml, parse_yaml
from generator.standards import properties, read_rows, vocabulary
from generator.text.speech import locale_of
from generator.text.strings import FALLBACK, LANGUAGES, strings

PLURALS = ("zero", "one", "two", "few", "many", "other")
SITE, LABELS = "site.", "labels."

VOCABULARIES = ("access-rights", "column-types", "formats", "frequencies", "languages", "publisher-kinds")
CLASSES = ("Dataset", "DataService", "Agent")
"""Those whose labels pages show in the program's words."""

Tree = dict[str, "str | Tree"]

Written = Mapping[str, tuple[str, Place]]
"""Dotted key to text and where it stands."""


def read_theme_strings(path: str, content: bytes) -> tuple[Written, tuple[Diagnostic, ...]]:
    """What a strings file says; a key with nothing after it says nothing."""
    try:
        root, found = parse_yaml(path, decode_yaml(path, content))
    except Refused as refused:
        return {}, (refused.diagnostic,)
    if root is not None and not isinstance(root, Mapping_):
        return {}, (*found, Diagnostic.at(root.place, "not-a-map", keys="site"))
    written: dict[str, tuple[str, Place]] = {}
    for key, place, node in leaves(root) if root else ():
        if not isinstance(node, Scalar):
            found.append(Diagnostic.at(node.place, "not-text", property=key))
        elif not node.is_null:
            written[key] = (node.value, place)
            found += check_places(key, node)
    return written, tuple(found)


def leaves(tree: Mapping_, prefix: str = "") -> Iterator[tuple[str, Place, Node]]:
    for key, node in tree.entries.items():
        if isinstance(node, Mapping_):
            yield from leaves(node, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", tree.keys[key], node


def check_places(key: str, node: Scalar) -> Iterator[Diagnostic]:
    """
    A name in braces that nothing fills would stop the build, or show on every page; one that asks for a part of its
    value, or for a form of it, would reach what pages are not given.
    """
    names = placeholders(family(key))
    try:
        wrong = [written for name, written in fields(node.value) if written != name or (names and name not in names)]
    except ValueError:
        wrong = [""] if names else []
    for written in wrong:
        choices = ", ".join(f"`{{{choice}}}`" for choice in sorted(names) or ["name"])
        value = f"{{{written}}}" if written else node.value
        yield Diagnostic.at(node.place, "bad-placeholder", value=value, choices=choices)


def fields(text: str) -> Iterator[tuple[str, str]]:
    """
    What stands in braces: the name alone, and all of it. ValueError where braces are open.

    >>> list(fields("{a} {b.c!r:>9}"))
    [('a', 'a'), ('b', 'b.c!r:>9')]
    """
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            yield "".join(re.findall(r"\A[^\W\d]\w*", name)), written


def family(key: str) -> str:
    """
    A key without its plural form.

    >>> family("site.list.count.few"), family("site.home")
    ('site.list.count', 'site.home')
    """
    head, _, tail = key.rpartition(".")
    return head if tail in PLURALS and f"{head}.other" in strings(FALLBACK) else key


@cache
def placeholders(key: str) -> frozenset[str]:
    """What a text of the program has in braces, in any of its forms."""
    texts = [
        strings(language).get(form, "")
        for language in LANGUAGES
        for form in (key, *(f"{key}.{plural}" for plural in PLURALS))
    ]
    return frozenset(name for text in texts for name in re.findall(r"\{(\w+)\}", text))


def check_keys(written: Written, templates: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Words that nothing says: neither the program nor a template of the theme."""
    known = {*program_keys(), *labels()}
    said = "\n".join(templates.values())
    for key, (_, place) in written.items():
        named = key.startswith(SITE) and any(f'"{start}' in said for start in starts(key.removeprefix(SITE)))
        if family(key) not in known and not named:
            yield Diagnostic.at(place, "unknown-string", value=key, suggestion=closest(key, known, 0.75))


def starts(key: str) -> Iterator[str]:
    """
    How a template may begin to name a key, the rest being put together.

    >>> list(starts("a.b"))
    ['a.b"', 'a."']
    """
    yield f'{key}"'
    if "." in key:
        yield f'{key.rpartition(".")[0]}."'


@cache
def program_keys() -> tuple[str, ...]:
    """What pages say, each plural once, in the order of the program's own file."""
    return tuple(dict.fromkeys(family(key) for key in strings(FALLBACK) if key.startswith(SITE)))


@cache
def labels() -> tuple[str, ...]:
    """What pages say from the tables of the standards, by its English words."""
    rows = [row.label for kind in CLASSES for row in properties()[kind].values()]
    rows += [term.title for name in VOCABULARIES for term in vocabulary(name).terms.values()]
    rows += [term.facts["plural"] for term in vocabulary("publisher-kinds").terms.values()]
    rows += [row["title"] for row in read_rows("feeds")]
    return tuple(dict.fromkeys(f"{LABELS}{row[FALLBACK]}" for row in rows))


NAMED = 5
"""How many missing keys a warning names."""


def check_missing(language: str, words: Mapping[str, str], place: Place) -> Iterator[Diagnostic]:
    """What the pages of a language that does not ship say in English."""
    own = {family(key) for key in words}
    lacking = [key for key in program_keys() if key not in own]
    if lacking and language not in LANGUAGES:
        names = ", ".join(f"`{key}`" for key in lacking[:NAMED]) + ("…" if lacking[NAMED:] else "")
        yield Diagnostic.at(place, "missing-strings", language=language, count=len(lacking), keys=names)


def form(language: str, words: Mapping[str, str]) -> str:
    """A strings file of a language, with the words that it has; what is missing has the English ones beside it."""
    tags = {*locale_of(language).plural_form.tags, "other"}
    tree: Tree = {}
    for key in (*program_keys(), *labels()):
        english = strings(FALLBACK)
        if f"{key}.other" in english:
            lines = {
                f"{key}.{tag}": english.get(f"{key}.{tag}", english[f"{key}.other"]) for tag in PLURALS if tag in tags
            }
        else:
            lines = {key: english.get(key, key.removeprefix(LABELS))}
        for full, said in lines.items():
            # A label may hold dots.
            *branches, leaf = full.split(".", 1) if full.startswith(LABELS) else full.split(".")
            below = tree
            for branch in branches:
                below = below.setdefault(branch, {})  # type: ignore[assignment]
            beside = "" if full.startswith(LABELS) else f"  # {' '.join(said.split())}"
            below[leaf] = f' "{escape(words[full])}"' if full in words else beside
    return "".join(write_tree(tree))


def write_tree(tree: Tree, indent: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, str):
            yield f"{indent}{yaml_key(key)}:{value}\n"
        else:
            yield f"{indent}{yaml_key(key)}:\n"
            yield from write_tree(value, f"{indent}  ")


def yaml_key(key: str) -> str:
    """
    A key as YAML may hold it.

    >>> yaml_key("home"), yaml_key("null"), yaml_key("Yes or no")
    ('home', '"null"', '"Yes or no"')
    """
    return key if re.fullmatch(r"[a-z][a-z0-9_-]*", key) and key != "null" else f'"{escape(key)}"'


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
