"""The portal that packages come from, as their addresses tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from urllib.parse import urlsplit

from generator.authoring.report import Report
from generator.importers.ckan.packages import Package
from generator.importers.html import to_line
from generator.importers.links import UUID, OldPortal, find_hosts
from generator.importers.records import list_items, said


def find_portal(
    packages: Mapping[str, Package], ids: Mapping[str, str], bodies: Mapping[str, str], base: str, report: Report
) -> OldPortal:
    """What the old portal's addresses name, and where it was: as the source says, else as its files' addresses tell."""
    datasets: dict[str, str] = {}
    resources: dict[str, str] = {}
    urls: list[str] = []
    for name, package in packages.items():
        datasets.setdefault(name, ids[name])
        if identifier := said(package.get("id")):
            datasets.setdefault(identifier, ids[name])
        for item in list_items(package.get("resources")):
            url, number = (said(item.get("url")), said(item.get("id"))) if isinstance(item, dict) else ("", "")
            urls.append(url)
            if number:
                resources[number] = ids[name]
            match = re.search(r"/dataset/([^/\s]+)/resource/([^/\s]+)", url)
            if match and match[2] == number and UUID.fullmatch(match[1]):
                datasets.setdefault(match[1], ids[name])
    hosts = find_hosts(urls)
    if not base and hosts:
        base = f"{hosts[0]}/"
        report.tell("guessed.old-portal", "", base)
    prefix = common_prefix(packages)
    aliases = {name.removeprefix(prefix): ids[name] for name in packages} if prefix else {}
    if prefix:
        report.tell("guessed.name-prefix", "", prefix)
    own = {urlsplit(host).hostname or "" for host in (*hosts, base)} - {""}
    titles = {ids[name]: to_line(said(package.get("title"))) for name, package in packages.items()}
    return OldPortal(report, base, frozenset(own), datasets, aliases, bodies, resources, titles)


def common_prefix(names: Iterable[str]) -> str:
    """
    What all names open with, up to a hyphen: a harvester's mark, by which the harvested portal did not know them.

    >>> common_prefix(["vmtl-arbres", "vmtl-art", "vmtl-eau"]), common_prefix(["arbres", "art"])
    ('vmtl-', '')
    """
    found = sorted(names)
    if len(found) < 3:
        return ""
    # What the first and the last share, all share.
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(found[0], found[-1], strict=False))
    common = "".join(letter for letter, _ in pairs)
    return common[: common.rfind("-") + 1]
