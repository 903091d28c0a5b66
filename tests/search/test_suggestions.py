"""Suggestions and orders as their files say them; the browser's tests read them as a reader does."""

from __future__ import annotations

import json
import random

from generator.search.analyzer import Analyzer
from generator.search.orders import encode_orders
from generator.search.suggestions import FIRST, KINDS, LIMIT, Suggestion, suggestion_files, suggestion_keys
from generator.text.speech import Words


def title(label, key="x"):
    return Suggestion(label=Words(label, "fr"), kind="dataset", key=key)


def files_of(suggestions):
    return {name: json.loads(content) for name, content in suggestion_files(suggestions, "fr")}


def below(files, text):
    """What a reader's script finds below a text, with how many files it read after the first one."""
    node, read = files[FIRST], 0
    while True:
        keys, names = node["n"][::2], node["n"][1::2]
        at = max((place for place, key in enumerate(keys) if key <= text), default=-1)
        if at < 0 or (at + 1 < len(keys) and keys[at + 1].startswith(text)):
            return node["s"], read
        node, read = files[names[at]], read + 1


def many(count):
    draw = random.Random(1)
    syllables = ["do", "nne", "es", "ou", "ver", "tes", "qua", "li", "te", "eau", "ar", "bre", "pis", "te", "ville"]
    words = ["".join(draw.choices(syllables, k=draw.randint(1, 3))) for _ in range(count // 5 + 20)]
    return [title(" ".join(["données", *draw.choices(words, k=draw.randint(1, 6))]), f"d{n}") for n in range(count)]


def test_no_suggestions():
    """
    An empty catalogue has one file, which leads nowhere.
    """
    assert files_of([]) == {FIRST: {"s": [], "n": []}}


def test_a_row_says_no_more_than_it_must():
    """
    A count stands only where there is one, a language only where it is not the page's.
    """
    rows = [
        title("Arbres", "arbres"),
        Suggestion(label=Words("Arbre", "fr"), kind="keyword", key="arbre", count=3),
        Suggestion(label=Words("Trees", "en"), kind="dataset", key="trees"),
        Suggestion(label=Words("Arbitrage", "en"), kind="publisher", key="arb", count=1),
    ]
    found, _ = below(files_of(rows), "arb")

    assert sorted(found) == [
        ["Arbitrage", KINDS.index("publisher"), "arb", 1, "en"],
        ["Arbre", KINDS.index("keyword"), "arbre", 3],
        ["Arbres", KINDS.index("dataset"), "arbres"],
        ["Trees", KINDS.index("dataset"), "trees", 0, "en"],
    ]


def test_every_file_is_small_and_two_letters_read_one():
    """
    No file is larger than the limit; two letters read one file after the first one, and every title is found by all
    of its first words.
    """
    suggestions = many(3000)
    contents = dict(suggestion_files(suggestions, "fr"))
    files = {name: json.loads(content) for name, content in contents.items()}

    assert max(map(len, contents.values())) <= LIMIT
    starts = {key[:2] for one in suggestions for key in suggestion_keys(one.label, "fr")}
    assert all(below(files, start)[1] <= 1 for start in starts)
    for one in suggestions:
        phrase = " ".join(Analyzer.of("fr").tokens(one.label))[:40]
        found, _ = below(files, phrase)
        assert one.label in [row[0] for row in found]


def test_what_begins_alike_has_the_best_first():
    """
    Where too many begin alike, two letters show the first ones given, those that begin with the letters before others.
    """
    suggestions = [*many(2000), title("Le dossier des données", "late")]
    found, _ = below(files_of(suggestions), "do")

    keys = [row[2] for row in found]
    assert keys[:3] == ["d0", "d1", "d2"]
    assert "late" not in keys


def test_equal_labels_do_not_split_for_ever():
    """
    More equal labels than a file holds are cut; the best of them stay.
    """
    files = files_of([title("Budget", f"b{n}") for n in range(2000)])
    found, _ = below(files, "budget")

    assert [row[2] for row in found][:2] == ["b0", "b1"]


def test_long_labels_and_other_scripts():
    """
    A label is found in its own script, without its stop words unless it begins with one.
    """
    files = files_of([title("𐐨𐐩 مياه الشرب", "a"), title("Le budget de la ville", "b"), title("水道水質", "c")])

    assert "a" in [row[2] for row in below(files, "ميا")[0]]
    assert suggestion_keys("Le budget de la ville", "fr") == ["le budget de la ville", "budget de la ville", "ville"]
    assert "c" in [row[2] for row in below(files, "水道")[0]]


def test_orders_are_places():
    """
    By date as the catalogue's lists have it; by title without accents, equals by date.
    """
    titles = {"a": Words("Eau", "fr"), "b": Words("Écoles", "fr"), "c": Words("Arbres", "fr"), "d": Words("eau", "fr")}

    assert encode_orders(titles, ["d", "c", "b", "a"]) == {
        "order-date": [bytes([3, 2, 1, 0])],
        "order-title": [bytes([2, 3, 0, 1])],
    }
