"""A dataset's page: fresh or not, permitted or not, changed when, reused by whom, cited and loaded how."""

import json
import re
from html import unescape

import pytest

from generator.pages.snippets import fill_snippet
from generator.source.git import CHANGES, read_history

ARBRES = """\
title: {fr: Arbres, en: Trees}
description: {fr: Les arbres de la ville., en: The city's trees.}
publisher: ville
theme: [transport]
license: cc-by-sa-4.0
accrualPeriodicity: monthly
modified: 2026-03-09
version: 1.10
distribution:
  - {id: csv, downloadURL: "https://exemple.org/arbres.csv", format: CSV}
"""


def page(portal, text=ARBRES, language="", files=None):
    """The page of the dataset, and its text without tags, on one line."""
    site = portal({"datasets/arbres.yaml": text, **(files or {})}).build()
    html = site[f"{language}dataset/arbres/index.html"].decode()
    return html, " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_next_update_has_a_date_and_no_verdict(portal):
    """
    The page states the day on which the next update is due, by the frequency; whether it is late is for a script.
    """
    html, text = page(portal)

    assert re.findall(r'<span class="late" data-due="([^"]+)" hidden>', html) == ["2026-04-09"]
    assert "Prochaine mise à jour attendue 9 avril 2026" in text
    assert re.search(r'<script defer src="[^"]*freshness\.[0-9a-f]+\.js"', html)


@pytest.mark.parametrize(
    "text",
    [
        ARBRES.replace("monthly", "irregular"),
        ARBRES.replace("modified: 2026-03-09\n", ""),
        f"{ARBRES}withdrawn: {{date: 2026-05-01}}\n",
    ],
)
def test_nothing_is_due_when_nothing_says_so(portal, text):
    """
    Without a rhythm, without a last update, or once withdrawn, no update is expected.
    """
    assert "attendue" not in page(portal, text)[1]


@pytest.mark.parametrize(
    ("license", "terms"),
    [
        ("cc0-1.0", ["permits share", "permits commercial", "permits adapt"]),
        (
            "cc-by-sa-4.0",
            ["permits share", "permits commercial", "permits adapt", "requires attribution", "requires sharealike"],
        ),
        ("cc-by-nc-nd-4.0", ["permits share", "forbids commercial", "forbids adapt", "requires attribution"]),
        ("{iri: https://exemple.org/licence, name: Maison}", []),
    ],
)
def test_a_licence_in_plain_words(portal, license, terms):
    """
    What the list of licences knows is said: what is permitted, forbidden and asked for; of others, only their text.
    """
    html, _ = page(portal, ARBRES.replace("cc-by-sa-4.0", license), "en/")
    said = {
        "Copying and sharing allowed": "share",
        "Commercial use allowed": "commercial",
        "No commercial use": "commercial",
        "Changes allowed": "adapt",
        "No changes": "adapt",
        "Name the source": "attribution",
        "Same licence for what you derive": "sharealike",
    }

    assert [f"{kind} {said[words]}" for kind, words in re.findall(r'<li class="(\w+)">([^<]+)</li>', html)] == terms
    assert "Text of the licence" in html


def test_without_a_licence_one_is_told_to_ask(portal):
    """
    No licence is no permission, and the page says so.
    """
    assert (
        "No licence is stated. Ask for permission"
        in page(portal, ARBRES.replace("license: cc-by-sa-4.0\n", ""), "en/")[1]
    )


