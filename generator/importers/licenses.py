"""Licences by whatever another portal calls them: an address in any of its forms, a code, a name, words around one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from generator.authoring.report import Report
from generator.importers.addresses import read_address
from generator.importers.html import to_line
from generator.standards import fold_code, read_rows, vocabulary

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]+", re.IGNORECASE)
# What a portal's form says when nobody chose.
UNSTATED = """
    other none n/a notspecified not-specified unspecified notapplicable not-applicable unknown null tbd undefined
    licensenotspecified license-not-specified no-license-specified
"""
# Abbreviations that need no version: there is one.
LONE = frozenset(("odbl", "pddl", "odc-by", "cc0", "iodl 2.0"))


class LicenseEntry(NamedTuple):
    """A licence as a portal's own table describes it."""

    name: str = ""
    url: str = ""


def plain_address(url: str) -> str:
    """
    What is left of a licence's address when all that does not tell licences apart is gone.

    >>> plain_address("http://www.creativecommons.org/licenses/by/4.0/deed.de?ref=x#a")
    'creativecommons.org/licenses/by/4.0'
    >>> plain_address("https://spdx.org/licenses/CC-BY-4.0.html")
    'spdx.org/licenses/cc-by-4.0'
    """
    text = re.sub(r"^\s*(?:https?:)?//", "", url.strip().casefold())
    text = re.sub(r"^(?:www|web)\.", "", text)
    text = re.split(r"[?#]", text, maxsplit=1)[0]
    text = re.sub(r"/(?:deed|legalcode|index)(?:\.[\w-]+)*/?$", "", text.rstrip("/.,;"))
    return re.sub(r"\.html?$", "", text).rstrip("/")


@cache
def addresses() -> Mapping[str, str]:
    """Every licence's plain addresses, to its code."""
    found: dict[str, str] = {}
    for term in vocabulary("licenses").terms.values():
        for spelling in (term.iri, *term.aliases):
            if "://" in spelling:
                found.setdefault(plain_address(spelling), term.code)
    return found


