"""What publishers type and did not mean: each told once, at its place, with a remedy that mends it."""

from collections.abc import Callable, Mapping

import pytest

from generator.model.diagnostics import Diagnostic, sort_diagnostics
from tests.conftest import ARBRES, MINIMAL, SmallPortal

TITLE = "title: {fr: Arbres, en: Trees}\n"
DESCRIPTION = "description: {fr: Les arbres de la ville., en: The city's trees.}\n"
DATASET = "datasets/arbres.yaml"
IN_FOLDER = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")
IN_JSON = (
    ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: a.json").rstrip("}\n")
    + ", columns: [{name: NAME}]}\n"
)
JSON = '{"reglages": {"taux": 1.5, "details": {"valeur": [1, 2]}}}\n'
PORTAL = str(MINIMAL["portal.yaml"])


def instead(lines: str, of: str = TITLE) -> dict[str, str]:
    """The dataset with lines in place of its title, or of another of its lines."""
    return {DATASET: ARBRES.replace(of, f"{lines}\n")}


def beside(lines: str) -> dict[str, str]:
    """The dataset with more lines, from the eighth on."""
    return {DATASET: f"{ARBRES}{lines}\n"}


def page(text: str) -> dict[str, str]:
    return {"content/aide.md": text, "content/aide.en.md": "---\ntitle: Help\n---\nHello\n"}


