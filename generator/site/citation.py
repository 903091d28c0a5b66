"""How to cite a dataset: in words, and as reference managers read it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Dataset
from generator.site.links import publisher_link
from generator.site.site import Site

BIBTEX_MARKS = str.maketrans(
    {mark: f"\\{mark}" for mark in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def cite(site: Site, language: str, dataset: Dataset) -> Citation:
    """The dataset as a source: its publisher as author, the catalogue as where it was published."""
    title = str(site.speech(language).choose(dataset.title))
    author = str(publisher_link(site, dataset.publisher, language).title)
    place = str(site.speech(language).choose(site.catalog.title))
    day = dataset.changed[:10]
    url = site.addresses.absolute(f"dataset/{dataset.id}/", language)
    say = site.speech(language).say
    version = say("site.cite.version", version=dataset.version) if dataset.version else ""
    text = say(
        "site.cite.text",
        author=author,
        year=day[:4] or say("site.cite.no-date"),
        title=title,
        version=version,
        place=place,
        url=url,
    )
    known = {"author": author, "title": title, "day": day, "place": place, "url": url, "version": dataset.version}
    return Citation(
        text=text,
        formats={
            "BibTeX": bibtex(dataset.id, **known),
            "RIS": ris(language, **known),
            "CSL-JSON": csl_json(dataset.id, language, **known),
        },
    )


def bibtex(key: str, author: str, title: str, day: str, place: str, url: str, version: str) -> str:
    """
    >>> print(bibtex("arbres", "Ville", "Arbres & haies", "2026-03-09", "Données", "https://exemple.org/a_b/", ""))
    @misc{arbres,
      author = {{Ville}},
      title = {{Arbres \\& haies}},
      year = {2026},
      howpublished = {{Données}},
      url = {https://exemple.org/a_b/}
    }
    """
    fields = {
        "author": brace(author),
        "title": brace(title),
        "year": f"{{{day[:4]}}}" if day else "",
        "version": brace(version) if version else "",
        "howpublished": brace(place),
        "url": f"{{{url}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}\n}}"


def brace(text: str) -> str:
    """Text that BibTeX prints as it is."""
    return f"{{{{{text.translate(BIBTEX_MARKS)}}}}}"


def ris(language: str, author: str, title: str, day: str, place: str, url: str, version: str) -> str:
    """
    >>> print(ris("fr", "Ville", "Arbres", "2026-03-09", "Données", "https://exemple.org/", "2").rstrip())
    TY  - DATA
    AU  - Ville
    TI  - Arbres
    PY  - 2026
    DA  - 2026/03/09/
    ET  - 2
    PB  - Données
    LA  - fr
    UR  - https://exemple.org/
    ER  -
    """
    parts = [*day.split("-"), "", ""]
    fields = {
        "TY": "DATA",
        "AU": author,
        "TI": title,
        "PY": day[:4],
        "DA": f"{parts[0]}/{parts[1]}/{parts[2]}/" if day else "",
        "ET": version,
        "PB": place,
        "LA": language,
        "UR": url,
    }
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields.items() if value), "ER  - "])


def csl_json(key: str, language: str, author: str, title: str, day: str, place: str, url: str, version: str) -> str:
    """
    >>> print(csl_json("a", "fr", "Ville", "Arbres", "2026-03", "Données", "https://exemple.org/", ""))
    [
      {
        "id": "a",
        "type": "dataset",
        "title": "Arbres",
        "author": [{"literal": "Ville"}],
        "publisher": "Données",
        "issued": {"date-parts": [[2026, 3]]},
        "language": "fr",
        "URL": "https://exemple.org/"
      }
    ]
    """
    item = {
        "id": key,
        "type": "dataset",
        "title": title,
        "author": [{"literal": author}],
        "publisher": place,
        "issued": {"date-parts": [[int(part) for part in re.findall(r"\d+", day)]]} if day else None,
        "version": version,
        "language": language,
        "URL": url,
    }
    lines = (f'    "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in item.items() if value)
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """How to cite: in words, and in the formats of reference managers, by their name."""

    text: str
    formats: Mapping[str, str]
