"""What became of a request, as its issue tells: labels first, then how it was closed and what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.importers.requests.issues import Issue
from generator.importers.requests.words import Words
from generator.importers.usage.targets import Targets

RELEASED, REFUSED, WITHDRAWN, REVIEWED = "released", "refused", "withdrawn", "under-review"
ANSWERED = (RELEASED, REFUSED, WITHDRAWN)
ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+|(?<=\()/[^\s()]+")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A state, when and with what it was reached, and `doubt`: the code of the report for what a person has to see."""

    status: str = ""
    answered: str = ""
    datasets: tuple[str, ...] = ()
    reason: str = ""
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class Judge:
    """`targets` are the portal's datasets by address, `base` is the portal's own."""

    words: Words
    targets: Targets
    base: str

    def judge(self, issue: Issue) -> Outcome:
        told = self.words.status_of(issue.labels)
        status = told[0] if told else self.closing(issue)
        datasets = self.answer_datasets(issue)
        if issue.is_closed and not told and not status:
            status = RELEASED if datasets else REVIEWED
            if not datasets:
                return Outcome(status=REVIEWED, doubt="asked.closed")
        if status == RELEASED and not datasets:
            return Outcome(status=REVIEWED, doubt="asked.no-dataset")
        reason = self.reason(issue) if status == REFUSED else ""
        if status == REFUSED and not reason:
            return Outcome(status=REVIEWED, doubt="asked.no-reason")
        answered = self.day(issue) if status in ANSWERED else ""
        doubt = "guessed.status" if len(told) > 1 else "guessed.answered" if answered and not issue.closed else ""
        kept = datasets if status == RELEASED else ()
        return Outcome(status=status, answered=answered, datasets=kept, reason=reason, doubt=doubt)

    def closing(self, issue: Issue) -> str:
        """What closing says by itself: its reason, or that it was closed by who asked."""
        if not issue.is_closed:
            return ""
        if status := self.words.closed.get(issue.reason):
            return status
        if issue.author and issue.closer == issue.author and not self.answer_datasets(issue):
            return WITHDRAWN
        return REFUSED if issue.reason == "not_planned" and self.reason(issue) else ""

    def answer_datasets(self, issue: Issue) -> tuple[str, ...]:
        """The datasets that the last comment to link some leads to; else those of the request itself."""
        for text in (*(comment.text for comment in reversed(issue.comments)), issue.body):
            if found := tuple(dict.fromkeys(self.linked(text))):
                return found
        return ()

    def linked(self, text: str) -> Iterator[str]:
        for match in ADDRESS.finditer(text):
            address = match[0].rstrip(".,;:!?")
            own = address.startswith("/") or bare(address).startswith(bare(self.base).rstrip("/") + "/")
            if own and (name := self.targets.find(address)[0]):
                yield name

    def reason(self, issue: Issue) -> str:
        """What was last answered by somebody other than who asked."""
        texts = (item.text for item in reversed(issue.comments) if not issue.author or item.author != issue.author)
        return next((text for text in texts if text.strip()), "")

    def day(self, issue: Issue) -> str:
        """When it was closed; of what is still open, when somebody last wrote."""
        days = [comment.day for comment in issue.comments if comment.day]
        return max(issue.opened, issue.closed or max(days, default="") or issue.changed or issue.opened)


def bare(address: str) -> str:
    """
    >>> bare("HTTPS://Exemple.org/x")
    'exemple.org/x'
    """
    _, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{host.casefold()}{slash}{path}" if mark else address
