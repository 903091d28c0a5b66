"""What an import took over, supposed, kept as it found it, and left out, by dataset and in total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.text.speech import Speech
from generator.text.strings import strings

SECTIONS = ("asked", "links", "guessed", "kept", "left-out")

# What makes a line of its own for each value in the totals; the other codes are counted together.
BY_VALUE = [
    "guessed.theme",
    "guessed.language",
    "guessed.name-prefix",
    "guessed.day-month",
    "guessed.old-portal",
    "guessed.schema",
    "kept.format",
    "left-out.field",
    "left-out.unusable",
    "left-out.license",
    "left-out.frequency",
    "left-out.theme",
    "left-out.media-type",
    "left-out.access-rights",
    "left-out.language",
    "left-out.dataset-state",
    "left-out.label",
]


class Event(NamedTuple):
    """One thing worth telling. `code` opens with its section; `subject` is a dataset's id, or empty."""

    code: str
    subject: str
    value: str


class SourceError(Exception):
    """A source that can't be read; the words are `import.errors.<code>`, or given in French and English."""

    def __init__(self, code: str | Mapping[str, str], **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {key: str(value) for key, value in values.items()}

    def message(self, language: str) -> str:
        words = strings(language)[f"import.errors.{self.code}"] if isinstance(self.code, str) else self.code[language]
        return words.format_map(self.values)


class ReportGroup(NamedTuple):
    """The events that one line of the totals counts."""

    code: str
    words: str
    number: int
    example: str


@dataclass
class Report:
    """
    The loss report. `fields` counts what was mapped, as source key and ours, and `examples` has one of each; `files`
    what was done on disk, `doubts` the source keys of whose values an event tells, `secrets` the words in the source's
    address that nothing may repeat.
    """

    source: str = ""
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    objects: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    secrets: frozenset[str] = frozenset()
    profiles: set[str] = field(default_factory=set)
    """The national profiles of DCAT that the source follows."""
    details: dict[Event, str] = field(default_factory=dict)
    """What the source says where an event was told."""
    by_subject: str = "import.by-dataset"
    """The words for what events are told of, one by one."""

    def tell(self, code: str, subject: str = "", value: object = "", detail: object = "") -> None:
        event = Event(code, subject, self.without_secrets(str(value)))
        self.events.append(event)
        if detail:
            self.details[event] = self.without_secrets(str(detail))

    def without_secrets(self, text: str) -> str:
        """A text in which nothing stands that lets anybody into the source."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, "…")
        return text

    def took(self, source: str, ours: str, example: object = "") -> None:
        self.fields[source, ours] += 1
        if example and (source, ours) not in self.examples:
            self.examples[source, ours] = shown(example)

    def totals(self) -> dict[str, int]:
        """Code, with its value where each counts by itself, to number."""
        return dict(Counter(f"{e.code} {e.value}" if e.code in BY_VALUE else e.code for e in self.events))

    def lines(self, language: str) -> list[str]:
        """The totals, for the terminal."""
        words = strings(language)
        lines = [self.summary(language), self.counted("files", self.files, ("new", "updated", "unchanged"), language)]
        if self.fields:
            pairs = sorted(self.fields.items(), key=lambda item: (-item[1], item[0]))
            lines += [
                "",
                words["import.mapped"],
                *(f"{count:>7}  {source} → {ours}" for (source, ours), count in pairs),
            ]
        for section, groups in self.sections(language):
            lines += ["", words[f"import.sections.{section}"]]
            lines += [f"{group.number:>7}  {group.words}" for group in groups]
        return [*lines, "", words["import.more"]]

    def summary(self, language: str) -> str:
        names = ("dataset", "distribution", "publisher", "theme")
        return self.counted("summary", self.objects, names, language)

    def counted(self, key: str, counts: Counter[str], names: Iterable[str], language: str) -> str:
        speech = Speech(language, strings(language))
        what = [speech.say(f"import.counts.{name}", count=counts[name]) for name in names]
        return speech.say(f"import.{key}", what=", ".join(what))

    def sections(self, language: str) -> Iterator[tuple[str, list[ReportGroup]]]:
        """Each section that has something to say, and what it counts, the most frequent first."""
        for section in SECTIONS:
            groups: dict[tuple[str, str], list[Event]] = {}
            for event in self.events:
                if event.code.startswith(f"{section}."):
                    value = event.value if event.code in BY_VALUE else ""
                    groups.setdefault((event.code, value), []).append(event)
            if groups:
                found = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
                yield section, [self.group(code, events, language) for (code, _), events in found]

    def group(self, code: str, events: list[Event], language: str) -> ReportGroup:
        """A code's words, with its value where all the events share it, and an example."""
        words = strings(language)
        text = words[f"import.{code}"]
        value = events[0].value if len({event.value for event in events}) == 1 else ""
        detail = next((self.details[event] for event in events if event in self.details), "")
        example = detail or ("" if value else events[0].value)
        return ReportGroup(
            code, f"{text}{words['import.colon']}{value}" if value else text, len(events), shown(example)
        )


def shown(value: Any, length: int = 160) -> str:
    """A value on one line, without what Markdown would take for a mark, cut where it is long."""
    text = value if isinstance(value, str) else "" if value is None else repr_plain(value)
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= length else text[: length - 1] + "…"


def repr_plain(value: Any) -> str:
    """
    >>> repr_plain({"fr": ["a", "b"], "en": 1})
    'fr: a, b; en: 1'
    """
    if isinstance(value, dict):
        return "; ".join(f"{key}: {repr_plain(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(repr_plain(item) for item in value)
    return str(value)
