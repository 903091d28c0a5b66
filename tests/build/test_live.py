"""`vitrine serve` as a publisher has it: the command itself, a real port, a real browser."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from generator.build.editions import Edition, today
from generator.build.output import MARKER
from generator.build.pipeline import build, read_portal
from tests.conftest import ROOT

CATALOG = """\
title: {fr: Données de la ville, en: City data}
description: {fr: Tout ce que la ville publie., en: All that the city publishes.}
publisher: ville
contactPoint: {name: Équipe, email: donnees@exemple.org}
"""
ARBRES = """\
title: {fr: Arbres, en: Trees}
description: {fr: Les arbres de la ville., en: The city's trees.}
publisher: ville
theme: [transport]
license: cc-by-4.0
distribution:
  - {id: csv, title: {fr: Liste, en: List}, file: arbres.csv}
  - {id: geo, title: {fr: Carte, en: Map}, file: arbres.geojson}
"""
BROKEN = ARBRES.replace("license: cc-by-4.0", "licence: cc-by-4.0")
FILES = {
    "portal.yaml": "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\n",
    "datasets/catalog.yaml": CATALOG,
    "datasets/publishers/ville.yaml": "name: {fr: Ville, en: City}\n",
    "datasets/arbres/dataset.yaml": ARBRES,
    "datasets/arbres/arbres.csv": "nom\nÉrable\n",
    "datasets/arbres/arbres.geojson": '{"type": "FeatureCollection", "features": []}',
    "content/about.md": "---\ntitle: À propos\n---\nBonjour.\n",
}
DATASET = "datasets/arbres/dataset.yaml"
FOLLOWER = re.compile(
    rb'<script src="/__vitrine__/overlay.js" data-version="[^"]+" data-language="[a-z]+" defer></script>'
)
"""What is added to each page that is served."""

PATIENCE = 20.0
CHECKED = "jeu de données lu"
"""What the terminal says once the whole portal was checked."""

T = TypeVar("T")


def until(look: Callable[[], T]) -> T:
    """What a look finds, as soon as it finds something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


@dataclass
class Served:
    """A portal's folder and the command that serves it; `client` is at its base path."""

    folder: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        return until(lambda: re.search(r"http://127\.0\.0\.1:\d+\S*", self.said))[0]

    @property
    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=PATIENCE)

    def write(self, path: str, text: str) -> None:
        write(self.folder / path, text)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def run(folder: Path, log: Path, *options: str) -> Served:
    command = [sys.executable, "-m", "generator.cli", "serve", "--portal", str(folder), "--lang", "fr", *options]
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent), "NO_COLOR": "1"}
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stderr=stream, cwd=Path(__file__).parents[2], env=environment)
    return Served(folder, log, process)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Serves a small portal, with files laid over it."""
    started: list[Served] = []

    def start(files: dict[str, str] | None = None, port: int = 0) -> Served:
        for path, text in {**FILES, **(files or {})}.items():
            write(tmp_path / "portal" / path, text)
        started.append(run(tmp_path / "portal", tmp_path / f"log-{len(started)}", "--port", str(port)))
        return started[-1]

    yield start
    for served in started:
        served.process.kill()
        served.process.wait()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A sound portal that no test changes."""
    folder = tmp_path_factory.mktemp("serve")
    for path, text in FILES.items():
        write(folder / "portal" / path, text)
    served = run(folder / "portal", folder / "log", "--port", "0")
    yield served
    served.process.kill()
    served.process.wait()


