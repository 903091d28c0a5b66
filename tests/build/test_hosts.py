"""What hosts are told: the same rules in the words of each, tried on their own programs where those are installed."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.standards.feeds import feeds
from generator.standards.headers import endings, header_rules, path_pattern, type_of
from tests.conftest import ARBRES, SmallPortal, read_tree

PORTAL = "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\n"
MOVED = {"datasets/arbres.yaml": ARBRES + "formerly: [foret]\n"}

MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "setenvif", "filter", "deflate", "alias")
APACHE_MODULES = Path("/usr/lib/apache2/modules")


def headers(text: str) -> Mapping[str, Mapping[str, str]]:
    """`_headers`: path to its headers."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            found[[*found][-1]][name] = value
        else:
            found[line] = {}
    return found


def kept_long(path: str) -> bool:
    (rule,) = [rule for rule in header_rules() if rule.cache == "long"]
    return any(re.fullmatch(path_pattern(item), path) for item in rule.paths)


def test_every_host_is_served_by_default(portal) -> None:
    """
    Without a word the build writes the files of every host; with names, theirs alone.
    """
    every = {"_headers", "_redirects", ".nojekyll", "nginx.conf", ".htaccess"}

    assert every <= set(portal().build())
    assert every & set(portal({"portal.yaml": PORTAL + "hosts: [github, apache]\n"}, name="two").build()) == {
        ".nojekyll",
        ".htaccess",
    }


def test_no_header_is_given_twice(portal) -> None:
    """
    No two rules of `_headers` give one file the same header, which hosts would join into nonsense.
    """
    small: SmallPortal = portal({**MOVED, "content/a.md": "---\ntitle: A\n---\nA\n"})
    files = small.build()
    found = headers(files["_headers"].decode())

    assert {"Access-Control-Allow-Origin", "Content-Security-Policy", "X-Content-Type-Options"} <= set(
        found["/portail/*"]
    )
    for path in files:
        given = [
            name
            for rule, said in found.items()
            if re.fullmatch(path_pattern(rule.removeprefix("/portail/")), path)
            for name in said
        ]
        assert sorted(set(given)) == sorted(given), path


def test_every_file_of_the_search_is_kept_long_or_named(portal) -> None:
    """
    All that the search's index is made of has a digest in its path and is kept long, but for the files that lead to it.
    """
    files = [path for path in portal(MOVED).build() if path.startswith(("search/", "assets/"))]
    short = [path for path in files if not kept_long(path)]

    assert {"directory.bin", "suggestions.json"} >= {Path(path).name for path in short}
    assert [] == [path for path in files if kept_long(path) and not re.search(r"[-.][0-9a-f]{8,}[./]", path)]


def test_feeds_have_their_media_types() -> None:
    """
    The media types that hosts are told are those that the site's own links promise.
    """
    promised = {row.path: row.type for row in feeds().values()}
    croissant = "dataset/{id}/croissant.jsonld"  # hosts are told of its ending, which its profile adds to

    assert {path: type_of(path) for path in promised} | {croissant: promised[croissant]} == promised
    assert promised[croissant].startswith(f"{type_of(croissant)};")
    assert {"atom", "geojson", "bin", "rdf", "ttl", "jsonld"} <= {ending.name for ending in endings()}


def test_former_addresses_are_redirected(portal) -> None:
    """
    A former identifier's pages and machine-readable forms lead to today's, on every host that can redirect.
    """
    files = portal(MOVED).build()
    moves = {
        f"/portail/{path}": f"/portail/{path.replace('foret', 'arbres')}"
        for path in (
            "dataset/foret/",
            "en/dataset/foret/",
            "dataset/foret.json",
            "dataset/foret.jsonld",
            "dataset/foret.rdf",
            "dataset/foret.ttl",
            "api/datasets/foret.json",
            "api/3/action/package_show/foret",
        )
    }
    lines = [line.split() for line in files["_redirects"].decode().splitlines()]
    nginx = re.findall(r'location = "(.+?)" \{ return 301 "(.+?)"; \}', files["nginx.conf"].decode())
    apache = re.findall(r'RedirectMatch 301 "\^(.+?)\$" (\S+)', files[".htaccess"].decode())

    assert moves == {here: there for here, there, status in lines if status == "301!"}
    assert moves == {here: there for here, there, status in lines if status == "301"}
    assert moves == dict(nginx) == {here.replace("\\", ""): there for here, there in apache}
    assert "dataset/foret/index.html" in files


