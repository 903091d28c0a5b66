"""
What hosts read to serve the site well: headers, media types and redirects, in the words of each.

The rules are those of `standards/headers.yaml`; a host's format is a small writer here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from generator.model import Dataset
from generator.model.digest import digest, program_digest
from generator.site.addresses import EXTERNAL, localize
from generator.site.representations import holds
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import vocabulary
from generator.standards.feeds import feeds
from generator.standards.headers import endings, header_rules, path_pattern, unnamed

Headers = Mapping[str, str]
Moves = Mapping[str, str]
"""Former path to today's, both from the host's root."""

SAFE = "/-._~!()*+,@%"
"""What a path keeps as it is, in the words of every host."""

NOINDEX = {"X-Robots-Tag": "noindex"}


def plan(site: Site) -> Iterator[Task]:
    hosts = chosen(site)
    portal = site.catalog.portal
    about = digest(program_digest(), portal.base_url, site.languages, hosts, portal.compress, site.noindex)
    inputs = digest(about, moves(site))
    known = vocabulary("hosts").terms
    for name in dict.fromkeys(name for host in hosts for name in known[host].facts["files"]):
        yield Task(name, render, (name,), inputs)


def chosen(site: Site) -> tuple[str, ...]:
    """The hosts that portal.yaml names, else all."""
    return site.catalog.portal.hosts or tuple(vocabulary("hosts").terms)


def render(site: Site, name: str) -> bytes:
    return "".join(f"{line}\n" for line in WRITERS[name](site)).encode()


# ------------------------------------------------------------------- what there is to say


def base(site: Site) -> str:
    """The path of the site on its host, which ends with a slash."""
    return urlsplit(site.catalog.portal.base_url).path


def common(site: Site) -> Headers:
    """The headers of every file."""
    found = {name: value for rule in header_rules() if not rule.cache for name, value in rule.headers.items()}
    return found | NOINDEX if site.noindex else found


def caching(kind: str) -> tuple[str, tuple[str, ...]]:
    """How files that are kept long, or not, are to be cached, and where they are."""
    rule = next(rule for rule in header_rules() if rule.cache == kind)
    return rule.headers["Cache-Control"], rule.paths


def moves(site: Site) -> Moves:
    """Where each former address leads now: pages in every language, forms for machines, the API’s answers, files."""
    found = {}
    for key, dataset in site.catalog.datasets.items():
        for former in dataset.formerly:
            for language in site.languages:
                here, there = (localize(f"dataset/{name}/", language, site.default) for name in (former, key))
                found[base(site) + here] = base(site) + there
            for path in paths_of_forms(site, dataset):
                found[base(site) + path.format(id=former)] = base(site) + path.format(id=key)
            for name in (item.file for item in dataset.distribution if item.file and quote(item.file) == item.file):
                found[f"{base(site)}dataset/{former}/{name}"] = f"{base(site)}dataset/{key}/{name}"
    for page in site.catalog.pages:
        for former in page.former_addresses:
            for language in site.languages:
                here, there = (localize(path, language, site.default) for path in (former, page.address))
                found[base(site) + here] = base(site) + there
    for redirect in site.catalog.redirects:
        there = redirect.target if EXTERNAL.match(redirect.target) else base(site) + redirect.target[1:]
        for here in dict.fromkeys((redirect.path, redirect.path.removesuffix("/"))):
            found.setdefault(base(site) + here, quote(there, safe=f"{SAFE}#?&=:"))
    return dict(sorted(found.items()))


def paths_of_forms(site: Site, dataset: Dataset) -> Iterator[str]:
    """Where the dataset's forms for machines lie, with `{id}` in its id's place."""
    for row in feeds().values():
        if row.of_dataset and holds(row, dataset):
            for language in site.languages if row.spoken else [site.default]:
                yield localize(row.of_dataset, language, site.default)


# ------------------------------------------------------------------- Netlify, Cloudflare Pages, GitLab Pages


def write_headers(site: Site) -> Iterator[str]:
    """
    `_headers`. No header is given twice to a file, as Netlify and Cloudflare would send both values; what is not kept
    long needs no word, as both ask for it again each time.
    """
    long, paths = caching("long")
    sections = [("*", common(site)), *((path, {"Cache-Control": long}) for path in paths)]
    sections += [(f"*.{item.name}", {"Content-Type": said_type(item.type)}) for item in endings() if not item.usual]
    sections += [(item.path, {"Content-Type": said_type(item.type)}) for item in unnamed()]
    for path, headers in sections:
        yield base(site) + path
        yield from (f"  {name}: {value}" for name, value in headers.items())


def said_type(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def write_redirects(site: Site) -> Iterator[str]:
    """
    `_redirects`. A former page is there for hosts that know no redirects: Netlify serves it unless the line has a `!`,
    which the others take for a mistake and pass over.
    """
    hosts = chosen(site)
    for here, there in moves(site).items():
        here = quote(here, safe=SAFE)
        if "netlify" in hosts:
            yield f"{here} {there} 301!"
        if {"cloudflare", "gitlab"}.intersection(hosts):
            yield f"{here} {there} 301"


# ------------------------------------------------------------------- GitHub Pages


def write_nothing(site: Site) -> Iterator[str]:
    """`.nojekyll`: an empty file, so that GitHub publishes the site as it is."""
    yield from ()


# ------------------------------------------------------------------- nginx


def write_nginx(site: Site) -> Iterator[str]:
    """`nginx.conf`: a site's file, to be included where nginx has its `http` block (`conf.d/`, `sites-enabled/`)."""
    portal, root = site.catalog.portal, base(site)
    long, paths = caching("long")
    short, _ = caching("short")
    # nginx takes `text/html` for granted, and warns when it is named.
    texts = sorted({item.type for item in endings() if item.text} - {"text/html"})
    yield "# Written by Vitrine. Copy it to /etc/nginx/conf.d/ and change `root`; add TLS as on your other sites."
    yield "map $uri $vitrine_cache {"
    yield f"  default {server_word(short)};"
    yield from (f"  {server_word(f'~^{root}{path_pattern(path)}')} {server_word(long)};" for path in paths)
    yield "}"
    yield "server {"
    yield "  listen 80;"
    yield f"  server_name {urlsplit(portal.base_url).hostname};"
    yield "  index index.html;"
    yield f"  error_page 404 {root}404.html;"
    yield "  charset utf-8;"
    yield f"  charset_types {' '.join(kind for kind in texts if kind.startswith('text/'))};"
    yield "  absolute_redirect off;"
    yield "  types {"
    yield from (f"    {item.type} {item.name};" for item in endings())
    yield "  }"
    yield "  gzip on;"
    yield "  gzip_vary on;"
    yield f"  gzip_types {' '.join(texts)};"
    if portal.compress:
        yield "  gzip_static on;"
    yield from (f"  add_header {name} {server_word(value)} always;" for name, value in common(site).items())
    yield "  add_header Cache-Control $vitrine_cache;"
    yield "  # What is for hosts, not for readers."
    yield rf"  location ~ ^{re.escape(root)}(?:\.(?!well-known/)|_headers$|_redirects$|nginx\.conf$) {{ return 404; }}"
    yield from (
        f"  location = {server_word(here)} {{ return 301 {server_word(there)}; }}"
        for here, there in moves(site).items()
    )
    yield f"  location {root} {{"
    yield "    root /var/www/vitrine;" if root == "/" else "    alias /var/www/vitrine/;"
    for item in unnamed():
        place = f"{root}{item.path.removesuffix('*')}" if item.path.endswith("*") else f"= {root}{item.path}"
        yield f"    location {place} {{ default_type {server_word(item.type)}; }}"
    yield "  }"
    yield "}"


