"""A dataset's page: fresh or not, permitted or not, changed when, reused by whom, cited and loaded how."""

import json
import re
from html import unescape

import pytest

from generator.pages.snippets import fill_snippet
from generator.source.git import CHANGES, read_history
from tests.conftest import MINIMAL

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


OWN = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")
FOLDER = "datasets/nature/arbres"


def test_history_is_in_the_reader_s_words(portal):
    """
    By day, the newest first: files that readers get, added, replaced and removed, and the description; whatever else
    lies in the folder, what came and went within a day and what merely moved are not told.
    """
    small = portal({})
    two = OWN + "  - {id: geojson, file: arbres.geojson}\n"
    old = {f"{FOLDER}/vieux.csv": "a\n", f"{FOLDER}/notes.md": "x", f"{FOLDER}/brouillon.csv": "a\n1\n"}
    small.commit("2025-01-01", {f"{FOLDER}/dataset.yaml": OWN, f"{FOLDER}/arbres.csv": "a\n1\n"} | old)
    small.commit("2026-02-03", {f"{FOLDER}/arbres.csv": "a\n2\n", f"{FOLDER}/notes.md": "y"})
    small.commit("2026-02-04", {f"{FOLDER}/arbres.geojson": "{}", f"{FOLDER}/dataset.yaml": two})
    small.commit("2026-02-05", {f"{FOLDER}/a.csv": "a\n"})
    gone = dict.fromkeys([f"{FOLDER}/a.csv", f"{FOLDER}/vieux.csv"])
    small.commit("2026-02-05", gone | {f"{FOLDER}/dataset.yaml": two.replace("1.10", "2")})
    small.commit("2026-02-07", {f"{FOLDER}/notes.md": None})
    small.commit("2026-02-06", {"datasets/x/brouillon.csv": "a\n1\n", f"{FOLDER}/brouillon.csv": None})
    small.commit("2026-03-04", {"datasets/autre.yaml": MINIMAL["datasets/autre.yaml"] + "version: 2\n"})
    site = small.build()

    assert history(site["en/dataset/arbres/index.html"]) == [
        ("2026-03-09", ["Data updated"]),
        ("2026-02-05", ["File removed: vieux.csv", "Description changed"]),
        ("2026-02-04", ["File added: arbres.geojson", "Description changed"]),
        ("2026-02-03", ["File replaced: arbres.csv"]),
        ("2025-01-01", ["Dataset added to the catalogue"]),
    ]
    assert history(site["dataset/autre/index.html"]) == [
        ("2026-03-04", ["Description modifiée"]),
        ("2025-01-01", ["Jeu de données ajouté au catalogue"]),
    ]


def history(html):
    """Each day that the page's history tells, with what happened."""
    days = re.findall(r'<li id="_changed-([^"]+)">(.*?)</li>', html.decode(), re.DOTALL)
    return [(day, [unescape(said) for said in re.findall(r"<p[^>]*>([^<]*)</p>", told)]) for day, told in days]


@pytest.mark.parametrize(("setting", "shown"), [("", []), ("commitMessages: true\n", ["Corriger <la> ligne 1"])])
def test_messages_of_commits_are_shown_where_the_portal_asks_for_them(portal, setting, shown):
    """
    They are written for colleagues: only a portal that says so shows their first lines to the public.
    """
    small = portal({"portal.yaml": MINIMAL["portal.yaml"] + setting})
    small.commit("2025-01-01", {f"{FOLDER}/dataset.yaml": OWN, f"{FOLDER}/arbres.csv": "a\n1\n"})
    small.lay({f"{FOLDER}/arbres.csv": "a\n2\n"})
    small.git("commit", "--all", "--message", "Corriger <la> ligne 1\n\nCe corps ne paraît pas.", date="2026-04-03")

    assert history(small.build()["en/dataset/arbres/index.html"])[0] == (
        "2026-04-03",
        ["File replaced: arbres.csv", *shown],
    )


def test_only_the_latest_days_of_datasets_are_kept(portal):
    """
    Of each file below `datasets/` the ten newest days of change, whatever was done in each; of others, none.
    """
    small = portal({})
    for number in range(CHANGES + 3):
        for half in "ab":
            day = f"2025-01-{number + 1:02}"
            small.commit(day, {"datasets/arbres.yaml": f"{ARBRES}# {number}{half}\n", "content/a.md": f"{number}"})
    found = read_history(small.folder)

    assert [touch.commit.number for touch in found.changes["datasets/arbres.yaml"]] == list(range(2 * CHANGES))
    assert "content/a.md" not in found.changes and "content/a.md" in found.dates


