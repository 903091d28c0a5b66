"""The page of what is not there, which stands at any depth and speaks every language."""

from __future__ import annotations

from urllib.parse import urlsplit

from generator.pages.chrome import make_chrome
from generator.pages.renderer import fill_template
from generator.pages.views.not_found import NotFoundView, NotFoundWords
from generator.site.addresses import ROOT
from generator.site.links import home_link
from generator.site.site import Site
from generator.text.fallback import mark_borrowed
from generator.text.speech import Borrowed, Words

NOT_FOUND = "404.html"


def render_not_found(site: Site) -> bytes:
    """A host shows this page at any depth, so its links start at the host's root instead of being relative."""
    language = site.default
    said = [
        NotFoundWords(
            language=code,
            title=site.speech(code).say("site.not-found.title"),
            message=site.speech(code).say("site.not-found.message"),
            home=home_link(site, code),
        )
        for code in site.languages
    ]
    # Words that are borrowed would only be said again.
    said[1:] = [words for words in said[1:] if not isinstance(words.message, Borrowed)]
    view = NotFoundView(
        chrome=make_chrome(site, "", language, ()),
        title=Words(said[0].title, language),
        languages=said,
    )
    html = fill_template(site, "not-found.html", language, page=view)
    return mark_borrowed(html).replace(ROOT, urlsplit(site.catalog.portal.base_url).path).encode()