def test_history_is_what_git_remembers(portal):
    """
    Commits that touch the dataset's file or folder, the newest first, in the words of who made them.
    """
    small = portal({})
    dataset = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")
    small.commit(
        "2025-01-01", {"datasets/nature/arbres/dataset.yaml": dataset, "datasets/nature/arbres/arbres.csv": "a\n1\n"}
    )
    small.lay({"datasets/nature/arbres/arbres.csv": "a\n2\n"})
    small.git("commit", "--all", "--message", "Corriger <la> ligne 1\n\nCe corps ne paraît pas.", date="2026-02-03")
    small.commit(
        "2026-03-04", {"datasets/autre.yaml": (small.folder / "datasets/autre.yaml").read_text() + "version: 2\n"}
    )
    html = small.build()["dataset/arbres/index.html"].decode()
    shown = re.search(r'<ol class="history">(.*?)</ol>', html, re.DOTALL)[1]

    assert re.findall(r'datetime="([^"]+)">[^<]*</time> <span>([^<]*)</span>', shown) == [
        ("2026-02-03", "Corriger &lt;la&gt; ligne 1"),
        ("2025-01-01", "x"),
    ]


def test_only_the_latest_changes_of_datasets_are_kept(portal):
    """
    Of each file below `datasets/` the ten newest changes; of others, none.
    """
    small = portal({})
    for number in range(CHANGES + 3):
        small.commit("2025-01-01", {"datasets/arbres.yaml": f"{ARBRES}# {number}\n", "content/a.md": f"{number}"})
    history = read_history(small.folder)

    assert [change.number for change in history.changes["datasets/arbres.yaml"]] == list(range(CHANGES))
    assert "content/a.md" not in history.changes and "content/a.md" in history.dates


def test_a_citation_in_words_and_for_reference_managers(portal):
    """
    The citation names publisher, year, title, version, catalogue and address; its CSL-JSON is JSON.
    """
    html, _ = page(portal)
    said, bibtex, ris, csl = (
        unescape(text)
        for text in re.findall(r"data-copy>(?:<code>)?((?:(?!<).)+)", html[html.index('"_cite"') :], re.DOTALL)
    )

    assert (
        said
        == "Ville (2026). Arbres, version 1.10 [jeu de données]. Données de la ville. https://exemple.org/portail/dataset/arbres/"
    )
    assert bibtex.startswith("@misc{arbres,\n") and "version = {{1.10}}" in bibtex
    assert "TY  - DATA\n" in ris and ris.endswith("\nER  - ")
    assert json.loads(csl)[0]["issued"] == {"date-parts": [[2026, 3, 9]]}


def test_a_dataset_without_a_date_is_cited_without_a_year(portal):
    """
    Nothing is invented where no date is known.
    """
    html, text = page(portal, ARBRES.replace("modified: 2026-03-09\n", ""), "en/")

    assert "City (n.d.). Trees, version 1.10 [dataset]." in text
    assert "&#34;issued&#34;" not in html and "year = " not in html


def test_a_problem_is_reported_to_whom_it_concerns(portal):
    """
    A message begins with the dataset's title and address, to the dataset's contact or the catalogue's; else a page.
    """
    link = '<p class="summary-report"><a href="'
    html, _ = page(portal, language="en/")
    assert (
        f"{link}mailto:donnees@exemple.org?subject=Problem%20with%20the%20dataset%20%E2%80%9CTrees%E2%80%9D&amp;body="
        in html
    )


def test_without_an_address_the_contact_page_is_where_to_report(portal):
    """
    A contact that has a page and no address is reached there.
    """
    html, _ = page(portal, f"{ARBRES}contactPoint: {{name: X, url: https://exemple.org/joindre}}\n")

    assert '<p class="summary-report"><a href="https://exemple.org/joindre">' in html


def test_the_permalink_and_the_machine_forms_are_there(portal):
    """
    The page shows its own absolute address, and links to the forms that the site holds.
    """
    site = portal({"datasets/arbres.yaml": ARBRES}).build()
    html = site["en/dataset/arbres/index.html"].decode()
    forms = re.findall(r'<dd><a href="\.\./\.\./\.\./(dataset/arbres\.\w+)"', html)

    assert 'readonly data-copy value="https://exemple.org/portail/en/dataset/arbres/"' in html
    assert forms == [f"dataset/arbres.{end}" for end in ("jsonld", "ttl", "rdf", "json")]
    assert set(forms) <= set(site)


