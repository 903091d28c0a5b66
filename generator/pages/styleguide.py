"""The style guide: the theme's colours and components on one page, for who makes a theme. Portals ask for it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.model.digest import digest
from generator.pages.cards import dataset_card
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page
from generator.pages.views.frame import Fact, Pagination
from generator.pages.views.styleguide import Reading, StyleguideView, Swatch
from generator.site.addresses import file_of
from generator.site.links import Link, home_link, terms_link
from generator.site.site import Site
from generator.site.tasks import Task
from generator.source.ranges.colors import HEX
from generator.text.markdown import render_markdown
from generator.text.speech import Words
from generator.theme.colors import contrast, pairs

PATH = "style/"
CARDS = 2


def plan(site: Site) -> Iterator[Task]:
    if site.catalog.portal.styleguide:
        shown = [site.dataset_digests[key] for key in site.order[:CARDS]]
        for language in site.languages:
            inputs = digest(site.digest, "styleguide", language, shown)
            yield Task(file_of(site.addresses.path(PATH, language)), render, (language,), inputs, "portal.yaml")


def render(site: Site, language: str) -> bytes:
    say = site.speech(language).say
    html = render_markdown(say("site.style.prose"), 3, lambda target: target)
    here = site.addresses.link(PATH, language)
    kinds = ("dataset", "theme", "publisher")
    links = [terms_link(site, kind, language) for kind in kinds]
    view = StyleguideView(
        chrome=make_chrome(site, PATH, language),
        title=Words(say("site.style.title"), language),
        description=say("site.style.description"),
        trail=(home_link(site, language),),
        swatches=swatches(site),
        readings=readings(site, language),
        links=[Link(title=item.title, url=item.url, count=1234 >> 4 * n) for n, item in enumerate(links)],
        chips=links,
        facts=[Fact(label=item.title, values=(Words(say("site.style.value"), language), item)) for item in links[:2]],
        cards=[dataset_card(site, key, language) for key in site.order[:CARDS]],
        pagination=Pagination(
            number=4,
            total=9,
            previous=here,
            next=here,
            pages=[(1, here), None, (3, here), (4, here), (5, here), None, (9, here)],
        ),
        prose=Markup(html),
    )
    return render_page(site, "styleguide.html", view, site.addresses.path(PATH, language))


def swatches(site: Site) -> list[Swatch]:
    light, dark = site.theme.palette["light"], site.theme.palette["dark"]
    return [Swatch(name=name, light=value, dark=dark[name]) for name, value in light.items() if HEX.fullmatch(value)]


def readings(site: Site, language: str) -> list[Reading]:
    number = site.speech(language).number
    palette = site.theme.palette

    def said(scheme: str, ink: str, ground: str) -> str:
        both = [palette[scheme].get(name, "") for name in (ink, ground)]
        return number(int(contrast(*both) * 10) / 10) if all(map(HEX.fullmatch, both)) else ""

    return [
        Reading(
            ink=pair.ink,
            ground=pair.ground,
            light=said("light", pair.ink, pair.ground),
            dark=said("dark", pair.ink, pair.ground),
            least=number(pair.least),
        )
        for pair in pairs()
    ]