def summary(html):
    """The rows of the box beside the page that are days."""
    return re.findall(r'<dt>([^<]*)</dt><dd><time datetime="([^"]+)"', html.decode())


@pytest.mark.parametrize(
    ("stated", "file", "shown", "of_file"),
    [
        # Nobody states a day: it is that of the latest file.
        ("", "", [("Updated", "2026-05-05")], ["2026-05-05"]),
        # A file changed after the day that is stated.
        ("modified: 2026-03-09\n", "", [("Updated", "2026-05-05")], ["2026-05-05"]),
        # The day that is stated came later.
        ("modified: 2026-06-01\n", "", [("Updated", "2026-06-01"), ("Latest file", "2026-05-05")], ["2026-05-05"]),
        # What a file's own description says wins over git.
        (
            "modified: 2026-03-09\n",
            ", modified: 2026-02-01",
            [("Updated", "2026-03-09"), ("Latest file", "2026-02-01")],
            ["2026-02-01"],
        ),
    ],
)
def test_a_dataset_is_never_older_than_its_files(portal, stated, file, shown, of_file):
    """
    One day of update, on the page, the card, the feeds: the latest of what is stated and of the files; where the files
    are older, the page says which day is whose.
    """
    dataset = OWN.replace("accrualPeriodicity: monthly\nmodified: 2026-03-09\n", stated)
    dataset = dataset.replace("file: arbres.csv", f"file: arbres.csv{file}")
    small = portal({})
    small.commit("2025-01-01", {f"{FOLDER}/dataset.yaml": dataset, f"{FOLDER}/arbres.csv": "a\n1\n"})
    small.commit("2026-05-05", {f"{FOLDER}/arbres.csv": "a\n2\n"})
    site = small.build()

    assert summary(site["en/dataset/arbres/index.html"]) == shown
    day = shown[0][1]
    assert f'<time datetime="{day}">' in site["dataset/index.html"].decode()
    assert json.loads(site["data.json"])["dataset"][0]["modified"] == day
    assert [item["modified"] for item in json.loads(site["api/datasets/arbres.json"])["distributions"]] == of_file


def test_a_file_that_came_with_its_description_is_as_old_as_that_says(portal):
    """
    Who lays a catalogue of old into a new repository changes no data on that day; a mended description is told apart.
    """
    small = portal({})
    small.commit("2026-05-05", {f"{FOLDER}/dataset.yaml": OWN, f"{FOLDER}/arbres.csv": "a\n1\n"})
    small.commit("2026-05-06", {f"{FOLDER}/dataset.yaml": OWN.replace("1.10", "2")})

    assert summary(small.build()["en/dataset/arbres/index.html"]) == [
        ("Updated", "2026-03-09"),
        ("Description changed", "2026-05-06"),
        ("Next update expected", "2026-04-09"),
    ]


def test_what_git_knows_of_a_description_is_no_update_of_the_data(portal):
    """
    Of files that lie elsewhere git knows nothing: the day is said to be the description's, and no update is due.
    """
    small = portal({})
    small.commit("2026-05-05", {"datasets/arbres.yaml": ARBRES.replace("modified: 2026-03-09\n", "")})

    assert summary(small.build()["en/dataset/arbres/index.html"]) == [("Description changed", "2026-05-05")]


SEASON = ARBRES.replace("monthly", "weekly\naccrualMonths: [5, 6, 7, 8, 9]").replace("2026-03-09", "2026-09-28")


def test_a_season_s_data_are_due_in_season(portal):
    """
    The page says in which months the data keep their rhythm, awaits them in these alone, and hands them to the script.
    """
    html, text = page(portal, SEASON, "en/")

    assert "Weekly (May to September)" in text
    assert re.findall(r'class="late" data-due="([^"]+)" data-months="([^"]+)"', html) == [("2027-05-08", "5 6 7 8 9")]


def test_feeds_give_the_frequency_alone(portal):
    """
    No vocabulary of harvesters knows seasons.
    """
    site = portal({"datasets/arbres.yaml": SEASON}).build()

    assert json.loads(site["data.json"])["dataset"][0]["accrualPeriodicity"] == "R/P1W"
    assert b"accrualMonths" not in site["dataset/arbres.ttl"]
    assert b"authority/frequency/WEEKLY" in site["dataset/arbres.ttl"]


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
        "---\ntitle: {fr: Carte, en: Map}\nkind: Application\ndataset: arbres\npicture: carte.svg\n"
        "alternative: {fr: Une carte, en: A map}\n---\n\nUne carte.\n"
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
    assert [path for path in site if path.startswith("dataset/arbres/")] == [
        "dataset/arbres/feed.atom",
        "dataset/arbres/index.html",
    ]


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
