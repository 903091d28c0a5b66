"""A corpus as a catalogue, and what is made of it to be measured."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.model import Agent, Catalog, Concept, Dataset, Distribution, LicenseDocument, Location, Portal
from generator.model.diagnostics import Place
from generator.pages import assets, lists
from generator.search import plan_search
from generator.search.analyzer import Analyzer
from generator.search.documents import collect_documents
from generator.search.synonyms import read_synonyms
from generator.site.site import Site
from generator.site.tasks import Bundle
from generator.standards import vocabulary
from generator.text.slugs import slugify
from generator.theme.files import read_theme
from tests.bench.contenders import PROJECT, Bench, say
from tests.bench.portal import known, read_corpus

LANGUAGE = "fr"

PAGE = "dataset/"


def read_catalog(corpus: Path) -> Catalog:
    """The catalogue that portal.py writes of a corpus in French, without the files."""
    agents: dict[str, Agent] = {}
    ids: dict[str, str] = {}
    datasets = {}
    for record in read_corpus(corpus):
        name = record["publisher"]
        if name not in ids:
            key, number = slugify(name), 2
            while key in agents:
                key, number = f"{slugify(name)}-{number}", number + 1
            ids[name] = key
            agents[key] = Agent(id=key, name={"fr": name})
        datasets[record["id"]] = dataset_of(record, ids[name])
    themes = vocabulary("themes").terms.values()
    return Catalog(
        title={"fr": "Données"},
        publisher=min(agents, default=""),
        portal=Portal(base_url="https://donnees.example.org/", languages=(LANGUAGE,)),
        publishers=dict(sorted(agents.items())),
        theme_taxonomy=tuple(Concept(id=term.code, pref_label=term.title) for term in themes),
        datasets=datasets,
    )


def dataset_of(record: Mapping[str, Any], publisher: str) -> Dataset:
    licenses = [vocabulary("licenses")[code] for code in known("licenses", [record["license"]])]
    frequencies = known("frequencies", [record["frequency"]]) if record["frequency"] != "unknown" else []
    formats = vocabulary("formats")
    return Dataset(
        id=record["id"],
        title={"fr": record["title"]},
        description={"fr": record["description"]},
        publisher=publisher,
        theme=tuple(known("themes", record["theme"])),
        keyword={"fr": tuple(record["keyword"])},
        license=next((LicenseDocument(code=item.code, iri=item.iri, name=item.title) for item in licenses), None),
        accrual_periodicity=next(iter(frequencies), ""),
        issued=record["issued"],
        modified=record["modified"],
        spatial=(Location(bbox=(*record["bbox"], *record["bbox"])),),
        distribution=tuple(
            Distribution(
                id=str(number),
                title={"fr": item["title"]},
                download_url=item["url"],
                format=term.code if (term := formats.find(item["format"])) else item["format"],
            )
            for number, item in enumerate(record["distribution"])
        ),
    )


@dataclass(frozen=True)
class Measured:
    """A corpus and what is made of it, each when first asked for."""

    size: int
    tools: Bench
    asked: int = 200

    @cached_property
    def catalog(self) -> Catalog:
        return read_catalog(self.tools.corpus(self.size))

    @cached_property
    def site(self) -> Site:
        return site_of(self.catalog)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files below `search/`, and the page and the scripts that search in them."""
        say(f"Building the search of {self.size:,} datasets")
        pages = [task for task in lists.plan(self.site) if task.path == f"{PAGE}index.html"]
        files = {}
        for task in (*pages, *assets.plan(self.site)):
            content = task.render(self.site, *task.arguments)
            files[task.path] = content if isinstance(content, bytes) else b"".join(content)
        return files | dict(render_search(self.site))

    @cached_property
    def index(self) -> Mapping[str, bytes]:
        return {path: content for path, content in self.files.items() if path.startswith("search/")}

    @cached_property
    def words(self) -> Sequence[str]:
        """Words of titles, as often as they are in them: what somebody might ask."""
        titles = (dataset.title["fr"].lower() for dataset in self.catalog.datasets.values())
        return [word for title in titles for word in title.split() if len(word) > 3]

    def queries(self, number: int, words: int, seed: int = 1) -> list[str]:
        chance = random.Random(seed)
        return [" ".join(chance.choices(self.words, k=words)) for _ in range(number)]

    @cached_property
    def heaviest(self) -> str:
        """A word of the term that most documents have."""
        analyzer = Analyzer.of(LANGUAGE)
        times: Counter[str] = Counter()
        for document in collect_documents(self.catalog, LANGUAGE):
            times.update({word for text in document.texts.values() for word in analyzer.tokens(text)})
        return next(word for word, _ in times.most_common() if analyzer.terms(word))


def site_of(catalog: Catalog) -> Site:
    return Site(catalog, read_theme(PROJECT, "default", Place("portal.yaml")))


def render_search(site: Site) -> Iterator[tuple[str, bytes]]:
    groups = {language: read_synonyms(PROJECT, language)[0] for language in site.languages}
    for item in plan_search(site, groups):
        made_ = item.render(site, *item.arguments)
        if isinstance(item, Bundle):
            yield from made_
        else:
            yield item.path, made_
