"""One saved file read again: what is shown at once is what reading everything would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from generator.build.editions import Edition
from generator.build.live.artifacts import Artifacts
from generator.build.live.reread import Draft, reread
from generator.build.pipeline import check_edition, read_edition
from generator.model.diagnostics import Diagnostic, sort_diagnostics
from tests.conftest import MINIMAL

EDITION = Edition("2026-12-31", drafts=True)

TREES = """\
title: {fr: Arbres, en: Trees}
description: {fr: Les arbres de la ville., en: The city's trees.}
publisher: ville
theme: [transport]
keyword: {fr: [arbre], en: [tree]}
license: cc-by-4.0
issued: 2026-01-01
modified: 2026-02-01
distribution:
  - {id: csv, title: {fr: Liste, en: List}, file: arbres.csv}
  - {id: wfs, title: {fr: Service, en: Service}, accessService: carte}
"""
SERIES = """\
title: {fr: Série, en: Series}
description: {fr: Une série., en: A series.}
publisher: ville
theme: [transport]
license: cc-by-4.0
hasVersion: [arbres]
distribution:
  - {id: csv, downloadURL: "https://exemple.org/serie.csv"}
"""
FILES: Mapping[str, str] = {
    **{path: text for path, text in MINIMAL.items() if isinstance(text, str)},
    "portal.yaml": "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\ntheme: ours\n",
    "datasets/catalog.yaml": str(MINIMAL["datasets/catalog.yaml"])
    + "service:\n  - {id: carte, title: {fr: Carte, en: Map}, endpointURL: 'https://exemple.org/wfs'}\n",
    "datasets/arbres/dataset.yaml": TREES,
    "datasets/arbres/arbres.csv": "nom,hauteur\nÉrable,12\nChêne,9\n",
    "datasets/serie.yaml": SERIES,
    "content/about.md": "---\ntitle: À propos\n---\nBonjour.\n",
    "content/about.en.md": "---\ntitle: About\n---\nHello.\n",
    "content/news/premier.md": "---\ntitle: Premier\ndate: 2026-03-01\n---\nUn.\n",
    "themes/ours/theme.yaml": "parent: default\n",
    "themes/ours/templates/not-found.html": "<!DOCTYPE html><title>404</title>",
}
DATASET = "datasets/arbres/dataset.yaml"
OTHER = FILES["datasets/autre.yaml"]
WFS = "  - {id: wfs, title: {fr: Service, en: Service}, accessService: carte}\n"
OTHERS = ("index.html", "dataset/index.html", "dataset/autre/index.html", "dataset/serie/index.html", "data.json")
WITHDRAWN = ("dataset/autre/index.html", "dataset/index.html", "data.json")
OWN = ("dataset/arbres/index.html", "en/dataset/arbres/index.html", "dataset/arbres.jsonld", "dataset/arbres.ttl")


@dataclass(frozen=True)
class Edit:
    """A file as it is saved, and addresses that show it."""

    path: str
    text: str
    shown: tuple[str, ...]


EDITS = {
    "title": Edit(DATASET, TREES.replace("fr: Arbres", "fr: Les arbres"), (*OWN, *OTHERS)),
    "keyword": Edit(DATASET, TREES.replace("[arbre]", "[arbre, forêt]"), (*OWN, *OTHERS, "keyword/foret/index.html")),
    "date": Edit(DATASET, TREES.replace("2026-02-01", "2026-11-30"), (*OWN, *OTHERS)),
    "publisher": Edit(DATASET, TREES.replace(": ville", ": ministere"), (*OWN, "publisher/ministere/index.html")),
    "withdrawn": Edit("datasets/autre.yaml", f"{OTHER}withdrawn: {{reason: Erreur, date: 2026-03-01}}\n", WITHDRAWN),
    "draft": Edit(DATASET, f"{TREES}draft: true\n", (*OWN, *OTHERS)),
    "version": Edit(
        DATASET, f"{TREES}isVersionOf: autre\n", (*OWN, "dataset/autre/index.html", "dataset/autre.jsonld")
    ),
    "formerly": Edit(DATASET, f"{TREES}formerly: [vieux]\n", (*OWN, "dataset/vieux/index.html", "_redirects")),
    "no file": Edit(DATASET, TREES.replace("file: arbres.csv", "accessURL: 'https://exemple.org/a'"), OWN),
    "service": Edit("datasets/serie.yaml", f"{SERIES}{WFS}", ("dataset/serie.jsonld", "service/carte/index.html")),
    "data": Edit("datasets/arbres/arbres.csv", "nom,hauteur\nOrme,30\n", (*OWN, "dataset/arbres/arbres.csv")),
    "agent": Edit(
        "datasets/publishers/ville.yaml",
        "name: {fr: La ville, en: The city}\n",
        (*OWN, *OTHERS, "publisher/ville/index.html", "publisher/index.html"),
    ),
    "page": Edit("content/about.md", "---\ntitle: Qui\n---\nNous.\n", ("about/index.html", "en/about/index.html")),
    "waiting": Edit("content/about.en.md", "---\ntitle: Who\ndraft: true\n---\nUs.\n", ("en/about/index.html",)),
    "record": Edit(
        "content/news/premier.md",
        "---\ntitle: Le premier\ndate: 2026-03-02\n---\nUn.\n",
        ("news/premier/index.html", "news/index.html", "index.html"),
    ),
    "template": Edit(
        "themes/ours/templates/not-found.html", "<!DOCTYPE html><title>Rien</title>", ("404.html", "index.html")
    ),
}


def lay(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def read(folder: Path) -> tuple[Draft, Artifacts]:
    """A portal read and checked as a whole."""
    found = read_edition(folder, EDITION)
    portal = check_edition(found)
    draft = Draft(
        source=found.reading.source,
        site=portal.site,
        synonyms=found.reading.synonyms,
        diagnostics=portal.diagnostics,
    )
    artifacts = Artifacts(folder, portal.site, found.reading.synonyms)
    artifacts.learn(portal.plan)
    return draft, artifacts


def contents(artifacts: Artifacts, paths: tuple[str, ...]) -> dict[str, bytes | None]:
    found = {path: artifacts.read(path) for path in paths}
    return {path: content.read_bytes() if isinstance(content, Path) else content for path, content in found.items()}


def of_file(draft: Draft, path: str) -> list[Diagnostic]:
    return sort_diagnostics(item for item in draft.diagnostics if item.place.path == path)


@pytest.mark.parametrize("name", EDITS)
def test_a_saved_file_shows_what_a_whole_reading_would(tmp_path, name):
    """
    The addresses that show a saved file give at once what a build would, and its own diagnostics are the same.
    """
    edit = EDITS[name]
    lay(tmp_path, FILES)
    draft, artifacts = read(tmp_path)
    contents(artifacts, OWN)
    lay(tmp_path, {edit.path: edit.text})
    again = reread(draft, [edit.path])
    whole, built = read(tmp_path)

    assert again is not None
    shown = Artifacts(tmp_path, again.site, again.synonyms, artifacts.planned)
    assert contents(shown, edit.shown) == contents(built, edit.shown)
    assert contents(built, edit.shown) != contents(artifacts, edit.shown)
    assert of_file(again, edit.path) == of_file(whole, edit.path)


def test_edits_follow_on_one_another(tmp_path):
    """
    What one saved file changed is there when the next is read, and saving a file as it was undoes its edit.
    """
    lay(tmp_path, FILES)
    draft, artifacts = read(tmp_path)
    for name in ("title", "page", "agent", "template"):
        lay(tmp_path, {EDITS[name].path: EDITS[name].text})
        draft = reread(draft, [EDITS[name].path]) or draft
    _, built = read(tmp_path)
    shown = (*OWN, "about/index.html", "404.html")

    assert contents(Artifacts(tmp_path, draft.site, draft.synonyms), shown) == contents(built, shown)

    lay(tmp_path, FILES)
    back = reread(draft, [EDITS[name].path for name in ("title", "page", "agent", "template")])

    assert back is not None
    assert contents(Artifacts(tmp_path, back.site, back.synonyms), shown) == contents(artifacts, shown)


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        (DATASET, TREES.replace("license:", "licence:"), ["unknown-property"]),
        (DATASET, TREES.replace(": ville", ": vile"), ["unknown-publisher"]),
        (DATASET, TREES.replace("[transport]", "[transprot]"), ["unknown-theme"]),
        (DATASET, TREES.replace("arbres.csv", "arbre.csv"), ["missing-data-file"]),
        (DATASET, f"{TREES}isVersionOf: otre\n", ["unknown-dataset"]),
        (DATASET, "title: [", ["yaml-syntax"]),
        ("content/about.md", "---\ntitel: Qui\n---\nNous.\n", ["unknown-property"]),
        ("themes/ours/templates/not-found.html", "{% if %}", ["theme-template"]),
    ],
)
def test_a_file_with_errors_is_shown_as_it_was(tmp_path, path, text, codes):
    """
    A file that has errors changes nothing of what is shown; its errors are told, and gone once it is mended.
    """
    lay(tmp_path, FILES)
    draft, _ = read(tmp_path)
    lay(tmp_path, {path: text})
    broken = reread(draft, [path])

    assert broken is not None
    assert broken.site is draft.site
    assert sorted({item.code for item in of_file(broken, path) if item.is_error}) == codes

    lay(tmp_path, FILES)
    mended = reread(broken, [path])

    assert mended is not None
    assert of_file(mended, path) == of_file(draft, path)


@pytest.mark.parametrize(
    "path", ["portal.yaml", "datasets/catalog.yaml", "redirects.yaml", "datasets/nouveau.yaml", "content/a.png"]
)
def test_what_concerns_the_whole_portal_takes_reading_it(tmp_path, path):
    """
    A file that others depend on, or that was not there, is not read on its own; neither is one that is gone.
    """
    lay(tmp_path, FILES)
    draft, _ = read(tmp_path)
    lay(tmp_path, {path: FILES.get(path, TREES)})

    assert reread(draft, [path]) is None

    lay(tmp_path, {DATASET: TREES.replace(WFS, "")})

    assert reread(draft, [DATASET]) is None, "whether the service still serves it is not known"

    (tmp_path / DATASET).unlink()

    assert reread(draft, [DATASET]) is None


def test_a_dataset_names_one_that_is_left_out(tmp_path):
    """
    A dataset that has errors is no unknown one for a file that names it.
    """
    lay(tmp_path, {**FILES, "datasets/autre.yaml": "title: ["})
    draft, _ = read(tmp_path)
    lay(tmp_path, {DATASET: f"{TREES}isVersionOf: autre\n"})
    again = reread(draft, [DATASET])

    assert draft.site.absent == {"autre"}
    assert again is not None
    assert again.site is not draft.site


def test_related_datasets_lag_only_where_they_may_have_changed(tmp_path):
    """
    Which datasets are related is to be found out anew after a change of keywords, and not after one of a description.
    """
    lay(tmp_path, FILES)
    draft, _ = read(tmp_path)
    lay(tmp_path, {DATASET: TREES.replace("Les arbres", "Tous les arbres")})
    first = reread(draft, [DATASET])
    lay(tmp_path, {DATASET: TREES.replace("[arbre]", "[bois]")})
    second = reread(draft, [DATASET])

    assert first is not None
    assert second is not None
    assert (first.lags, second.lags) == (False, True)
    assert replace(first, lags=True).site.related == draft.site.related
