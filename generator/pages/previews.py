"""Previews of files on the page of their dataset."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from generator.model import Dataset
from generator.model.digest import digest
from generator.pages.renderer import fill_template
from generator.previews.catalog_files import readable
from generator.previews.dictionary import Dictionary
from generator.previews.limits import PREVIEWS
from generator.previews.presentation import preview_view
from generator.site.site import Site
from generator.text.speech import Words


def preview_digest(site: Site, dataset: Dataset) -> str:
    """Of all that the dataset's previews are drawn from."""
    found = [site.profiles.get((dataset.id, item.id)) for item in dataset.distribution]
    return digest(found, site.backdrop.digest) if any(found) else ""


def unshown(site: Site, dataset: Dataset) -> int:
    """How many files have no preview for the one reason that the page has enough of them."""
    return len(readable(dataset)[PREVIEWS:]) if any(key == dataset.id for key, _ in site.profiles) else 0


def render_previews(site: Site, language: str, dataset: Dataset) -> Mapping[str, Markup]:
    """Distribution id to the HTML of its preview; the first one stands open."""
    made: dict[str, Markup] = {}
    for item in dataset.distribution:
        if packed := site.profiles.get((dataset.id, item.id)):
            said = item.language or dataset.language
            title = site.speech(language).choose(item.chart.title) if item.chart else Words("", "")
            view = preview_view(
                packed.open(),
                anchor=item.id,
                speech=site.speech(language),
                backdrop=site.backdrop,
                title=title,
                dictionary=Dictionary(item.columns, site.speech(language), said[0] if len(said) == 1 else ""),
                opened=not made,
            )
            made[item.id] = Markup(fill_template(site, "preview.html", language, preview=view))
    return made