def test_a_data_dictionary_is_what_the_publisher_says(portal):
    """
    Columns with their names, titles, meanings, types and units; text in another language says so.
    """
    columns = """\
    columns:
      - {name: dhp, type: number, unit: cm, title: {fr: Diamètre, en: Diameter}, description: À hauteur de poitrine}
      - {name: essence}
"""
    text = ARBRES.replace(
        '{id: csv, downloadURL: "https://exemple.org/arbres.csv", format: CSV}',
        "id: csv\n    downloadURL: https://exemple.org/arbres.csv\n" + columns,
    )
    html, said = page(portal, text, "en/")

    assert "Data dictionary (2 columns)" in said
    assert "Column Meaning Type Unit dhp Diameter À hauteur de poitrine Number cm essence" in said
    assert '<span lang="fr">À hauteur de poitrine</span>' in html


def test_snippets_load_the_first_file_of_each_format(portal):
    """
    One set of lines a format that is easily loaded, with the file's absolute address; none for others.
    """
    files = """\
distribution:
  - {id: a, title: Un, downloadURL: "https://exemple.org/a.csv", format: CSV}
  - {id: b, title: Deux, downloadURL: "https://exemple.org/b.csv", format: CSV}
  - {id: c, title: Trois, downloadURL: "https://exemple.org/c.geojson", format: GeoJSON}
  - {id: d, title: Quatre, accessURL: "https://exemple.org/api", format: JSON}
  - {id: e, title: Cinq, downloadURL: "https://exemple.org/e.pdf", format: PDF}
"""
    html, _ = page(portal, ARBRES.partition("distribution")[0] + files)
    shown = html[html.index('"_snippets"') : html.index('"_facts"')]

    assert re.findall(r"<summary>(\w+) en Python.*? – <span>(\w+)</span>", shown) == [
        ("CSV", "Un"),
        ("GeoJSON", "Trois"),
    ]
    assert shown.count("<h3") == 6
    assert "pd.read_csv(&#34;https://exemple.org/a.csv&#34;)" in shown


@pytest.mark.parametrize(
    "url", ["https://exemple.org/l'eau$(x)`y`.csv", "https://exemple.org/", "https://exemple.org/-rf.csv"]
)
def test_no_address_escapes_its_quotes(url):
    """
    An address is a literal of each language, and no file name is an option.
    """
    lines = fill_snippet("CSV", url)

    assert json.loads(re.search(r"read_csv\((.*)\)", lines["Python"])[1]) == url
    assert json.loads(re.search(r"read_csv\((.*)\)", lines["R"])[1]) == url
    assert not re.search(r"(?:output|head) -", lines["Bash"])


def test_a_reuse_is_on_the_page_of_what_it_uses(portal):
    """
    A reuse that names the dataset is shown there, and its own page links back.
    """
    reuse = (
        "---\ntitle: {fr: Carte, en: Map}\nkind: Application\ndataset: arbres\npicture: carte.svg\n---\n\nUne carte.\n"
    )
    site = portal(
        {"datasets/arbres.yaml": ARBRES, "content/reuses/carte.md": reuse, "content/reuses/carte.svg": "<svg/>"}
    ).build()

    assert '<a href="../../reuses/carte/">Carte</a>' in site["dataset/arbres/index.html"].decode()
    assert 'src="../../../reuses/carte.svg"' in site["en/dataset/arbres/index.html"].decode()
    assert '<a href="../../dataset/arbres/">Arbres</a>' in site["reuses/carte/index.html"].decode()
    assert "reuses/carte/" not in site["dataset/autre/index.html"].decode()


