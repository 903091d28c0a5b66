"""What addresses answer, whatever their servers do."""

import asyncio
import socket

import pytest

from generator.model import Answer
from generator.outgoing import transport
from generator.outgoing.asker import Reply, ask
from generator.outgoing.fetcher import Fetcher
from generator.outgoing.pace import Pace
from generator.outgoing.transport import Transport
from tests.outgoing.misbehaving import CERTIFICATE, Clock, Misbehaving, misbehaving

CSV = Answer(status="200", answered="2026-11-02", type="text/csv", bytes=8)


@pytest.fixture
def server():
    with misbehaving() as server:
        yield server


def reply_of(
    address: str, promised: bool = False, known: Answer | None = None, clock: Clock | None = None, **own
) -> Reply:
    """What one address answers, asked by a clock that waits for nothing."""
    clock = clock or Clock()

    async def asked() -> Reply:
        usual = {"agent": "essai", "transport": Transport(private=True), "pace": Pace(clock, clock.sleep)}
        fetcher = Fetcher(**{**usual, **own})
        return await ask(fetcher, address, promised, known)

    return asyncio.run(asked())


def short(server: Misbehaving, reply: Reply) -> tuple[object, ...]:
    return (*reply[:3], reply.moved.removeprefix(server.base))


@pytest.mark.parametrize(
    ("path", "promised", "expected"),
    [
        ("/bien.csv", True, ("200", "text/csv", 8, "")),
        ("/page", False, ("200", "text/html", None, "")),
        ("/nulle", False, ("404", "text/html", None, "")),
        ("/disparu.csv", True, ("410", "text/html", None, "")),
        ("/panne.csv", True, ("503", "text/html", None, "")),
        ("/prive.csv", True, ("403", "text/html", None, "")),
        ("/compte.csv", True, ("401", "text/html", None, "")),
        ("/robot.csv", True, ("999", "text/html", None, "")),
        ("/sans-head.csv", True, ("200", "text/csv", 8, "")),
        ("/cercle", False, ("loop", "", None, "")),
        ("/sans-fin", False, ("loop", "", None, "")),
        ("/temoin.csv", True, ("200", "text/csv", 8, "")),
        ("/donnees/ancien.csv", True, ("home", "text/html", None, "")),
        ("/demenage.csv", True, ("200", "text/csv", 8, "/bien.csv")),
        ("/demenage-un-temps.csv", True, ("200", "text/csv", 8, "")),
        ("/demenage-puis.csv", True, ("200", "text/csv", 8, "/demenage-un-temps.csv")),
        ("/demenage-cle.csv", True, ("200", "text/csv", 8, "")),
        ("/demenage-espace.csv", True, ("200", "text/csv", 8, "/bien.csv?q=a%20b")),
        ("/piege", False, ("200", "text/html", None, "")),
        ("/bavard.csv", True, ("200", "", 40001, "")),
        ("/nulle-part", False, ("3xx", "", None, "")),
        ("/courriel", False, ("3xx", "", None, "")),
        ("/aide/introuvable", False, ("200", "text/html", None, "")),
        ("/cachottier/page", False, ("not-found", "text/html", None, "")),
        ("/emballeur/page", False, ("not-found", "text/html", None, "")),
        ("/ancien/page", False, ("not-found", "text/html", None, "")),
        ("/renvoyeur/perdue", False, ("not-found", "text/html", None, "")),
        ("/page.csv", True, ("page", "text/html", None, "")),
        ("/page.csv", False, ("200", "text/html", None, "")),
        ("/deguise.csv", True, ("page", "text/csv", None, "")),
        ("/occupe.csv", True, ("429", "text/csv", None, "")),
        ("/occupe-un-temps.csv", True, ("200", "text/csv", 8, "")),
        ("/trebuche.csv", True, ("200", "text/csv", 8, "")),
        ("/coupe.csv", True, ("cut", "", None, "")),
        ("/enorme.csv", True, ("200", "text/csv", 10**12, "")),
        ("/plage.csv", True, ("200", "text/csv", 7_000_000, "")),
        ("/vide.csv", True, ("200", "text/csv", 0, "")),
        ("/trop-court.csv", True, ("cut", "", None, "")),
        ("/charabia.csv", True, ("cut", "", None, "")),
    ],
)
def test_an_answer_is_judged_by_what_comes(server, path, promised, expected):
    """
    A server's status is believed as far as what it gives bears it out.
    """
    assert short(server, reply_of(server.base + path, promised)) == expected


