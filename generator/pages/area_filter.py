"""Where the search narrows by area: the areas that datasets name, and a map of the portal's backdrop to draw one on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from generator.pages.views.lists import SearchArea, Zone, ZoneMap
from generator.previews.backdrop import Backdrop, ground_of
from generator.previews.maps import HEIGHT, WIDTH, Point, Projection, window
from generator.site.memory import remembered
from generator.site.site import Site
from generator.text.slugs import slugify

MOST_AREAS = 60
"""Areas among which a reader chooses: the ones that the most datasets are about."""

SHRUNK = 1.6
"""How many times smaller than a file's map this one is shown."""

Box = tuple[float, ...]


@remembered
def zone(site: Site, language: str) -> Zone | None:
    """None where no dataset says where it is."""
    places = [place for key in site.order for place in site.catalog.datasets[key].spatial if place.bbox]
    if not places:
        return None
    named = Counter(
        (slugify(site.speech(site.default).choose(place.name)), place.bbox) for place in places if place.name
    )
    names = {slugify(site.speech(site.default).choose(place.name)): place.name for place in places if place.name}
    usual: dict[str, Box] = {}
    for (key, box), _count in named.most_common():
        usual.setdefault(key, box)
    boxes = [place.bbox for place in places]
    areas = [
        SearchArea(site.speech(language).choose(names[key]), search_address(box))
        for key, box in list(usual.items())[:MOST_AREAS]
    ]
    return Zone(areas=sorted(areas, key=lambda area: slugify(area.name)), map=zone_map(site.backdrop, boxes))


def search_address(box: Box) -> str:
    """
    As an address of the search has it.

    >>> search_address((-74.0, 47.0, -70.25, 50.0))
    '-74, 47, -70.25, 50'
    """
    return ", ".join(f"{edge:g}" for edge in box)


def zone_map(backdrop: Backdrop, boxes: Sequence[Box]) -> ZoneMap | None:
    """The part of the backdrop that datasets are about; None where the portal has none."""
    if not backdrop.features:
        return None
    box = window(corners(backdrop, boxes))
    grounds, names = ground_of(backdrop, box, SHRUNK)
    scale = Projection.of(box)
    return ZoneMap(
        degrees=f"scale({scale.across:.6g} {-scale.down:.6g}) translate({-scale.west} {-scale.north})",
        width=WIDTH,
        height=HEIGHT,
        sea=any(ground.kind == "land" for ground in grounds),
        grounds=[(ground.kind, ground.path) for ground in grounds],
        names=[(name.x, name.y, name.text) for name in names],
    )


def corners(backdrop: Backdrop, boxes: Sequence[Box]) -> Sequence[Point]:
    """South-west and north-east of what both the backdrop and the boxes are of, else of the whole backdrop."""
    xs, ys = zip(*chain.from_iterable(path for *_, paths in backdrop.features for path in paths), strict=True)
    wests, souths, easts, norths = zip(*boxes, strict=True)
    west, south = max(min(xs), min(wests)), max(min(ys), min(souths))
    east, north = min(max(xs), max(easts)), min(max(ys), max(norths))
    if west < east and south < north:
        return [(west, south), (east, north)]
    return [(min(xs), min(ys)), (max(xs), max(ys))]