@cache
def lists() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The lists of licences by address, each with the codes and the names of its entries."""
    return {
        row["list"]: {
            "codes": {key.casefold(): code for key, code in row.get("codes", {}).items()},
            "names": {key.casefold(): name for key, name in row.get("names", {}).items()},
        }
        for row in read_rows("license-lists")
    }


def bare(spelling: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", spelling.casefold())


@cache
def signless() -> Mapping[str, str]:
    """Codes and short spellings without their signs: `ccby40`."""
    found: dict[str, str] = {}
    for term in vocabulary("licenses").terms.values():
        for spelling in (term.code, term.eu):
            if any(sign.isdigit() for sign in spelling):
                found.setdefault(bare(spelling), term.code)
    return found


def license_entry(url: str) -> tuple[str, str]:
    """The code, or else the name, that a list of licences gives the entry at an address."""
    plain = plain_address(url)
    fragment = url.partition("#")[2].casefold()
    for start, row in lists().items():
        if plain != start and not plain.startswith(f"{start}/"):
            continue
        key = plain[len(start) + 1 :] or fragment
        parts = (key, *key.split("_"), key.rpartition("/")[2])
        code = row["codes"].get(key) or next((signless()[bare(part)] for part in parts if bare(part) in signless()), "")
        term = None if code or key in row["names"] else vocabulary("licenses").find(key)
        return code or (term.code if term else ""), row["names"].get(key, "")
    return "", ""


def license_code(spelling: str) -> str:
    """
    The code of a licence by its address or by one of its spellings, as a whole.

    >>> license_code("https://www.creativecommons.org/licenses/by/4.0/deed.de"), license_code("CC-BY 4.0")
    ('cc-by-4.0', 'cc-by-4.0')
    >>> license_code("http://dcat-ap.de/def/licenses/dl-by-de/2.0"), license_code("cc-by-nc-sa-7.0")
    ('dl-de-by-2.0', '')
    """
    line = to_line(spelling)
    if term := vocabulary("licenses").find(line) if line else None:
        return term.code
    if not re.match(r"(?:(?:https?:)?//|www\.|[\w-]+(?:\.[\w-]+)+/)\S+$", line, re.IGNORECASE):
        return ""
    return addresses().get(plain_address(line)) or license_entry(line)[0]


@cache
def names() -> list[tuple[re.Pattern[str], str]]:
    """What names a licence inside a sentence, the longest first: with its version, or short for the only one."""
    found: dict[str, str] = {}
    for term in vocabulary("licenses").terms.values():
        titles = (re.sub(r"\s*\([^()]*\)$", "", title) for title in term.title.values())
        for spelling in (*term.title.values(), *titles, *term.aliases, term.code):
            folded = fold_code(spelling)
            versioned = re.search(r"\d", folded) and re.search(r"[a-z]{2}", folded)
            if "://" not in folded and (versioned or folded in LONE) and len(folded) > 3:
                found.setdefault(folded, term.code)
    # Before 4.0, Creative Commons made a licence a country: `CC BY 3.0 DE` is not `CC BY 3.0`.
    end, last = r"(?![\w-]|\.\d)", r"(?![\w-]|\.\d|\s+[a-z])"
    ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    return [
        (re.compile(rf"(?<![\w-]){re.escape(name)}{last if is_ported(name, code) else end}"), code)
        for name, code in ordered
    ]


def is_ported(name: str, code: str) -> bool:
    return code.startswith("cc-") and "4.0" not in name


def license_inside(text: str) -> str:
    """
    The one licence that a sentence names; nothing where it names several, or none for certain.

    >>> license_inside("Published under Creative Commons Attribution 4.0 International, see the terms.")
    'cc-by-4.0'
    >>> license_inside("See https://creativecommons.org/publicdomain/zero/1.0/."), license_inside("CC BY 2.0 or so")
    ('cc0-1.0', '')
    """
    line = fold_code(to_line(text[:5000]))
    codes = dict.fromkeys(code for url in ADDRESS.findall(line) if (code := license_code(url.rstrip(".,;:"))))
    if not codes:
        line = ADDRESS.sub(" ", line)
        for pattern, code in names():
            line, count = pattern.subn(" ", line)
            if count:
                codes[code] = None
    return next(iter(codes)) if len(codes) == 1 else ""


def is_stated(text: str) -> bool:
    return bool(to_line(text)) and re.sub(r"[\s_]+", "-", fold_code(to_line(text))) not in UNSTATED.split()


def spellings_of(identifier: str, url: str, title: str, table: Mapping[str, LicenseEntry]) -> Iterator[str]:
    """What a record says of its licence, then what the portal's own table says of it."""
    yield from (identifier, url, title)
    for key in (identifier, title):
        if entry := table.get(key.strip()):
            yield from (entry.url, entry.name)


def find_license(
    report: Report,
    subject: str,
    identifier: str,
    url: str,
    title: str,
    table: Mapping[str, LicenseEntry] | None = None,
) -> Any:
    """
    A licence by its code, else by its address and name as written, else by its name alone.

    `table` is the portal's own, from what it calls a licence to its name and address.
    """
    entry = (table or {}).get(identifier.strip()) or (table or {}).get(title.strip()) or LicenseEntry()
    spellings = list(spellings_of(identifier, url, title, table or {}))
    for spelling in spellings:
        if code := license_code(spelling):
            return code
    for spelling in spellings:
        if code := license_inside(spelling):
            report.tell("guessed.license", subject, f"{to_line(spelling)} → {code}")
            return code
    name = next((to_line(text) for text in (title, entry.name) if is_stated(text) and not is_address(text)), "")
    for spelling in (url, entry.url, identifier, title):
        address = read_address(spelling) if "/" in spelling and is_address(spelling) else None
        if address:
            return {"iri": address.url, "name": name or license_entry(spelling)[1] or to_line(spelling)}
    said = name or next((to_line(text) for text in (identifier, url) if is_stated(text)), "")
    if said:
        report.tell("kept.license", subject, said)
        return {"name": said}
    if words := next((to_line(text) for text in spellings if to_line(text)), ""):
        report.tell("left-out.license", subject, words)
    return None


def is_address(text: str) -> bool:
    return re.fullmatch(r"\s*(?:https?:)?//\S+\s*|\s*www\.\S+\s*", text, re.IGNORECASE) is not None
