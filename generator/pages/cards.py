"""The card of a dataset, as lists show it."""

from __future__ import annotations

from markupsafe import Markup

from generator.model import Dataset
from generator.pages.chrome import waits
from generator.pages.renderer import fill_template
from generator.pages.views.frame import Card
from generator.site.links import publisher_link
from generator.site.memory import remembered
from generator.site.site import Site
from generator.text.markdown import excerpt
from generator.text.speech import Words


@remembered
def dataset_card(site: Site, key: str, language: str) -> Markup:
    """Rendered once and shown in every list."""
    return Markup(
        fill_template(site, "card.html", language, card=card_view(site, site.catalog.datasets[key], language))
    )


def card_view(site: Site, dataset: Dataset, language: str) -> Card:
    choose = site.speech(language).choose
    description = choose(dataset.description)
    return Card(
        title=choose(dataset.title),
        url=site.addresses.link(f"dataset/{dataset.id}/", language),
        excerpt=Words(excerpt(description), description.language),
        publisher=publisher_link(site, dataset.publisher, language),
        modified=dataset.modified,
        waits=waits(site, f"dataset/{dataset.id}", language, brief=True),
        formats=tuple(dict.fromkeys(item.format for item in dataset.distribution if item.format)),
    )
