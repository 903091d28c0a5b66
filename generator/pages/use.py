"""The dashboard of what is used: by month, by dataset and by publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.model import Uses
from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.dashboards import PATH, dashboard_link, dashboards_link, draw, table_panel
from generator.pages.renderer import render_page
from generator.pages.views.dashboards import DashboardView, Panel, Sparkline
from generator.pages.views.home import Figure
from generator.previews.chart_drawing import tenths
from generator.previews.profile import ChartProfile
from generator.site.addresses import file_of, link
from generator.site.links import Link, home_link, publisher_link
from generator.site.site import Site
from generator.site.tasks import Task
from generator.site.use import USE_CSV, by_month, has_use, months, most_used, period, said_period, usage_of
from generator.text.speech import Words

LISTED = 50
"""How many datasets the page lists; the CSV has all."""

Row = Sequence[Link | Words | str]


def plan(site: Site) -> Iterator[Task]:
    for language in site.languages if has_use(site) else ():
        path = file_of(site.addresses.path(f"{PATH}use/", language))
        yield Task(path, render, (language,), digest(site.catalog_digest, "use", language), "portal.yaml")


def render(site: Site, language: str) -> bytes:
    speech, title = site.speech(language), dashboard_link(site, "use", language).title
    told = [trend_panel(site, language), dataset_panel(site, language), publisher_panel(site, language)]
    used = most_used(site)
    view = DashboardView(
        chrome=make_chrome(site, f"{PATH}use/", language),
        title=title,
        description=speech.say("site.use.description"),
        trail=(home_link(site, language), dashboards_link(site, language)),
        figures=figures(site, language) if used else [],
        panels=[panel for panel in told if panel],
        downloads=[Link(title=Words(speech.say("site.use.csv"), language), url=link(USE_CSV))] if used else [],
    )
    return render_page(site, "dashboard.html", view, site.addresses.path(f"{PATH}use/", language))


def figures(site: Site, language: str) -> list[Figure]:
    speech, whole = site.speech(language), Uses()
    for uses in by_month(site).values():
        whole = whole.plus(uses)
    undated = sum(usage_of(site, key).undated for key in site.order)
    counts = (("views", whole.views), ("downloads", whole.downloads), ("undated", undated))
    return [
        *(
            Figure(value=speech.number(count), label=speech.say(f"site.use.{name}", count=count))
            for name, count in counts
            if count
        ),
        *([Figure(value="", label=said)] if (said := period(site, language)) else []),
    ]


def trend_panel(site: Site, language: str) -> Panel | None:
    """Views and downloads month by month; nothing where fewer than two months are known."""
    told = by_month(site)
    if len(told) < 2:
        return None
    say = site.speech(language).say
    title = say("site.use.trend.title")
    chart = ChartProfile(kind="line", x=say("site.health.columns.month"), x_kind="yearmonth", xs=tuple(told), series=())
    columns = {
        say(f"site.health.columns.{name}"): [float(getattr(uses, name)) for uses in told.values()]
        for name in ("views", "downloads")
    }
    drawn = draw(site, language, title, chart, {name: values for name, values in columns.items() if any(values)})
    return Panel(id="trend", title=title, hint=say("site.use.trend.hint"), chart=drawn, wide=True)


def dataset_panel(site: Site, language: str) -> Panel | None:
    """The most used datasets."""
    speech = site.speech(language)
    rows: list[Row] = []
    for key in most_used(site)[:LISTED]:
        title = speech.choose(site.catalog.datasets[key].title)
        name = Link(title=title, url=site.addresses.link(f"dataset/{key}/", language))
        rows.append((name, *counted(site, language, [key])))
    return table_panel(site, language, "used", ("dataset", "views", "downloads", "uses"), rows)


def publisher_panel(site: Site, language: str) -> Panel | None:
    """Every publisher whose datasets were used."""
    rows: list[Row] = []
    for key, collection in site.collections[language]["publisher"].items():
        if any(usage_of(site, item).total for item in collection.datasets):
            rows.append((publisher_link(site, key, language), *counted(site, language, collection.datasets)))
    return table_panel(site, language, "used-publishers", ("publisher", "views", "downloads", "uses"), rows)


def counted(site: Site, language: str, keys: Sequence[str]) -> tuple[str, str, str]:
    """Views, downloads and all uses of some datasets, said."""
    number, found = site.speech(language).number, [usage_of(site, key) for key in keys]
    views = sum(usage.dated.views for usage in found)
    downloads = sum(usage.dated.downloads for usage in found)
    return number(views), number(downloads), number(sum(usage.total for usage in found))


WIDTH, HEIGHT = 120, 28


def sparkline(site: Site, language: str, key: str) -> Sparkline | None:
    """How a dataset was used month by month; nothing where fewer than two months are known."""
    usage, counted_months = usage_of(site, key), months(site)
    if not usage.months or len(counted_months) < 2:
        return None
    values = [usage.months.get(month, Uses()).total for month in counted_months]
    most, step = max(values) or 1, (WIDTH - 4) / (len(values) - 1)
    points = [(2 + step * place, HEIGHT - 2 - (HEIGHT - 4) * value / most) for place, value in enumerate(values)]
    moves = "".join(f"l{tenths(x2 - x1)} {tenths(y2 - y1)}" for (x1, y1), (x2, y2) in pairwise(rounded(points)))
    speech, dated = site.speech(language), usage.dated
    parts = [
        speech.say(f"site.use.counted.{name}", count=count)
        for name, count in (("views", dated.views), ("downloads", dated.downloads))
        if count
    ]
    return Sparkline(
        width=WIDTH,
        height=HEIGHT,
        path=f"M{tenths(points[0][0])} {tenths(points[0][1])}{moves}",
        said=", ".join(parts) or speech.say("site.use.counted.none"),
        period=said_period(site, language, counted_months[0], counted_months[-1]),
    )


def rounded(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points as they are written, so that what is rounded never adds up."""
    return [(round(x, 1), round(y, 1)) for x, y in points]
