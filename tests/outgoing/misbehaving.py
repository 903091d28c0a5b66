"""A server on this machine alone that misbehaves as those of the web do, and a clock that no test waits for."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from threading import Event, Thread

from tests.host import Server

CERTIFICATE = Path(__file__).parent / "certificate.pem"
"""Of `localhost`, by nobody’s authority."""

MISSING = "<!doctype html><html><head><title>Page non trouvée – Ville</title></head><body><h1>Oups</h1></body></html>"
PAGE = "<!doctype html><html><head><title>Arbres</title></head><body><h1>Les arbres</h1></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Each path, or its folder, is a way to misbehave; what has none is not found."""

    asked: list[tuple[str, str, str]]
    sent: list[int]
    over: Event

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path, self.headers.get("Range", "")))
        path = self.path.partition("?")[0]
        folder = path.rpartition("/")[0] + "/"
        WAYS.get(path, WAYS.get(folder, not_found) if folder != "/" else not_found)(self)

    do_HEAD = do_GET

    def answer(
        self, status: int = 200, body: str | bytes = b"a,b\n1,2\n", type: str = "text/csv", **headers: str
    ) -> None:
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        given = {"Content-Type": type, "Content-Length": str(len(body))}
        for name, value in {**given, **{key.replace("_", "-"): value for key, value in headers.items()}}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def times(self) -> int:
        """How often this was asked of this path by now."""
        return sum(path == self.path for _, path, _ in self.asked)

    def log_message(self, *_: object) -> None:
        pass


def not_found(handler: Handler) -> None:
    handler.answer(404, "<html>", "text/html")


def csv(handler: Handler) -> None:
    handler.answer()


def page(handler: Handler) -> None:
    handler.answer(200, PAGE, "text/html; charset=utf-8")


def refuses_head(handler: Handler) -> None:
    handler.answer(405 if handler.command == "HEAD" else 200)


def head_denies(handler: Handler) -> None:
    handler.answer(404 if handler.command == "HEAD" else 200)


def head_promises(handler: Handler) -> None:
    handler.answer(200 if handler.command == "HEAD" else 404)


