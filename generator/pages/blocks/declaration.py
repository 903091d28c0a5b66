"""The declaration: the summary of the page that portal.yaml names; without one, the catalogue's description."""

from __future__ import annotations

from generator.model import Page
from generator.pages.renderer import render_text
from generator.pages.views.home import Declaration
from generator.site.site import Site


def view(site: Site, language: str) -> Declaration:
    choose = site.speech(language).choose
    page = declared(site)
    if page is None:
        body, written = render_text(site, site.catalog.description, language, "", level=3)
        return Declaration(title=choose(site.catalog.title), body=body, body_language=written)
    text = page.description or page.body
    body, written = render_text(site, text, language, page.folder, level=3, part="declaration")
    url = site.addresses.link(page.address, language)
    return Declaration(title=choose(page.title), body=body, body_language=written, url=url)


def declared(site: Site) -> Page | None:
    path = site.catalog.portal.declaration.strip("/")
    return next((page for page in site.catalog.pages if path and page.path == path), None)
