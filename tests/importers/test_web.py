"""Sources are bounded: in size as unpacked, in time, in questions asked; their keys are told to nobody."""

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from generator.authoring.report import SourceError
from generator.importers import web
from tests.host import answering


def ask(url: str) -> web.FetchedAnswer:
    with web.web() as client:
        return web.get(client, url)


def packed(body: bytes, encoding: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Encoding", encoding)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def test_packed_answer_is_unpacked():
    """
    An answer in gzip is read as it was before it was packed.
    """
    with answering(packed(gzip.compress(b"<a> a <b> ."), "gzip")) as base:
        assert ask(base).data == b"<a> a <b> ."


def test_packed_answer_is_counted_as_it_grows(monkeypatch):
    """
    A few octets that unpack beyond the limit are refused before they do.
    """
    monkeypatch.setattr(web, "LIMIT", 1_000_000)
    with answering(packed(gzip.compress(b"0" * 50_000_000), "gzip")) as base, pytest.raises(SourceError) as refused:
        ask(base)

    assert refused.value.code == "too-large"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "gzip, identity, deflate"])
def test_stacked_packing_is_refused(encoding):
    """
    What is packed twice, or in a way that was not asked for, is not unpacked at all.
    """
    body = gzip.compress(gzip.compress(b"0" * 1000))
    with answering(packed(body, encoding)) as base, pytest.raises(SourceError) as refused:
        ask(base)

    assert refused.value.code == "encoding"


def test_broken_packing_is_told():
    """
    An answer whose packing breaks off is no answer.
    """
    with (
        answering(packed(gzip.compress(bytes(800))[:-9], "gzip")) as base,
        pytest.raises(SourceError) as refused,
    ):
        ask(base)

    assert refused.value.code == "unreachable"


@contextmanager
def dripping() -> Iterator[str]:
    """A server that sends one letter of a header at a time, for as long as it is listened to."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        listener.settimeout(5)
        try:
            connection, _ = listener.accept()
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not over.wait(0.02):
                connection.sendall(b"a")
        except OSError:
            return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        over.set()
        thread.join()
        listener.close()


def test_one_deadline_holds_for_the_whole_transfer(monkeypatch):
    """
    A server that drips its header, so that no single wait is long, is left at the deadline.
    """
    monkeypatch.setattr(web, "DEADLINE", 0.5)
    with dripping() as base, pytest.raises(SourceError) as refused:
        ask(base)

    assert refused.value.code == "timeout"


def busy(answers: list[tuple[int, str]], asked: list[str]) -> type[BaseHTTPRequestHandler]:
    """A server that gives these statuses in turn, each with what it says in Retry-After, then an answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, after = answers.pop(0) if answers else (200, "")
            self.send_response(status)
            if after:
                self.send_header("Retry-After", after)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    """The pauses that are made, without being waited for."""
    made: list[float] = []

    async def pause(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(web.asyncio, "sleep", pause)
    return made


def test_busy_server_is_asked_again_when_it_says(pauses):
    """
    429 and 503 are asked again: after as long as they say, or after longer and longer pauses.
    """
    asked: list[str] = []
    with answering(busy([(429, "7"), (503, ""), (502, "")], asked)) as base:
        answer = ask(base)

    assert (answer.data, len(asked), pauses) == (b"ok", 4, [7.0, 2.0, 4.0])


@pytest.mark.parametrize(("answers", "times"), [([(429, "86400")], 1), ([(503, "")] * 9, 4), ([(404, "")], 1)])
def test_patience_has_a_bound(answers, times, pauses):
    """
    A server that wants to be asked tomorrow, is busy again and again, or has nothing, is told.
    """
    asked: list[str] = []
    status = answers[0][0]
    with answering(busy(answers, asked)) as base, pytest.raises(SourceError) as refused:
        ask(base)

    assert (refused.value.code, refused.value.values["status"], len(asked)) == ("http-status", str(status), times)


def test_errors_tell_no_password():
    """
    What is said of an address that did not answer lacks its password and its key.
    """
    with answering(busy([(404, "")], [])) as base, pytest.raises(SourceError) as refused:
        ask(base.replace("http://", "http://me:sesame@") + "/feed?api_key=abcdef&page=2")

    assert refused.value.message("en") == f"`{base}/feed?page=2` answered with status 404"


@pytest.mark.parametrize("url", ["http://[", "http://exemple.org:99999999/", "http://\x02/"])
def test_address_that_is_none_is_told(url):
    """
    An address that no client can ask is told, not thrown.
    """
    with pytest.raises(SourceError) as refused:
        ask(url)

    assert refused.value.code == "unreachable"
