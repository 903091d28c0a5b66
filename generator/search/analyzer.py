"""
From text to search terms. `languages.yaml` holds the rules; this module and the theme's analysis.js hold the
same mechanism twice, and test_analysis.py compares their answers on the frequent words of each language.

Both sides stem with Snowball 2. Snowball 3 differs from every stemmer that is small enough for a browser.
"""

from __future__ import annotations

import codecs
import importlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from generator.standards.yaml_loader import BASE

PYSTEMMER = "2.2.0.3"

SHORTEST_SINGULAR = 3
SHORTEST_BEGINNING = 2

USUAL = (*range(0x80), *range(0xA0, 0x100), *range(0x2008, 0x2023), 0x202F)
"""Where to look for characters that need no more than a table: those of Western Europe, dashes, quotation marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one language drops and how it stems: a row of languages.yaml."""

    stemmer: str = ""
    script: str = ""
    export: str = ""
    elisions: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    plural: str = ""
    feminine: Mapping[str, str] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()


class Analyzer:
    """A language's way from text to terms. Knows each token's term once it has met it."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._terms = _Terms(rules)

    @staticmethod
    def of(language: str) -> Analyzer:
        """The shared analyzer of a language tag: `fr-CA` is `fr`, an unknown one only folds and splits."""
        return _analyzer(_known(language))

    def tokens(self, text: str) -> list[str]:
        """
        The words of a text, folded, without elision, stop words included.

        >>> Analyzer.of("fr").tokens("Qualité de l’eau (EPSG:32198), aujourd'hui")
        ['qualite', 'de', 'eau', 'epsg', '32198', 'aujourdhui']
        """
        folded = fold(text)
        if "'" not in folded:
            return folded.split()
        return [token for word in folded.split() if (token := self._token(word))]

    def terms(self, text: str) -> list[str]:
        """
        What the index holds: stems, without stop words.

        >>> Analyzer.of("fr").terms("Les qualités de l’eau")
        ['qualit', 'eau']
        """
        return list(filter(None, map(self._terms.__getitem__, self.tokens(text))))

    def _token(self, word: str) -> str:
        if "'" not in word:
            return word
        rules = self._rules
        word = word.lstrip("'")
        while word.strip("'") not in rules.exceptions:
            before, apostrophe, after = word.partition("'")
            if not apostrophe or before not in rules.elisions:
                break
            word = after.lstrip("'")
        word = word.rstrip("'")
        before, apostrophe, after = word.rpartition("'")
        if apostrophe and after in rules.endings:
            word = before
        return word.replace("'", "")


def fold(text: str) -> str:
    """
    Lower case without accents, one kind of apostrophe, and a space for whatever is not in a word.

    >>> fold("Œuvre d’été À\\u202fMontréal, A-40")
    "oeuvre d'ete a montreal  a 40"
    >>> fold("S.A.A.Q., 12 000")
    'saaq   12000'
    """
    text = _inside().sub("", unicodedata.normalize("NFC", text))
    usual = _usual()
    try:
        encoded, _ = codecs.charmap_encode(text, "strict", usual.codes)
    except UnicodeEncodeError:
        return _fold(text)
    return encoded.translate(usual.folded, usual.dropped).decode("ascii")


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", decomposed.translate(_characters()))


def settings(language: str) -> dict[str, Any]:
    """What analysis.js needs to know of a language. `script` is a path in the theme's node_modules."""
    rules = _rules(_known(language))
    return {
        "apostrophes": _data()["apostrophes"],
        "inside": "|".join(_data()["inside"]),
        "letters": _data()["letters"],
        "stemmer": rules.stemmer,
        "script": rules.script,
        "export": rules.export,
        "elisions": sorted(rules.elisions),
        "endings": sorted(rules.endings),
        "exceptions": sorted(rules.exceptions),
        "plural": rules.plural,
        "feminine": dict(rules.feminine),
        "irregular": dict(sorted(rules.irregular.items())),
        "stopWords": sorted(rules.stop_words),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """
    The characters that nearly every text is made of: at most 256, each of which folds to one ASCII character or none.

    `codes` encodes them, a byte each; `folded` has what each byte becomes, `dropped` those that go. A text of these
    alone is folded three times as fast.
    """

    codes: Any
    folded: bytes
    dropped: bytes


@cache
def _usual() -> _Usual:
    folded = {
        letter: becomes for letter in map(chr, USUAL) if (becomes := _fold(letter)).isascii() and len(becomes) < 2
    }
    letters = "".join(folded)
    return _Usual(
        codes=codecs.charmap_build(letters),
        folded=bytes(ord(folded[letter] or " ") for letter in letters).ljust(256),
        dropped=bytes(code for code, letter in enumerate(letters) if not folded[letter]),
    )


class _Characters(dict[int, str | None]):
    """A table for str.translate that learns what each character becomes when it first meets it."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        becomes: str | None = " "
        # U+200B allows a line to break between two words; other format characters hide inside one.
        if _is_accent(code) or (category == "Cf" and code != 0x200B):
            becomes = None
        elif category[0] in "LN" or category in ("Mn", "Mc"):
            becomes = character
        self[code] = becomes
        return becomes


def _is_accent(code: int) -> bool:
    # Variation selectors too. Marks of other scripts, such as vowel signs, are part of the word.
    return 0x300 <= code <= 0x36F or 0xFE00 <= code <= 0xFE0F


class _Terms(dict[str, str | None]):
    """Each token's term, None for a stop word. As large as the vocabulary, however long the text."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(dict.fromkeys(rules.stop_words))
        self._stem = _stemmer(rules.stemmer)
        self._rules = rules

    def __missing__(self, token: str) -> str | None:
        term = self[token] = self._stem(_base(token, self._rules))
        return term


def _base(token: str, rules: Rules) -> str:
    """The word that stands for its plural and its feminine."""
    mark = rules.plural
    if token in rules.irregular:
        return rules.irregular[token]
    if mark and len(token) > SHORTEST_SINGULAR and token.endswith(mark) and not token.endswith(mark * 2):
        token = token[: -len(mark)]
    if token in rules.irregular:
        return rules.irregular[token]
    for ending, masculine in rules.feminine.items():
        if token.endswith(ending) and len(token) >= len(ending) + SHORTEST_BEGINNING:
            return token[: -len(ending)] + masculine
    return token


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    if not name:
        return str
    stemmer: Any
    if _has_pystemmer():
        # 0: no cache, ours knows every token.
        stemmer = importlib.import_module("Stemmer").Stemmer(name, 0)
    else:
        # The same algorithm, slower. snowballstemmer.stemmer() would take any PyStemmer it finds.
        module = importlib.import_module(f"snowballstemmer.{name}_stemmer")
        stemmer = getattr(module, f"{name.title()}Stemmer")()
    stem: Callable[[str], str] = stemmer.stemWord
    return stem


def _has_pystemmer() -> bool:
    try:
        return metadata.version("PyStemmer") == PYSTEMMER
    except metadata.PackageNotFoundError:
        return False


def _known(language: str) -> str:
    tag = language.lower().partition("-")[0]
    return tag if tag in _data()["languages"] else ""


@cache
def _analyzer(language: str) -> Analyzer:
    return Analyzer(_rules(language))


@cache
def _rules(language: str) -> Rules:
    row: dict[str, Any] = _data()["languages"].get(language, {})

    def words(key: str) -> frozenset[str]:
        return frozenset(row.get(key, "").split())

    return Rules(
        stemmer=row.get("stemmer", ""),
        script=row.get("script", ""),
        export=row.get("export", ""),
        elisions=words("elisions"),
        endings=words("endings"),
        exceptions=words("exceptions"),
        plural=row.get("plural", ""),
        feminine=row.get("feminine", {}),
        irregular=row.get("irregular", {}),
        stop_words=words("stop words"),
    )


@cache
def _inside() -> re.Pattern[str]:
    return re.compile("|".join(_data()["inside"]))


@cache
def _characters() -> _Characters:
    data = _data()
    characters = _Characters({ord(letter): becomes for letter, becomes in data["letters"].items()})
    characters.update({ord(apostrophe): "'" for apostrophe in data["apostrophes"]})
    return characters


@cache
def _data() -> dict[str, Any]:
    source = Path(__file__).with_name("languages.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(source, BASE)
    return data
