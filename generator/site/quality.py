"""
The quality of metadata, as data.europa.eu judges it: what of each indicator a dataset has, its points, what to mend.

What is judged is what harvesters are given: what feeds complete (a contact, a licence, a description) counts, a format
that they can't write does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.model import Catalog, Dataset, Distribution
from generator.site.contacts import contact_or_publisher
from generator.site.memory import remembered
from generator.site.outgoing import outgoing
from generator.site.site import Site
from generator.standards import vocabulary
from generator.standards.quality import Dimension, Indicator, Rating, dimensions, indicators, rate

Held = bool | None
"""Whether something is so; None where it was not measured."""

Answers = Callable[[str], Held]
"""Whether an address answers."""


@dataclass(frozen=True)
class Quality:
    """What a dataset has, by indicator."""

    held: Mapping[str, Held]

    def points(self, indicator: Indicator) -> int | None:
        """The points of an indicator; None where it was not measured."""
        held = self.held[indicator.code]
        return None if held is None else indicator.points * held

    def reached(self, of: Iterable[Indicator]) -> int:
        return sum(self.points(indicator) or 0 for indicator in of)

    def measured(self, of: Iterable[Indicator]) -> int:
        """The most points that those which were measured could give."""
        return sum(indicator.points for indicator in of if self.held[indicator.code] is not None)

    @cached_property
    def total(self) -> int:
        return self.reached(indicators().values())

    @cached_property
    def most(self) -> int:
        """The most points that could be measured."""
        return self.measured(indicators().values())

    @property
    def share(self) -> float:
        return self.total / self.most

    @property
    def rating(self) -> Rating:
        return rate(self.total, self.most)

    @property
    def missing(self) -> Sequence[Indicator]:
        """What it lacks, that which gains most first."""
        lacking = [indicator for indicator in indicators().values() if self.held[indicator.code] is False]
        return sorted(lacking, key=lambda indicator: -indicator.points)


@dataclass(frozen=True)
class Together:
    """The quality of several datasets."""

    parts: Sequence[Quality]

    @cached_property
    def mean(self) -> float:
        """The share of the measured points that were reached."""
        return share_of(self.parts, indicators().values())

    @property
    def rating(self) -> Rating:
        return rate(sum(part.total for part in self.parts), sum(part.most for part in self.parts))

    @property
    def ratings(self) -> Mapping[str, int]:
        """How many have each rating."""
        return Counter(part.rating.code for part in self.parts)

    def dimension(self, dimension: Dimension) -> float | None:
        """The mean share of a dimension's points; None where nothing of it was measured."""
        return share_of(self.parts, dimension.indicators) if measured(self.parts, dimension.indicators) else None

    @cached_property
    def missing(self) -> Sequence[tuple[Indicator, int, float]]:
        """What is lacking, in how many of them, and what it would add to their mean; the greatest gain first."""
        lacking = Counter(indicator.code for part in self.parts for indicator in part.missing)
        gains = [(indicators()[code], count, indicators()[code].points * count) for code, count in lacking.items()]
        ordered = sorted(gains, key=lambda gain: (-gain[2], gain[0].code))
        return [(indicator, count, points / len(self.parts)) for indicator, count, points in ordered]


def measured(parts: Iterable[Quality], of: Iterable[Indicator]) -> int:
    judged = tuple(of)
    return sum(part.measured(judged) for part in parts)


def share_of(parts: Sequence[Quality], of: Iterable[Indicator]) -> float:
    judged = tuple(of)
    most = measured(parts, judged)
    return sum(part.reached(judged) for part in parts) / most if most else 0.0


def judge(catalog: Catalog, dataset: Dataset, answers: Answers) -> Quality:
    """What a dataset has of each indicator."""
    files = dataset.distribution
    downloads = [item for item in files if item.download_url or item.file]
    licenses = [given for given in (dataset.license, *(item.license for item in files)) if given and given.iri]
    held: dict[str, Held] = {
        "keyword": any(word.strip() for words in dataset.keyword.values() for word in words),
        "theme": any(key in catalog.themes for key in dataset.theme),
        "spatial": bool(dataset.spatial),
        "temporal": any(period.start or period.end for period in dataset.temporal),
        "access-answers": any_answers(answers, (item.access_url or item.download_url for item in files)),
        "download": bool(downloads),
        "download-answers": any_answers(answers, (item.download_url for item in downloads)),
        **best_file(files),
        # A dataset with an error is not published, and feeds complete the others: tests judge them by the shapes.
        "dcat-ap": True,
        "license": bool(licenses),
        "license-listed": any(given.code and vocabulary("licenses")[given.code].eu for given in licenses),
        "access-rights": bool(dataset.access_rights),
        "access-rights-listed": bool(dataset.access_rights and vocabulary("access-rights")[dataset.access_rights].eu),
        "contact": contact_or_publisher(catalog, dataset) is not None,
        "publisher": dataset.publisher in catalog.publishers,
        "rights": any(any(item.rights.values()) for item in files),
        "byte-size": any(item.byte_size is not None for item in files),
        "issued": bool(dataset.issued) or any(item.issued for item in files),
        "modified": bool(dataset.modified) or any(item.modified for item in files),
    }
    return Quality({code: bool(value) if value is not None else None for code, value in held.items()})


def any_answers(answers: Answers, addresses: Iterable[str]) -> Held:
    """Whether one of the addresses answers: known once one does, or all that there are were measured."""
    found = [answers(address) for address in addresses]
    return True if True in found else None if None in found else False


def best_file(files: Sequence[Distribution]) -> dict[str, Held]:
    """
    What the file has that has the most of what is asked of files, of equals what has the first; all is lacking where
    there is none.
    """
    rows = [row for row in indicators().values() if row.best]

    def worth(facts: dict[str, Held]) -> tuple[int, list[Held]]:
        return sum(row.points for row in rows if facts[row.code]), [facts[row.code] for row in rows]

    return max([file_facts(item) for item in files] or [{row.code: False for row in rows}], key=worth)


def file_facts(item: Distribution) -> dict[str, Held]:
    formats = vocabulary("formats")
    known = formats[item.format] if item.format in formats and formats[item.format].eu else None
    facts = known.facts if known else {}
    return {
        "format": known is not None,
        "media-type": bool(item.media_type),
        "vocabularies": known is not None and item.media_type in vocabulary("media-types"),
        "non-proprietary": bool(facts.get("nonProprietary")),
        "machine-readable": bool(facts.get("machineReadable")),
    }


def answering(site: Site, address: str) -> Held:
    """Whether an address answers; unknown where nobody asked, robots are told nothing, or it failed but lately."""
    answer = outgoing(site, address) if address else None
    return VERDICTS.get(answer.verdict) if answer else None


VERDICTS: Mapping[str, bool] = {"answers": True, "broken": False}
"""What is known of an address by the verdict on its answers; the other verdicts are not certain."""


@remembered
def quality_of(site: Site, key: str) -> Quality:
    """The quality of a dataset that is on offer."""
    return judge(site.catalog, site.catalog.datasets[key], lambda address: answering(site, address))


@remembered
def quality_together(site: Site, publisher: str = "") -> Together:
    """The quality of a publisher's datasets on offer, or of all of them."""
    keys = site.collections[site.default]["publisher"][publisher].datasets if publisher else site.order
    return Together([quality_of(site, key) for key in keys])


def dimension_points(quality: Quality) -> Sequence[tuple[Dimension, int, int]]:
    """Each dimension with the points that were reached, and the most that could be measured."""
    return [(row, quality.reached(row.indicators), quality.measured(row.indicators)) for row in dimensions()]
