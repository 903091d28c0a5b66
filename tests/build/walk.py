"""A walk through what publishers may do to a portal: one random edit after another, drawn from the property table."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Mapping
from typing import Any

from generator.build.output import MARKER
from generator.source.files import name_of
from generator.standards import Property, properties, vocabulary
from tests.conftest import SmallPortal

DATASETS = ("arbres", "parcs", "rues", "lacs")
PUBLISHERS = ("ville", "ministere", "agence")
THEMES = ("transport", "sante")
FILES = ("a.csv", "b.csv", "c.geojson", "d.json")
LINKS = ("/", "/dataset/", "/dataset/arbres/", "/aide/", "https://exemple.org/ailleurs")
TEXTS = (
    "Arbres",
    {"fr": "Été", "en": "Summer"},
    {"en": "Only in English"},
    {"fr": "L’eau & <b>l’air</b>", "es": "Agua"},
)
PROSE = (
    *TEXTS,
    {"fr": "Voir [les parcs](/dataset/parcs/) et [l’aide](/aide/).", "en": "See **[parks](/dataset/parcs/)**."},
    "# Titre\n\n- un\n- deux\n\n`code` ![logo](/logo.svg)",
)

VALUES: Mapping[str, tuple[Any, ...]] = {
    "text": TEXTS,
    "markdown": PROSE,
    "statement": PROSE,
    "keywords": ("arbre", ["été", "Ete"], {"fr": ["parc", "eau"], "en": ["park"]}, {"en": ["water", "x-y"]}),
    "token": ("nom", "aire", "2.0"),
    "slug": (*DATASETS, "ancien", "a", "b.csv"),
    "ref:datasets": DATASETS,
    "ref:publishers": PUBLISHERS,
    "ref:services": ("air", "carte"),
    "ref:themes": THEMES,
    "url": ("https://exemple.org/a.csv", "https://exemple.org/été?q=1", "https://autre.exemple.org/"),
    "link": LINKS,
    "email": ("a@exemple.org", "b@exemple.org"),
    "date": ("2024", "2024-05", "2024-05-06", "2023-01-02", "2025-02-03T04:05:06Z"),
    "duration": ("P1D", "PT1H"),
    "integer": (0, 7, 64132),
    "decimal": ("10", "2.5"),
    "sha256": ("0" * 64, "a" * 64),
    "bbox": ([-73.9, 45.4, -73.4, 45.7], [-1, -1, 1, 1]),
    "point": ([-73.5, 45.5],),
    "geometry": ("POINT (-73.5 45.5)", {"type": "Point", "coordinates": [-71, 46]}),
    "file": FILES,
    "boolean": ("true", "false"),
    "color": ("#095797", {"light": "#223654", "dark": "#101a2a"}),
    "picture": ("content/logo.svg",),
    "logo": ("content/logo.svg", {"file": "content/logo.svg", "alt": "Ville"}),
    "license": (
        "cc-by-4.0",
        "cc0-1.0",
        {"iri": "https://exemple.org/licence", "name": {"fr": "Permis", "en": "Permit"}},
    ),
    "asking": ("https://exemple.org/demande?q={words}", "a@exemple.org"),
    "block": ("search", "figures", "themes", "latest", "publishers"),
    "month-number": (1, 6, 12),
    "bureau-code": ("010:86", "015:11"),
    "program-code": ("015:001", "015:002"),
    "code:languages": ("fr", "en", "es"),
}
"""What may be written for a property of a range; codes of other vocabularies are drawn from these."""

NAMED = {
    "baseURL": ("https://exemple.org/portail/", "https://exemple.org/", "http://autre.exemple.org/a/b/"),
    "theme": ("default", "ville"),
    "backdrop": ("content/fond.geojson",),
    "x": ("nom", "aire"),
    "y": ("aire", "lon"),
    "series": ("nom",),
    "picture": ("dessin.svg",),
}
"""What may be written for a property whose range says too little."""

TABLES = ("nom,aire\nA,1\nB,2\n", "nom,aire\nA,3\nB,4\n", "nom,lon,lat\nParc,-73.5,45.5\n", "aire\n", "x;y\n1;2\n")
SHAPES = tuple(
    json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": p, "geometry": g}]})
    for p, g in (
        ({"nom": "A", "kind": "land"}, {"type": "Point", "coordinates": [-73.5, 45.5]}),
        (
            {"nom": "B", "kind": "water"},
            {"type": "Polygon", "coordinates": [[[-73, 45], [-74, 45], [-74, 46], [-73, 45]]]},
        ),
    )
)
SVG = tuple(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} 10"></svg>' for n in (10, 20))

ANSWER = (
    "address,status,answered,failing,failed,failures,type,bytes,moved\nhttps://exemple.org/a.csv,ok,2026-12-01,,,0,,,\n"
)
CONTRACTS = """\
shape: register
title: {fr: Contrats, en: Contracts}
singular: {fr: Contrat, en: Contract}
key: [number]
heading: subject
fields:
  - {name: number, range: token, required: true, label: {fr: Numéro, en: Number}}
  - {name: subject, required: true, label: {fr: Objet, en: Subject}}
  - {name: publisher, range: publisher, required: true, label: {fr: Organisme, en: Publisher}}