# What was typed, and where what is told.
LINES: Mapping[str, tuple[dict[str, str], str]] = {
    # words that YAML loses without a fault
    "comma in a map": (instead("title: {fr: Casernes, postes et ambulances, en: Fire stations}"), "1:23 lost-comma"),
    "two commas": (instead("title: {fr: Bancs, en: Benches, tables, bins}"), "1:33 lost-comma"),
    "comma deep in brackets": (
        instead("  - {id: csv, title: {fr: Points, lignes, en: Points}, downloadURL: 'https://e.org/a.csv'}",
                '  - {id: csv, downloadURL: "https://exemple.org/arbres.csv"}\n'),
        "7:35 lost-comma",
    ),
    "comma in a contact": (
        beside("contactPoint: {name: {fr: Ville, parcs et rues, en: City}, email: a@exemple.org}"), "8:34 lost-comma"
    ),
    "number sign": (instead("title:\n  fr: Lot #12\n  en: Lot 12"), "2:11 lost-comment"),
    "number sign and space": (instead("title:\n  fr: Lot # 12\n  en: Lot 12"), "2:11 lost-comment"),
    "number sign in a map": (instead("title: {fr: Lot #12, en: Lot 12}"), "1:17 lost-comment"),
    "only a number sign": (instead("title:\n  fr: \"#1\"\n  en: #1"), "3:7 lost-comment"),
    "number sign in a list": (
        beside("keyword:\n  fr:\n    - arbre\n    - rue #3\n  en: [tree, street]"), "11:11 lost-comment"
    ),
    "hashtags": (beside("keyword:\n  fr: #arbre #rue\n  en: [tree]"), "9:7 lost-comment"),
    "keywords without brackets": (beside("keyword:\n  fr: arbre, rue, parc\n  en: [tree]"),
                                  "9:7 list-without-brackets"),
    "keywords after semicolons": (beside("keyword:\n  fr: [arbre]\n  en: tree; street"), "10:7 list-without-brackets"),
    "themes without brackets": (instead("theme: transport, sante", "theme: [transport]\n"),
                                "4:8 list-without-brackets"),
    "languages without brackets": (
        {"portal.yaml": PORTAL.replace("[fr, en]", "fr, en")}, "portal.yaml:2:12 list-without-brackets"
    ),
    "dashes on one line": (instead("theme: - transport - sante", "theme: [transport]\n"), "4:8 list-without-brackets"),
    "dashes without spaces": (instead("theme:\n  -transport\n  -sante", "theme: [transport]\n"), "5:3 glued-dash"),
    "curved quotes": (instead("title: {fr: “Arbres”, en: Trees}"), "1:13 curved-quotes"),
    "single curved quotes": (instead("title:\n  fr: Arbres\n  en: ‘Trees’"), "3:7 curved-quotes"),
    "curved quotes around an address": (beside("landingPage: “https://exemple.org/arbres”"), "8:14 curved-quotes"),
    "curved quotes that protect nothing": (instead("title: {fr: “Casernes, postes”, en: Stations}"), "1:24 lost-comma"),
    # faults of syntax
    "colon": (instead("title:\n  fr: Arbres: la liste\n  en: Trees"), "2:13 yaml-colon"),
    "colon in a map": (instead("title: {fr: Arbres : la liste, en: Trees}"), "1:20 yaml-colon"),
    "colon in an English map": (instead("title: {fr: Arbres, en: Trees: the list}"), "1:30 yaml-colon"),
    "at sign": (instead("title:\n  fr: '@arbres'\n  en: @trees"), "3:7 yaml-character"),
    "star": (instead("title:\n  fr: *Arbres* remarquables\n  en: Trees"), "2:7 yaml-character"),
    "per cent": (instead("title:\n  fr: Arbres\n  en: %trees"), "3:7 yaml-character"),
    "backtick": (instead("title:\n  fr: `Arbres`\n  en: Trees"), "2:7 yaml-character"),
    "brackets before words": (instead("title:\n  fr: [Laval] Arbres\n  en: Trees"), "2:7 yaml-character"),
    "apostrophe in quotes": (instead("title:\n  fr: 'L'arbre'\n  en: Tree"), "2:7 yaml-quote"),
    "quotes around one word": (instead('title:\n  fr: "Arbres" de Laval\n  en: Trees'), "2:7 yaml-quote"),
    "backslash": (instead('title:\n  fr: "C:\\données"\n  en: Data'), "2:7 yaml-quote"),
    "angle sign": (instead("title:\n  fr: > Arbres\n  en: Trees"), "2:7 yaml-block"),
    "no space after the colon": (instead("title:{fr: Arbres, en: Trees}"), "1:1 yaml-no-colon"),
    "equals sign": (instead("title = {fr: Arbres, en: Trees}"), "1:1 yaml-no-colon"),
    "no-break space after the colon": (instead("title:\u00a0{fr: Arbres, en: Trees}"), "1:1 yaml-no-colon"),
    "no-break spaces before a key": (instead("title:\n  fr: Arbres\n\u00a0\u00a0en: Trees"), "3:1 yaml-no-break-space"),
    "tab": (instead("title:\n\tfr: Arbres\n  en: Trees"), "2:1 yaml-tab"),
    "text below the sign of a block": (
        instead("description:\n  fr: |\n  Les arbres.\n  en: Trees.", DESCRIPTION), "4:3 unindented-block"
    ),
    "key below the sign of a block": (
        instead("description:\n  fr: >-\n  Note: des arbres.\n  en: Trees.", DESCRIPTION), "4:3 unindented-block"
    ),
    "bracket left open": (instead("theme: [transport, sante", "theme: [transport]\n"), "4:8 yaml-bracket"),
    "equals sign in a page": (page("---\ntitle = Aide\n---\nBonjour\n"), "content/aide.md:2:1 yaml-no-colon"),
    "long dashes around a page's keys": (page("———\ntitle: Aide\n---\nBonjour\n"),
                                         "content/aide.md:1:1 unopened-front-matter"),
}  # fmt: skip