def server_word(text: str) -> str:
    """
    A word of nginx or Apache.

    >>> server_word('a "b"')
    '"a \\\\"b\\\\""'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ------------------------------------------------------------------- Apache


def write_apache(site: Site) -> Iterator[str]:
    """`.htaccess`, for a host whose `AllowOverride` lets it speak; a module that is not there costs only its lines."""
    root = base(site)
    long, paths = caching("long")
    short, _ = caching("short")
    yield "# Written by Vitrine."
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 404 {root}404.html"
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_mime.c>"
    yield from (f"  AddType {item.type} .{item.name}" for item in endings() if not item.usual)
    for item in unnamed():
        matched = f"m#^{re.escape(root)}{path_pattern(item.path)}$#"
        yield f'  <If "%{{REQUEST_URI}} =~ {matched}">'
        yield f"    ForceType {server_word(said_type(item.type))}"
        yield "  </If>"
    yield f"  AddCharset utf-8 {' '.join(f'.{item.name}' for item in endings() if item.text)}"
    yield "</IfModule>"
    yield "<IfModule mod_headers.c>"
    yield from (f"  Header always set {name} {server_word(value)}" for name, value in common(site).items())
    yield "  <IfModule mod_setenvif.c>"
    yield from (
        f"    SetEnvIf Request_URI {quoted_pattern(f'^{root}{path_pattern(path)}')} VITRINE_LONG" for path in paths
    )
    yield f"    Header set Cache-Control {server_word(long)} env=VITRINE_LONG"
    yield f"    Header set Cache-Control {server_word(short)} env=!VITRINE_LONG"
    yield "  </IfModule>"
    yield "</IfModule>"
    yield "<IfModule mod_deflate.c>"
    yield f"  AddOutputFilterByType DEFLATE {' '.join(dict.fromkeys(item.type for item in endings() if item.text))}"
    yield "</IfModule>"
    yield "<IfModule mod_alias.c>"
    yield "  # What is for hosts, not for readers."
    yield rf"  RedirectMatch 404 ^{re.escape(root)}(?:\.(?!well-known/)|_headers$|_redirects$|nginx\.conf$)"
    yield from (
        f"  RedirectMatch 301 {quoted_pattern(f'^{re.escape(here)}$')} {there}" for here, there in moves(site).items()
    )
    yield "</IfModule>"


def quoted_pattern(expression: str) -> str:
    """A regular expression as a word of Apache, which leaves backslashes alone."""
    return f'"{expression}"'


WRITERS: Mapping[str, Callable[[Site], Iterator[str]]] = {
    "_headers": write_headers,
    "_redirects": write_redirects,
    ".nojekyll": write_nothing,
    "nginx.conf": write_nginx,
    ".htaccess": write_apache,
}