columns: [subject]
filters: [publisher]
"""
ROWS = "number,subject,publisher\nC-1,Neige,ville\n"

PLAIN: Mapping[str, tuple[str, ...]] = {
    **{f"datasets/{key}/{name}": TABLES for key in DATASETS for name in ("a.csv", "b.csv")},
    **{f"datasets/{key}/c.geojson": SHAPES for key in DATASETS},
    **{f"datasets/{key}/d.json": ('[{"nom": "A", "aire": 1}]', '[{"nom": "A", "aire": 2}]') for key in DATASETS},
    "content/fond.geojson": SHAPES,
    "content/logo.svg": SVG,
    "content/reuses/dessin.svg": SVG,
    "themes/ville/theme.yaml": ("parent: default\n", "parent: quebec\n", "title: Ville\nparent: default\n"),
    "themes/ville/assets/theme.css": (":root { --accent: #7a1f3d }\n", ":root { --accent: #7a1f3e }\n"),
    "themes/ville/templates/text.html": ('{% extends "default:text.html" %}{% block search %}{% endblock %}',),
    "themes/ville/strings/fr.yaml": ("site: {home: Maison}\n", "site: {home: Retour}\n"),
    "usage.csv": (
        "dataset,downloads\narbres,12\nparcs,5\n",
        "dataset,month,views,downloads\narbres,2026-10,9,1\nrues,2026-11,50,4\n",
        "dataset,month,views,downloads\narbres,2026-10,9,1\nrues,2026-12,50,4\n",
    ),
    "search/synonyms.fr.yaml": ("- arbre, végétal\n", "- arbre => parc\n"),
    "search/synonyms.en.yaml": ("- tree, plant\n",),
    "redirects.yaml": ("/vieux/: /dataset/\n", "/vieux/: /publisher/\n/ancien/: /dataset/\n"),
    "links.csv": (ANSWER, ANSWER.replace("ok", "gone")),
    "content/types/contrats.yaml": (CONTRACTS, CONTRACTS.replace("Contrats", "Marchés")),
    "content/types/contrats.csv": (f"{ROWS}C-2,Ponts,ville\n", f"{ROWS}C-2,Routes,agence\nC-3,Arbres,ville\n"),
    "content/plan.pdf": ("%PDF-1.7 a", "%PDF-1.7 b"),
}
"""Files that are no YAML of the portal's own, to what may be in them."""

PAGES = {
    path + suffix: kind
    for path, kind in {
        "content/aide": "Page",
        "content/index": "Page",
        "content/news/un": "News",
        "content/news/deux": "News",
        "content/reuses/carte": "Reuse",
        "content/reuses/index": "Page",
    }.items()
    for suffix in (".md", ".en.md")
}

RECORDS: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "News": {"date": ("2024-05-06", "2026-12-01", "2027-01-02"), "dataset": (["arbres"], ["parcs", "rues"])},
    "Reuse": {
        "date": ("2024-05-06",),
        "author": ("A", "B"),
        "url": ("https://exemple.org/carte", "https://exemple.org/b"),
        "picture": ("dessin.svg",),
        "alternative": ("Un dessin", "Une carte"),
        "dataset": (["arbres"], ["lacs"]),
    },
}
"""What may be written in the records of a content type, beside what any page has."""