# The same of values and names, which are replaced where they stand.
VALUES: Mapping[str, tuple[dict[str, str], str]] = {
    "language in capitals": (instead("title: {FR: Arbres, en: Trees}"), "1:9 unknown-language"),
    "no-break space before the colon": (instead("title:\n  fr\u00a0: Arbres\n  en: Trees"), "2:3 unknown-language"),
    "place alone": (beside("spatial: Montréal"), "8:10 not-a-map"),
    "place with a comma": (beside("spatial: Laval, Québec"), "8:10 not-a-map"),
    "years alone": (beside("temporal: 2020-2024"), "8:11 not-a-map"),
    "e-mail alone": (
        {"datasets/publishers/ville.yaml": "name: {fr: Ville, en: City}\ncontactPoint: a@exemple.org\n"},
        "datasets/publishers/ville.yaml:2:15 not-a-map",
    ),
    "address alone": (
        instead("  - https://exemple.org/arbres.csv", '  - {id: csv, downloadURL: "https://exemple.org/arbres.csv"}\n'),
        "7:5 not-a-map",
    ),
    "CKAN's notes": (instead(DESCRIPTION.replace("description", "notes").strip(), DESCRIPTION), "2:1 unknown-property"),
    "CKAN's organization": (instead("organization: ville", "publisher: ville\n"), "3:1 unknown-property"),
    "CKAN's resources": (instead("resources:", "distribution:\n"), "6:1 unknown-property"),
    "CKAN's url": (beside("url: https://exemple.org/arbres"), "8:1 unknown-property"),
    "CKAN's tags": (beside("tags: {fr: [arbre], en: [tree]}"), "8:1 unknown-property"),
    "JKAN's category": (instead("category: [transport]", "theme: [transport]\n"), "4:1 unknown-property"),
    "French word": (beside("fréquence: annual"), "8:1 unknown-property"),
    "colour that can't be read": (
        {"portal.yaml": f"{PORTAL}colors:\n  accent: '#ffff00'\n"}, "portal.yaml:4:11 low-contrast"
    ),
    "colours that can't be read": (
        {"portal.yaml": f"{PORTAL}colors:\n  accent: {{light: '#ff0', dark: '#003'}}\n"},
        "portal.yaml:4:11 low-contrast",
    ),
    "question mark in the portal's address": (
        {"portal.yaml": PORTAL.replace("portail/", "portail/?lang=fr")}, "portal.yaml:1:10 bad-base-url"
    ),
    "number sign in the portal's address": (
        {"portal.yaml": PORTAL.replace("portail/", "portail/#accueil")}, "portal.yaml:1:10 bad-base-url"
    ),
}  # fmt: skip

