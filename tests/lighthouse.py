"""
What Lighthouse says of the built demonstration portal on its mobile profile: `make lighthouse`.

Of its scores, only performance depends on how busy this machine is: run it when nothing else does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from tests import chromium
from tests.host import serving

CLI = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("", "dataset/", "dataset/casernes-incendie/", "dataset/?q=eau")
WANTED = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
"""Category to the least score."""

JUDGED = tuple(name for name in WANTED if name != "performance")
"""The categories that do not depend on time."""


def judge(url: str, categories: tuple[str, ...]) -> tuple[Mapping[str, int], list[str]]:
    """The score in each category, and what was not perfect."""
    command = [
        "node",
        str(CLI),
        url,
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        "--disable-full-page-screenshot",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags=--headless=new {' '.join(chromium.OPTIONS)}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium.find()}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    report = json.loads(done.stdout)
    found = report["categories"]
    scored = {item["id"] for name in categories for item in found[name]["auditRefs"] if item["weight"]}
    audits = (audit for key, audit in report["audits"].items() if key in scored)
    poor = [f"{audit['id']}: {audit['title']}" for audit in audits if audit["score"] is not None and audit["score"] < 1]
    return {name: round(found[name]["score"] * 100) for name in categories}, poor


@click.command()
@click.option("--site", default="site", show_default=True, type=click.Path(exists=True, path_type=Path))
@click.argument("pages", nargs=-1)
def lighthouse(site: Path, pages: tuple[str, ...]) -> None:
    """Print the scores of PAGES of a site, given as their paths; fail when one is too low."""
    enough = True
    click.echo("\t".join([*WANTED, "page"]))
    with serving(site, "/") as address:
        for path in pages or PAGES:
            scores, poor = judge(address + path, tuple(WANTED))
            enough &= all(scores[name] >= least for name, least in WANTED.items())
            click.echo("\t".join([*(str(scores[name]).rjust(len(name)) for name in WANTED), f"/{path}"]))
            for line in poor:
                click.echo(f"  {line}")
    sys.exit(0 if enough else 1)


if __name__ == "__main__":
    lighthouse()
