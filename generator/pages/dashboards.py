"""The list of a portal's dashboards, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page
from generator.pages.views.dashboards import DashboardLine, DashboardsView, FigureTable, Panel
from generator.previews.chart_view import chart_view
from generator.previews.dictionary import Dictionary
from generator.previews.profile import ChartProfile, Series
from generator.previews.views import ChartView
from generator.previews.wording import Wording
from generator.site.addresses import file_of
from generator.site.links import Link, home_link, program_link
from generator.site.records import records_of
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import vocabulary
from generator.text.speech import Words

PATH = "dashboard/"


def plan(site: Site) -> Iterator[Task]:
    chosen = site.catalog.portal.dashboards
    for language in site.languages if chosen else ():
        path = file_of(site.addresses.path(PATH, language))
        yield Task(
            path, render, (language,), digest(site.digest, "dashboards", language, kept_here(site)), "portal.yaml"
        )


def render(site: Site, language: str) -> bytes:
    speech = site.speech(language)
    view = DashboardsView(
        chrome=make_chrome(site, PATH, language),
        title=Words(speech.say("site.dashboards.title"), language),
        description=speech.say("site.dashboards.description"),
        trail=(home_link(site, language),),
        dashboards=[
            DashboardLine(
                link=dashboard_link(site, code, language),
                help=speech.label(vocabulary("dashboards")[code].facts["help"]),
            )
            for code in dict.fromkeys(site.catalog.portal.dashboards)
        ]
        + [type_line(site, kind, language) for kind in kept_here(site)],
    )
    return render_page(site, "dashboards.html", view, site.addresses.path(PATH, language))


def kept_here(site: Site) -> list[str]:
    """The content types whose lists are dashboards too: their address says so, and they have records."""
    return [kind for kind, item in site.catalog.types.items() if item.path.startswith(PATH) and records_of(site, kind)]


def type_line(site: Site, kind: str, language: str) -> DashboardLine:
    declared, choose = site.catalog.types[kind], site.speech(language).choose
    link = Link(title=choose(declared.title), url=site.addresses.link(declared.path, language))
    return DashboardLine(link=link, help=choose(declared.description))


def dashboards_link(site: Site, language: str) -> Link:
    return program_link(site, "site.dashboards.title", PATH, language)


def dashboard_link(site: Site, code: str, language: str) -> Link:
    title = site.speech(language).label(vocabulary("dashboards")[code].title)
    return Link(title=Words(title, language), url=site.addresses.link(f"{PATH}{code}/", language))


def count_panel(
    site: Site, language: str, id: str, counts: Sequence[tuple[str, int]], kind: str = "bar", x_kind: str = "text"
) -> Panel | None:
    """A chart of how many there are of each; nothing where there is none."""
    if not any(count for _, count in counts):
        return None
    say = site.speech(language).say
    title, x, y = (say(f"site.health.{id}.{part}") for part in ("title", "x", "y"))
    xs, values = [name for name, _ in counts], [float(count) for _, count in counts]
    chart = draw(
        site, language, title, ChartProfile(kind=kind, x=x, x_kind=x_kind, xs=tuple(xs), series=()), {y: values}
    )
    return Panel(id=id, title=title, hint=say(f"site.health.{id}.hint"), chart=chart)


def draw(
    site: Site, language: str, title: str, chart: ChartProfile, columns: Mapping[str, Sequence[float]]
) -> ChartView:
    """A chart of columns of whole numbers, by their names in the language."""
    series = tuple(Series(column=name, values=tuple(values), digits=0) for name, values in columns.items())
    whole = replace(chart, series=series, y=tuple(columns))
    speech = site.speech(language)
    return chart_view(Wording(speech), whole, Words(title, language), Dictionary((), speech, language))


def table_panel(
    site: Site, language: str, id: str, columns: Iterable[str], rows: Sequence[Sequence[Link | Words | str]]
) -> Panel | None:
    """A table under the words of its columns; nothing where it is empty."""
    if not rows:
        return None
    say = site.speech(language).say
    table = FigureTable(headers=[say(f"site.health.columns.{column}") for column in columns], rows=rows)
    return Panel(id=id, title=say(f"site.health.{id}.title"), hint=say(f"site.health.{id}.hint"), table=table)
