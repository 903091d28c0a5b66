"""The Nu HTML checker finds no error in the whole site."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

JAR = Path(__file__).parents[1] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_the_whole_site_is_valid_html(demonstration: Path) -> None:
    """
    Every page is valid, as the W3C's checker sees it.
    """
    assert shutil.which("java"), "the Nu HTML checker needs Java (Debian: apt-get install default-jre-headless)"
    command = [
        "java",
        "-Xss8m",
        "-jar",
        str(JAR),
        "--errors-only",
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
    ]
    done = subprocess.run([*command, str(demonstration)], capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    assert [] == [(item["url"].rpartition("/site/")[2], item["message"]) for item in messages][:20]
