"""A portal of dashboards and one long register: ten rows a dataset, twenty datasets a publisher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PORTAL = """\
baseURL: https://donnees.example.org/
languages: [fr]
dashboards: [health, use]
"""

CATALOG = """\
title: Données
description: Un catalogue de mesure.
publisher: organisme-0
license: cc-by-4.0
contactPoint: {name: Équipe des données ouvertes, email: donnees@example.org}
"""

SUBJECTS = ("Coûts du déneigement", "Plans des ponts", "Contrats de voirie", "Relevés de l’eau", "Inspections")
DECISIONS = ("full", "part", "refused", "not-held", "withdrawn")
MONTHS = 3


def write_portal(folder: Path, datasets: int) -> None:
    """Write the portal into a new folder."""
    rows, publishers = 10 * datasets, max(datasets // 20, 1)
    below = folder / "datasets" / "publishers"
    below.mkdir(parents=True)
    (folder / "content" / "disclosures").mkdir(parents=True)
    for number in range(publishers):
        (below / f"organisme-{number}.yaml").write_text(f"name: Organisme {number}\nkind: agency\n", encoding="utf-8")
    for number in range(datasets):
        text = "".join(dataset_lines(number, number % publishers))
        (folder / "datasets" / f"jeu-{number}.yaml").write_text(text, encoding="utf-8")
    (folder / "datasets" / "catalog.yaml").write_text(CATALOG, encoding="utf-8")
    (folder / "portal.yaml").write_text(PORTAL, encoding="utf-8")
    (folder / "usage.csv").write_text("".join(usage_lines(datasets)), encoding="utf-8")
    table = "".join(register_lines(rows, datasets, publishers))
    (folder / "content" / "disclosures" / "registre.csv").write_text(table, encoding="utf-8")


def dataset_lines(number: int, publisher: int) -> Iterator[str]:
    yield f"title: Jeu de données {number}\n"
    yield f"description: Ce que l’organisme {publisher} relève, au numéro {number}.\n"
    yield f"publisher: organisme-{publisher}\ntheme: [transport]\nlicense: cc-by-4.0\n"
    yield f"keyword: [relevé, dossier {number % 97}]\nissued: 20{10 + number % 16}-05-04\naccrualPeriodicity: annual\n"
    yield f"distribution:\n  - {{id: csv, format: CSV, downloadURL: 'https://donnees.example.org/{number}.csv'}}\n"


def usage_lines(datasets: int) -> Iterator[str]:
    yield "dataset,month,views,downloads\n"
    for number in range(datasets):
        yield from (f"jeu-{number},2026-{9 + month:02},{number % 89},{number % 13}\n" for month in range(MONTHS))


def register_lines(rows: int, datasets: int, publishers: int) -> Iterator[str]:
    yield "reference,subject_fr,publisher,received,answered,decision,ground,pages,dataset\n"
    for number in range(rows):
        decision = DECISIONS[number % len(DECISIONS)]
        ground = "personal" if decision in ("part", "refused") else ""
        year, month, day = 2012 + number % 15, 1 + number % 10, 1 + number % 28
        named = f"jeu-{number % datasets}" if number % 3 == 0 else ""
        yield (
            f"A-{number:06},{SUBJECTS[number % 5]} au dossier {number},organisme-{number % publishers},"
            f"{year}-{month:02}-{day:02},{year}-{month + 1:02}-{day:02},{decision},{ground},{number % 400},{named}\n"
        )