def test_a_few_files_stand_open(portal):
    """
    Up to sixteen files, each one stands with what is said of it.
    """
    rows = [f'  - {{id: f{n}, downloadURL: "https://exemple.org/{n}.csv", description: Sur {n}.}}\n' for n in range(17)]
    few = page(portal, ARBRES.partition("  - {id")[0] + "".join(rows[:16]))[0]

    assert 16 == few.count('<li class="file"') and "files-more" not in few and few.count("<summary>Description") == 0


def test_more_files_than_a_page_shows_at_first(portal):
    """
    Beyond sixteen, what follows the twelfth is folded under its count.
    """
    rows = [f'  - {{id: f{n}, downloadURL: "https://exemple.org/{n}.csv", description: Sur {n}.}}\n' for n in range(17)]
    html = page(portal, ARBRES.partition("  - {id")[0] + "".join(rows))[0]
    shown, folded = html.split("files-more")

    assert (12, 5) == (shown.count('<li class="file"'), folded.count('<li class="file"'))
    assert "<summary>5 autres fichiers et services</summary>" in folded
    assert 17 == html.count("<summary>Description</summary>")


def test_a_page_says_what_is_on_it(portal):
    """
    Its sections, in their order, without those that it lacks.
    """
    contents = re.search(r'<nav class="contents".*?</nav>', page(portal, language="en/")[0], re.DOTALL)

    assert contents is not None
    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents[0]) == [
        ("_files", "Files and services"),
        ("_snippets", "Load the data"),
        ("_related", "Related datasets"),
        ("_facts", "Full record"),
        ("_cite", "Cite and share"),
    ]


def test_a_withdrawn_dataset_offers_no_file(portal):
    """
    What is withdrawn is not to be had: neither the page nor the site has its files any more, whatever its file says.
    """
    dataset = ARBRES + "  - {id: file, file: arbres.csv}\nwithdrawn: {date: 2026-11-01, reason: {fr: Une erreur.}}\n"
    site = portal({"datasets/arbres/dataset.yaml": dataset, "datasets/arbres/arbres.csv": "a\n1\n"}).build()
    page = site["dataset/arbres/index.html"].decode()

    assert ("Une erreur." in page, "Télécharger" in page, "arbres.csv" in page) == (True, False, False)
    assert [path for path in site if path.startswith("dataset/arbres/")] == ["dataset/arbres/index.html"]


LINKS = """\
address,status,answered,failing,failed,failures,type,bytes,moved
https://exemple.org/arbres.csv,{status},,2026-11-02,{failed},3,text/html,,
"""


@pytest.mark.parametrize(
    ("status", "failed", "said"),
    [
        ("404", "2026-11-09", "Ce lien ne répond plus depuis le 2 novembre 2026"),
        ("page", "2026-11-09", "Depuis le 2 novembre 2026, ce lien donne une page web à la place du fichier"),
        ("404", "2026-11-04", ""),
        ("403", "2026-11-09", ""),
    ],
    ids=["broken", "page", "not yet certain", "untold"],
)
def test_a_broken_link_is_told_beside_the_file(portal, status, failed, said):
    """
    Readers are told since when a file's address fails, and programs by an attribute; of what is not certain, nothing.
    """
    html, text = page(portal, files={"links.csv": LINKS.format(status=status, failed=failed)})

    assert re.findall(r'data-failing="([^"]+)"', html) == (["2026-11-02"] if said else [])
    assert (said in text, "ce lien" in text.casefold()) == (True, bool(said))


def test_a_link_that_breaks_renders_its_dataset_anew(portal):
    """
    What `links.csv` says of a file's address is one of the things that its page is made of.
    """
    small = portal({"datasets/arbres.yaml": ARBRES, "links.csv": LINKS.format(status="404", failed="2026-11-04")})
    before = small.build()
    small.lay({"links.csv": LINKS.format(status="404", failed="2026-11-09")})
    after = small.build()

    assert [path for path in after if path.endswith(".html") and after[path] != before[path]] == [
        "dataset/arbres/index.html",
        "en/dataset/arbres/index.html",
    ]