def events(served: Served, language: str = "fr") -> Iterator[dict[str, str]]:
    """What a browser is told; the first event says where things stand."""
    with httpx.stream(
        "GET", host(served) + "/__vitrine__/events", timeout=PATIENCE, params={"lang": language}
    ) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def awaited(news: Iterator[dict[str, str]], wanted: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """The first event that is as wanted."""
    return next(event for event in news if wanted(event))


def other(news: Iterator[dict[str, str]], version: str) -> dict[str, str]:
    """The first event of another version."""
    return awaited(news, lambda event: event["version"] != version)


# httpx joins what begins with a slash to the base URL; an absolute address is for what stands outside.
def host(served: Served) -> str:
    return re.match(r"http://[^/]+", served.address)[0]  # type: ignore[index]


def test_the_server_answers_its_own_names_only(serve):
    """
    A page of a site whose name was made to lead to this machine reads nothing that is served here.
    """
    client = serve().client
    hosts = {"localhost:1": 200, "LOCALHOST": 200, "127.0.0.1:80": 200, "[::1]:1": 200, "evil.example": 421, "": 421}
    hosts |= {"127.0.0.1.evil.example": 421, "localhost.evil.example:8000": 421, "evil.example:127.0.0.1": 421}

    assert {host: client.get("", headers={"Host": host}).status_code for host in hosts} == hosts


def test_the_site_is_under_its_base_path(sound):
    """
    The portal answers where its base URL says, `/` leads there, and a page without its slash leads to it.
    """
    answers = [
        httpx.get(host(sound) + path) for path in ("/portail/", "/", "/portail", "/portail/dataset?q=a b", "/dataset/")
    ]

    assert sound.address.endswith("/portail/")
    assert [(answer.status_code, answer.headers.get("location")) for answer in answers] == [
        (200, None),
        (302, "/portail/"),
        (302, "/portail/"),
        (302, "/portail/dataset/?q=a%20b"),
        (404, None),
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("catalog.jsonld", "application/ld+json"),
        ("data.json", "application/json"),
        ("dataset/arbres/arbres.csv", "text/csv; charset=utf-8"),
        ("dataset/arbres/arbres.geojson", "application/geo+json"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("api/3/action/package_list", "application/json"),
        (".well-known/void", "text/turtle; charset=utf-8"),
    ],
)
def test_media_types(sound, path, kind):
    """
    A file has the media type that a good host gives it, is never kept by the browser, and HEAD says the same.
    """
    answer, head = sound.client.get(path), sound.client.head(path)

    assert (200, kind, "no-store") == (
        answer.status_code,
        answer.headers["content-type"],
        answer.headers["cache-control"],
    )
    assert (200, kind, b"") == (head.status_code, head.headers["content-type"], head.content)
    assert str(len(answer.content)) == answer.headers["content-length"] == head.headers["content-length"]


def test_unknown_address(sound):
    """
    An address without a file gets the portal's own page, with the status 404.
    """
    answer = sound.client.get("nulle/part")

    assert (answer.status_code, "Page introuvable" in answer.text) == (404, True)


@pytest.mark.parametrize(
    "path",
    [
        "/portail/../portal.yaml",
        "/portail/../../log",
        "/portail/%2e%2e/portal.yaml",
        "/portail/..%2fportal.yaml",
        "/portail/%2fetc/passwd",
        "/portail//etc/passwd",
        "/portail/..%5cportal.yaml",
        "/portail/data.json%00.html",
        "/__vitrine__/../server.py",
        "/__vitrine__/%2e%2e/server.py",
        "/portail/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_site_is_served(sound, path):
    """
    No spelling of an address leads out of the published folder.
    """
    port = int(host(sound).rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.0 404 ")


def test_only_pages_are_given_the_script(sound):
    """
    What follows the saved files stands before the end of a page that is sent, and in no other file.
    """
    page = sound.client.get("dataset/arbres/").text
    files = [sound.client.get(path).text for path in ("data.json", "sitemap.xml", "dataset/arbres/arbres.csv")]

    assert re.search(
        r'<script src="/__vitrine__/overlay.js" data-version="\S+" data-language="fr" defer></script></body>', page
    )
    assert "vitrine-overlay" not in page
    assert not [text for text in files if "__vitrine__" in text]


def test_nothing_is_built(sound):
    """
    Serving a portal writes nothing beside its files but what only saves time.
    """
    sound.client.get("")
    until(lambda: CHECKED in sound.said)
    written = {file.relative_to(sound.folder).as_posix() for file in sound.folder.rglob("*") if file.is_file()}

    assert {path for path in written if not path.startswith(".cache/")} == FILES.keys()


def test_a_change_is_shown_and_told(serve):
    """
    A saved file is shown at once, told to the browsers and on the terminal, and the whole portal is checked behind.
    """
    served = serve()
    news = events(served)
    first = next(news)
    until(lambda: CHECKED in served.said)
    served.write(DATASET, ARBRES.replace("fr: Arbres", "fr: Arbres publics"))
    second = other(news, first["version"])

    assert [first["overlay"], second["overlay"]] == ["", ""]
    assert "<title>Arbres publics" in served.client.get("dataset/arbres/").text
    assert until(lambda: re.search(rf"{DATASET}\s: montré tel qu’enregistré, en [\d,]+ s\.", served.said))
    assert until(lambda: served.said.count(CHECKED) == 2)


def test_a_removed_page_is_told(serve):
    """
    A page that is gone gives 404, and the browsers that show it are told.
    """
    served = serve()
    news = events(served)
    first = next(news)
    (served.folder / "content/about.md").unlink()

    assert other(news, first["version"])["overlay"] == ""
    assert served.client.get("about/").status_code == 404


def test_a_new_file_is_shown(serve):
    """
    A file that was not there before has its page, and its place in lists and search.
    """
    served = serve()
    news = events(served)
    first = next(news)
    before = served.client.get("search/fr/directory.bin").content
    served.write("datasets/rues.yaml", ARBRES[: ARBRES.index("distribution")].replace("Arbres", "Rues"))
    other(news, first["version"])

    assert "<title>Rues" in served.client.get("dataset/rues/").text
    assert "Rues" in served.client.get("dataset/").text
    assert served.client.get("search/fr/directory.bin").content != before


def test_errors_keep_the_last_good_state(serve):
    """
    A dataset with errors is shown as it was, each page names the errors in its language, and other files are still
    shown as they are saved, until the errors are mended.
    """
    served = serve()
    news, anglophone = events(served), events(served, "en")
    first = next(news)
    served.write(DATASET, BROKEN)
    second, third = (awaited(told, lambda event: event["overlay"]) for told in (news, anglophone))
    page, english = served.client.get("dataset/arbres/").text, served.client.get("en/dataset/").text

    assert first["version"] == second["version"]
    assert "<title>Arbres" in page
    for text, title, message in (
        (second["overlay"], "1 erreur", "n’est pas une propriété de « Jeu de données »"),
        (page, "1 erreur", "n’est pas une propriété de « Jeu de données »"),
        (third["overlay"], "1 error", "is not a property of “Dataset”"),
        (english, "1 error", "is not a property of “Dataset”"),
    ):
        assert f"<summary>{title}</summary>" in text
        assert f"{DATASET}:5:1" in text
        assert message in text.replace("&#x27;", "’")
        assert "<code>license</code>" in text
    assert until(lambda: f"{DATASET}:5:1: erreur[unknown-property]" in served.said)

    served.write("content/about.md", "---\ntitle: Qui nous sommes\n---\nBonjour.\n")
    third = other(news, first["version"])
    assert f"{DATASET}:5:1" in third["overlay"]
    assert "<title>Qui nous sommes" in served.client.get("about/").text
    assert "<title>Arbres" in served.client.get("dataset/arbres/").text

    served.write(DATASET, ARBRES)
    awaited(news, lambda event: not event["overlay"])

    assert "vitrine-overlay" not in served.client.get("dataset/arbres/").text


def test_a_dataset_that_never_was_sound_is_left_out(serve):
    """
    A portal with a faulty dataset from the start is shown without it, whatever the error; mended, it is there.
    """
    unknown = ARBRES.replace("publisher: ville", "publisher: vile")
    served = serve({DATASET: unknown, "datasets/rues.yaml": ARBRES[: ARBRES.index("distribution")]})
    answers = [served.client.get(path) for path in ("", "dataset/", "dataset/rues/", "dataset/arbres/")]
    news = events(served)

    assert [200, 200, 200, 404] == [answer.status_code for answer in answers]
    assert f"{DATASET}:3:12" in answers[2].text
    assert "<code>ville</code>" in awaited(news, lambda event: event["overlay"])["overlay"]

    served.write(DATASET, ARBRES)
    awaited(news, lambda event: not event["overlay"])

    assert served.client.get("dataset/arbres/").status_code == 200


def test_a_portal_that_can_not_be_shown(serve):
    """
    A portal whose own file has errors from the start has a page that names them; mended, it is there.
    """
    served = serve({"portal.yaml": FILES["portal.yaml"] + "colour: red\n"})
    page = httpx.get(host(served) + "/portail/dataset/arbres/")
    first = next(news := events(served))

    assert (page.status_code, "portal.yaml:3:1" in page.text) == (503, True)

    served.write("portal.yaml", FILES["portal.yaml"])

    assert other(news, first["version"])["overlay"] == ""
    assert served.client.get("dataset/arbres/").status_code == 200


def test_what_a_removed_file_leaves_broken_is_told(serve):
    """
    An error between files that is seen only once the whole was read is told as soon as that is done.
    """
    served = serve(
        {"datasets/publishers/voirie.yaml": "name: Voirie\n", DATASET: ARBRES.replace(": ville", ": voirie")}
    )
    news = events(served)
    next(news)
    (served.folder / "datasets/publishers/voirie.yaml").unlink()
    told = awaited(news, lambda event: event["overlay"])

    assert f"{DATASET}:3:12" in told["overlay"]
    assert served.client.get("").status_code == 200


def test_warnings_are_only_counted(serve):
    """
    Advice is no obstacle: it is counted on the terminal and shown nowhere else.
    """
    served = serve({DATASET: ARBRES.replace("license: cc-by-4.0\n", "")})

    assert until(lambda: re.search(r"1 jeu de données lu\s: \d+ avertissements?\.", served.said))
    assert "vitrine-overlay" not in served.client.get("").text


def test_a_template_that_fails_is_shown_and_serving_goes_on(serve):
    """
    A page whose template fails says so, as do the others and the terminal; mended, it is there.
    """
    served = serve(
        {"portal.yaml": FILES["portal.yaml"] + "theme: ours\n", "themes/ours/theme.yaml": "parent: default\n"}
    )
    news = events(served)
    first = next(news)
    served.write("themes/ours/templates/terms.html", "{{ nothing.of.the.kind }}")
    second = other(news, first["version"])
    page = served.client.get("theme/")
    told = awaited(news, lambda event: event["overlay"])

    assert (page.status_code, served.client.get("dataset/arbres/").status_code) == (500, 200)
    for text in (page.text, told["overlay"]):
        assert "themes/ours/templates/terms.html:1:1" in text
        assert "&#x27;nothing&#x27; is undefined" in text
    assert until(lambda: "erreur[theme-template]" in served.said)
    assert "Traceback" not in served.said

    (served.folder / "themes/ours/templates/terms.html").unlink()

    assert other(news, second["version"])["overlay"] == ""
    assert served.client.get("theme/").status_code == 200


def test_a_template_that_can_not_be_read_is_not_taken(serve):
    """
    While a template can't be compiled, pages are made by the last one that could.
    """
    served = serve(
        {"portal.yaml": FILES["portal.yaml"] + "theme: ours\n", "themes/ours/theme.yaml": "parent: default\n"}
    )
    news = events(served)
    first = next(news)
    served.write("themes/ours/templates/terms.html", "{% if %}")
    told = awaited(news, lambda event: event["overlay"])

    assert "themes/ours/templates/terms.html:1:1" in told["overlay"]
    assert first["version"] == told["version"]
    assert served.client.get("theme/").status_code == 200


def test_a_burst_is_one_reading_and_what_is_no_source_is_none(serve):
    """
    Many files saved at once are read once; logs, hidden files and installed ones are no reason to read.
    """
    served = serve()
    news = events(served)
    first = next(news)
    until(lambda: CHECKED in served.said)
    for path in ("serve.log", ".cache/x", ".git/index", "content/.about.md.swp", "themes/a/node_modules/x.js"):
        served.write(path, "x")
    served.process.send_signal(signal.SIGSTOP)  # so that it sees all of them at once, however slow this machine
    for number in range(30):
        served.write(f"content/page-{number}.md", f"---\ntitle: Page {number}\n---\nBonjour.\n")
    served.process.send_signal(signal.SIGCONT)
    other(news, first["version"])
    time.sleep(1)

    assert served.client.get("page-29/").status_code == 200
    assert served.said.count(CHECKED) == 2


def test_a_page_is_whole_while_files_are_read(serve):
    """
    A reader who comes while files are saved finds the old page or the new one, whole.
    """
    served = serve()
    client, seen, done = served.client, [], threading.Event()

    def read() -> None:
        while not done.is_set():
            answer = client.get("dataset/arbres/")
            seen.append((answer.status_code, answer.text.rstrip().endswith("</html>")))

    reader = threading.Thread(target=read)
    reader.start()
    news = events(served)
    version = next(news)["version"]
    for number in range(5):
        served.write(DATASET, ARBRES.replace("fr: Arbres", f"fr: Arbres {number}"))
        version = other(news, version)["version"]
    done.set()
    reader.join()

    assert {(200, True)} == set(seen)


def test_a_data_file_that_becomes_a_link_is_not_followed(serve, tmp_path):
    """
    A file that was read as the portal's own is not served once a link in its place leads out of the portal.
    """
    served = serve()
    news = events(served)
    next(news)
    (tmp_path / "secret.csv").write_text("secret", encoding="utf-8")
    (served.folder / "datasets/arbres/arbres.csv").unlink()
    (served.folder / "datasets/arbres/arbres.csv").symlink_to(tmp_path / "secret.csv")

    assert served.client.get("dataset/arbres/arbres.csv").status_code == 404
    assert "datasets/arbres/dataset.yaml" in awaited(news, lambda event: event["overlay"])["overlay"]
    assert served.client.get("dataset/arbres/arbres.csv").status_code == 404


def test_interrupting_ends_at_once(serve):
    """
    Ctrl+C ends the command with the code 0 and without a trace, though browsers are listening.
    """
    served = serve()
    news = events(served)
    next(news)

    assert served.stop() == 0
    assert "Traceback" not in served.said


def test_taken_port(serve):
    """
    A port that is in use is the user's to change: exit code 2 and a word on how.
    """
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        served = serve(port=port)

        assert served.process.wait(PATIENCE) == 2
    assert served.said.startswith(
        f"Le port {port} est déjà pris. Choisissez-en un autre, par exemple : `vitrine serve --port"
    )


def addresses(site: Path) -> list[str]:
    """The path of each file of a built site; its mark is the folder's."""
    files = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return sorted(path for path in files if path != MARKER)


@pytest.mark.parametrize("portal", ["demonstration", "small"])
def test_what_is_served_is_what_is_built(portal, tmp_path):
    """
    Every address of a portal is answered with the bytes that a build with drafts writes, but for the script in pages.
    """
    folder = {"demonstration": ROOT, "small": tmp_path / "portal"}[portal]
    for path, text in {**FILES, "portal.yaml": FILES["portal.yaml"] + "compress: true\n"}.items():
        write(tmp_path / "portal" / path, text)
    built = read_portal(folder, edition=Edition(today(os.environ), drafts=True))
    build(built, tmp_path / "site", jobs=os.cpu_count() or 1)
    served = run(folder, tmp_path / "log", "--port", "0")
    differing = []
    with served.client as client:
        for path in addresses(tmp_path / "site"):
            answer = client.get(quote(path))
            content, scripts = FOLLOWER.subn(b"", answer.content)
            wanted = (tmp_path / "site" / path).read_bytes()
            is_page = answer.headers["content-type"].startswith("text/html")
            if (answer.status_code, scripts, content) != (200, int(is_page), wanted):
                differing.append(path)
    served.process.kill()
    served.process.wait()

    assert differing == []
    assert (portal == "demonstration") != any(path.endswith(".gz") for path in addresses(tmp_path / "site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.close()


def test_the_browser_follows(serve, page):
    """
    An open page shows a change by itself, where the reader was; it names errors until they are mended.
    """
    served = serve({"content/about.md": FILES["content/about.md"] + "Un paragraphe.\n\n" * 100})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{served.address}about/")
    page.evaluate("window.scrollTo(0, 900)")
    served.write("content/about.md", "---\ntitle: Qui nous sommes\n---\n" + "Un paragraphe.\n\n" * 100)
    expect(page).to_have_title(re.compile("Qui nous sommes"))
    until(lambda: page.evaluate("window.scrollY") == 900)
    page.evaluate("window.kept = true")

    served.write(DATASET, BROKEN)
    expect(page.get_by_role("alert")).to_contain_text(f"{DATASET}:5:1")
    assert page.evaluate("window.kept"), "an error is no reason to reload"
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/overlay.png")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text(f"{DATASET}:5:1")

    served.write(DATASET, ARBRES)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert complaints == []


def test_the_browser_finds_the_server_again(serve, page):
    """
    A page left open follows again once the command was stopped and started anew.
    """
    first = serve()
    page.goto(first.address)
    port = int(host(first).rpartition(":")[2])
    assert first.stop() == 0
    serve({"datasets/catalog.yaml": CATALOG.replace("fr: Données", "fr: Toutes les données")}, port=port)

    expect(page).to_have_title(re.compile("Toutes les données"))


def test_the_browser_waits_for_the_portal(serve, page):
    """
    The page that names what keeps a portal from being built becomes the portal.
    """
    served = serve({DATASET: BROKEN, "portal.yaml": FILES["portal.yaml"] + "colour: red\n"})
    page.goto(host(served))
    expect(page.get_by_role("listitem")).to_have_count(2)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/waiting.png")
    served.write(DATASET, ARBRES)
    expect(page.get_by_role("listitem")).to_have_count(1)
    served.write("portal.yaml", FILES["portal.yaml"])
    expect(page).to_have_title(re.compile("Données de la ville"))
    expect(page).to_have_url(served.client.base_url.copy_with(path="/portail/").__str__())