Document = dict[str, Any]


class Walk:
    """A portal, and the edits that chance makes to it. `texts` are its files; `documents` those made of properties."""

    def __init__(self, portal: SmallPortal, seed: int) -> None:
        self.portal = portal
        self.chance = random.Random(seed)
        self.texts: dict[str, str] = {}
        self.documents: dict[str, tuple[str, Document]] = {}
        self.before = (self.texts, self.documents)
        site = {"baseURL": "https://exemple.org/portail/", "languages": ["fr", "en"], "dashboards": ["health", "use"]}
        self.write("portal.yaml", "Portal", site)
        self.write("datasets/catalog.yaml", "Catalog", {"title": "Tout", "description": "Tout.", "publisher": "ville"})
        for key in PUBLISHERS:
            self.write(f"datasets/publishers/{key}.yaml", "Agent", {"name": key})
        for key in DATASETS:
            self.add_dataset(key)

    def step(self) -> str:
        """One edit; what it was."""
        self.before = (dict(self.texts), dict(self.documents))
        edits = {
            self.set_value: 12,
            self.unset_value: 4,
            self.order_values: 1,
            self.add_dataset: 3,
            self.add_publisher: 2,
            self.add_page: 4,
            self.remove_document: 3,
            self.rename_dataset: 2,
            self.lay_file: 8,
            self.commit: 2,
            self.damage_site: 1,
            self.damage_bytes: 2,
        }
        edit = self.chance.choices([*edits], [*edits.values()])[0]
        return f"{edit.__name__} {edit()}"

    def undo(self) -> None:
        """Take the last edit back."""
        texts, documents = self.before
        for path in sorted(texts.keys() | self.texts.keys()):
            if texts.get(path) != self.texts.get(path):
                self.portal.lay({path: texts.get(path)})
        self.texts, self.documents = texts, documents

    # ------------------------------------------------------------ values

    def value(self, row: Property) -> Any:
        if row.many:
            return [self.one(row) for _ in range(self.chance.choice((1, 1, 2, 3)))]
        return self.one(row)

    def one(self, row: Property) -> Any:
        if row.name in NAMED:
            return self.chance.choice(NAMED[row.name])
        if row.range in VALUES:
            return self.chance.choice(VALUES[row.range])
        kind, _, name = row.range.partition(":")
        if kind == "object":
            return self.draw(name)
        return self.chance.choice(sorted(vocabulary(name).terms)[:6])

    def draw(self, kind: str, share: float = 0.4) -> Document:
        """An object with all that its class asks for, and some of the rest."""
        if kind in RECORDS:
            own = {name: self.chance.choice(values) for name, values in RECORDS[kind].items()}
            return {**self.draw("Page", share), **{name: own[name] for name in own if self.chance.random() < share}}
        rows = properties()[kind].values()
        chosen = [row for row in rows if row.obliges("portal") == "mandatory" or self.chance.random() < share]
        return {row.name: self.value(row) for row in chosen}

    # ------------------------------------------------------------ files

    def lay(self, path: str, text: str | None) -> None:
        if text is not None:
            self.texts[path] = text
            self.portal.lay({path: text})
        elif self.texts.pop(path, None) is not None:
            self.portal.lay({path: None})

    def write(self, path: str, kind: str, document: Document) -> None:
        self.documents[path] = kind, document
        text = json.dumps(document, ensure_ascii=False, indent=1)
        if path.endswith(".md"):
            body = self.chance.choice([next(iter(p.values())) if isinstance(p, dict) else p for p in PROSE])
            text = f"---\n{text}\n---\n\n{body}\n"
        self.lay(path, text)

    def drop(self, path: str) -> None:
        del self.documents[path]
        self.lay(path, None)

    def pick(self, *kinds: str) -> str:
        """A document of one of some kinds; when there is none, a dataset made for the purpose."""
        found = sorted(path for path, (kind, _) in self.documents.items() if kind in kinds)
        return self.chance.choice(found) if found else self.add_dataset()

    # ------------------------------------------------------------ edits

    def add_dataset(self, key: str = "") -> str:
        key = key or self.chance.choice((*DATASETS, "neuf", "ancien"))
        path = self.chance.choice((f"datasets/{key}.yaml", f"datasets/{key}/dataset.yaml", f"datasets/lot/{key}.yaml"))
        self.write(path, "Dataset", self.draw("Dataset", 0.25))
        return path

    def add_publisher(self) -> str:
        path = f"datasets/publishers/{self.chance.choice(PUBLISHERS)}.yaml"
        self.write(path, "Agent", self.draw("Agent"))
        return path

    def add_page(self) -> str:
        path = self.chance.choice(sorted(PAGES))
        self.write(path, PAGES[path], self.draw(PAGES[path]))
        return path

    def set_value(self) -> str:
        path = self.chance.choice(sorted(self.documents))
        kind, document = self.documents[path]
        row = self.chance.choice(list(properties()["Page" if kind in RECORDS else kind].values()))
        value = self.value(row)
        self.write(path, kind, {**document, row.name: value})
        return f"{path} {row.name}: {json.dumps(value, ensure_ascii=False)}"

    def unset_value(self) -> str:
        path = self.chance.choice(sorted(self.documents))
        kind, document = self.documents[path]
        name = self.chance.choice(sorted(document))
        self.write(path, kind, {key: value for key, value in document.items() if key != name})
        return f"{path} without {name}"

    def order_values(self) -> str:
        path = self.chance.choice(sorted(self.documents))
        kind, document = self.documents[path]
        turned = {key: value[::-1] if isinstance(value, list) else value for key, value in reversed(document.items())}
        self.write(path, kind, turned)
        return path

    def remove_document(self) -> str:
        path = self.pick("Dataset", "Agent", "Page", "News", "Reuse")
        self.drop(path)
        return path

    def rename_dataset(self) -> str:
        path = self.pick("Dataset")
        kind, document = self.documents[path]
        self.drop(path)
        formerly = {"formerly": [name_of(path)]} if self.chance.random() < 0.7 else {}
        new = f"datasets/{self.chance.choice((*DATASETS, 'neuf'))}.yaml"
        self.write(new, kind, {**document, **formerly})
        return f"{path} to {new}"

    def lay_file(self) -> str:
        path = self.chance.choice(sorted(PLAIN))
        file = self.portal.folder / path
        old = file.stat() if path in self.texts else None
        content = None if old and self.chance.random() < 0.25 else self.chance.choice(PLAIN[path])
        self.lay(path, content)
        if content is not None and old and self.chance.random() < 0.5:  # as archives and `cp -p` do
            os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
        return f"{path} {content!r}"

    def commit(self) -> str:
        date = f"20{self.chance.choice((23, 24, 25))}-0{self.chance.randint(1, 9)}-11"
        self.portal.commit(date, {".gitignore": "site\n.cache\n"})
        return date

    def damage_bytes(self) -> str:
        """What a bad disk does to a cache, or to the journal of the tree that is kept for the next build."""
        spare = self.portal.folder / ".site.vitrine-spare"
        kept = [*sorted((self.portal.folder / ".cache").rglob("*")), spare / MARKER]
        files = [path for path in kept if path.is_file() and path.stat().st_size]
        if not files:
            return "nothing"
        file = self.chance.choice(files)
        content = bytearray(file.read_bytes())
        content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
        file.write_bytes(content[: len(content) // self.chance.choice((1, 1, 2))])
        return file.relative_to(self.portal.folder).as_posix()

    def damage_site(self) -> str:
        """What somebody else does to the published folder, or to what is kept to save time."""
        kept = [path for name in ("site", ".cache") for path in sorted((self.portal.folder / name).rglob("*"))]
        files = [path for path in kept if path.is_file() and path.name != MARKER]
        if not files:
            return "nothing"
        file = self.chance.choice(files)
        file.unlink()
        if self.chance.random() < 0.5:
            file.write_text("x")
        return file.relative_to(self.portal.folder).as_posix()
