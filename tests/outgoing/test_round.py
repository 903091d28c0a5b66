"""A round asks what matters first, as long as it may, and days are remembered."""

import asyncio
from collections.abc import Mapping

import pytest

from generator.model import Answer
from generator.outgoing import round
from generator.outgoing.asker import Reply
from generator.outgoing.fetcher import Fetcher
from generator.outgoing.memory import remember
from generator.outgoing.pace import Pace
from generator.outgoing.round import Round
from generator.outgoing.transport import Transport
from tests.outgoing.misbehaving import Clock, Misbehaving, misbehaving


@pytest.fixture
def server():
    with misbehaving() as server:
        yield server


def go(
    addresses: Mapping[str, bool], before: Mapping[str, Answer], day: str, seconds: float = 1e9, private: bool = True
) -> Round:
    clock = Clock()
    fetcher = Fetcher("essai", Transport(private), Pace(clock, clock.sleep))
    round_ = Round(fetcher, addresses, before, day, seconds)
    asyncio.run(round_.go())
    return round_


def days(server: Misbehaving, path: str, days: list[str], before: Answer | None = None) -> Answer:
    """What is remembered of an address that is asked on these days."""
    address = f"{server.base}{path}"
    answers = {address: before} if before else {}
    for day in days:
        answers = go({address: True}, answers, day).after
    return answers[address]


def test_an_address_is_broken_once_it_failed_on_three_days_over_a_week(server):
    """
    Neither three failures in three days are enough, nor two over a week; being asked twice a day counts once.
    """
    early = days(server, "/nulle.csv", ["2026-11-02", "2026-11-03", "2026-11-04"])
    seldom = days(server, "/nulle.csv", ["2026-11-02", "2026-11-09", "2026-11-09"])
    broken = days(server, "/nulle.csv", ["2026-11-02", "2026-11-06", "2026-11-09"])

    assert [answer.verdict for answer in (early, seldom, broken)] == ["fails", "fails", "broken"]
    assert broken == Answer(status="404", failing="2026-11-02", failed="2026-11-09", failures=3, type="text/html")


def test_an_address_that_answers_again_is_well(server):
    """
    One good answer takes back whatever failed before.
    """
    broken = Answer(status="404", answered="2026-08-03", failing="2026-11-02", failed="2026-11-09", failures=3)

    assert days(server, "/bien.csv", ["2026-11-16"], broken) == Answer(
        status="200", answered="2026-11-16", type="text/csv", bytes=8
    )


def test_a_refusal_is_no_failure(server):
    """
    What a robot is not told neither breaks an address nor mends it.
    """
    failing = Answer(status="404", failing="2026-11-02", failed="2026-11-09", failures=2)

    assert days(server, "/prive.csv", ["2026-11-16", "2026-11-23"], failing) == Answer(
        status="403", failing="2026-11-02", failed="2026-11-09", failures=2, type="text/html"
    )


def test_a_line_that_says_the_same_stays_for_four_weeks():
    """
    What answers as it did is written down anew after four weeks, though its size changed before.
    """
    reply = Reply("200", "text/csv", 9)
    before = Answer(status="200", answered="2026-11-02", type="text/csv", bytes=8)

    assert [remember(before, reply, day) for day in ("2026-11-29", "2026-11-30")] == [
        before,
        Answer(status="200", answered="2026-11-30", type="text/csv", bytes=9),
    ]


def test_a_line_of_what_is_broken_stays_for_four_weeks():
    """
    What is known to be broken changes its line when it fails in another way, or after four weeks.
    """
    before = Answer(status="404", failing="2026-11-02", failed="2026-11-09", failures=3)
    later = [
        remember(before, Reply(status), day)
        for status, day in (("404", "2026-12-06"), ("404", "2026-12-07"), ("dns", "2026-11-10"))
    ]

    assert later == [
        before,
        Answer(status="404", failing="2026-11-02", failed="2026-12-07", failures=4),
        Answer(status="dns", failing="2026-11-02", failed="2026-11-10", failures=4),
    ]


