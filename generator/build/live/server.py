"""The server of a preview, on this machine only: the site's files, and what the browser is told when one is saved."""

from __future__ import annotations

import json
import mimetypes
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from generator.build.live.overlay import FILES, RESERVED, follower, overlay, stand_in
from generator.build.live.state import State
from generator.build.live.watcher import Preview
from generator.pages.templates import BrokenTemplate
from generator.site.addresses import file_of
from generator.standards import vocabulary
from generator.standards.headers import type_of
from generator.text.strings import LANGUAGES

HOST = "127.0.0.1"
NAMES = ("localhost", HOST, "[::1]")
"""What this machine calls itself: a page of a site whose name leads here is not to read what is served."""

HEARTBEAT = 10.0
"""Seconds after which a silent browser is tried, to find the ones that have left."""

TYPES = mimetypes.MimeTypes()

BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)
PAGE_LANGUAGE = re.compile(rb"<html[^>]*\slang=[\"']?([a-z]+)", re.IGNORECASE)


def serve(folder: Path, port: int, language: str) -> Iterator[tuple[str, State]]:
    """
    Read a portal, serve it and follow its files: the address and each state, for ever.

    `language` is for pages in none that Vitrine speaks. Raises PortRefused.
    """
    preview = Preview(folder)
    with Server(preview, port, language) as server:
        states = preview.follow()
        first = next(states)  # browsers that come now wait
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield server.address(first), first
            for state in states:
                yield server.address(state), state
        finally:
            server.shutdown()


class PortRefused(OSError):
    """The port is taken (EADDRINUSE), or this user may not have it."""


class Server(ThreadingTCPServer):
    """Listens from the moment it is made."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there, it would let two servers share a port
    request_queue_size = 128

    def __init__(self, preview: Preview, port: int, language: str) -> None:
        self.preview, self.language = preview, language
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            raise PortRefused(error.errno, error.strerror) from error

    def address(self, state: State) -> str:
        return f"http://{HOST}:{self.server_address[1]}{quote(state.base)}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a browser that leaves is no error
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server

    def do_GET(self) -> None:
        if re.sub(r":\d+$", "", self.headers.get("Host", HOST)).lower() not in NAMES:
            return self.send_bytes(421, "text/plain; charset=utf-8", b"421")
        path, _, query = self.path.partition("?")
        state = self.server.preview.state  # before the page is made: it may be newer than it says, never older
        path = unquote(path)
        if path == f"{RESERVED}events":
            return self.send_events(parse_qs(query).get("lang", [""])[0])
        if path.startswith(RESERVED):
            return self.send_own(path.removeprefix(RESERVED))
        if not state.artifacts:
            return self.send_page(503, stand_in(self.server.language, "title"), state)
        if path == "/" != state.base or f"{path}/" == state.base:
            return self.redirect(quote(state.base), query)
        return self.send_file(path, query, state)

    do_HEAD = do_GET

    def send_file(self, path: str, query: str, state: State) -> None:
        """A file of the site; for a folder's name the way to its page; else the page that says that there is none."""
        inside = path.startswith(state.base)
        file = file_of(path.removeprefix(state.base))
        read = self.server.preview.read
        try:
            content, state = read(file, state) if inside else (None, state)
            if content is None and inside and not path.endswith("/") and read(f"{file}/index.html", state)[0]:
                return self.redirect(f"{quote(path)}/", query)
            status = 404 if content is None else 200
            if content is None:
                file = "404.html"
                content, state = read(file, state)
        except BrokenTemplate as broken:
            return self.send_stand_in(self.server.preview.blame(state, broken.diagnostic))
        except Exception as error:
            return self.send_stand_in(replace(state, fault=error))
        if isinstance(content, Path):
            return self.send_stream(status, file, content, state)
        return self.send_content(status, media_type(file), content or b"", state)

    def send_stand_in(self, state: State) -> None:
        return self.send_page(500, stand_in(self.server.language, "unmade"), state)

    def send_content(self, status: int, kind: str, content: bytes, state: State) -> None:
        if kind.startswith("text/html"):
            return self.send_page(status, content, state)
        return self.send_bytes(status, kind, content)

    def send_stream(self, status: int, name: str, file: Path, state: State) -> None:
        """A file of the publisher's, however large."""
        kind = media_type(name)
        with file.open("rb") as stream:
            if kind.startswith("text/html"):
                return self.send_page(status, stream.read(), state)
            self.send_head(status, {"Content-Type": kind, "Content-Length": str(os.fstat(stream.fileno()).st_size)})
            if self.command != "HEAD":
                shutil.copyfileobj(stream, self.wfile)
        return None

    def send_page(self, status: int, html: bytes, state: State) -> None:
        """An HTML page, with what lets it follow the builds."""
        found = PAGE_LANGUAGE.search(html)
        language = self.spoken(found[1].decode().lower() if found else "")
        end = max((match.start() for match in BODY_END.finditer(html)), default=len(html))
        html = html[:end] + follower(state, language).encode() + html[end:]
        self.send_bytes(status, "text/html; charset=utf-8", html)

    def send_own(self, name: str) -> None:
        if name in FILES:
            return self.send_bytes(200, media_type(name), FILES[name])
        return self.send_bytes(404, "text/plain; charset=utf-8", b"404")

    def send_events(self, asked: str) -> None:
        """Server-sent events: the state now, then each other one."""
        self.send_head(200, {"Content-Type": "text/event-stream"})
        language, seen = self.spoken(asked), 0
        while self.command != "HEAD":
            state = self.server.preview.wait(seen, HEARTBEAT)
            if state.number == seen:
                self.wfile.write(b":\n\n")
                continue
            data = json.dumps({"version": state.version, "overlay": overlay(state, language)})
            self.wfile.write(f"retry: 500\ndata: {data}\n\n".encode())
            seen = state.number

    def redirect(self, address: str, query: str) -> None:
        self.send_head(302, {"Location": f"{address}?{query}" if query else address, "Content-Length": "0"})

    def send_bytes(self, status: int, kind: str, content: bytes) -> None:
        self.send_head(status, {"Content-Type": kind, "Content-Length": str(len(content))})
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()

    def spoken(self, language: str) -> str:
        return language if language in LANGUAGES else self.server.language

    def log_message(self, *arguments: object) -> None:
        """The terminal is for the publisher's files."""


def media_type(path: str) -> str:
    """
    What a host sends that was told, else what this machine's own table says.

    >>> media_type("a.jsonld"), media_type("a.csv"), media_type("a")
    ('application/ld+json', 'text/csv; charset=utf-8', 'application/octet-stream')
    """
    term = vocabulary("formats").find(path.rpartition(".")[2].lower())
    kind = type_of(path) or (term.facts.get("mediaType") if term else "") or TYPES.guess_type(path)[0]
    kind = kind or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