def test_a_known_answer_is_repeated_by_head_alone(server):
    """
    Where HEAD says what is known already, no file is asked for.
    """
    reply = reply_of(f"{server.base}/bien.csv", promised=True, known=CSV)

    assert (reply, server.asked) == (Reply("200", "text/csv", 8), [("HEAD", "/bien.csv", "")])


@pytest.mark.parametrize("path", ["/sans-head.csv", "/head-nie.csv"])
def test_a_head_that_says_anything_else_is_not_believed(server, path):
    """
    A HEAD that is refused, or denies what was there, is followed by a GET of the beginning.
    """
    reply = reply_of(server.base + path, promised=True, known=CSV)

    assert (reply, server.asked) == (
        Reply("200", "text/csv", 8),
        [("HEAD", path, ""), ("GET", path, "bytes=0-65535")],
    )


def test_a_head_that_promises_what_is_gone_is_found_out(server):
    """
    What is not known of late is asked by GET, which a server can't pretend to.
    """
    path = "/head-ment.csv"

    assert reply_of(server.base + path, known=CSV).status == "200"
    assert reply_of(server.base + path).status == "404"


@pytest.mark.parametrize("path", ["/goutte.csv", "/goutte-corps.csv"])
def test_a_server_that_drips_is_left(server, path):
    """
    One deadline holds for a whole answer, header and body.
    """
    assert reply_of(server.base + path, seconds=0.5) == Reply("timeout")


def test_no_more_is_taken_than_was_asked_for(server):
    """
    A server that ignores the range is left after the beginning: what it sends beyond fills but the buffers on the way.
    """
    reply_of(f"{server.base}/enorme.csv", promised=True)

    assert sum(server.sent) < 100_000_000


def test_a_bad_certificate_is_a_failure():
    """
    A certificate that nobody vouches for is none.
    """
    with misbehaving(secure=True) as server:
        assert reply_of(f"{server.base}/bien.csv".replace("127.0.0.1", "localhost")) == Reply("tls")


def test_a_certificate_is_that_of_the_name_that_was_asked(monkeypatch):
    """
    The connection is made to a place, and the certificate is held to the name all the same.
    """
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with misbehaving(secure=True) as server:
        address = f"{server.base}/bien.csv"
        replies = [reply_of(address.replace("127.0.0.1", "localhost")), reply_of(address)]

    assert replies == [Reply("200", "text/csv", 8), Reply("tls")]


def test_a_server_that_does_not_listen_is_a_failure(server):
    """
    A port where nobody listens refuses.
    """
    with misbehaving() as gone:
        pass

    assert reply_of(gone.base) == Reply("refused")


def test_a_name_that_no_server_has_is_a_failure(monkeypatch):
    """
    What the names' directory does not know is told as such.
    """

    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert reply_of("https://nulle-part.exemple.org/") == Reply("dns")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433"])
def test_a_private_network_is_not_asked(server, host):
    """
    This machine, by whatever name, is asked nothing unless that is allowed.
    """
    address = server.base.replace("127.0.0.1", host)

    assert (reply_of(f"{address}/bien.csv", transport=Transport()), server.asked) == (Reply("private"), [])


def test_a_redirect_leads_into_no_private_network(server, monkeypatch):
    """
    Each redirect is looked up as the first address was.
    """
    monkeypatch.setattr(transport, "is_public", lambda place: str(place) == "127.0.0.1")

    assert reply_of(f"{server.base}/interieur", transport=Transport()) == Reply("private")


def test_a_redirect_to_a_host_at_rest_is_not_followed(server):
    """
    A host that has asked to be left alone for an hour is left alone by whatever leads to it.
    """
    clock = Clock()
    pace = Pace(clock, clock.sleep, {"localhost": 3600.0})

    assert reply_of(f"{server.base}/ailleurs.csv", pace=pace) == Reply("429")
    assert reply_of(f"{server.base}/ailleurs.csv") == Reply("200", "text/csv", 8)


def test_who_asks_may_be_called_anything(server):
    """
    What a header can't hold of the asker's name is left out, and nothing is held against the addresses.
    """
    assert reply_of(f"{server.base}/bien.csv", agent="Données\r\nX: y") == Reply("200", "text/csv", 8)


def test_a_server_is_told_who_asks_and_has_its_time(server):
    """
    A host is asked once a second at most, and after a stumble when it says.
    """
    clock = Clock()
    reply_of(f"{server.base}/demenage.csv", clock=clock)
    reply_of(f"{server.base}/occupe-un-temps.csv", clock=clock)

    assert clock.slept == [1.0, 20.0]
