"""What an import took over, supposed, kept as it found it, and left out, by dataset and in total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.text.speech import Speech
from generator.text.strings import strings

SECTIONS = ("links", "guessed", "kept", "left-out")

# What makes a line of its own for each value in the totals; the other codes are counted together.
BY_VALUE = """
    guessed.theme guessed.language guessed.name-prefix guessed.day-month guessed.old-portal kept.format left-out.field
    left-out.license left-out.frequency left-out.theme left-out.media-type left-out.access-rights left-out.language
    left-out.dataset-state
""".strip()


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


@dataclass
class Report:
    """
    The loss report. `fields` counts what was mapped, as source key and ours; `files` what was done on disk; `doubts`
    the source keys of whose values an event tells; `secrets` the words in the source's address that nothing may repeat.
    """

    source: str = ""
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    objects: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    secrets: frozenset[str] = frozenset()

    def tell(self, code: str, subject: str = "", value: object = "") -> None:
        self.events.append(Event(code, subject, self.without_secrets(str(value))))

    def without_secrets(self, text: str) -> str:
        """A text in which nothing stands that lets anybody into the source."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, "…")
        return text

    def took(self, source: str, ours: str) -> None:
        self.fields[source, ours] += 1

    def totals(self) -> dict[str, int]:
        """Code, with its value where each counts by itself, to number."""
        return dict(Counter(f"{e.code} {e.value}" if e.code in BY_VALUE.split() else e.code for e in self.events))

    def lines(self, language: str) -> list[str]:
        """The totals, for the terminal."""
        words = strings(language)
        lines = [self.summary(language), self.counted("files", self.files, ("new", "updated", "unchanged"), language)]
        for title, rows in self.sections(language):
            lines += ["", title, *(f"{count:>7}  {text}" for count, text in rows)]
        return [*lines, "", words["import.more"]]

    def summary(self, language: str) -> str:
        names = ("dataset", "distribution", "publisher", "theme")
        return self.counted("summary", self.objects, names, language)

    def counted(self, key: str, counts: Counter[str], names: Iterable[str], language: str) -> str:
        speech = Speech(language, strings(language))
        what = [speech.say(f"import.counts.{name}", count=counts[name]) for name in names]
        return speech.say(f"import.{key}", what=", ".join(what))

    def sections(self, language: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """Title and counted lines: what was mapped, then each section that has something to say."""
        words = strings(language)
        if self.fields:
            pairs = sorted(self.fields.items(), key=lambda item: (-item[1], item[0]))
            yield words["import.mapped"], [(count, f"{source} → {ours}") for (source, ours), count in pairs]
        for section in SECTIONS:
            groups: dict[tuple[str, str], list[Event]] = {}
            for event in self.events:
                if event.code.startswith(f"{section}."):
                    value = event.value if event.code in BY_VALUE.split() else ""
                    groups.setdefault((event.code, value), []).append(event)
            if groups:
                found = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
                rows = [(len(events), self.total(code, events, language)) for (code, _), events in found]
                yield words[f"import.sections.{section}"], rows

    def total(self, code: str, events: list[Event], language: str) -> str:
        """A code's words; with its value where all the events of the line share it."""
        words = strings(language)
        text = words[f"import.{code}"]
        value = events[0].value if len({event.value for event in events}) == 1 else ""
        return f"{text}{words['import.colon']}{value}" if value else text

    def markdown(self, language: str) -> str:
        """The whole report, dataset by dataset: the same for the same source."""
        words = strings(language)
        source = words["import.source"].format(source=self.source)
        lines = [f"# {words['import.title']}", "", source, "", self.summary(language)]
        for title, rows in self.sections(language):
            lines += ["", f"## {title}", "", *(f"- {count} × {text}" for count, text in rows)]
        subjects: dict[str, Counter[Event]] = {}
        common = self.common_fields()
        for event in self.events:
            if event.code == "left-out.field" and event.subject and event.value in common:
                continue
            subjects.setdefault(event.subject, Counter())[event] += 1
        if general := subjects.pop("", None):
            lines += ["", f"## {words['import.general']}", "", *self.told(general, language)]
        if subjects:
            lines += ["", f"## {words['import.by-dataset']}"]
        for subject in sorted(subjects):
            lines += ["", f"### {subject}", "", *self.told(subjects[subject], language)]
        return "\n".join(lines) + "\n"

    def common_fields(self) -> frozenset[str]:
        """Keys that most datasets have: said once, in the totals, and not of each dataset."""
        having: dict[str, set[str]] = {}
        for event in self.events:
            if event.code == "left-out.field":
                having.setdefault(event.value, set()).add(event.subject)
        most = max(10, self.objects["dataset"] // 2)
        return frozenset(key for key, subjects in having.items() if len(subjects) > most)

    def told(self, events: Counter[Event], language: str) -> list[str]:
        """The events of one subject as a list, in the order of the sections; equal ones once, with their number."""
        words = strings(language)
        ordered = sorted(events, key=lambda event: (SECTIONS.index(event.code.split(".")[0]), event))
        lines = []
        for event in ordered:
            text = words[f"import.{event.code}"]
            value = f"{words['import.colon']}`{flat(event.value)}`" if event.value else ""
            times = f" (× {events[event]})" if events[event] > 1 else ""
            lines.append(f"- {text}{value}{times}")
        return lines


def flat(value: str) -> str:
    """A value on one line of Markdown, in backticks, cut where it is long."""
    value = " ".join(value.split()).replace("`", "'")
    return value if len(value) <= 160 else value[:159] + "…"