# What words alone mend: what was typed, where what is told, and what the words ask for; None deletes a file.
WORDS: Mapping[str, tuple[Mapping[str, str | None], str, Mapping[str, str | None]]] = {
    "text file": ({"datasets/arbres.yaml.txt": ARBRES}, "datasets/arbres.yaml.txt unread-file",
                  {"datasets/arbres.yaml.txt": None, DATASET: ARBRES}),
    "capitals in an ending": ({"datasets/arbres.YAML": ARBRES}, "datasets/arbres.YAML unread-file",
                              {"datasets/arbres.YAML": None, DATASET: ARBRES}),
    "page in capitals": (
        {"content/aide.MD": "---\ntitle: Aide\n---\n", "content/aide.en.md": "---\ntitle: Help\n---\n"},
        "content/aide.MD unread-file",
        {"content/aide.MD": None, "content/aide.md": "---\ntitle: Aide\n---\n"},
    ),
    "French name of the catalogue": (
        {"datasets/catalogue.yaml": str(MINIMAL["datasets/catalog.yaml"]), "datasets/catalog.yaml": None},
        "datasets/catalog.yaml misnamed-file",
        {"datasets/catalogue.yaml": None, "datasets/catalog.yaml": str(MINIMAL["datasets/catalog.yaml"])},
    ),
    "data without metadata": ({"datasets/arbres/arbres.csv": "a\n1\n"},
                              "datasets/arbres/arbres.csv data-without-dataset",
                              {"datasets/arbres/dataset.yaml": IN_FOLDER}),
    "hidden file": (
        {"datasets/arbres/dataset.yaml": IN_FOLDER.replace("arbres.csv", ".arbres.csv"),
         "datasets/arbres/.arbres.csv": "a\n1\n"},
        "datasets/arbres/dataset.yaml:7:21 hidden-file",
        {"datasets/arbres/dataset.yaml": IN_FOLDER, "datasets/arbres/arbres.csv": "a\n1\n"},
    ),
    "two versions": (
        instead(f"<<<<<<< HEAD\n{TITLE}=======\ntitle: {{fr: Ormes, en: Elms}}\n>>>>>>> ormes"),
        f"{DATASET}:1:1 merge-conflict",
        {DATASET: ARBRES},
    ),
    "two versions of a page": (
        page("---\ntitle: Aide\n---\n<<<<<<< HEAD\nBonjour\n=======\nSalut\n>>>>>>> salut\n"),
        "content/aide.md:4:1 merge-conflict",
        {"content/aide.md": "---\ntitle: Aide\n---\nBonjour\n"},
    ),
    "keys that are not below theirs": (instead("title:\nfr: Arbres\nen: Trees"), f"{DATASET}:2:1 raised-key",
                                       instead("title:\n  fr: Arbres\n  en: Trees")),
    "contact that is not below its key": (
        beside("contactPoint:\nname: {fr: Ville, en: City}\nemail: a@exemple.org"), f"{DATASET}:9:1 raised-key",
        beside("contactPoint:\n  name: {fr: Ville, en: City}\n  email: a@exemple.org"),
    ),
    "text cut over two lines": (
        instead("title:\n  fr: Les arbres\n    du lot #12\n    et du parc\n  en: Trees"),
        f"{DATASET}:3:12 lost-comment",
        instead('title:\n  fr: "Les arbres\n    du lot #12\n    et du parc"\n  en: Trees'),
    ),
    "page without its first line": (page("title: Aide\n---\nBonjour\n"), "content/aide.md:1:1 unopened-front-matter",
                                    page("---\ntitle: Aide\n---\nBonjour\n")),
    "page that begins with an empty line": (page("\n---\ntitle: Aide\n---\n"),
                                            "content/aide.md:1:1 unopened-front-matter",
                                            page("---\ntitle: Aide\n---\n")),
    "page in TOML": (page('+++\ntitle = "Aide"\n+++\nBonjour\n'), "content/aide.md:1:1 toml-front-matter",
                     page('---\ntitle: "Aide"\n---\nBonjour\n')),
    "e-mail for an address": (
        beside("contactPoint: {name: {fr: Ville, en: City}, url: a@exemple.org}"), f"{DATASET}:8:50 email-as-url",
        beside("contactPoint: {name: {fr: Ville, en: City}, email: a@exemple.org}"),
    ),
    "e-mail for a page": (beside("landingPage: mailto:a@exemple.org"), f"{DATASET}:8:14 email-as-url",
                          beside("contactPoint: {email: a@exemple.org}")),
    "language without a text": (instead("title:\n  fr: Arbres\n  en: Trees\n  anglais:"),
                                f"{DATASET}:4:3 unknown-language",
                                instead("title:\n  fr: Arbres\n  en: Trees")),
    "bold in a title": (instead('title: {fr: "Arbres **publics**", en: Trees}'), f"{DATASET}:1:21 markup-in-line",
                        instead("title: {fr: Arbres publics, en: Trees}")),
    "tag in a title": (instead("title: {fr: Arbres, en: <i>Acer</i> trees}"), f"{DATASET}:1:25 markup-in-line",
                       instead("title: {fr: Arbres, en: Acer trees}")),
    "link in a keyword": (
        beside('keyword:\n  fr: ["[parc](https://exemple.org/)"]\n  en: [park]'), f"{DATASET}:9:9 markup-in-line",
        beside("keyword:\n  fr: [parc]\n  en: [park]"),
    ),
    "bold in a name": (
        beside('contactPoint: {name: {fr: "__Parcs__", en: Parks}, email: a@exemple.org}'),
        f"{DATASET}:8:28 markup-in-line",
        beside("contactPoint: {name: {fr: Parcs, en: Parks}, email: a@exemple.org}"),
    ),
    "comment in a text": (page("---\ntitle: Aide\n---\nBonjour <!-- à revoir -->\n"),
                          "content/aide.md:4:9 stripped-markup", page("---\ntitle: Aide\n---\nBonjour\n")),
    "tag that ends nothing": (page("---\ntitle: Aide\n---\nBon</b>jour\n"), "content/aide.md:4:4 stripped-markup",
                              page("---\ntitle: Aide\n---\nBonjour\n")),
    "file taken for a heading": (
        instead("description: {fr: 'Voir [le fichier](#csv).', en: Trees.}", DESCRIPTION),
        f"{DATASET}:2:38 dead-anchor",
        instead("description: {fr: 'Voir [le fichier](/dataset/arbres/#csv).', en: Trees.}", DESCRIPTION),
    ),
    "file that a dataset does not have": (
        page("---\ntitle: Aide\n---\n[Voir](/dataset/arbres/#cvs)\n") | {DATASET: ARBRES},
        "content/aide.md:4:8 dead-anchor",
        page("---\ntitle: Aide\n---\n[Voir](/dataset/arbres/#csv)\n"),
    ),
    "key that a JSON file does not have": (
        {"datasets/arbres/dataset.yaml": IN_JSON.replace("NAME", "taus"), "datasets/arbres/a.json": JSON},
        "datasets/arbres/dataset.yaml:7:46 unknown-column",
        {"datasets/arbres/dataset.yaml": IN_JSON.replace("NAME", "taux")},
    ),
    "backward words": (instead('title: {fr: "Arbres\u202eserbra", en: Trees}'), f"{DATASET}:1:20 control-character",
                       instead('title: {fr: "Arbresserbra", en: Trees}')),
    "old file after a new name": (
        {DATASET: ARBRES, "datasets/ormes.yaml": ARBRES + "formerly: [arbres]\n"},
        "datasets/ormes.yaml:8:12 former-id-taken", {DATASET: None},
    ),
    "page in another spelling of a language": (
        page("---\ntitle: Aide\n---\n") | {"content/aide.FR.md": "---\ntitle: Aide\n---\n"},
        "content/aide.FR.md page-language", {"content/aide.FR.md": None},
    ),
}  # fmt: skip


