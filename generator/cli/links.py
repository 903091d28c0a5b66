"""`vitrine links`: the addresses that a portal leads to, asked whether they still answer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from generator import __version__
from generator.cli.options import (
    DONE,
    PROBLEMS,
    USAGE,
    current_day,
    date_option,
    format_option,
    lang_option,
    portal_option,
)
from generator.cli.reports import MACHINE, report_text
from generator.cli.voice import Voice, help_of
from generator.model import Answer, Catalog
from generator.outgoing.fetcher import Fetcher
from generator.outgoing.round import Round
from generator.outgoing.transport import Transport
from generator.rules.outgoing import Mention, check_outgoing, find_mentions
from generator.source.answers import ANSWERS, render_answers
from generator.source.files import read_source
from generator.source.guard import read_inside, write_inside
from generator.source.structure.catalog import structure_catalog
from generator.standards.asking import asking, row_of

MINUTES = 30


@click.command("links", help=help_of("links"))
@portal_option
@click.option("--time", "minutes", type=click.IntRange(min=1), default=MINUTES, help=help_of("options.time"))
@click.option("--user-agent", "agent", default="", help=help_of("options.user-agent"))
@click.option("--private", is_flag=True, help=help_of("options.private"))
@format_option
@date_option
@lang_option
def links_command(
    portal: Path, minutes: int, agent: str, private: bool, style: str, day: str | None, lang: str | None
) -> None:
    voice = Voice(lang)
    if not (portal / "portal.yaml").is_file():
        voice.stop(USAGE, "no-portal", folder=portal)
    catalog, of_files = structure_catalog(read_source(portal))
    mentions = find_mentions(catalog)
    round_ = Round(
        fetcher=Fetcher(agent or default_agent(catalog), Transport(private)),
        promised={address: any(mention.promised for mention in places) for address, places in mentions.items()},
        before=catalog.answers,
        day=day or current_day(voice),
        seconds=60.0 * minutes,
        keeps_rest=any(item.is_error for item in of_files),
    )
    try:
        go_round(round_, voice)
    finally:  # what was learnt is kept where the round is cut short
        has_changed = not round_.is_offline and write_answers(portal, round_.after, voice)
    if round_.is_offline:
        voice.stop(PROBLEMS, "links-offline")
    after = replace(catalog, answers=round_.after)
    diagnostics = list(check_outgoing(after))
    if style == "text":
        report_text(diagnostics, voice.language, portal, voice.console)
        report_failing(after, mentions, voice)
        what = ", ".join(totals(after.answers, round_, voice))
        voice.say("links-changed" if has_changed else "links-same", what=what, path=ANSWERS)
    else:
        click.echo(MACHINE[style](diagnostics, voice.language))
    sys.exit(DONE)


def default_agent(catalog: Catalog) -> str:
    """Who asks, and where those who are asked can see why."""
    return f"vitrine-links/{__version__} (+{catalog.portal.base_url})"


def go_round(round_: Round, voice: Voice) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=voice.console, transient=True, disable=not voice.console.is_terminal) as progress:
        bar = progress.add_task(voice.words("asking"), total=len(round_.promised))
        round_.progress = lambda: progress.advance(bar)
        asyncio.run(round_.go())


def write_answers(portal: Path, answers: Mapping[str, Answer], voice: Voice) -> bool:
    """Writes what was learnt down, unless that is there already; whether it was new."""
    content = render_answers(answers).encode()
    if content == (read_inside(portal, ANSWERS) or render_answers({}).encode()):
        return False
    if not write_inside(portal, ANSWERS, content):
        voice.stop(PROBLEMS, "links-unwritten", path=ANSWERS)
    return True


def report_failing(catalog: Catalog, mentions: Mapping[str, Sequence[Mention]], voice: Voice) -> None:
    """What fails and may yet come right: where it is written, and why."""
    asked = {address: answer for address in mentions if (answer := catalog.answers.get(address))}
    failing = {address: answer for address, answer in asked.items() if answer.verdict == "fails"}
    if failing:
        voice.say("links-failing", **asking("broken"))
    for address, answer in failing.items():
        reason = voice.speech.say(f"links.status.{row_of(answer.status)}")
        voice.say("links-failure", place=mentions[address][0].place, address=address, reason=reason)


def totals(answers: Mapping[str, Answer], round_: Round, voice: Voice) -> list[str]:
    """How many addresses there are of each verdict, and how many were not asked."""
    known = [answers[address] for address in round_.promised if address in answers]
    verdicts = ["private" if answer.status == "private" else answer.verdict for answer in known]
    counts = {verdict: verdicts.count(verdict) for verdict in ("answers", "broken", "fails", "untold", "private")}
    counts["left"] = len(round_.promised) - len(round_.replies)
    said = [voice.words(f"links-{verdict}", count=count) for verdict, count in counts.items() if count]
    return [voice.words("links-count", count=len(round_.replies)), *said]