def drips(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.over.wait(0.02):
        handler.wfile.write(b"a")


def drips_body(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 60000\r\n\r\n")
    while not handler.over.wait(0.02):
        handler.wfile.write(b"a")


def circles(handler: Handler) -> None:
    handler.answer(302, "", Location="/cercle-2" if handler.path == "/cercle" else "/cercle")


def goes_on(handler: Handler) -> None:
    handler.answer(302, "", Location=f"/sans-fin?{handler.times()}-{len(handler.asked)}")


def wants_cookie(handler: Handler) -> None:
    if "visite=1" in handler.headers.get("Cookie", ""):
        handler.answer()
    else:
        handler.answer(302, "", Location=handler.path, Set_Cookie="visite=1; Path=/")


def to(location: str, status: int = 301) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(status, "", Location=location)


def to_another_host(handler: Handler) -> None:
    handler.answer(302, "", Location=f"http://localhost:{handler.server.server_address[1]}/bien.csv")


def hides_missing(handler: Handler) -> None:
    handler.answer(200, MISSING, "text/html; charset=utf-8")


def packs(handler: Handler) -> None:
    handler.answer(200, gzip.compress(MISSING.encode()), "text/html", Content_Encoding="gzip")


def of_old(handler: Handler) -> None:
    handler.answer(200, MISSING.replace("–", "-").encode("latin-1"), "text/html")


def is_malicious(handler: Handler) -> None:
    page = "<!-- -->" * 3000 + "<h1 " * 3000 + "<title>404" * 2000
    handler.answer(200, page, "text/html; charset=zlib")


def is_wordy(handler: Handler) -> None:
    handler.answer(200, "<!-- -->" * 5000 + "a", f"text/{'a' * 5000}")


def is_disguised(handler: Handler) -> None:
    handler.answer(200, PAGE, "text/csv")


def is_busy(handler: Handler) -> None:
    handler.answer(429, "", Retry_After="3600")


def is_busy_a_while(handler: Handler) -> None:
    if handler.times() > 1:
        handler.answer()
    else:
        handler.answer(429, "", Retry_After="20")


def stumbles(handler: Handler) -> None:
    handler.answer(500 if handler.times() == 1 else 200)


def resets(handler: Handler) -> None:
    handler.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def is_huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/csv")
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()
    if handler.command == "HEAD":
        return
    try:
        while not handler.over.is_set():
            handler.sent.append(handler.wfile.write(b"1" * 100_000))
    except OSError:
        pass


def is_ranged(handler: Handler) -> None:
    if handler.headers.get("Range"):
        handler.answer(206, "a" * 65536, Content_Range="bytes 0-65535/7000000")
    else:
        handler.answer(200, "a" * 7_000_000)


def is_empty(handler: Handler) -> None:
    if handler.headers.get("Range"):
        handler.answer(416, "", Content_Range="bytes */0")
    else:
        handler.answer(200, "")


def breaks_off(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\na,b\n")


def speaks_nonsense(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01\x02 merci\r\n\r\n")


def with_status(status: int) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(status, "", "text/html")


WAYS: dict[str, Callable[[Handler], None]] = {
    "/bien.csv": csv,
    "/page": page,
    "/": page,
    "/sans-head.csv": refuses_head,
    "/head-nie.csv": head_denies,
    "/head-ment.csv": head_promises,
    "/goutte.csv": drips,
    "/goutte-corps.csv": drips_body,
    "/cercle": circles,
    "/cercle-2": circles,
    "/sans-fin": goes_on,
    "/temoin.csv": wants_cookie,
    "/donnees/ancien.csv": to("/", 302),
    "/demenage.csv": to("/bien.csv"),
    "/demenage-un-temps.csv": to("/bien.csv", 302),
    "/demenage-puis.csv": to("/demenage-un-temps.csv", 308),
    "/demenage-cle.csv": to("/bien.csv?token=abcdef"),
    "/demenage-espace.csv": to("/bien.csv?q=a b"),
    "/ailleurs.csv": to_another_host,
    "/nulle-part": to("https://exemple.org:abc/"),
    "/courriel": to("mailto:a@exemple.org"),
    "/interieur": to("http://10.0.0.1/admin"),
    "/aide/introuvable": hides_missing,
    "/cachottier/": hides_missing,
    "/emballeur/": packs,
    "/ancien/": of_old,
    "/renvoyeur/": to("/", 302),
    "/renvoyeur/perdue": hides_missing,
    "/page.csv": page,
    "/piege": is_malicious,
    "/bavard.csv": is_wordy,
    "/deguise.csv": is_disguised,
    "/occupe.csv": is_busy,
    "/occupe-un-temps.csv": is_busy_a_while,
    "/trebuche.csv": stumbles,
    "/coupe.csv": resets,
    "/enorme.csv": is_huge,
    "/plage.csv": is_ranged,
    "/vide.csv": is_empty,
    "/trop-court.csv": breaks_off,
    "/charabia.csv": speaks_nonsense,
    "/disparu.csv": with_status(410),
    "/panne.csv": with_status(503),
    "/prive.csv": with_status(403),
    "/compte.csv": with_status(401),
    "/robot.csv": with_status(999),
}


@dataclass
class Misbehaving:
    """`base` is its address, `asked` each method, path and range, `sent` the octets of its huge file."""

    base: str
    asked: list[tuple[str, str, str]]
    sent: list[int]


@contextmanager
def misbehaving(secure: bool = False) -> Iterator[Misbehaving]:
    over = Event()

    class Own(Handler):
        pass

    Own.asked, Own.sent, Own.over = [], [], over
    with Server(("127.0.0.1", 0), Own) as server:
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            scheme = "https" if secure else "http"
            yield Misbehaving(f"{scheme}://127.0.0.1:{server.server_port}", Own.asked, Own.sent)
        finally:
            over.set()
            server.shutdown()


@dataclass
class Clock:
    """Seconds that pass only while somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)
