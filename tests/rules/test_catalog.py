"""Each rule's manual page is its test; what a page of one example can't show has a test here."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from generator.rules.catalog import rules

EXAMPLE = re.compile(r"^(Bad|Good)(?:, in (\S+))?:\n\n((?:    .*\n|\n)+)", re.MULTILINE)
OWN = {"deleted-dataset", "empty-catalog", "featured-withdrawn", "gap-in-series", "shallow-history"}


def manual(code: str) -> str:
    return import_module(f"generator.rules.catalog.{code.replace('-', '_')}").__doc__ or ""


def examples() -> Iterator[tuple[str, str, str, str]]:
    for code in rules():
        for kind, path, text in EXAMPLE.findall(manual(code) + "\n"):
            yield code, kind, path, re.sub(r"^    ", "", text, flags=re.MULTILINE).strip("\n") + "\n"


def blocks(text: str) -> dict[str, str]:
    """Top-level key to its lines."""
    return {block.partition(":")[0]: block for block in re.split(r"^(?=\w)", text, flags=re.MULTILINE) if block}


def replace_keys(text: str, example: str) -> str:
    return "".join((blocks(text) | blocks(example)).values())


def test_every_rule_has_an_example_or_a_test_of_its_own():
    """
    No rule goes untried, and its page opens with a sentence that says what must hold.
    """
    tried = {(code, kind) for code, kind, _path, _text in examples()}

    assert {(code, kind) for code in set(rules()) - OWN for kind in ("Bad", "Good")} == tried
    assert [code for code in rules() if not re.match(r"\n[A-Z].+\.", manual(code))] == []


@pytest.mark.parametrize(("code", "kind", "path", "text"), list(examples()))
def test_bad_is_reported_and_good_is_not(portal, arbres, code, kind, path, text):
    """
    Laid over a sound portal, a rule's bad example gives this diagnostic alone, and the good one none at all.
    """
    small = portal({"datasets/arbres.yaml": arbres})
    file = small.folder / (path or "datasets/arbres.yaml")
    file.write_text(replace_keys(file.read_text(), text))

    assert ({code} if kind == "Bad" else set()) == set(small.check().codes)


def test_an_empty_catalog_is_told_and_published(portal):
    """
    A catalogue without datasets is worth a warning, and builds.
    """
    small = portal({"datasets/autre.yaml": None})

    assert small.check().lines() == [
        "datasets/catalog.yaml:1:1: warning[empty-catalog] the catalogue holds no dataset\n"
        "  help: write one in `datasets/`; until then, the portal is published empty"
    ]
    assert "index.html" in small.build()


def test_a_dataset_that_git_saw_deleted_is_missed(portal, arbres):
    """
    A file deleted without a word is told, where it was and with the day it went.
    """
    small = portal()
    small.commit("2024-03-01", {"datasets/nature/arbres.yaml": arbres, "datasets/parcs/dataset.yaml": arbres})
    small.commit("2025-06-30", {"datasets/nature/arbres.yaml": None, "datasets/parcs/dataset.yaml": None})

    assert [item.values["value"] for item in small.check().diagnostics] == ["arbres", "parcs"]
    assert small.check().lines()[0] == (
        "datasets/nature/arbres.yaml: warning[deleted-dataset] the dataset `arbres` was deleted on 2025-06-30,"
        " and its address now leads nowhere\n"
        "  help: bring its file back with `withdrawn: {date: 2025-06-30, reason: …}`,"
        " or name it in another's `formerly`"
    )


@pytest.mark.parametrize("word", ["withdrawn: {date: 2025-06-30, reason: Fin du programme}", "renamed", "moved"])
def test_a_dataset_that_left_a_word_is_not_missed(portal, arbres, word):
    """
    A withdrawn dataset, one that another replaces and one whose file moved are not reported as deleted.
    """
    small = portal()
    small.commit("2024-03-01", {"datasets/arbres.yaml": arbres})
    after = {
        "renamed": {"datasets/arbres.yaml": None, "datasets/forets.yaml": f"{arbres}formerly: [arbres]\n"},
        "moved": {"datasets/arbres.yaml": None, "datasets/nature/arbres.yaml": arbres},
    }
    small.commit("2025-06-30", after.get(word, {"datasets/arbres.yaml": f"{arbres}{word}\n"}))

    assert small.check().lines() == []


def test_a_clone_cut_short_does_not_know_its_dates(portal):
    """
    With part of the history, the dates that come from git may be wrong; with all of it, or dates of one's own, not.
    """
    whole = portal()
    whole.commit("2024-03-01", {})
    whole.commit("2025-03-01", {"datasets/publishers/ville.yaml": "name: {fr: La Ville, en: The City}\n"})
    short = portal(over={}, name="short")
    short.git("clone", "--depth", "1", f"file://{whole.folder}", ".")

    assert whole.check().lines() == []
    assert short.check().codes == ["shallow-history"]
    short.lay({"datasets/autre.yaml": (short.folder / "datasets/autre.yaml").read_text() + "modified: 2024-03-01\n"})
    assert short.check().lines() == []


INDICATORS = """\
code,title_fr,title_en,publisher,orientation_fr,orientation_en,objective_fr,objective_en,better
attente,Attente,Wait,ville,Servir,Serve,Servir vite,Serve fast,lower
"""


def indicators(portal, values, name="portal"):
    files = {"content/indicators/all.csv": INDICATORS, "content/indicator-values/all.csv": values}
    return portal(files, name=name)


def test_a_gap_in_a_series_is_told_where_the_series_goes_on(portal):
    """
    The year that an indicator's values skip is told; a row without a value fills it.
    """
    gap = indicators(portal, "indicator,year,value\nattente,2023,12\nattente,2025,10\n")
    assert gap.check().lines() == [
        "content/indicator-values/all.csv:3:1: warning[gap-in-series] the series of `attente` skips 2024\n"
        "  help: write a row for each year, without a value where it is not known"
    ]

    whole = indicators(portal, "indicator,year,value\nattente,2023,12\nattente,2024,\nattente,2025,10\n", "whole")
    assert whole.check().lines() == []


def test_a_series_has_numbers_and_one_for_each_period(portal):
    """
    A text for a number, and a second value for a year, are told where they stand.
    """
    series = indicators(portal, "indicator,year,value\nattente,2023,douze\nattente,2024,11\nattente,2024,10\n")
    assert series.check().lines() == [
        "content/indicator-values/all.csv:2:14: error[bad-number] `douze` is not a number\n"
        "  help: write digits, with a point before the decimals: `1234.50`",
        "content/indicator-values/all.csv:4:1: error[twin-record] the key `attente-2024` is already"
        " that of another record (content/indicator-values/all.csv:3:1)\n"
        "  help: mend or delete one of the two",
    ]
