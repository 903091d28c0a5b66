"""What the demonstration portal is built with: nothing that has no digest, and every licence beside what it covers."""

from __future__ import annotations

import re
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
NAME = "vitrine-opendata"
PIN = re.compile(r"^([\w.-]+)==(\S+?)(?: ; .*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def pins() -> dict[str, str]:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    assert PIN.sub("", lines) == ""
    return {canonicalize_name(name): version for name, version, _ in PIN.findall(lines)}


def needed(name: str, extra: str = "") -> set[str]:
    """Every package that one needs here, with what those need."""
    found: set[str] = set()
    for line in requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        found.add(canonicalize_name(requirement.name))
    return found


def test_every_package_that_runs_has_a_version_and_digests():
    """
    `requirements.txt` pins all that Vitrine and its previews need, down to the last, each with its digests.
    """
    waiting, found = needed(NAME, "preview") | {"hatchling", "editables"}, set[str]()
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= needed(name) - found if name not in ("hatchling", "editables") else set()

    assert found - pins().keys() == set()


def test_both_lists_of_versions_agree():
    """
    What tests are run with is what the portal is built with.
    """
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    tested = {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    }
    pinned = pins()

    assert {name: tested[name] for name in tested.keys() & pinned.keys()} == {
        name: pinned[name] for name in tested.keys() & pinned.keys()
    }


def test_the_demonstration_is_installed_by_digests_alone():
    """
    `make site` installs what has a digest, then Vitrine itself without fetching anything for it.
    """
    rule = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\n$(BIN)/vitrine: ")[2].partition("\n\n")[0]
    installs = [line.split("--disable-pip-version-check ")[1] for line in rule.splitlines() if "pip install" in line]

    assert installs == [
        "--require-hashes --requirement requirements.txt",
        "--no-deps --no-build-isolation --editable .",
    ]
