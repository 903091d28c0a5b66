"""Every Markdown text of a catalogue, and where in its file it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.model import Catalog, Page, Written
from generator.model.diagnostics import Place
from generator.standards import PROSE, properties


@dataclass(frozen=True, slots=True)
class WrittenText:
    """
    A text in a language. `folder` is what its links are relative to; `place` leads from a line and column of the
    text, from 1, to where that is in a file.
    """

    words: str
    language: str
    folder: str
    place: Callable[[int, int], Place]


def find_prose(catalog: Catalog) -> Iterator[WrittenText]:
    yield from texts_of(catalog, "")
    for agent in catalog.publishers.values():
        yield from texts_of(agent, f"publisher/{agent.id}/")
    for service in catalog.services.values():
        yield from texts_of(service, f"service/{service.id}/")
    for dataset in catalog.datasets.values():
        folder = f"dataset/{dataset.id}/"
        yield from texts_of(dataset, folder)
        for item in dataset.distribution:
            yield from texts_of(item, folder)
    for page in catalog.pages:
        for language, body in page.body.items():
            yield WrittenText(body, language, page.folder, partial(place_in_page, page, language))
        for field in catalog.types[page.type].fields if page.type else ():
            for language, words in page.values.get(field.name, {}).items() if field.range == "markdown" else ():
                yield WrittenText(words, language, page.folder, partial(page.origin.within, field.name, language))


def texts_of(item: Written, folder: str) -> Iterator[WrittenText]:
    for row in properties()[type(item).__name__].values():
        if row.range in PROSE:
            for language, words in getattr(item, row.attribute).items():
                yield WrittenText(words, language, folder, partial(item.origin.within, row.name, language))


def place_in_page(page: Page, language: str, line: int, column: int) -> Place:
    return Place(page.sources[language], line + page.lines[language], column)
