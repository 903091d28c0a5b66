"""What pages and feeds are told of addresses of others."""

from generator.build.pipeline import read_portal
from generator.site.outgoing import outgoing

LINKS = """\
address,status,answered,failing,failed,failures,type,bytes,moved
https://exemple.org/%C3%A9t%C3%A9,200,2026-11-02,,,,text/csv,812,
https://exemple.org/a,404,2026-10-05,2026-11-02,2026-11-16,3,text/html,,
https://exemple.org/b,404,2026-10-05,2026-11-16,2026-11-16,1,text/html,,
https://exemple.org/c,403,,,,,,,
"""


def test_an_address_answers_is_broken_or_is_not_known(portal):
    """
    An address answers, is broken since a day, fails, can't be told, or was never measured.
    """
    site = read_portal(portal({"links.csv": LINKS}).folder).site
    found = {name: outgoing(site, f"https://exemple.org/{name}") for name in ("été#x", "a", "b", "c", "d")}

    assert {name: answer and (answer.verdict, answer.broken_since, answer.type) for name, answer in found.items()} == {
        "été#x": ("answers", "", "text/csv"),
        "a": ("broken", "2026-11-02", "text/html"),
        "b": ("fails", "", "text/html"),
        "c": ("untold", "", ""),
        "d": None,
    }
