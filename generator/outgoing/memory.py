"""What is remembered of an address, once it was asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.model import Answer
from generator.outgoing.asker import Reply
from generator.standards.asking import asking, meanings, row_of


def remember(before: Answer | None, reply: Reply, day: str) -> Answer:
    """
    The answer to write down, on a day, of an address that had another before; that one where nothing is new.

    >>> first = remember(None, Reply("404"), "2026-11-02")
    >>> second = remember(first, Reply("503"), "2026-11-09")
    >>> second.status, second.failing, second.failed, second.failures
    ('503', '2026-11-02', '2026-11-09', 2)
    """
    meaning = meanings()[row_of(reply.status)]
    if before and is_settled(before, day) and repeats(reply, before):
        return before
    if meaning == "answers":
        return Answer(status=reply.status, answered=day, type=reply.type, bytes=reply.bytes, moved=reply.moved)
    past = replace(before or Answer(status=""), status=reply.status, type=reply.type, bytes=None, moved="")
    if meaning == "untold":
        return past
    return replace(
        past,
        failing=past.failing or day,
        failed=max(past.failed, day),
        failures=past.failures + (past.failed < day),
    )


def repeats(reply: Reply, before: Answer) -> bool:
    """Whether an address answers what it answered; a size is not looked at, as data grow every day."""
    return (reply.status, reply.type, reply.moved) == (before.status, before.type, before.moved)


def is_settled(answer: Answer, day: str) -> bool:
    """Whether what is written down of an address is certain, and not so old that it is to be written anew."""
    seen = {"answers": answer.answered, "broken": answer.failed}.get(answer.verdict, "")
    return bool(seen) and 0 <= (date.fromisoformat(day) - date.fromisoformat(seen)).days < int(asking("fresh")["days"])


def is_fresh(answer: Answer | None, day: str) -> bool:
    """Whether an address answered not long ago."""
    return answer is not None and answer.verdict == "answers" and is_settled(answer, day)
