"""The dashboard of the catalogue's health, whole and by publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.dashboards import PATH, dashboard_link, dashboards_link
from generator.pages.health_panels import panels
from generator.pages.renderer import render_page
from generator.pages.views.dashboards import Badge, DashboardView, FigureTable, QualityView
from generator.pages.views.home import Figure
from generator.site.addresses import file_of, link
from generator.site.health import (
    HEALTH_CSV,
    HEALTH_JSON,
    badge_path,
    badge_words,
    datasets_of,
    has_health,
    keys_of,
    link_states,
    standings,
)
from generator.site.links import Link, home_link, publisher_link
from generator.site.quality import dimension_points, quality_of, quality_together
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards.quality import all_points
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    if not has_health(site):
        return
    for publisher in ("", *publishers(site)):
        shown = [site.dataset_digests[key] for key in keys_of(site, publisher)]
        told = standings(site, publisher), link_states(site, datasets_of(site, publisher))
        judged = quality_together(site, publisher).parts
        made = digest(site.digest if publisher else site.catalog_digest, publisher, shown, told, judged)
        for language in site.languages:
            path = file_of(site.addresses.path(health_path(publisher), language))
            yield Task(path, render, (language, publisher), digest(made, "health", language), "portal.yaml")


def publishers(site: Site) -> Sequence[str]:
    """The publishers that have something on offer."""
    collections = site.collections[site.default]["publisher"]
    return [key for key, collection in collections.items() if collection.datasets]


def health_path(publisher: str = "") -> str:
    return f"{PATH}health/{publisher}/" if publisher else f"{PATH}health/"


def render(site: Site, language: str, publisher: str) -> bytes:
    say, path = site.speech(language).say, health_path(publisher)
    whole = dashboard_link(site, "health", language)
    name = publisher_link(site, publisher, language).title if publisher else ""
    title = Words(say("site.health.of", publisher=name), language) if publisher else whole.title
    view = DashboardView(
        chrome=make_chrome(site, path, language),
        title=title,
        description=say("site.health.description"),
        trail=(home_link(site, language), dashboards_link(site, language), *((whole,) if publisher else ())),
        figures=figures(site, language, publisher),
        panels=panels(site, language, publisher),
        downloads=[] if publisher else downloads(site, language),
        badge=badge(site, language, publisher) if publisher else None,
    )
    return render_page(site, "dashboard.html", view, site.addresses.path(path, language))


def figures(site: Site, language: str, publisher: str) -> list[Figure]:
    speech, together = site.speech(language), quality_together(site, publisher)
    if not together.parts:
        return []
    count = len(together.parts)
    most = round(sum(part.most for part in together.parts) / count)
    return [
        Figure(value=speech.number(count), label=speech.say("site.figures.dataset", count=count)),
        Figure(
            value=speech.percent(together.mean),
            label=speech.say("site.health.mean", rating=speech.label(together.rating.title)),
        ),
        Figure(value=speech.number(most), label=speech.say("site.health.measured", total=speech.number(all_points()))),
    ]


def downloads(site: Site, language: str) -> list[Link]:
    say = site.speech(language).say
    kinds = (("csv", HEALTH_CSV), ("json", HEALTH_JSON))
    return [Link(title=Words(say(f"site.health.{kind}"), language), url=link(path)) for kind, path in kinds]


def badge(site: Site, language: str, publisher: str) -> Badge:
    """The badge, and the lines that a publisher copies: an image in a link to the page that explains it."""
    picture = site.addresses.absolute(badge_path(publisher), language)
    page = site.addresses.absolute(health_path(publisher), language)
    # What is copied once says nothing that the next publication may change.
    name = publisher_link(site, publisher, language).title
    lasting = escape(site.speech(language).say("site.quality.badge-of", publisher=name))
    return Badge(
        url=site.addresses.link(badge_path(publisher), language),
        alt=" ".join(badge_words(site, language, publisher)),
        lines=f'<a href="{page}">\n  <img src="{picture}" alt="{lasting}">\n</a>',
    )


def quality_view(site: Site, language: str, key: str) -> QualityView | None:
    """What a dataset's page says of its metadata, on a portal that shows the catalogue's health."""
    dataset = site.catalog.datasets[key]
    if not has_health(site) or not dataset.offered:
        return None
    speech, quality = site.speech(language), quality_of(site, key)
    number, say = speech.number, speech.say
    rows = [
        (
            speech.label(dimension.title),
            say("site.quality.points", reached=number(reached), measured=number(measured)),
            number(dimension.points - measured) if dimension.points > measured else "",
        )
        for dimension, reached, measured in dimension_points(quality)
    ]
    return QualityView(
        summary=say(
            "site.quality.summary",
            rating=speech.label(quality.rating.title),
            reached=number(quality.total),
            measured=number(quality.most),
        ),
        dimensions=FigureTable(
            headers=[say(f"site.health.columns.{name}") for name in ("dimension", "points", "unmeasured")], rows=rows
        ),
        missing=[
            (speech.label(row.mend), row.key, say("site.quality.gain", count=row.points)) for row in quality.missing
        ],
        more=Link(
            title=Words(say("site.quality.more"), language),
            url=site.addresses.link(health_path(dataset.publisher), language),
        ),
    )


def quality_link(site: Site, language: str, publisher: str) -> Link:
    """To a publisher's part of the dashboard, with what its datasets amount to."""
    speech, together = site.speech(language), quality_together(site, publisher)
    said = speech.say(
        "site.quality.share", share=speech.percent(together.mean), rating=speech.label(together.rating.title)
    )
    return Link(title=Words(said, language), url=site.addresses.link(health_path(publisher), language))
