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
    return list(dict.fromkeys(site.catalog.portal.home))


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
        hero=[block for block in blocks if block_place(block) == "hero"],
        rows=block_rows(block for block in blocks if block_place(block) != "hero"),
    )
    return render_page(site, "home.html", view, site.addresses.path("", language))


def block_of(site: Site, language: str, code: str) -> Block:
    title = site.speech(language).label(vocabulary("blocks")[code].title)
    return Block(name=code, title=f"{title[:1].upper()}{title[1:]}", content=view_of(site, language, code))


def block_place(block: Block) -> str:
    return str(vocabulary("blocks")[block.name].facts.get("place", ""))


def block_rows(blocks: Iterable[Block]) -> Sequence[Sequence[Block]]:
    """
    Blocks by row: short ones that follow one another share theirs.

    >>> blocks = [Block(name=name, title=name, content=1) for name in ("latest", "news", "themes")]
    >>> [[block.name for block in row] for row in block_rows(blocks)]
    [['latest', 'news'], ['themes']]
    """
    found: list[list[Block]] = []
    for block in blocks:
        if found and block_place(block) == block_place(found[-1][-1]) == "short":
            found[-1].append(block)
        else:
            found.append([block])
    return found
