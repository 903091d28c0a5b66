"""Issues of a tracker as requests for data: what was asked for and what became of it, and nothing of who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.authoring import report_pages
from generator.authoring.folder import Folder
from generator.authoring.memory import Memory
from generator.authoring.report import Report, SourceError
from generator.importers import Importer
from generator.importers.prose import ProseMender
from generator.importers.requests.drafts import Drafter
from generator.importers.requests.issues import Issue, read_issues
from generator.importers.requests.outcomes import Judge
from generator.importers.requests.privacy import KINDS, Cleaner
from generator.importers.requests.words import Words, read_words
from generator.importers.usage.targets import Targets
from generator.model import Catalog, ContentType
from generator.site.collections import KINDS as LISTS
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from generator.source.structure.records import row_of
from generator.text.speech import Speech
from generator.text.strings import spoken, strings

TYPE = "requests"


@dataclass
class RequestsReport(Report):
    """How many requests there are in which state, and how often what of their texts was taken out."""

    states: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_subject: str = "import.by-request"

    def summary(self, language: str) -> str:
        speech = Speech(language, strings(language))
        total = speech.say("import.counts.request", count=self.states.total())
        told = [f"{speech.choose(self.labels[code])}{strings(language)['import.colon']}{number}" for code, number in
                self.states.items()]  # fmt: skip
        return speech.say("import.summary", what=", ".join([total, *told]))

    def lines(self, language: str) -> list[str]:
        speech = Speech(language, strings(language))
        found = [(self.removed[kind], speech.say(f"import.removed.{kind}")) for kind in KINDS]
        counted = [f"{speech.number(count):>7}  {words}" for count, words in found if count]
        first, files, *rest = super().lines(language)
        return [first, files, *(["", speech.say("import.removed.title"), *counted] if counted else []), *rest]


def import_requests(source: str, into: Path, labels: str = "") -> Report:
    """
    Bring in the requests for data among a tracker's issues, a file each, by the table of labels that is given.

    SourceError when the export can't be read or the portal has no such records; then nothing is written.
    """
    catalog, _ = structure_catalog(read_source(into))
    declared = catalog.types.get(TYPE)
    if not declared or not catalog.publishers:
        raise SourceError("requests-no-portal", path=into)
    status = declared.by_name.get("status")
    choices = dict(status.labels) if status else {}
    words = read_words(Path(labels) if labels else None, list(choices), catalog.portal.languages[0])
    report = RequestsReport(source=Path(source).name, labels=choices)
    issues = select_requests(read_issues(Path(source), report), words, report)
    folder = open_folder(into, declared, report, catalog)
    drafter = make_drafter(catalog, words, issues, report)
    for issue in issues:
        if values := drafter.draft(issue):
            write_request(folder, declared, catalog, values)
            report.states[values.get("status", "asked")] += 1
    report.removed = drafter.cleaner.removed
    language = spoken(catalog.portal.languages[0])
    folder.pending[report_pages.PAGE] = report_pages.render_page(report, language).encode()
    folder.pending[report_pages.DETAILS] = report_pages.render_details(report, language).encode()
    folder.commit()
    return report


def select_requests(issues: list[Issue], words: Words, report: Report) -> list[Issue]:
    """Those that a label tells to be requests; where no label does, all of them are."""
    chosen = [issue for issue in issues if words.is_request(issue.labels)]
    if not chosen:
        if issues:
            report.tell("guessed.requests", "", len(issues))
        chosen = issues
    for issue in issues:
        if issue not in chosen:
            report.tell("left-out.other-issue", f"#{issue.number}", issue.place)
    unread = Counter(label for issue in chosen for label in issue.labels if not words.tells(label))
    for label, count in sorted(unread.items()):
        report.tell("left-out.label", "", label if count == 1 else f"{label} × {count}")
    return sorted(chosen, key=lambda issue: int(issue.number))


def open_folder(into: Path, declared: ContentType, report: Report, catalog: Catalog) -> Folder:
    """The portal's folder, with the records that are a file each; what other imports remember stays."""
    folder = Folder.open(into, report)
    folder.language = catalog.portal.languages[0]
    folder.remembered = Memory(dict(folder.memory.objects))
    for file in sorted((into / "content" / declared.id).glob("*.y*ml")):
        folder.take(file.relative_to(into).as_posix())
    return folder


def make_drafter(catalog: Catalog, words: Words, issues: list[Issue], report: Report) -> Drafter:
    accounts = {name for issue in issues for name in issue.people}
    accounts |= {comment.author for issue in issues for comment in issue.comments if comment.author}
    bodies = [name for agent in catalog.publishers.values() for name in (agent.id, *agent.name.values())]
    judge = Judge(words=words, targets=Targets.of(catalog), base=catalog.portal.base_url)
    cleaner = Cleaner(words=words, accounts=accounts, allowed=bodies)
    return Drafter(catalog, judge, cleaner, ProseMender(report, addresses_of(catalog)), report)


def addresses_of(catalog: Catalog) -> frozenset[str]:
    """The pages and files of the portal, as links in texts lead to them."""
    pages = {*(f"dataset/{name}/" for name in catalog.datasets), *(f"publisher/{name}/" for name in catalog.publishers)}
    pages |= {f"{page.path}/" for page in catalog.pages} | {declared.path for declared in catalog.types.values()}
    pages |= {"", *(f"{kind}/" for kind in LISTS)}
    translated = {f"{language}/{path}" for language in catalog.portal.languages[1:] for path in pages}
    return frozenset([*pages, *translated, *(path.removeprefix("content/") for path in catalog.files)])


def write_request(folder: Folder, declared: ContentType, catalog: Catalog, values: Mapping[str, object]) -> None:
    """A request's file; one that a table holds, or that somebody wrote of another discussion, is left alone."""
    number = str(values["number"])
    path = f"content/{declared.id}/{number}.yaml"
    there = next((page for page in catalog.pages if page.type == declared.id and page.id == number), None)
    if there and there.origin.path != path:
        folder.report.tell("kept.in-table", f"#{number}", there.origin.path)
        folder.report.files["unchanged"] += 1
        return
    if folder.deleted("Record", f"{declared.id}/{number}", path):
        folder.report.tell("kept.deleted", f"#{number}", path)
        return
    rows = {item.name: row_of(declared, item) for item in declared.fields}
    folder.write(path, values, "Record", f"{declared.id}/{number}", {}, rows)


IMPORTER = Importer(name=TYPE, source="file", take=import_requests, files=("labels",))
