"""The parts of the dashboard of the catalogue's health."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.model import Dataset
from generator.pages.dashboards import count_panel, table_panel
from generator.pages.views.dashboards import Panel
from generator.site.collections import license_key
from generator.site.health import datasets_of, growth, keys_of, link_states, standings, stars, translations
from generator.site.links import Link, publisher_link
from generator.site.quality import measured, quality_of, quality_together
from generator.site.site import Site
from generator.standards import vocabulary
from generator.standards.quality import dimensions, ratings
from generator.text.speech import Words

MOST = 12
"""How many licences, formats and languages a chart shows; the rest is counted together."""

LISTED = 100
"""How many datasets a publisher's table lists; the CSV has all."""

Row = Sequence[Link | Words | str]


def panels(site: Site, language: str, publisher: str) -> list[Panel]:
    """Every part that has something to show."""
    datasets = datasets_of(site, publisher)
    if not datasets:
        return []
    found = [
        rating_panel(site, language, publisher),
        freshness_panel(site, language, publisher),
        count_panel(site, language, "growth", growth(datasets), "area", "year"),
        dimension_panel(site, language, publisher),
        mend_panel(site, language, publisher),
        dataset_panel(site, language, publisher) if publisher else publisher_panel(site, language),
        count_panel(site, language, "licences", licenses(site, language, datasets)),
        count_panel(site, language, "formats", formats(site, language, datasets)),
        star_panel(site, language, datasets),
        count_panel(site, language, "translated", language_names(site, language, translations(site, datasets))),
        count_panel(site, language, "languages", languages(site, language, datasets)),
        link_panel(site, language, datasets),
    ]
    return [panel for panel in found if panel]


def rating_panel(site: Site, language: str, publisher: str) -> Panel | None:
    counts = quality_together(site, publisher).ratings
    label = site.speech(language).label
    return count_panel(site, language, "ratings", [(label(row.title), counts.get(row.code, 0)) for row in ratings()])


def dimension_panel(site: Site, language: str, publisher: str) -> Panel | None:
    speech, together = site.speech(language), quality_together(site, publisher)
    rows: list[Row] = []
    for row in dimensions():
        share = together.dimension(row)
        unknown = row.points - measured(together.parts, row.indicators) / len(together.parts)
        said = speech.say("site.health.unmeasured") if share is None else speech.percent(share)
        rows.append((speech.label(row.title), speech.number(row.points), said, speech.number(round(unknown, 1))))
    return table_panel(site, language, "dimensions", ("dimension", "most", "share", "unmeasured"), rows)


def mend_panel(site: Site, language: str, publisher: str) -> Panel | None:
    """What would gain most points, were it mended in all that lack it."""
    speech = site.speech(language)
    rows: list[Row] = [
        (
            sentence(speech.label(row.mend)),
            speech.number(count),
            speech.number(row.points),
            speech.say("site.health.plus", points=speech.number(round(gain, 1))),
        )
        for row, count, gain in quality_together(site, publisher).missing
    ]
    return table_panel(site, language, "mend", ("mend", "datasets", "each", "gain"), rows)


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def publisher_panel(site: Site, language: str) -> Panel | None:
    """Every publisher with its mean, in the order of their names."""
    speech = site.speech(language)
    rows: list[Row] = []
    for key, collection in site.collections[language]["publisher"].items():
        if not collection.datasets:
            continue
        together = quality_together(site, key)
        link = Link(
            title=publisher_link(site, key, language).title,
            url=site.addresses.link(f"dashboard/health/{key}/", language),
        )
        late = standings(site, key)["late"]
        rows.append(
            (
                link,
                speech.number(len(collection.datasets)),
                speech.percent(together.mean),
                speech.label(together.rating.title),
                speech.number(late),
            )
        )
    return table_panel(site, language, "publishers", ("publisher", "datasets", "share", "rating", "late"), rows)


def dataset_panel(site: Site, language: str, publisher: str) -> Panel | None:
    """A publisher's datasets, those with the fewest points first."""
    speech = site.speech(language)
    rows: list[Row] = []
    for key in sorted(keys_of(site, publisher), key=lambda key: quality_of(site, key).share)[:LISTED]:
        quality = quality_of(site, key)
        title = speech.choose(site.catalog.datasets[key].title)
        first = quality.missing[0] if quality.missing else None
        rows.append(
            (
                Link(title=title, url=site.addresses.link(f"dataset/{key}/", language)),
                speech.say(
                    "site.quality.points",
                    reached=speech.number(quality.total),
                    measured=speech.number(quality.most),
                ),
                speech.label(quality.rating.title),
                sentence(speech.label(first.mend)) if first else "",
            )
        )
    return table_panel(site, language, "datasets", ("dataset", "points", "rating", "first"), rows)


def freshness_panel(site: Site, language: str, publisher: str) -> Panel | None:
    say, counts = site.speech(language).say, standings(site, publisher)
    said = [(say(f"site.health.standing.{code}"), count) for code, count in counts.items()]
    panel = count_panel(site, language, "freshness", said)
    if panel is None:
        return None
    day = site.speech(language).date(site.day) if site.day else ""
    return Panel(
        id=panel.id, title=panel.title, hint=say("site.health.freshness.on", day=day) if day else "", chart=panel.chart
    )


def star_panel(site: Site, language: str, datasets: Sequence[Dataset]) -> Panel | None:
    say = site.speech(language).say
    counts = [(say(f"site.health.star.{number}"), count) for number, count in stars(datasets).items()]
    return count_panel(site, language, "stars", counts)


def link_panel(site: Site, language: str, datasets: Sequence[Dataset]) -> Panel | None:
    say = site.speech(language).say
    counts = [(say(f"site.health.answer.{name}"), count) for name, count in link_states(site, datasets).items()]
    return count_panel(site, language, "links", counts)


def licenses(site: Site, language: str, datasets: Iterable[Dataset]) -> list[tuple[str, int]]:
    """Licences by how many datasets have them, by their names."""
    say, titles = site.speech(language).say, site.collections[language]["license"]
    keys = (license_key(item.license) if item.license else "" for item in datasets)
    names = {key: site.speech(language).choose(collection.title) for key, collection in titles.items()}
    return most_frequent(site, language, (names.get(key, "") or say("site.health.none") for key in keys))


def formats(site: Site, language: str, datasets: Iterable[Dataset]) -> list[tuple[str, int]]:
    """Formats by how many files and services have them."""
    none = site.speech(language).say("site.health.none")
    return most_frequent(site, language, (file.format or none for item in datasets for file in item.distribution))


def languages(site: Site, language: str, datasets: Iterable[Dataset]) -> list[tuple[str, int]]:
    """Languages of the data by how many datasets are in them."""
    none = site.speech(language).say("site.health.none")
    found = (code for item in datasets for code in item.language or ("",))
    return most_frequent(site, language, (language_name(site, language, code) if code else none for code in found))


def language_names(site: Site, language: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(language_name(site, language, code), count) for code, count in counts.items()]


def language_name(site: Site, language: str, code: str) -> str:
    names = vocabulary("languages")
    return site.speech(language).label(names[code].title) if code in names else code


def most_frequent(site: Site, language: str, names: Iterable[str]) -> list[tuple[str, int]]:
    """The most frequent first, equals by name; those past the first dozen together."""
    counted = sorted(Counter(map(str, names)).items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(count for _, count in counted[MOST:])
    others = [(site.speech(language).say("site.health.others"), rest)] if rest else []
    return counted[:MOST] + others
