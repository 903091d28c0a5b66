"""The same files give the same bytes, however and whenever they are built."""

import json
import shutil
from pathlib import Path

import pytest

from generator.build.pipeline import build, read_portal
from generator.text.tangles import DEEPEST
from tests.conftest import ARBRES, MINIMAL, SmallPortal, read_tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A copy of the demonstration portal, where the real one's cache is not."""
    folder = tmp_path_factory.mktemp("demo")
    for name in ("datasets", "content", "themes"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.map", "*.d.ts", "*.d.cts"))
    shutil.copy(ROOT / "portal.yaml", folder)
    return folder


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_two_builds_give_the_same_bytes(demo):
    """
    On one core or several, a portal read anew gives the same files to the byte.
    """
    build(read_portal(demo), demo / "one", jobs=1)
    build(read_portal(demo), demo / "two", jobs=2)

    assert differences(read_tree(demo / "one"), read_tree(demo / "two")) == []


def test_an_unchanged_portal_is_not_rendered_again(demo):
    """
    The second build into a folder renders nothing and changes nothing.
    """
    first = build(read_portal(demo), demo / "again")
    second = build(read_portal(demo), demo / "again")

    assert (first.rendered > 0, second.rendered, second.changed) == (True, 0, 0)


def test_a_change_of_one_dataset_renders_few_files(demo):
    """
    A dataset's new title is published where it shows, not everywhere.
    """
    file = demo / "datasets/transport/deneigement.yaml"
    build(read_portal(demo), demo / "few")
    before = file.read_bytes()
    file.write_bytes(before.replace(b"title: ", b"title: X ", 1))
    summary = build(read_portal(demo), demo / "few")
    file.write_bytes(before)

    assert 0 < summary.changed < summary.files // 10


PARCS = """\
title: {fr: Parcs, en: Parks}
description:
  fr: Les parcs. Voir [les arbres](../arbres/).
  en: The parks. See [the trees](../arbres/).
publisher: ministere
theme: [transport, sante]
keyword: {fr: [parc, Été], en: [park]}
license: {iri: "https://exemple.org/licence", name: {fr: Licence de la ville, en: City licence}}
modified: 2025-03-01
distribution:
  - {id: csv, file: parcs.csv}
"""

BASE = {
    "datasets/arbres.yaml": ARBRES + "keyword: {fr: [arbre, été], en: [tree]}\nmodified: 2025-02-01\n",
    "datasets/parcs/dataset.yaml": PARCS,
    "datasets/parcs/parcs.csv": "nom\nParc\n",
    "content/aide.md": "---\ntitle: Aide\n---\n\nVoir [les arbres](dataset/arbres/).\n",
    "content/aide.en.md": "---\ntitle: Help\n---\n\nSee [the trees](dataset/arbres/).\n",
    "content/legal.md": "---\ntitle: Mentions\n---\n\nTexte.\n",
    "content/reuses/index.md": "---\ntitle: Réutilisations\n---\n",
    "content/reuses/carte.md": "---\ntitle: Carte\n---\n",
}

VILLE = "name: {fr: Ville, en: City}\n"
CATALOG = """\
title: {fr: Données de la ville, en: City data}
description: {fr: Tout ce que la ville publie., en: All that the city publishes.}
publisher: ville
contactPoint: {name: Équipe, email: donnees@exemple.org}
"""
PORTAL = "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\n"
MANY = {
    f"datasets/lot/{number:02}.yaml": ARBRES + f"keyword: {{fr: [lot], en: [lot]}}\nmodified: 2024-01-{number:02}\n"
    for number in range(1, 24)
}

CHANGES = {
    "dataset title": {"datasets/arbres.yaml": BASE["datasets/arbres.yaml"].replace("fr: Arbres", "fr: Les arbres")},
    "dataset date": {"datasets/arbres.yaml": BASE["datasets/arbres.yaml"].replace("2025-02", "2025-04")},
    "dataset keywords": {"datasets/arbres.yaml": BASE["datasets/arbres.yaml"].replace("[arbre, été]", "[Été, parc]")},
    "dataset themes": {"datasets/parcs/dataset.yaml": PARCS.replace("[transport, sante]", "[sante]")},
    "dataset licence": {"datasets/parcs/dataset.yaml": PARCS.replace("Licence de", "Permis de")},
    "dataset format": {"datasets/arbres.yaml": BASE["datasets/arbres.yaml"].replace("arbres.csv", "arbres.json")},
    "dataset deleted": {"datasets/autre.yaml": None},
    "dataset renamed": {
        "datasets/arbres.yaml": None,
        "datasets/vegetaux.yaml": f"{BASE['datasets/arbres.yaml']}formerly: [arbres]\n",
    },
    "dataset withdrawn": {
        "datasets/arbres.yaml": f"{BASE['datasets/arbres.yaml']}withdrawn: {{date: 2025-05-01, reason: Fin}}\n"
    },
    "dataset of another publisher": {"datasets/parcs/dataset.yaml": PARCS.replace("ministere", "ville")},
    "many datasets": MANY,
    "data file": {"datasets/parcs/parcs.csv": "nom\nGrand parc\n"},
    "publisher name": {"datasets/publishers/ville.yaml": "name: {fr: La Ville, en: The City}\n"},
    "publisher kind": {"datasets/publishers/ministere.yaml": "name: {fr: Ministère, en: Ministry}\nkind: ministry\n"},
    "publisher parent": {"datasets/publishers/ville.yaml": f"{VILLE}parent: ministere\n"},
    "publisher description": {"datasets/publishers/ville.yaml": f"{VILLE}description: {{fr: Ville., en: City.}}\n"},
    "publisher contact": {"datasets/publishers/ville.yaml": f"{VILLE}contactPoint: {{email: v@exemple.org}}\n"},
    "new publisher": {"datasets/publishers/agence.yaml": "name: {fr: Agence, en: Agency}\nparent: ville\n"},
    "page": {"content/aide.md": "---\ntitle: Aide\n---\n\nVoir les arbres.\n"},
    "page translated": {"content/legal.en.md": "---\ntitle: Legal\n---\n\nText.\n"},
    "page deleted": {"content/legal.md": None},
    "title of a content type": {"content/reuses/index.md": "---\ntitle: Usages\n---\n"},
    "theme code": {
        "datasets/catalog.yaml": f"{CATALOG}themeTaxonomy:\n"
        "  - {id: transport, prefLabel: {fr: Mobilité, en: Mobility}}\n"
        "  - {id: sante, prefLabel: {fr: Santé, en: Health}}\n"
    },
    "catalogue title": {"datasets/catalog.yaml": CATALOG.replace("fr: Données de", "fr: Les données de")},
    "catalogue licence": {"datasets/catalog.yaml": f"{CATALOG}license: cc-by-4.0\n"},
    "catalogue date": {"datasets/catalog.yaml": f"{CATALOG}issued: 2015-01-01\nlanguage: [fr]\n"},
    "catalogue area": {"datasets/catalog.yaml": f"{CATALOG}spatial: {{name: {{fr: Ici, en: Here}}}}\n"},
    "catalogue home page": {"datasets/catalog.yaml": f"{CATALOG}homepage: https://exemple.org/\n"},
    "menu": {"portal.yaml": f"{PORTAL}menu:\n  - {{title: {{fr: Aide, en: Help}}, url: /aide/}}\n"},
    "home page": {"portal.yaml": f"{PORTAL}home: [latest, themes]\n"},
    "languages": {"portal.yaml": "baseURL: https://exemple.org/portail/\nlanguages: [fr, en, es]\n"},
    "address": {"portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en]\n"},
    "style": {
        "portal.yaml": f"{PORTAL}theme: ville\n",
        "themes/ville/theme.yaml": "parent: default\n",
        "themes/ville/assets/ville.css": "body { color: red }\n",
    },
    "words": {
        "portal.yaml": f"{PORTAL}theme: ville\n",
        "themes/ville/theme.yaml": "parent: default\n",
        "themes/ville/strings/fr.yaml": "site: {home: Maison}\n",
    },
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A portal that is built again after each change, and put back as it was."""
    made = SmallPortal(tmp_path_factory.mktemp("small"))
    made.lay({**MINIMAL, **BASE})
    made.build("site")
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_rendered_as_if_all_were(small, change):
    """
    After a change, a build over the former site gives what a build from nothing gives.
    """
    files = CHANGES[change]
    former = {path: (small.folder / path).read_bytes() if (small.folder / path).exists() else None for path in files}
    small.lay(files)
    try:
        assert differences(small.build("site"), small.build(change)) == []
    finally:
        small.lay(former)


def test_a_list_in_another_language_that_grows_shorter_is_noticed(portal):
    """
    A second page that a keyword no longer has in English is not linked from the French one.
    """
    small = portal(MANY)
    small.build("site")
    small.lay({path: MANY[path].replace("en: [lot]", "en: [x]") for path in sorted(MANY)[-5:]})

    assert differences(small.build("site"), small.build("fresh")) == []


def test_what_a_feed_says_of_others_is_noticed(portal):
    """
    The publisher of a service, and a version that is withdrawn, change the feeds that name them, or count them.
    """
    agency = "datasets/publishers/agence.yaml"
    service = "service: [{id: air, title: Air, endpointURL: 'https://exemple.org/air', publisher: agence}]\n"
    small = portal(
        {
            agency: "name: Agence\n",
            "datasets/catalog.yaml": CATALOG + service,
            "datasets/arbres.yaml": f"{ARBRES}hasVersion: [autre]\n",
        }
    )
    small.build("site")
    gone = f"{ARBRES}withdrawn: {{date: 2025-05-01}}\n"
    changes = ({agency: "name: Bureau\n"}, {"datasets/autre.yaml": gone}, {"datasets/parti.yaml": gone})
    found = []
    for number, change in enumerate(changes):
        small.lay(change)
        found += differences(small.build("site"), small.build(f"fresh-{number}"))

    assert found == []


DEEP = "\n\n".join("> " * depth + f"citation {depth}" for depth in range(1, DEEPEST)) + "\n"
ODD = json.loads((ROOT / "tests/fuzz/failed/portal/b053c1769f14.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "files",
    [
        {f"content/page-{number}.md": f"---\ntitle: Page {number}\n---\n\n{DEEP}" for number in range(8)},
        ODD,
    ],
    ids=["three hundred quotations", "fuzzed"],
)
def test_nested_texts_give_the_same_bytes_on_one_core_and_two(portal, files):
    """
    Three hundred quotations, as deep as are read, and a portal of the trials: the same tree with one job and two.
    """
    small = portal(files)

    for jobs in (1, 2):
        build(read_portal(small.folder), small.folder / f"site-{jobs}", jobs=jobs)

    one, two = (read_tree(small.folder / f"site-{jobs}") for jobs in (1, 2))
    assert "index.html" in one
    assert differences(one, two) == []
