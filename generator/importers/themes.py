"""Categories of other portals as themes: their own, with their own names; what the EU calls them is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.authoring.report import Report
from generator.importers.html import to_line
from generator.importers.terms import TextLanguages
from generator.standards import fold_code, vocabulary
from generator.text.slugs import is_slug, slugify


@dataclass
class Themes:
    """
    The themes that datasets may have: the portal's own when it declares some, else the default ones.

    While catalog.yaml is not written, or an import wrote it, every category becomes a theme of its own, with its own
    name and address. `deleted` are themes of an earlier import that somebody took away since.
    """

    report: Report
    speech: TextLanguages
    declared: Mapping[str, frozenset[str]]
    open: bool
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    added: dict[str, dict[str, str]] = field(default_factory=dict)
    matches: dict[str, str] = field(default_factory=dict)
    adopted: list[dict[str, Any]] = field(default_factory=list)
    deleted: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, catalog: Mapping[str, Any], ours: bool, known: Iterable[str], report: Report, speech: TextLanguages
    ) -> Themes:
        """The themes of a catalog.yaml as it was read; `ours` when an import wrote it, with the themes `known`."""
        declared: dict[str, frozenset[str]] = {}
        matches: dict[str, str] = {}
        for concept in catalog.get("themeTaxonomy") or []:
            if isinstance(concept, dict) and isinstance(concept.get("id"), str):
                label = concept.get("prefLabel")
                labels = label.values() if isinstance(label, dict) else [label]
                declared[concept["id"]] = frozenset(fold_code(text) for text in labels if isinstance(text, str))
                for key in ("closeMatch", "exactMatch"):
                    if isinstance(concept.get(key), str):
                        matches.setdefault(concept[key], concept["id"])
        default = {code: frozenset[str]() for code in vocabulary("themes").terms}
        if ours:
            return cls(report, speech, default, True, deleted=frozenset(known) - declared.keys())
        themes = cls(report, speech, declared or default, False)
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
        if code in self.deleted or code not in {*self.declared, *self.added}:
            self.report.tell("left-out.theme", subject, code)
            return ""
        self.used.setdefault(code, {})
        return code

    def find(self, subject: str, spellings: Mapping[str, str], name: str = "", eu: str = "", address: str = "") -> str:
        """
        The theme that a category stands for. `spellings` are its labels by language ("" the source's own), `name` its
        slug there or what to call it for want of a label, `eu` its code when it is the EU's, `address` its own.
        """
        if eu in self.matches or address in self.matches:
            return self.own(subject, self.matches.get(eu) or self.matches[address])
        lines = {language or self.speech.source: to_line(text).rstrip("'’ ") for language, text in spellings.items()}
        labels = {language: text for language, text in lines.items() if text}
        words = [word for word in (eu, name, *labels.values()) if word]
        if not words:
            return ""
        code = self.known(words) or (self.add(labels, name) if self.open else "")
        if not code:
            self.report.tell("left-out.theme", subject, words[0])
            return ""
        if code in self.deleted:
            self.report.tell("left-out.theme", subject, code)
            self.added.pop(code, None)
            return ""
        self.used.setdefault(code, {})
        for language, text in labels.items():
            self.added.get(code, self.used[code]).setdefault(language, text)
        for known in filter(None, (eu, address)):
            self.matches[known] = code
        if not eu:
            self.propose(subject, code, labels, words)
        return code

    def add(self, labels: dict[str, str], name: str) -> str:
        """A category as a theme: the default one of the same name in the portal's language, else one of its own."""
        shown = labels.get(self.speech.default) or labels.get("en") or next(iter(labels.values()), name)
        term = vocabulary("themes").find(shown)
        title = term.title.get(self.speech.default, "") if term else ""
        if (
            term
            and fold_code(title) == fold_code(shown)
            and set(term.code.split("-")) <= set(slugify(title).split("-"))
        ):
            return term.code
        code = free_slug(shown, name, [*self.added, *self.used])
        self.added[code] = dict(labels) or {self.speech.source: name}
        return code

    def propose(self, subject: str, code: str, labels: Mapping[str, str], words: Iterable[str]) -> None:
        """The EU's theme that a theme of one's own could match is told, as long as it matches none."""
        mapped = any(own == code and match in vocabulary("data-themes") for match, own in self.matches.items())
        term = next(filter(None, map(vocabulary("themes").find, words)), None)
        if mapped or code in vocabulary("themes") or term is None or not term.eu:
            return
        title = vocabulary("data-themes")[term.eu].title
        shown = labels.get(self.speech.default) or next(iter(labels.values()), code)
        self.report.tell(
            "guessed.theme", subject, f"{shown} → {term.eu} ({title.get(self.speech.default, title['en'])})"
        )

    def known(self, words: Iterable[str]) -> str:
        for word in words:
            folded = fold_code(word)
            for code, labels in self.declared.items() if not self.open or self.adopted else ():
                if folded in labels or folded == code:
                    return code
            for code, texts in (*self.added.items(), *self.used.items()):
                if folded in {fold_code(text) for text in texts.values()} or folded == code:
                    return code
            term = None if self.open else vocabulary("themes").find(word)
            if term and term.code in self.declared:
                return term.code
        return ""

    def taxonomy(self, languages: Iterable[str]) -> list[dict[str, Any]]:
        """The scheme to declare: the source's own, then its categories; empty while the default themes do."""
        added: list[dict[str, Any]] = []
        for code in sorted(self.added):
            labels = self.added[code]
            ordered_labels = {language: labels[language] for language in languages if language in labels}
            concept: dict[str, Any] = {"id": code, "prefLabel": ordered_labels or dict(labels)}
            matched = [match for match, own in self.matches.items() if own == code]
            for match in reversed(matched):
                concept["closeMatch" if match in vocabulary("data-themes") else "exactMatch"] = match
            added.append(concept)
        if not added and self.adopted == default_scheme():
            return []
        return [*(self.adopted or (self.defaults(languages) if added else [])), *added]

    def defaults(self, languages: Iterable[str]) -> list[dict[str, Any]]:
        """The default themes in use, as they are declared beside others."""
        return [
            {
                "id": code,
                "prefLabel": {language: term.title[language] for language in languages if language in term.title}
                or dict(term.title),
                "closeMatch": term.eu,
            }
            for code, term in vocabulary("themes").terms.items()
            if code in self.used and code not in self.added
        ]


def free_slug(shown: str, name: str, taken: Iterable[str]) -> str:
    """
    A code for a theme that no other has: its own where it is a slug, else one made of what is shown.

    >>> free_slug("Health", "sante", []), free_slug("Santé", "", ["sante"]), free_slug("Health", "5f2c01a9b3", [])
    ('sante', 'sante-2', 'health')
    """
    own = is_slug(name) and not re.fullmatch(r"[0-9a-f]{8}[0-9a-f-]*|[\d._-]+", name)
    base = name if own else slugify(shown)
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def default_scheme() -> list[dict[str, Any]]:
    """The themes of a portal that declares none, as they would be declared."""
    terms = vocabulary("themes").terms.values()
    return [{"id": term.code, "prefLabel": dict(term.title), "closeMatch": term.eu} for term in terms]