def test_a_file_of_a_former_dataset_is_redirected(portal) -> None:
    """
    Whoever kept the address of a file finds it where the dataset is now.
    """
    dataset = ARBRES + "  - {id: file, file: arbres.csv}\nformerly: [foret]\n"
    files = portal({"datasets/arbres/dataset.yml": dataset, "datasets/arbres/arbres.csv": "a\n1\n"}).build()

    assert "/portail/dataset/foret/arbres.csv /portail/dataset/arbres/arbres.csv 301!" in files["_redirects"].decode()


def test_the_policy_of_pages_is_that_of_hosts(portal) -> None:
    """
    A page's own policy is the one sent by hosts, without what a page may not say of itself.
    """
    files = portal().build()
    sent = headers(files["_headers"].decode())["/portail/*"]["Content-Security-Policy"]
    (said,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', files["index.html"].decode())

    assert sent == f"{said}; frame-ancestors 'none'"
    assert "unsafe" not in sent


def test_a_preview_is_left_alone(portal) -> None:
    """
    A preview tells robots to stay away: on each page, in robots.txt and to hosts; the next build forgets it.
    """
    small: SmallPortal = portal(MOVED)

    def built(*options: str, **environment: str) -> dict[str, bytes]:
        command = ["build", "--portal", str(small.folder), "--jobs", "1", *options]
        assert 0 == CliRunner().invoke(cli, command, env=environment).exit_code
        return read_tree(small.folder / "site")

    for files in (built("--preview"), built(VITRINE_PREVIEW="1")):
        pages = {path: text.decode() for path, text in files.items() if path.endswith(".html")}
        assert {1} == {text.count('<meta name="robots" content="noindex">') for text in pages.values()}
        assert b"User-agent: *\nDisallow: /\n" == files["robots.txt"]
        assert all("noindex" in files[name].decode() for name in ("_headers", "nginx.conf", ".htaccess"))
    files = built()
    assert "noindex" not in files["index.html"].decode() and "noindex" not in files["_headers"].decode()
    assert b"Allow: /\n" in files["robots.txt"]


def test_compressed_copies(portal) -> None:
    """
    `compress` puts a copy beside every text of 1 KB or more, the same at each build, and only where it is asked for.
    """
    small: SmallPortal = portal({**MOVED, "portal.yaml": PORTAL + "compress: true\n", "content/a.txt": "a" * 2000})
    first = small.build()
    copies = {path for path in first if path.endswith(".gz")}
    texts = [
        path for path in first if path.endswith((".html", ".css", ".js", ".json", ".jsonld", ".ttl", ".atom", ".txt"))
    ]

    assert {f"{path}.gz" for path in texts if len(first[path]) >= 1024} <= copies
    assert all(gzip.decompress(first[path]) == first[path.removesuffix(".gz")] for path in copies)
    assert {b"\0\0\0\0"} == {first[path][4:8] for path in copies}
    small.lay({"datasets/autre.yaml": small.folder.joinpath("datasets/autre.yaml").read_text() + "version: 2\n"})
    again = small.build()
    assert {path for path in again if path.endswith(".gz")} == copies
    assert all(gzip.decompress(again[path]) == again[path.removesuffix(".gz")] for path in copies)
    assert again == small.build(output="other")
    small.lay({"portal.yaml": PORTAL})
    assert not any(path.endswith(".gz") for path in small.build())


def test_a_name_without_room_for_an_ending_is_published_alone(portal) -> None:
    """
    A text whose name is as long as names may be has no compressed copy, and is published all the same.
    """
    longest, shorter = "a" * 251 + ".txt", "b" * 248 + ".txt"
    texts = {f"content/{name}": "a" * 2000 for name in (longest, shorter)}
    built = portal({"portal.yaml": PORTAL + "compress: true\n", **texts}).build()

    assert {longest, shorter, f"{shorter}.gz"} == {path for path in built if path.startswith(("aaa", "bbb"))}


# ------------------------------------------------------------------- the hosts' own programs


def served(address: str, path: str) -> tuple[int, Mapping[str, str]]:
    """Status and headers of an answer, redirects not followed."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def judge(address: str, site: Path) -> None:
    """What any host that was told the rules answers."""
    asset = next(path.relative_to(site).as_posix() for path in (site / "assets").glob("style.*.css"))
    status, said = served(address, "/portail/catalog.jsonld")
    assert (200, True) == (status, said["content-type"].startswith("application/ld+json"))
    assert ("*", "nosniff") == (said["access-control-allow-origin"], said["x-content-type-options"])
    assert "max-age=60" in said["cache-control"] and "frame-ancestors" in said["content-security-policy"]
    for path, kind in (("api/3/action/package_list", "application/json"), (".well-known/void", "text/turtle")):
        status, said = served(address, f"/portail/{path}")
        assert (200, kind) == (status, said["content-type"].partition(";")[0])
    kind = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    assert kind == served(address, "/portail/.well-known/api-catalog")[1]["content-type"]
    assert "immutable" in served(address, f"/portail/{asset}")[1]["cache-control"]
    status, said = served(address, "/portail/dataset/foret/")
    assert (301, True) == (status, said["location"].endswith("/portail/dataset/arbres/"))
    status, said = served(address, "/portail/rien/")
    assert (404, True) == (status, "content-security-policy" in said)
    assert {404} == {served(address, f"/portail/{name}")[0] for name in ("_headers", "_redirects", "nginx.conf")}


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx, which alone can judge its file, is not installed")
def test_nginx_takes_its_file(portal, tmp_path: Path) -> None:
    """
    nginx finds no fault with its file, and answers by it.
    """
    small: SmallPortal = portal({**MOVED, "portal.yaml": PORTAL + "compress: true\n"})
    small.build()
    site, port = small.folder / "site", free_port()
    text = (site / "nginx.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
    (tmp_path / "site.conf").write_text(text.replace("/var/www/vitrine", str(site)))
    paths = "".join(f"{kind}_temp_path {tmp_path}/t; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; user root; events {{}}\n"
        f"http {{ access_log off; {paths} include {tmp_path}/site.conf; }}\n"
    )
    command = ["nginx", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert (0, False) == (tried.returncode, "warn" in tried.stderr), tried.stderr
    serve_and_judge(command, port, site)


@pytest.mark.skipif(not shutil.which("apache2"), reason="Apache, which alone can judge its file, is not installed")
def test_apache_takes_its_file(portal, tmp_path: Path) -> None:
    """
    Apache finds no fault with its file, and answers by it.
    """
    small: SmallPortal = portal(MOVED)
    small.build()
    site, port = small.folder / "site", free_port()
    modules = "".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so\n" for name in MODULES)
    (tmp_path / "types").touch()
    (tmp_path / "httpd.conf").write_text(
        f"ServerRoot {tmp_path}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {tmp_path}/pid\n{modules}"
        f"ErrorLog {tmp_path}/log\nTypesConfig {tmp_path}/types\nDocumentRoot {tmp_path}\nAlias /portail {site}\n"
        f"<Directory {site}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    for folder in (site, *site.parents):
        if folder.is_relative_to(tmp_path.parent):
            folder.chmod(0o755)
    command = ["apache2", "-X", "-f", str(tmp_path / "httpd.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert 0 == tried.returncode, tried.stderr
    serve_and_judge(command, port, site)


def serve_and_judge(command: list[str], port: int, site: Path) -> None:
    with subprocess.Popen(command) as server:
        try:
            for _ in range(50):
                try:
                    served(f"http://127.0.0.1:{port}", "/")
                    break
                except OSError:
                    time.sleep(0.1)
            judge(f"http://127.0.0.1:{port}", site)
        finally:
            server.terminate()
