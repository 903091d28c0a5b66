"""`vitrine links`, as a publisher meets it over the weeks."""

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.outgoing.asker import Reply
from generator.outgoing.round import Round
from tests.conftest import ARBRES, SmallPortal
from tests.outgoing.misbehaving import Misbehaving, misbehaving

pytestmark = pytest.mark.usefixtures("without_playwright")


def links(small: SmallPortal, day: str, *options: str) -> Result:
    return CliRunner().invoke(
        cli, ["links", "--portal", str(small.folder), "--date", day, "--lang", "en", "--private", *options]
    )


def without_port(server: Misbehaving, text: str) -> str:
    return text.replace(server.base, "http://ville")


def test_an_address_that_goes_on_failing_becomes_a_warning(portal):
    """
    A first failure is listed, a third over a week is a warning on its line, of `vitrine check` too; all exit with 0.
    """
    with misbehaving() as server:
        text = ARBRES.replace("https://exemple.org/arbres.csv", f"{server.base}/nulle.csv")
        small = portal({"datasets/arbres.yaml": text, "datasets/autre.yaml": None})
        done = [links(small, day) for day in ("2026-11-02", "2026-11-06", "2026-11-09")]
        memory = without_port(server, (small.folder / "links.csv").read_text())
        said = [without_port(server, item.stderr).splitlines() for item in done]

    assert [item.exit_code for item in done] == [0, 0, 0]
    assert said[1] == said[0]
    assert said[0] == [
        "These fail. They are held to be broken, and `vitrine check` warns of them, when they have failed on 3 days,"
        " the last 7 days after the first:",
        "  datasets/arbres.yaml:7:28: http://ville/nulle.csv: there is nothing there",
        "1 address asked, 1 fails, but may yet come right. `links.csv` has changed: commit it.",
    ]
    warning = [
        "datasets/arbres.yaml:7:28: warning[broken-address] `http://ville/nulle.csv` has failed since 2026-11-02: there"
        " is nothing there (404)",
        '  7 |   - {id: csv, downloadURL: "http://ville/nulle.csv"}',
        "    |                            ^",
        "  help: write the address that it has today, or delete it",
    ]
    assert said[2] == [*warning, "1 address asked, 1 is broken. `links.csv` has changed: commit it."]
    assert memory == (
        "address,status,answered,failing,failed,failures,type,bytes,moved\n"
        "http://ville/nulle.csv,404,,2026-11-02,2026-11-09,3,text/html,,\n"
    )
    assert [without_port(server, line) for line in small.check().lines()] == [f"{warning[0]}\n{warning[3]}"]


def test_programs_are_given_what_is_certain(portal):
    """
    The formats of `vitrine check` are those of `vitrine links`.
    """
    with misbehaving() as server:
        text = ARBRES.replace("https://exemple.org/arbres.csv", f"{server.base}/demenage.csv")
        small = portal({"datasets/arbres.yaml": text, "datasets/autre.yaml": None})
        done = links(small, "2026-11-02", "--format", "github")

    assert without_port(server, done.stdout) == (
        "::warning file=datasets/arbres.yaml,line=7,col=28,title=moved-address::`http://ville/demenage.csv` has moved"
        " for good%0Awrite `http://ville/bien.csv`\n"
    )


def test_private_networks_are_asked_only_where_that_is_said(portal):
    """
    Without `--private`, a server on this machine is told nothing, and nothing is held against it.
    """
    with misbehaving() as server:
        text = ARBRES.replace("https://exemple.org/arbres.csv", f"{server.base}/nulle.csv")
        small = portal({"datasets/arbres.yaml": text, "datasets/autre.yaml": None})
        command = ["links", "--portal", str(small.folder), "--lang", "en"]
        done = CliRunner().invoke(cli, command)

    assert (done.stderr, server.asked) == (
        "1 address asked, 1 is in a private network (`--private` asks it). `links.csv` has changed: commit it.\n",
        [],
    )


def test_a_portal_that_leads_nowhere_asks_nothing(portal):
    """
    Where no address is written there is nothing to ask, and a line of none is forgotten.
    """
    small = portal({"datasets/autre.yaml": None, "links.csv": "https://exemple.org/a,200,,,,,,,\n"})

    assert [links(small, "2026-11-02").stderr for _ in range(2)] == [
        "0 addresses asked. `links.csv` has changed: commit it.\n",
        "0 addresses asked. `links.csv` stays as it was.\n",
    ]
    assert (small.folder / "links.csv").read_text().count("\n") == 1


def test_a_round_that_is_cut_short_keeps_what_it_learnt(portal, monkeypatch):
    """
    Whoever stops the command loses none of the answers that came.
    """

    async def stop(round_: Round) -> None:
        round_.replies["https://exemple.org/autre.csv"] = Reply("200", "text/csv", 8)
        raise KeyboardInterrupt

    monkeypatch.setattr(Round, "go", stop)
    small = portal()

    assert links(small, "2026-11-02").exit_code == 1
    assert (small.folder / "links.csv").read_text().splitlines()[1:] == [
        "https://exemple.org/autre.csv,200,2026-11-02,,,,text/csv,8,"
    ]


def test_what_can_not_be_read_is_not_forgotten(portal):
    """
    As long as a file has errors, what is known of the addresses that may be in it stays.
    """
    known = "https://exemple.org/arbres.csv,404,,2026-11-02,2026-11-09,2,text/html,,\n"
    small = portal({"datasets/autre.yaml": None, "datasets/arbres.yaml": "title: 'Arbres\n", "links.csv": known})

    assert links(small, "2026-11-16").exit_code == 0
    assert known in (small.folder / "links.csv").read_text()
    small.lay({"datasets/arbres.yaml": None})
    assert links(small, "2026-11-16").exit_code == 0
    assert known not in (small.folder / "links.csv").read_text()
