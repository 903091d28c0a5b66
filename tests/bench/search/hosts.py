"""A host on this machine that counts what it sends, and what a page notes while it is watched."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"


class Host:
    """
    Serves files on a port of its own, and remembers what it sent: path and bytes of the body.

    Whether a reader may `keep` files is for the measure to say.
    """

    def __init__(self, find: Callable[[str], bytes | None], keep: bool = False) -> None:
        self.sent: list[tuple[str, int]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path).lstrip("/")
                content = find(f"{path}index.html" if path.endswith("/") or not path else path)
                media_type = (
                    mimetypes.guess_type(path if "." in path else "index.html")[0] or "application/octet-stream"
                )
                self.send_response(404 if content is None else 200)
                content = content or b""
                texts = media_type.startswith("text/") or media_type.endswith(("javascript", "json", "xml", "wasm"))
                if texts and "gzip" in self.headers.get("Accept-Encoding", ""):
                    content = gzip.compress(content, 6)
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Cache-Control", "max-age=3600" if keep else "no-store")
                self.end_headers()
                host.sent.append((path, len(content)))
                self.wfile.write(content)

            def log_message(self, *arguments: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *request: object) -> None:
                """A reader who leaves before all has come is no error."""

        self.server = Server((HOST, 0), Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server.server_port}/"

    def __enter__(self) -> Host:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def bytes(self, counts: Callable[[str], bool]) -> int:
        return sum(size for path, size in self.sent if counts(path))


# Notes when results stand in the page after the list was busy, when keys are pressed, and what keeps the page waiting.
WATCH = """
window.bench = { shown: [], pressed: [], long: [] };
let busy = false;
new MutationObserver(() => {
  const list = document.getElementById("results");
  if (!list) return;
  const before = busy;
  busy = list.getAttribute("aria-busy") === "true";
  if (before && !busy) window.bench.shown.push(performance.now());
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
addEventListener("keydown", (event) => window.bench.pressed.push(event.timeStamp), true);
new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.bench.long.push(duration)))
  .observe({ type: "longtask", buffered: true });
"""

SHOWN = "() => window.bench.shown.length > 0"

WAIT = 60_000
