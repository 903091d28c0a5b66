"""A static host on this machine alone: no knowledge of Vitrine but the headers that every host is told to send."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.standards.headers import header_rules, is_text, path_pattern, type_of

MOUNT = "/portail/"
"""The path below which a site is served, as a project's page on GitHub is."""


@contextmanager
def serving(site: Path, mount: str = MOUNT) -> Iterator[str]:
    """The address of a site while it is served."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            name = path.removeprefix(mount) if path.startswith(mount) else "404.html"
            if (site / name).is_dir() and not path.endswith("/"):
                return self.answer(301, b"", {"Location": f"{path}/"})
            name = f"{name}index.html" if name.endswith("/") or not name else name
            status = 200 if name != "404.html" and (site / name).is_file() else 404
            name = name if status == 200 else "404.html"
            headers, content = headers_of(name), (site / name).read_bytes()
            if is_text(name) and "gzip" in self.headers.get("Accept-Encoding", ""):
                headers, content = {**headers, "Content-Encoding": "gzip"}, gzip.compress(content, 6, mtime=0)
            return self.answer(status, content, headers)

        do_HEAD = do_GET

        def answer(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with answering(Handler) as address:
        yield address + mount


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *request: object) -> None:
        """A browser that leaves before all has come is no error."""


@contextmanager
def answering(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address, on a free port, at which a handler answers."""
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def headers_of(name: str) -> dict[str, str]:
    """What to send with a file of the site."""
    found = {"Content-Type": media_type(name)}
    for rule in reversed(header_rules()):  # the more particular rules come first in the table
        if any(re.fullmatch(path_pattern(path or "*"), name) for path in rule.paths):
            found |= rule.headers
    return found


def media_type(name: str) -> str:
    """
    >>> media_type("dataset/index.html"), media_type("search/fr/directory.bin")
    ('text/html; charset=utf-8', 'application/octet-stream')
    """
    found = type_of(name) or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
