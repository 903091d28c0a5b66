"""The loss report as two files: a page of totals that an officer reads in five minutes, and every detail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.authoring.report import SECTIONS, Event, Report, shown
from generator.text.strings import strings

PAGE = "import-report.md"
DETAILS = "import-details.md"

FIRST = [
    "asked.changed",
    "asked.no-dataset",
    "asked.no-reason",
    "asked.closed",
    "guessed.base-url",
    "guessed.catalog",
    "guessed.catalog-publisher",
    "guessed.publisher",
    "left-out.license",
    "left-out.no-url",
    "left-out.relative-url",
    "left-out.bad-url",
    "left-out.dataset-state",
    "kept.own-file",
    "kept.gone",
    "guessed.new-theme",
    "guessed.theme",
]
"""What asks for somebody's hand, the most pressing first; the words are `import.todo.<code>`."""


def render_page(report: Report, language: str) -> str:
    """The totals: what to do first, then each field by how it fared, with an example."""
    words = strings(language)
    lines = [f"# {words['import.title']}", "", words["import.source"].format(source=shown(report.source)), ""]
    lines += [report.summary(language), "", words["import.details"].format(file=DETAILS)]
    if todo := list(steps(report, language)):
        lines += ["", f"## {words['import.first']}", "", *todo]
    if report.fields:
        lines += ["", f"## {words['import.mapped']}", "", *table(words, ["field", "ours", "count", "example"])]
        pairs = sorted(report.fields.items(), key=lambda item: (-item[1], item[0]))
        for pair, count in pairs:
            lines.append(row(*(cell(name) for name in pair), str(count), cell(report.examples.get(pair, ""))))
    for section, groups in report.sections(language):
        lines += ["", f"## {words[f'import.sections.{section}']}", "", *table(words, ["what", "count", "example"])]
        lines += [row(plain(group.words), str(group.number), cell(group.example)) for group in groups]
    return "\n".join(lines) + "\n"


def steps(report: Report, language: str) -> Iterator[str]:
    """What to do first, one sentence a kind, with how often."""
    words = strings(language)
    counts = Counter(event.code for event in report.events)
    examples = {event.code: event for event in reversed(report.events)}
    number = 0
    for code in FIRST:
        if counts[code]:
            number += 1
            value = cell(examples[code].value)
            text = words[f"import.todo.{code}"].format(count=counts[code], example=value)
            yield f"{number}. {text}"


def table(words: object, names: list[str]) -> list[str]:
    heads = [words[f"import.columns.{name}"] for name in names]  # type: ignore[index]
    return [row(*heads), row(*("---:" if name == "count" else "---" for name in names))]


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def cell(text: str) -> str:
    """A value of the source's in a table, as code."""
    return f"`{shown(text, 80).replace('|', '¦')}`" if text.strip() else ""


def plain(text: str) -> str:
    """Words of ours with a value of the source's in them, that no mark can break."""
    return shown(text).translate({ord(mark): f"\\{mark}" for mark in "|<>[]*_"})


def render_details(report: Report, language: str) -> str:
    """Everything, dataset by dataset: the same for the same source."""
    words = strings(language)
    lines = [f"# {words['import.details-title']}", "", words["import.source"].format(source=shown(report.source))]
    subjects: dict[str, Counter[Event]] = {}
    for event in report.events:
        subjects.setdefault(event.subject, Counter())[event] += 1
    if general := subjects.pop("", None):
        lines += ["", f"## {words['import.general']}", "", *events_lines(report, general, language)]
    if subjects:
        lines += ["", f"## {words[report.by_subject]}"]
    for subject in sorted(subjects):
        lines += ["", f"### {subject}", "", *events_lines(report, subjects[subject], language)]
    return "\n".join(lines) + "\n"


def events_lines(report: Report, events: Counter[Event], language: str) -> list[str]:
    """The events of one subject as a list, in the order of the sections; equal ones once, with their number."""
    words = strings(language)
    ordered = sorted(events, key=lambda event: (SECTIONS.index(event.code.split(".")[0]), event))
    lines = []
    for event in ordered:
        value = f"{words['import.colon']}`{shown(event.value)}`" if event.value else ""
        detail = f" — `{shown(report.details[event])}`" if event in report.details else ""
        times = f" (× {events[event]})" if events[event] > 1 else ""
        lines.append(f"- {words[f'import.{event.code}']}{value}{detail}{times}")
    return lines
