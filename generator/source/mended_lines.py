"""A line of YAML as its author meant it: every text that YAML would misread in quotes, spaces where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import yaml

from generator.standards import properties, vocabulary
from generator.standards.yaml_loader import SAFE

ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
"""Spaces that look like one, and that YAML takes for letters; as a set of a regular expression."""

SPACES = rf"[ \t{ODD_SPACES}]*"

CURVED = re.compile(r"[“”„‟](.*)[“”„‟]|[‘’‚‛](.*)[‘’‚‛]")

START = re.compile(rf"([ \t{ODD_SPACES}]*)((?:-[ {ODD_SPACES}]+)*)(-(?=[^\W\d]))?")
KEY = re.compile(
    rf"([\w-]+|[“\"‘'][\w-]+[”\"’'])(?:[ {ODD_SPACES}]*:[ {ODD_SPACES}]+|[ {ODD_SPACES}]*:(?=$|[^ /])| = )"
)
# What a plain text may not begin with, or hold.
MISREAD = re.compile(r"""[-?:][ ]|[\[\]{}&*!|>%@`"'#,=]|.*(?::(?:\s|$)|\s\#)""", re.DOTALL)
MISREAD_IN_FLOW = re.compile(r".*[\[\]{},]", re.DOTALL)
COMMENT = re.compile(r"\s+#(?=\s(?!\d+\s*$)).*$")
COMMENT_LOSES = re.compile(r"\s#(?:\S|\s?\d+\s*(?:$|[,}\]]))")
"""A `#` in a text that is no comment: YAML leaves out what follows."""
LONGEST = 5_000
"""Signs of a line that is rewritten; nobody copies a longer one."""
CLOSERS = {"[": "]", "{": "}"}


@cache
def known_keys() -> frozenset[str]:
    """What a key may be called: the properties of every class, and the languages."""
    return frozenset(name for rows in properties().values() for name in rows) | set(vocabulary("languages").terms)


@cache
def listed_keys() -> frozenset[str]:
    """The properties that hold several codes or words."""
    rows = [row for of_class in properties().values() for row in of_class.values()]
    codes = ("code:", "ref:", "slug")
    many = {row.name for row in rows if row.range == "keywords" or (row.many and row.range.startswith(codes))}
    return frozenset(many - {row.name for row in rows if row.range == "token"} | {"theme"})


def quote(text: str) -> str:
    r"""
    A text between straight quotes, whatever it holds.

    >>> quote("Lot #12"), quote('"Arbres" de Laval'), quote("“Parcs, rues”")
    ('"Lot #12"', '\'"Arbres" de Laval\'', '"Parcs, rues"')
    """
    curved = CURVED.fullmatch(text)
    if curved:
        text = curved[1] if curved[1] is not None else curved[2]
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def mend_line(line: str, below: str = "") -> str:
    """
    The line as it should be written; nothing where that is the line itself, or can't be told.

    `below` is the key whose value the line is a language's part of.

    >>> mend_line("  fr: Lot #12"), mend_line("title:Arbres: la liste")
    ('  fr: "Lot #12"', 'title: "Arbres: la liste"')
    >>> mend_line("title: {fr: Casernes, postes et ambulances, en: Fire stations}")
    'title: {fr: "Casernes, postes et ambulances", en: Fire stations}'
    >>> mend_line("keyword: a, b, c"), mend_line("theme: 'transport, environment'"), mend_line("keyword: #a #b")
    ('keyword: [a, b, c]', 'theme: [transport, environment]', 'keyword: [a, b]')
    >>> mend_line("issued: 2020-01-01  # le premier"), mend_line("title: 'L'arbre'")
    ('', 'title: "L\\'arbre"')
    """
    if len(line) > LONGEST:
        return ""
    start = START.match(line)
    assert start  # each of its parts may be empty
    indent = re.sub(rf"[{ODD_SPACES}]", " ", start[1]).replace("\t", "  ")
    dashes = re.sub(rf"[{ODD_SPACES}]", " ", start[2]) + ("- " if start[3] else "")
    rest = line[start.end() :]
    found = KEY.match(rest)
    key = found[1].strip("“”\"‘’'") if found else ""
    if found and key in known_keys():
        value = re.sub(f"^{SPACES}|{SPACES}$", "", rest[found.end() :])
        mended = f"{indent}{dashes}{key}: {mend_value(value, below or key)}".rstrip()
    else:
        mended = f"{indent}{dashes}{mend_value(rest.strip(), '') if dashes else rest.strip()}"
    return mended if mended != line.rstrip() and is_whole(mended) else ""


def is_whole(line: str) -> bool:
    """Whether a line is YAML by itself."""
    try:
        return any(yaml.parse(line.lstrip(), Loader=SAFE)) and "\t" not in line
    except yaml.YAMLError:
        return False


def mend_value(value: str, key: str) -> str:
    """A value that takes the rest of a line."""
    value, comment = part_comment(value)
    ends = value.endswith(",") and value[:1] not in CLOSERS and key in vocabulary("languages")
    value, comma = (value[:-1], ",") if ends else (value, "")
    return f"{mend_text(value, key)}{comma}{comment}"


def part_comment(value: str) -> tuple[str, str]:
    """A value and the comment after it: a `#` that a space follows, and no number."""
    comment = None if is_quoted(value) or value[:1] in CLOSERS else COMMENT.search(value)
    return (value[: comment.start()], comment[0]) if comment else (value, "")


def mend_text(value: str, key: str, inside: bool = False) -> str:
    """A value, `inside` brackets or not."""
    if not value or (is_quoted(value) and key not in listed_keys()) or is_block(value):
        return value
    if value[0] in CLOSERS and (pieces := mend_brackets(value, key)):
        return pieces
    if value[0] == "{" and CLOSERS["{"] not in value and KEY.match(value[1:].lstrip()):
        return value  # it may close on another line
    if key in listed_keys() and (words := line_words(value)):
        return f"[{', '.join(mend_text(word, '', inside=True) for word in words)}]"
    if value[0] in "\"'":
        value = value[1:-1] if value.endswith(value[0]) and len(value) > 1 else value
        value = value[1:] if value[:1] in "\"'" and value.count(value[0]) == 1 else value
        return quote(value)
    if re.match("[>|] ", value):
        value = value[2:].lstrip()
    misread = MISREAD.match(value) or CURVED.fullmatch(value) or (inside and MISREAD_IN_FLOW.match(value))
    return quote(value) if misread else value


def is_quoted(value: str) -> bool:
    """Whether a value is one text between straight quotes."""
    return bool(re.fullmatch(r"\"(?:[^\"\\]|\\[\"\\/abefnrtvNLP_0 ])*\"|'(?:[^']|'')*'", value))


def is_block(value: str) -> bool:
    return bool(re.fullmatch(r"[|>][-+0-9]*", value))


def line_words(value: str) -> list[str]:
    """
    The words of a list that was written without brackets; none where it is one word.

    >>> line_words("a, b;c"), line_words("#parc #rue"), line_words("- a - b"), line_words("un mot")
    (['a', 'b', 'c'], ['parc', 'rue'], ['a', 'b'], [])
    """
    text = value[1:-1] if is_quoted(value) else value
    if re.match(r"#\S", text):
        parts = text.split("#")
    elif re.match(r"-\s", text):
        parts = re.split(r"(?:^|\s)-\s", text)
    elif re.search(r"[,;]", text):
        parts = re.split(r"[,;]", text)
    else:
        return []
    return [part.strip(' ,;“”"') for part in parts if part.strip(' ,;“”"')]


def mend_brackets(value: str, key: str) -> str:
    """A list or a map in brackets, what stands after them kept; nothing where they do not close."""
    end = value.rfind(CLOSERS[value[0]])
    inner, after = value[1:end], value[end + 1 :]
    if end < 1 or (after.strip(" ,]}") and not re.match(r"\s+#", after)):
        return ""
    if value[0] == "[":
        items = [mend_text(item, "", inside=True) for item in split_items(inner)]
        return f"[{', '.join(items)}]{after}"
    pairs = []
    for name, text in split_pairs(inner):
        text = f"#{text[1:]}" if text.startswith("#") else text
        words = key in listed_keys() and text[:1] != "[" and line_words(text)
        mended = f"[{', '.join(words)}]" if words else mend_text(text, name, inside=True)
        pairs.append(f"{name}: {mended}")
    return f"{{{', '.join(pairs)}}}{after}" if pairs else ""


def split_items(text: str) -> list[str]:
    return [item for part in cut_at_commas(text) if (item := part.strip())]


def split_pairs(text: str) -> Iterator[tuple[str, str]]:
    """The keys of a map and their values; a comma that no known key follows belongs to the text."""
    pairs: list[tuple[str, str]] = []
    for part in cut_at_commas(text):
        found = KEY.match(part.lstrip())
        name = found[1].strip("“”\"‘’'") if found else ""
        if found and name in known_keys():
            pairs.append((name, part.lstrip()[found.end() :]))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]},{part}")
    yield from ((name, value.strip().rstrip(",").strip()) for name, value in pairs)


def cut_at_commas(text: str) -> Iterator[str]:
    """The parts of a text between commas that stand in no brackets and no quotes."""
    depth, quoted, begin = 0, "", 0
    for index, sign in enumerate(text):
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "\"'" and re.search(r"(?:^|[:,\[{]\s*)$", text[begin:index]):
            quoted = sign
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth = max(depth - 1, 0)
        elif sign == "," and not depth:
            yield text[begin:index]
            begin = index + 1
    yield text[begin:]
