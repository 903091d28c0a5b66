"""What `vitrine build` does where something has changed: read, check, publish, and what is said meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.box import SIMPLE
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from generator.build.cluster import NoCluster, cluster
from generator.build.output import ForeignFolder, OutputBusy
from generator.build.pipeline import ReadPortal, Summary, build
from generator.build.spending import Spending
from generator.build.unchanged import Account
from generator.cli.options import PROBLEMS
from generator.cli.reports import report_text
from generator.cli.voice import Voice
from generator.pages.templates import BrokenTemplate
from generator.site.tasks import Copy


def refuse(found: ReadPortal, strict: bool, keep_going: bool, voice: Voice) -> None:
    """Show what is wrong, and stop unless it may be published all the same."""
    shown = found.diagnostics if strict else found.errors
    if not shown:
        return
    report_text(shown, voice.language, found.folder, voice.console)
    what = voice.tally(shown)
    if found.fatal:
        voice.stop(PROBLEMS, "stopped-fatal", what=what)
    if found.errors and not keep_going:
        voice.stop(PROBLEMS, "stopped", what=what)
    if strict:
        voice.stop(PROBLEMS, "stopped-strict", what=what)


def build_with_progress(found: ReadPortal, folder: Path, jobs: int, executor: str | None, voice: Voice) -> Summary:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(
            *columns, console=voice.console, transient=True, disable=not voice.console.is_terminal
        ) as progress:
            bar = progress.add_task(voice.words("rendering"), total=len(found.plan))
            muster = cluster(executor) if executor else None
            return build(found, folder, jobs, lambda count: progress.advance(bar, count), muster)
    except BrokenTemplate as error:
        report_text([error.diagnostic], voice.language, found.folder, voice.console)
        voice.stop(PROBLEMS, "stopped-fatal", what=voice.tally([error.diagnostic]))
    except NoCluster as error:
        voice.stop(PROBLEMS, f"no-cluster-{error.reason}", address=executor)
    except OutputBusy as error:
        voice.stop(PROBLEMS, "busy", folder=error.folder)
    except ForeignFolder as error:
        voice.stop(PROBLEMS, "foreign", folder=error.folder)
    except OSError as error:
        voice.stop(PROBLEMS, "disk", problem=error)


def report_spending(spending: Spending, voice: Voice) -> None:
    """Where the time went: the stages of the build, then what was made, the most costly first."""
    number = voice.speech.number
    stages = Table(voice.words("spent.stage"), Column(voice.words("spent.seconds"), justify="right"), box=SIMPLE)
    for name, spent in spending.stages.items():
        stages.add_row(voice.words(f"spent.stages.{name}"), number(round(spent.seconds, 2)))
    kinds = Table(
        voice.words("spent.kind"),
        Column(voice.words("spent.files"), justify="right"),
        Column(voice.words("spent.work"), justify="right"),
        box=SIMPLE,
    )
    for name, spent in sorted(spending.kinds.items(), key=lambda item: -item[1].seconds):
        kinds.add_row(voice.words(f"spent.kinds.{name}"), number(spent.files), number(round(spent.seconds, 2)))
    voice.console.print(stages)
    if spending.kinds:
        voice.console.print(kinds)


def account_of(found: ReadPortal, summary: Summary) -> Account:
    """What is told of a build, but for what it has rendered."""
    return Account(
        datasets=summary.datasets,
        pages=summary.pages,
        languages=summary.languages,
        held=0 if found.site.waiting else len(found.waiting),
        warnings=sum(not item.is_error for item in found.diagnostics),
        large=summary.warnings,
    )


def named_files(found: ReadPortal) -> Iterator[str]:
    """The files that a portal publishes, or draws, as they are, wherever in its folder they lie."""
    portal = found.site.catalog.portal
    yield from (item.source for item in found.plan if isinstance(item, Copy))
    yield from filter(None, (portal.backdrop, portal.logo.file if portal.logo else ""))