def told(small: SmallPortal) -> list[Diagnostic]:
    return sort_diagnostics(small.check().diagnostics)


def placed(found: Diagnostic) -> str:
    return f"{found.place} {found.code}"


def speaks_both(found: Diagnostic) -> bool:
    """Whether a message and its remedy are said in each language in its own words."""
    english, french = (found.message("en"), found.help("en")), (found.message("fr"), found.help("fr"))
    return all(all(pair) and pair[0] != pair[1] for pair in zip(english, french, strict=True))


def rewrite(small: SmallPortal, found: Diagnostic) -> None:
    """The line that is proposed, in place of the one that is told."""
    file = small.folder / found.place.path
    lines = file.read_text(encoding="utf-8").split("\n")
    lines[found.place.line - 1] = found.values["rewritten"]
    file.write_text("\n".join(lines), encoding="utf-8")


def replace_value(small: SmallPortal, found: Diagnostic) -> None:
    """What is proposed, in place of what stands where it is told."""
    file = small.folder / found.place.path
    lines = file.read_text(encoding="utf-8").split("\n")
    line, start = lines[found.place.line - 1], found.place.column - 1
    typed = found.values.get("value") or line[start:]
    assert line[start:].startswith(typed)
    lines[found.place.line - 1] = line[:start] + found.values["suggestion"] + line[start + len(typed) :]
    file.write_text("\n".join(lines), encoding="utf-8")


def mend(small: SmallPortal, apply: Callable[[SmallPortal, Diagnostic], None]) -> list[str]:
    """What is still told once the remedies were applied, one after the other."""
    for _ in range(3):
        if found := told(small):
            apply(small, found[0])
    return [placed(item) for item in told(small)]


@pytest.mark.parametrize("name", LINES)
def test_the_line_as_it_should_be_mends_the_mistake(portal, name):
    """
    The mistake is told in both languages where it was typed, and the line that is proposed leaves nothing to tell.
    """
    files, place = LINES[name]
    small = portal(files)
    first = told(small)[0]

    assert placed(first) == (place if place.count(":") > 1 else f"{DATASET}:{place}")
    assert first.values["rewritten"] in first.help("en")
    assert speaks_both(first)
    assert mend(small, rewrite) == []


@pytest.mark.parametrize("name", VALUES)
def test_the_value_that_was_meant_mends_the_mistake(portal, name):
    """
    The mistake alone is told in both languages where it was typed, and the value that is proposed leaves none.
    """
    files, place = VALUES[name]
    small = portal(files)
    found = told(small)

    assert [placed(item) for item in found] == [place if place.count(":") > 1 else f"{DATASET}:{place}"]
    assert found[0].values["suggestion"] in found[0].help("en")
    assert speaks_both(found[0])
    assert mend(small, replace_value) == []


@pytest.mark.parametrize("name", WORDS)
def test_doing_as_told_mends_the_mistake(portal, name):
    """
    The mistake alone is told in both languages where it was made, and who does what is said has nothing more to do.
    """
    files, place, remedy = WORDS[name]
    small = portal(files)
    found = told(small)
    small.lay(remedy)

    assert [placed(item) for item in found] == [place]
    assert speaks_both(found[0])
    assert told(small) == []
