"""`vitrine build --profile`: where the time of a build went, in words that a publisher knows."""

from __future__ import annotations

import re

from click.testing import CliRunner

from generator.build.pipeline import build, read_portal
from generator.build.spending import KINDS, watched
from generator.cli import cli
from generator.text.strings import LANGUAGES, strings


def test_every_file_is_on_somebodys_account(portal):
    """
    The kinds together have all the files that were rendered, with one job and with two; each kind took some time.
    """
    small = portal()
    for jobs in (1, 2):
        with watched() as spending:
            summary = build(read_portal(small.folder), small.folder / f"site-{jobs}", jobs)
        assert sum(spent.files for spent in spending.kinds.values()) == summary.rendered > 0
        assert all(spent.seconds > 0 for spent in spending.kinds.values())
        assert list(spending.stages) == ["read", "check", "plan", "keep", "render", "publish", "remember"]


def test_what_it_shows_has_words():
    """
    Every kind of artifact is named in each language.
    """
    for language in LANGUAGES:
        assert not [kind for kind in {*KINDS.values(), "others"} if f"cli.spent.kinds.{kind}" not in strings(language)]


def test_the_command_shows_where_time_went(portal):
    """
    Two tables after the summary; also where nothing has changed, as that is worth knowing too.
    """
    small = portal()
    command = ["build", "--portal", str(small.folder), "--profile", "--lang", "en"]
    first, second = (CliRunner().invoke(cli, command) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert re.search(r"Read the files +\d", first.output) and re.search(r"Pages of datasets +\d+ +\d", first.output)
    assert re.search(r"Read the files +\d", second.output) and "Pages of datasets" not in second.output
