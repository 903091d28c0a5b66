"""Data services, and the distributions through which datasets offer them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.model import DataService, Dataset, Distribution

Services = Mapping[str, DataService]


def offer_services(datasets: Mapping[str, Dataset], services: Services) -> dict[str, Dataset]:
    """
    The datasets, each with a distribution for every service that serves it: one that names the service, else one more.
    """
    serving: dict[str, list[DataService]] = {}
    for service in services.values():
        for key in service.serves_dataset:
            serving.setdefault(key, []).append(service)
    return {key: offer(dataset, serving.get(key, ()), services) for key, dataset in datasets.items()}


def offer(dataset: Dataset, serving: Sequence[DataService], services: Services) -> Dataset:
    items = tuple(lead(item, services) for item in dataset.distribution)
    named = {key for item in items for key in item.access_service}
    taken = {item.id for item in items}
    more = tuple(
        Distribution(
            id=f"{service.id}-service" if service.id in taken else service.id,
            title=service.title,
            description=service.description,
            access_url=service.endpoint_url,
            access_service=(service.id,),
            origin=service.origin,
        )
        for service in serving
        if service.id not in named and dataset.offered
    )
    return dataset if items == dataset.distribution and not more else replace(dataset, distribution=(*items, *more))


def lead(item: Distribution, services: Services) -> Distribution:
    """A distribution that has no address but its service's."""
    if item.access_url or item.download_url or item.file:
        return item
    found = [services[key].endpoint_url for key in item.access_service if key in services]
    return replace(item, access_url=found[0]) if found else item


def name_served(services: Iterable[DataService], datasets: Mapping[str, Dataset]) -> tuple[DataService, ...]:
    """The services with all datasets on offer that they serve, whichever of the two says so."""
    naming: dict[str, list[str]] = {}
    for dataset in datasets.values():
        for item in dataset.distribution if dataset.offered else ():
            for key in item.access_service:
                naming.setdefault(key, []).append(dataset.id)
    return tuple(
        replace(item, serves_dataset=tuple(dict.fromkeys([*item.serves_dataset, *naming.get(item.id, ())])))
        for item in services
    )
