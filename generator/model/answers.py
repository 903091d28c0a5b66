"""What addresses of others answered, as `vitrine links` remembers it in `links.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.standards.asking import asking, meanings, row_of
from generator.text.slugs import encode_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What an address answered last, and since when it fails. Days are ISO 8601, empty where there is none.

    `status` is that of HTTP, or a word of `answer-statuses.yaml`. `answered` is the last day on which it was well, at
    most a month early, as a line that says the same is left alone. `failing` is the first day and `failed` the last of
    the `failures` days on which it failed since. `type` is the media type of what came last, without parameters, and
    `bytes` its size where it was told; `moved` is where a lasting redirect leads.
    """

    status: str
    answered: str = ""
    failing: str = ""
    failed: str = ""
    failures: int = 0
    type: str = ""
    bytes: int | None = None
    moved: str = ""

    @property
    def verdict(self) -> str:
        """
        `answers`; `broken`, once it failed on enough days; `fails`, as long as it did not; `untold`, where a robot is
        not told (401, 403, 429…).

        >>> Answer(status="404", failing="2026-11-01", failed="2026-11-08", failures=3).verdict
        'broken'
        >>> Answer(status="404", failing="2026-11-01", failed="2026-11-07", failures=3).verdict
        'fails'
        """
        meaning = meanings()[row_of(self.status)]
        return "broken" if meaning == "fails" and self.is_confirmed else meaning

    @property
    def is_confirmed(self) -> bool:
        """Whether it failed on enough days, far enough apart."""
        if not self.failing or not self.failed:
            return False
        enough = asking("broken")
        span = (date.fromisoformat(self.failed) - date.fromisoformat(self.failing)).days
        return self.failures >= int(enough["failures"]) and span >= int(enough["days"])

    @property
    def broken_since(self) -> str:
        """The first day on which what is broken failed; nothing of what is not, or not yet known to be."""
        return self.failing if self.verdict == "broken" else ""


def asked_form(address: str) -> str:
    """
    An address as it is asked, and remembered: a server is never told the fragment.

    >>> asked_form("https://exemple.org/été#haut")
    'https://exemple.org/%C3%A9t%C3%A9'
    """
    try:
        return encode_url(address).partition("#")[0]
    except ValueError:
        return ""


def answer_of(answers: Mapping[str, Answer], address: str) -> Answer | None:
    """What an address answered; None where it was never asked."""
    return answers.get(asked_form(address)) if answers else None
