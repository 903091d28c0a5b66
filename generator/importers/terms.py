"""A portal's words for frequencies, languages, formats and themes as codes of our vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.authoring.report import Report
from generator.importers.html import to_line
from generator.importers.languages import read_tag
from generator.standards import fold_code, vocabulary
from generator.text.slugs import slugify


@dataclass(frozen=True)
class TextLanguages:
    """Which language texts are in: `source` is that of a text that does not say, `default` the portal's own."""

    default: str
    source: str

    def say(self, texts: Mapping[str, Any]) -> Any:
        """Language to text, "" for the source's own, as it is to be written; None when nothing is said."""
        spoken: dict[str, Any] = {}
        for language, text in texts.items():
            if text:
                spoken.setdefault(language or self.source, text)
        if self.default in spoken:
            spoken = {self.default: spoken.pop(self.default), **spoken}
        return spoken[self.default] if list(spoken) == [self.default] else spoken or None


def find_code(name: str, spelling: str) -> str:
    """The code in a vocabulary that a spelling stands for, or nothing."""
    term = vocabulary(name).find(to_line(spelling)) if spelling.strip() else None
    return term.code if term else ""


def find_languages(report: Report, subject: str, spellings: Iterable[str]) -> list[str]:
    found = []
    for spelling in spellings:
        if code := read_tag(spelling):
            found.append(code)
        elif spelling.strip():
            report.tell("left-out.language", subject, to_line(spelling))
    return list(dict.fromkeys(found))


def fold_keywords(words: Iterable[str]) -> list[str]:
    """
    Keywords without twins: the first spelling of each stays.

    >>> fold_keywords(["Eau", "eau", " cours  d'eau "])
    ['Eau', "cours d'eau"]
    """
    found: dict[str, str] = {}
    for word in words:
        if line := to_line(word):
            found.setdefault(line.casefold(), line)
    return list(found.values())


def is_named(code: str, words: Iterable[str]) -> bool:
    """Whether one of the words is a default theme's own name; a portal's own theme is what it says."""
    term = vocabulary("themes").terms.get(code)
    if term is None:
        return True
    names = {fold_code(text) for text in (code, *term.title.values())}
    return any(fold_code(word) in names for word in words)


@dataclass
class Themes:
    """
    The themes that datasets may have: the portal's own when it declares some, else the default ones.

    While catalog.yaml is not written, a category without counterpart becomes a theme of its own.
    """

    report: Report
    speech: TextLanguages
    declared: Mapping[str, frozenset[str]]
    open: bool
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    added: dict[str, dict[str, str]] = field(default_factory=dict)
    sources: dict[str, set[str]] = field(default_factory=dict)
    matches: dict[str, str] = field(default_factory=dict)
    adopted: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, catalog: Mapping[str, Any], exists: bool, report: Report, speech: TextLanguages) -> Themes:
        """The themes of a catalog.yaml as it was read."""
        declared: dict[str, frozenset[str]] = {}
        matches: dict[str, str] = {}
        for concept in catalog.get("themeTaxonomy") or []:
            if isinstance(concept, dict) and isinstance(concept.get("id"), str):
                label = concept.get("prefLabel")
                labels = label.values() if isinstance(label, dict) else [label]
                declared[concept["id"]] = frozenset(fold_code(text) for text in labels if isinstance(text, str))
                if isinstance(concept.get("closeMatch"), str):
                    matches.setdefault(concept["closeMatch"], concept["id"])
        themes = cls(report, speech, declared or {code: frozenset() for code in vocabulary("themes").terms}, not exists)
        themes.matches = matches
        return themes

    def adopt(self, concepts: Iterable[Mapping[str, Any]]) -> None:
        """The source's own scheme, as the portal's while it has none."""
        if not self.open:
            return
        self.declared = {concept["id"]: frozenset() for concept in concepts}
        self.adopted = [dict(concept) for concept in concepts]

    def own(self, subject: str, code: str) -> str:
        """A theme by its own code, or nothing when the portal's scheme lacks it."""
        if code not in self.declared:
            self.report.tell("left-out.theme", subject, code)
            return ""
        self.used.setdefault(code, {})
        self.sources.setdefault(code, set()).add(code)
        return code

    def find(self, subject: str, spellings: Mapping[str, str], name: str = "", eu: str = "") -> str:
        """
        The theme that a category stands for. `spellings` are its labels by language ("" the source's own), `name` its
        slug there, `eu` its code when it is the EU's.
        """
        if eu in self.matches:
            return self.own(subject, self.matches[eu])
        lines = {language or self.speech.source: to_line(text) for language, text in spellings.items()}
        labels = {language: text for language, text in lines.items() if text}
        words = [word for word in (eu, name, *labels.values()) if word]
        if not words:
            return ""
        code = self.known(words)
        if not code and self.open:
            code = slugify(name or labels.get("en") or words[0])
            self.added.setdefault(code, {})
            if eu:
                self.matches[eu] = code
        if not code:
            self.report.tell("left-out.theme", subject, words[0])
            return ""
        self.used.setdefault(code, {})
        into = self.added.get(code, self.used[code])
        for language, text in labels.items():
            into.setdefault(language, text.rstrip("'’ "))
        self.sources.setdefault(code, set()).add(fold_code(words[0]))
        shown = labels.get(self.speech.source) or words[0]
        if not is_named(code, words):
            self.report.tell("guessed.theme", subject, f"{shown} → {code}")
        return code

    def known(self, words: Iterable[str]) -> str:
        for word in words:
            folded = fold_code(word.rstrip("'’ "))
            for code, labels in self.declared.items():
                if folded in labels or folded == code:
                    return code
            for code, texts in self.added.items():
                if folded in {fold_code(text) for text in texts.values()} or folded == code:
                    return code
            term = vocabulary("themes").find(word)
            if term and term.code in self.declared:
                return term.code
        return ""

    def taxonomy(self, languages: Iterable[str]) -> list[dict[str, Any]]:
        """The scheme to declare: the default themes in use and the new ones; empty while the default ones do."""
        added = [{"id": code, "prefLabel": dict(self.added[code])} for code in sorted(self.added)]
        for concept in added:
            if match := next((eu for eu, code in self.matches.items() if code == concept["id"]), ""):
                concept["closeMatch"] = match
        if self.adopted:
            return [] if self.adopted == default_scheme() and not added else [*self.adopted, *added]
        if not added:
            return []
        concepts = []
        for code, term in vocabulary("themes").terms.items():
            if code not in self.used:
                continue
            labels = {language: term.title[language] for language in languages if language in term.title}
            for language in languages:
                # A category's name is the theme's only when no other category became the same theme.
                if language not in labels and len(self.sources[code]) == 1 and language in self.used[code]:
                    labels[language] = self.used[code][language]
            ordered = {language: labels[language] for language in languages if language in labels}
            concepts.append({"id": code, "prefLabel": ordered or dict(term.title), "closeMatch": term.eu})
        return [*concepts, *added]


def default_scheme() -> list[dict[str, Any]]:
    """The themes of a portal that declares none, as they would be declared."""
    terms = vocabulary("themes").terms.values()
    return [{"id": term.code, "prefLabel": dict(term.title), "closeMatch": term.eu} for term in terms]