def test_a_round_ends_when_its_time_is_over(server):
    """
    What fails is asked first, then what was never asked, then the oldest; of the rest, what was known stays.
    """
    names = ("a", "b", "c", "d", "e")
    addresses = {f"{server.base}/{name}": False for name in names}
    old, new, failing, *_ = addresses
    before = {
        old: Answer(status="200", answered="2026-08-03", type="text/html"),
        new: Answer(status="200", answered="2026-11-02", type="text/html"),
        failing: Answer(status="404", failing="2026-11-02", failed="2026-11-02", failures=1),
    }
    round_ = go(addresses, before, "2026-11-09", seconds=3.5)

    assert [address.rpartition("/")[2] for address in round_.replies] in (["c", "d", "e", "a"], ["c", "e", "d", "a"])
    assert round_.after[new] == before[new]


def test_a_host_that_wants_rest_is_left_for_another_day(server):
    """
    Where a server asks for an hour of peace, the rest of its addresses are not asked this time.
    """
    addresses = {f"{server.base}{path}": False for path in ("/occupe.csv", "/bien.csv", "/page")}
    busy = f"{server.base}/occupe.csv"
    before = {busy: Answer(status="404", failing="2026-11-02", failed="2026-11-02", failures=1)}
    round_ = go(addresses, before, "2026-11-09")

    assert round_.replies == {busy: Reply("429", "text/csv")}
    assert [path for _, path, _ in server.asked] == ["/occupe.csv"]


def test_a_host_that_wants_rest_keeps_nothing_from_being_asked(server):
    """
    An address that is refused with a long pause comes last the next time, so that the others have their turn.
    """
    addresses = {f"{server.base}{path}": False for path in ("/bien.csv", "/occupe.csv", "/page")}
    before = {f"{server.base}/occupe.csv": Answer(status="429")}

    assert len(go(addresses, before, "2026-11-09").replies) == 3


def test_a_server_that_does_not_answer_is_not_asked_for_ever(server):
    """
    After three of its addresses, a server whose port is closed is taken at its silence; another on its host is asked.
    """
    with misbehaving() as gone:
        pass
    addresses = {f"{gone.base}/{number}": False for number in range(20)}
    round_ = go({**addresses, f"{server.base}/bien.csv": True}, {}, "2026-11-09")

    assert round_.replies == {
        **dict.fromkeys(addresses, Reply("refused")),
        f"{server.base}/bien.csv": Reply("200", "text/csv", 8),
    }
    assert round_.fetcher.pace.clock() == 3.0


def test_few_hosts_are_asked_at_once(monkeypatch):
    """
    Of many hosts, eight at most have a question before them, and all have their turn.
    """
    now: list[str] = []
    most: list[int] = []

    async def slowly(fetcher: Fetcher, address: str, promised: bool, known: Answer | None) -> Reply:
        now.append(address)
        for _ in range(5):
            await asyncio.sleep(0)
            most.append(len(now))
        now.remove(address)
        return Reply("200")

    monkeypatch.setattr(round, "ask", slowly)
    replies = go({f"https://exemple-{number}.org/": False for number in range(30)}, {}, "2026-11-09").replies

    assert (len(replies), max(most)) == (30, 8)


def test_a_machine_that_is_off_line_learns_nothing():
    """
    When three hosts or more can't be reached, and none can, the fault is not theirs.
    """
    with misbehaving() as gone:
        pass
    hosts = [gone.base.replace("127.0.0.1", f"127.0.0.{number}") for number in (2, 3, 4)]

    assert go(dict.fromkeys(hosts, False), {}, "2026-11-09").is_offline
    assert not go(dict.fromkeys(hosts[:2], False), {}, "2026-11-09").is_offline


def test_what_is_written_no_more_is_forgotten(server):
    """
    An address that was deleted from the catalogue leaves the memory too.
    """
    before = {f"{server.base}/ancien.csv": Answer(status="404", failing="2026-11-02", failed="2026-11-02", failures=1)}

    assert list(go({f"{server.base}/bien.csv": True}, before, "2026-11-09").after) == [f"{server.base}/bien.csv"]
