"""Views and Markdown as HTML: templates filled in, links made relative to where a page stands."""

from __future__ import annotations

from jinja2 import Environment
from markupsafe import Markup

from generator.pages.templates import FAULTS, BrokenTemplate, locate_fault, make_environment
from generator.pages.views.frame import View
from generator.site.addresses import ROOT, anchor, file_of
from generator.site.memory import remembered
from generator.site.site import Site
from generator.text.conventions import conventions_of
from generator.text.fallback import mark_borrowed
from generator.text.languages import Text
from generator.text.markdown import render_markdown
from generator.text.typography import space_html


@remembered
def environment_of(site: Site, language: str, quick: bool = False) -> Environment:
    """The theme's templates speaking a language."""
    return make_environment(site.theme, site.speech(language), site.catalog.portal.base_url, quick)


@remembered
def slow_templates(site: Site, language: str) -> set[str]:
    """The templates that quick ones could not be made of, as found so far."""
    return set()


def render_page(site: Site, template: str, view: View, path: str) -> bytes:
    return finish(fill_template(site, template, view.chrome.language, page=view), path)


def fill_template(site: Site, template: str, language: str, /, **values: object) -> str:
    """A template's HTML, links not yet relative. BrokenTemplate when the theme's author went wrong."""
    slow = slow_templates(site, language)
    if template not in slow:
        try:
            return environment_of(site, language, True).get_template(template).render(**values)
        except Exception:  # what the plain one says of it counts
            slow.add(template)
    try:
        return environment_of(site, language).get_template(template).render(**values)
    except FAULTS as error:
        raise BrokenTemplate(locate_fault(site.theme, template, error)) from error


def finish(html: str, path: str) -> bytes:
    """A rendered page with its links made relative to where it stands, and what it borrows marked."""
    return mark_borrowed(html).replace(ROOT, anchor(file_of(path))).encode()


def render_text(
    site: Site, text: Text, language: str, folder: str, level: int = 2, part: str = ""
) -> tuple[Markup, str]:
    """
    A Markdown text as safe HTML, and the language it is in; its links lead to pages in the page's language.

    `level` is that of its highest heading; `part` tells it from other texts of its page.
    """
    words = site.speech(language).choose(text)
    html = render_markdown(words, level, lambda target: site.addresses.lead(target, folder, language, part), part)
    if conventions_of(words.language).spaced:
        html = space_html(html)
    return Markup(html), words.language
