"""A request as a record of the portal says it, drawn from an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.authoring.report import Report
from generator.importers.html import to_markdown
from generator.importers.prose import ProseMender
from generator.importers.requests.issues import Issue
from generator.importers.requests.outcomes import REVIEWED, Judge, Outcome
from generator.importers.requests.privacy import Cleaner
from generator.model import Catalog
from generator.text.slugs import slugify

HEADING = re.compile(r"^#{2,4}[ \t]+(.{1,200}?)[ \t]*#*[ \t]*$", re.MULTILINE)
LONGEST = {"title": 300, "subject": 80, "description": 20_000, "reason": 10_000}
"""The most letters of a text: what is longer is cut, and told."""


@dataclass(frozen=True)
class Drafter:
    """What makes records of issues: how they are judged and cleaned, and where what is odd is told."""

    catalog: Catalog
    judge: Judge
    cleaner: Cleaner
    mender: ProseMender
    report: Report

    @cached_property
    def publishers(self) -> Mapping[str, str]:
        """What publishers are called, folded, to their ids."""
        agents = self.catalog.publishers.values()
        names = {slugify(name): agent.id for agent in agents for name in agent.name.values()}
        return {**names, **{slugify(agent.id): agent.id for agent in agents}}

    def draft(self, issue: Issue) -> dict[str, Any]:
        """What a record says; without a title that is left of an issue, nothing."""
        language = self.language(issue)
        outcome = self.judge.judge(issue)
        reason = self.prose("reason", outcome.reason, issue)
        if outcome.reason and not reason:
            outcome = Outcome(status=REVIEWED, doubt="asked.no-reason")
        if outcome.doubt:
            self.report.tell(outcome.doubt, f"#{issue.number}", issue.url or issue.place)
        parts = dict(self.answers(issue))
        title = self.cut("title", self.cleaner.line(issue.title), issue)
        if not title.strip("… "):
            self.report.tell("left-out.nameless", f"#{issue.number}", issue.place)
            return {}
        subject = self.cut("subject", self.cleaner.line(parts.get("subject", "")), issue)
        values: dict[str, Any] = {
            "number": issue.number,
            "title": self.said_in(language, title),
            "subject": self.said_in(language, subject),
            "description": self.said_in(language, self.prose("description", parts.get("description", ""), issue)),
            "asked": issue.opened,
            "publisher": self.publisher(issue, parts.get("publisher", "")),
            "status": outcome.status,
            "answered": outcome.answered,
            "reason": self.said_in(language, reason),
            "url": issue.url if re.match("https?://", issue.url) else "",
            "dataset": list(outcome.datasets),
        }
        return {name: value for name, value in values.items() if value not in ("", [])}

    def said_in(self, language: str, text: str) -> str | dict[str, str]:
        """A text as a file has it: with its language where that is not the portal's first."""
        return text if not text or language == self.catalog.portal.languages[0] else {language: text}

    def language(self, issue: Issue) -> str:
        """The language that the form's label tells, where the portal has it."""
        languages = self.catalog.portal.languages
        told = self.judge.words.language_of(issue.labels)
        return told if told in languages else languages[0]

    def answers(self, issue: Issue) -> Iterator[tuple[str, str]]:
        """What a form's headings part, by field; what stands under none of them is the description."""
        found: dict[str, list[str]] = {"description": []}
        pieces = HEADING.split(issue.body.replace("\r\n", "\n"))
        found["description"].append(pieces[0])
        unanswered = self.judge.words.others["unanswered"]
        for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
            name = self.judge.words.fields.get(slugify(heading))
            if slugify(text) in unanswered or not text.strip():
                continue
            found.setdefault(name or "description", []).append(text if name else f"**{heading}**\n\n{text.strip()}")
        for name, texts in found.items():
            yield name, "\n\n".join(text.strip() for text in texts if text.strip())

    def publisher(self, issue: Issue, answer: str) -> str:
        """Who is asked: as the form says, else as a label does; who is unknown is told."""
        for name in (answer, *issue.labels):
            for form in (slugify(name), slugify(re.sub(r"^[^:/]*(?:::?|/)", "", name))):
                if name and form in self.publishers:
                    return self.publishers[form]
        if answer:
            self.report.tell("left-out.unknown-publisher", f"#{issue.number}", issue.place)
        return ""

    def prose(self, name: str, text: str, issue: Issue) -> str:
        """A text in Markdown as a page can show it, without who wrote it."""
        cleaned = self.cut(name, self.cleaner.letter(text), issue)
        return self.mender.mend(to_markdown(cleaned), f"#{issue.number}", "requests/") if cleaned else ""

    def cut(self, name: str, text: str, issue: Issue) -> str:
        if len(text) <= LONGEST[name]:
            return text
        self.report.tell("kept.cut", f"#{issue.number}", name)
        return text[: LONGEST[name]].rsplit(None, 1)[0] + " …"
