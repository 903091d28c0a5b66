"""The home page, made of the blocks that portal.yaml names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from generator.model.digest import digest
from generator.pages.blocks import inputs_of, view_of
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page, render_text
from generator.pages.views.home import Block, Declaration, HomeView
from generator.site.addresses import file_of
from generator.site.schema_org import catalog_data
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import vocabulary
from generator.text.markdown import excerpt


def plan(site: Site) -> Iterator[Task]:
    for language in site.languages:
        blocks = [(code, inputs_of(site, language, code)) for code in codes(site)]
        inputs = digest(site.digest, "home", language, blocks, catalog_data(site, language))
        yield Task(file_of(site.addresses.path("", language)), render, (language,), inputs)


def codes(site: Site) -> Sequence[str]:
    """
    The blocks that portal.yaml names, else those of the table; the types that have something for the home page stand
    among the latter.
    """
    portal = site.catalog.portal
    if "home" in portal.origin and portal.home:
        return list(dict.fromkeys(portal.home))
    types = [name for name, declared in site.catalog.types.items() if declared.home]
    place = portal.home.index(BEFORE_TYPES) + 1 if BEFORE_TYPES in portal.home else len(portal.home)
    return [*portal.home[:place], *types, *portal.home[place:]]


BEFORE_TYPES = "latest"
"""The block after which the content types stand on a home page that names no blocks."""


def render(site: Site, language: str) -> bytes:
    blocks = [block for code in codes(site) if (block := block_of(site, language, code)).content]
    description = site.speech(language).choose(site.catalog.description)
    introduction, introduced = render_text(site, site.catalog.description, language, "")
    # A declaration that is the catalogue's description is not said twice.
    repeated = any(isinstance(block.content, Declaration) and not block.content.url for block in blocks)
    view = HomeView(
        chrome=make_chrome(site, "", language),
        title=site.speech(language).choose(site.catalog.title),
        description=excerpt(description, 160),
        linked=[catalog_data(site, language)],
        introduction=Markup() if repeated else introduction,
        introduction_language=introduced,
        hero=[block for block in blocks if block.place == "hero"],
        rows=block_rows(block for block in blocks if block.place != "hero"),
    )
    return render_page(site, "home.html", view, site.addresses.path("", language))


def block_of(site: Site, language: str, code: str) -> Block:
    if code in site.catalog.types:
        content = view_of(site, language, code)
        declared = site.catalog.types[code]
        place = declared.home.place if declared.home else ""
        title = str(site.speech(language).choose(declared.title))
        return Block(name="records", title=title, content=content, place=place)
    title = site.speech(language).label(vocabulary("blocks")[code].title)
    place = str(vocabulary("blocks")[code].facts.get("place", ""))
    return Block(name=code, title=f"{title[:1].upper()}{title[1:]}", content=view_of(site, language, code), place=place)


def block_rows(blocks: Iterable[Block]) -> Sequence[Sequence[Block]]:
    """
    Blocks by row: short ones that follow one another share theirs.

    >>> places = {"latest": "short", "popular": "short", "themes": ""}
    >>> blocks = [Block(name=name, title=name, content=1, place=place) for name, place in places.items()]
    >>> [[block.name for block in row] for row in block_rows(blocks)]
    [['latest', 'popular'], ['themes']]
    """
    found: list[list[Block]] = []
    for block in blocks:
        if found and block.place == found[-1][-1].place == "short":
            found[-1].append(block)
        else:
            found.append([block])
    return found
