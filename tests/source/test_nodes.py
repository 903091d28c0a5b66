"""YAML as nodes: whatever the text, nodes with true places or a diagnostic, never an exception or a guess."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.source.nodes import Mapping_, Refused, Scalar, Sequence, decode_yaml, parse_yaml
from generator.standards.yaml_loader import SAFE

LINES = settings(max_examples=150, deadline=None)

# Text that a YAML file may hold, and pieces that make trouble in it.
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TROUBLE = [": ", "- ", "# ", "'", '"', "[", "]", "{", "}", "*a", "&a", "!", "%", "@", "`", "---", "...", "<<: ", "? "]
TROUBLE += ["> ", "|", "\t", "\n", "\n  ", "\r", "\r\n", "\u2028", "no", "~", "null", "0", "1.10", "="]
anything = st.lists(words | st.sampled_from(TROUBLE)).map("".join)
data = st.recursive(words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4))


def plain(node):
    """A node as lists, dicts and text."""
    if isinstance(node, Mapping_):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def scalars(node):
    if isinstance(node, Scalar):
        yield node
    for inner in node.items if isinstance(node, Sequence) else getattr(node, "entries", {}).values():
        yield from scalars(inner)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inner), default=0)


@LINES
@given(st.one_of(anything.map(str.encode), st.binary()))
def test_anything_is_nodes_or_a_diagnostic(content):
    """
    No bytes raise anything but Refused, and what is refused has a place in the file, as editors count its lines.
    """
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    try:
        node, diagnostics = parse_yaml("a.yaml", decode_yaml("a.yaml", content))
    except Refused as refused:
        node, diagnostics = None, [refused.diagnostic]

    assert node is not None or diagnostics or not str(yaml.load(content, SAFE) or "").strip()
    places = [item.place for item in diagnostics if item.place.line]
    assert all(0 < place.column <= len(lines[place.line - 1]) + 1 for place in places)
    assert all(item.message("fr") and item.help("en") for item in diagnostics)


@LINES
@given(data.filter(lambda value: depth(value) < 10), st.booleans(), st.sampled_from([True, False, None]))
def test_what_was_written_is_read_back(value, unicode, flow):
    """
    Nested text that a YAML program wrote, in any of its styles, comes back as the same text.
    """
    text = yaml.safe_dump({"a": value}, allow_unicode=unicode, default_flow_style=flow, width=30)
    node, diagnostics = parse_yaml("a.yaml", decode_yaml("a.yaml", text.encode()))

    assert diagnostics == []
    assert plain(node) == {"a": value}


@LINES
@given(data.filter(lambda value: depth(value) < 10))
def test_places_point_at_values(value):
    """
    At a plain value's line and column stands its first character; at a quoted one's, its quote.
    """
    text = yaml.safe_dump({"a": value}, allow_unicode=True)
    # What YAML takes for an end of line, as its own rules say.
    lines = re.split("\n|\x85|\u2028|\u2029", text)
    node, _diagnostics = parse_yaml("a.yaml", text)

    for scalar in scalars(node):
        found = lines[scalar.place.line - 1][scalar.place.column - 1 :]
        assert found.startswith(scalar.value[:1] if scalar.plain else ("'", '"', "|", ">"))


@LINES
@given(data.filter(lambda value: depth(value) < 10), st.sampled_from([None, "|", ">", "'", '"']))
def test_a_text_that_reads_as_written_knows_where_it_starts(value, style):
    """
    Each line of a value whose start is known stands in the file where that tells, whatever the style.
    """
    text = yaml.safe_dump({"a": value}, allow_unicode=True, default_style=style)
    lines = re.split("\n|\x85|\u2028|\u2029", text)
    node, _diagnostics = parse_yaml("a.yaml", text)

    for scalar in scalars(node):
        if scalar.start:
            line, column = scalar.start
            for number, words in enumerate(re.split("\n|\x85|\u2028|\u2029", scalar.value), start=line - 1):
                assert not words or lines[number][column - 1 :].startswith(words)


def test_where_a_text_starts():
    """
    Literal blocks and texts on one line are known; folding, escapes and given indentation hide where words stand.
    """
    text = "a: |\n\n  un\n    deux\nb: 'un'\nc: un # deux\nd: >\n  un\ne: 'l''un'\nf: un\n  deux\ng: |1\n  un\n"
    node, _diagnostics = parse_yaml("a.yaml", text, line=10)

    assert [scalar.start for scalar in scalars(node)] == [(12, 3), (15, 5), (16, 4), None, None, None, None]


@LINES
@given(
    st.dictionaries(st.from_regex(r"[a-z]+", fullmatch=True), st.from_regex(r"[a-zé ]*", fullmatch=True), min_size=1)
)
def test_windows_files_are_read_alike(value):
    """
    CRLF and a byte order mark change neither values nor places.
    """
    text = yaml.safe_dump(value, allow_unicode=True)
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

    assert parse_yaml("a.yaml", decode_yaml("a.yaml", windows)) == parse_yaml(
        "a.yaml", decode_yaml("a.yaml", text.encode())
    )


def test_every_scalar_is_text():
    """
    What YAML turns into booleans, numbers, times and nothing stays as it was written.
    """
    text = "[no, 1.10, 12:30, 010, 2023-02-30, 0x1F, 1e3, ~, yes, .inf, 1_000]"
    node, diagnostics = parse_yaml("a.yaml", text)

    assert diagnostics == []
    assert plain(node) == ["no", "1.10", "12:30", "010", "2023-02-30", "0x1F", "1e3", "~", "yes", ".inf", "1_000"]


@pytest.mark.parametrize(
    ("text", "null"),
    [("~", True), ("null", True), ("''", True), ("' '", True), ("'null'", False), ("non", False), ("0", False)],
)
def test_a_value_may_be_nothing(text, null):
    """
    Nothing is written as nothing, `~`, `null` or empty quotes; the word between quotes is a word.
    """
    node, _diagnostics = parse_yaml("a.yaml", f"[{text}]")

    assert node.items[0].is_null is null


def refused(text: str) -> list[tuple[int, int, str]]:
    """The places and codes of what is said of a text that gives no node."""
    node, diagnostics = parse_yaml("a.yaml", text)
    assert node is None
    return [(item.place.line, item.place.column, item.code) for item in diagnostics]


def test_limits_refuse_a_file():
    """
    What would cost more than any metadata needs is refused where it passes the limit, and what just holds is read.
    """
    assert refused("a: " + "[" * 12 + "]" * 12) == [(1, 15, "too-deep")]
    assert refused("[" * 100_000) == [(1, 13, "too-deep")]
    assert refused("- a\n" * 50_000) == [(50_000, 3, "too-many-values")]
    assert parse_yaml("a.yaml", "a: " + "[" * 11 + "]" * 11)[1] == []
    assert parse_yaml("a.yaml", "- a\n" * 49_999)[1] == []


def test_a_file_over_the_limit_is_not_read():
    """
    A file's size is looked at before anything else.
    """
    with pytest.raises(Refused) as caught:
        decode_yaml("a.yaml", b"\xff" * 1_000_001)

    assert caught.value.diagnostic.values == {"size": "1000001", "limit": "1000000"}
    assert decode_yaml("a.yaml", b"a" * 1_000_000) == "a" * 1_000_000


def test_what_repeats_by_reference_is_refused():
    """
    Aliases, anchors and merge keys are refused where they stand, so that no file unfolds into a larger one.
    """
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))

    assert refused(bomb) == [(1, 4, "yaml-character")]
    assert refused("a: x\nb: *a\n") == [(2, 4, "yaml-alias")]
    assert refused("a:\n  <<: {b: c}\n") == [(2, 3, "yaml-merge-key")]
    assert refused("a: !!python/object:os.system x") == [(1, 4, "yaml-character")]


def test_keys_are_words_and_documents_are_alone():
    """
    A key that is a list, and a second document, are refused where they start.
    """
    assert refused("? [a]\n: b\n") == [(1, 3, "key-not-text")]
    assert refused("a: b\n---\nc: d\n") == [(2, 1, "several-documents")]
    assert parse_yaml("a.yaml", "---\na: b\n")[1] == []


def test_a_repeated_key_is_told_and_the_first_kept():
    """
    The second is told, with the first one's line; the rest of the file is read.
    """
    node, diagnostics = parse_yaml("a.yaml", "a: x\nb: y\na: z\n")

    assert plain(node) == {"a": "x", "b": "y"}
    assert [(item.place.line, item.place.column, item.code, item.values) for item in diagnostics] == [
        (3, 1, "duplicate-key", {"key": "a", "line": "1"})
    ]


def test_places_in_front_matter_are_those_of_the_file():
    """
    The lines before the text are counted, in places and in what is said of a repeated key.
    """
    node, diagnostics = parse_yaml("a.md", "title: x\ntitle: y\n", line=1)

    assert node.entries["title"].place == ("a.md", 2, 8)
    assert [(item.place.line, item.values["line"]) for item in diagnostics] == [(3, "2")]


def test_places_are_those_that_editors_show():
    """
    Lines end where editors end them: after a carriage return alone, and not after the separators that YAML 1.1 knows.
    """
    texts = [b"a: 1\rb: \xe9\r", "a: 'x\u2028y'\nb: 1\nb: 2\n".encode(), b"a: 1\nb: [c", "a: x\x85\nb: {c\n\n".encode()]
    found = []
    for text in texts:
        try:
            found += parse_yaml("a.yaml", decode_yaml("a.yaml", text))[1]
        except Refused as refused:
            found.append(refused.diagnostic)

    assert [
        "a.yaml:2:4 not-utf-8",
        "a.yaml:3:1 duplicate-key",
        "a.yaml:2:4 yaml-bracket",
        "a.yaml:2:4 yaml-bracket",
    ] == [f"{item.place} {item.code}" for item in found]
